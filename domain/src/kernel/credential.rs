//! Secrets that this installation makes for programs, and the digests that it keeps of them.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// 256 random bits, drawn by whoever calls a use case: the rules draw nothing.
pub struct Entropy(pub [u8; 32]);

/// What a credential is for. Its prefix says so, for whoever finds one where it does not belong, people and scanners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// The secret of a client, by which it gets tokens.
    ClientSecret,
    /// A token that is sent with requests.
    AccessToken,
}

impl CredentialKind {
    /// What a credential of this kind begins with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::ClientSecret => "upsk_secret_",
            Self::AccessToken => "upsk_token_",
        }
    }
}

/// A secret in plain text, on its way to whoever it was made for. It is shown once and stored nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential(String);

impl Credential {
    /// A credential made of random bits.
    pub fn new(kind: CredentialKind, entropy: &Entropy) -> Self {
        let mut text = kind.prefix().to_owned();
        text.extend(entropy.0.iter().map(|byte| format!("{byte:02x}")));
        Self(text)
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(a credential)")
    }
}

/// The SHA-256 of a credential.
///
/// A slow hash with a salt is for passwords, which can be guessed. Nobody guesses 256 random bits, and a token is looked up
/// by its digest with every request.
#[derive(Clone, Copy)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of a text that claims to be a credential.
    pub fn of(credential: &str) -> Self {
        Self(Sha256::digest(credential).into())
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// Compares all of both, so that the time it takes does not tell how much of a guess is right.
impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |differing, (one, two)| differing | (one ^ two)) == 0
    }
}

impl Eq for Digest {}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_says_what_it_is_for_and_keeps_to_itself_otherwise() {
        let secret = Credential::new(CredentialKind::ClientSecret, &Entropy([0xab; 32]));
        assert_eq!(secret.expose(), format!("upsk_secret_{}", "ab".repeat(32)));
        assert_eq!(format!("{secret:?}"), "(a credential)");
        let token = Credential::new(CredentialKind::AccessToken, &Entropy([0xab; 32]));
        assert_ne!(token.digest(), secret.digest());
    }

    #[test]
    fn a_digest_is_read_as_it_was_written_and_equals_only_itself() {
        let digest = Digest::of("upsk_secret_1");
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_ne!(digest, Digest::of("upsk_secret_2"));
        for text in ["", "ab", &"g".repeat(64), &"a".repeat(66)] {
            assert_eq!(Digest::parse(text), None, "{text}");
        }
    }
}
