//! Refusals become user errors: part of the answer, each mutation with codes of its own.

use upskill_domain::kernel::{Failure, Refusal, Refusals};

use super::error::ApiError;

/// What a command answered: the thing, or why not. Faults go the way of errors.
pub(crate) fn answered<T, R, E>(outcome: Result<T, Failure<R>>) -> Result<(Option<T>, Vec<E>), ApiError>
where
    E: From<R>,
{
    match outcome {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(Failure::Refused(refusal)) => Ok((None, vec![E::from(refusal)])),
        Err(Failure::Fault(fault)) => Err(fault.into()),
    }
}

/// What a command answered that tells everything for which it did not do what it was asked.
pub(crate) fn all_answered<T, R, E>(
    outcome: Result<T, Failure<Refusals<R>>>,
) -> Result<(Option<T>, Vec<E>), ApiError>
where
    E: From<R>,
{
    match outcome {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(Failure::Refused(Refusals(refusals))) => Ok((None, refusals.into_iter().map(E::from).collect())),
        Err(Failure::Fault(fault)) => Err(fault.into()),
    }
}

/// The path of the input field that a refusal speaks of.
pub(crate) fn field_of(refusal: &impl Refusal) -> Option<Vec<String>> {
    let path = refusal.path();
    (!path.is_empty()).then_some(path)
}

/// Declares the user errors of one mutation: an enum of codes, and the error object around it.
///
/// The codes are matched against the command's refusals, so a refusal without a code does not compile.
macro_rules! user_errors {
    (
        $(#[$doc:meta])* $error:ident, $code:ident for $refusal:ty {
            $( $(#[$code_doc:meta])* $variant:ident <= $pattern:pat ),+ $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $error {
            /// Which rule refused.
            code: $code,
            /// What was wrong, with the values, and what would be right. For people, in English.
            message: String,
            /// The path of the input field at fault, outermost first; null when it is the request as a whole.
            field: Option<Vec<String>>,
        }

        /// The reasons for which the mutation can be refused.
        #[derive(async_graphql::Enum, Copy, Clone, PartialEq, Eq)]
        pub(crate) enum $code {
            $( $(#[$code_doc])* $variant ),+
        }

        impl From<$refusal> for $error {
            fn from(refusal: $refusal) -> Self {
                let code = match &refusal {
                    $( $pattern => $code::$variant ),+
                };
                let field = crate::graphql::refusal::field_of(&refusal);
                Self { code, message: refusal.to_string(), field }
            }
        }
    };
}

pub(crate) use user_errors;
