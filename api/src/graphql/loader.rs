//! Loaders: things that were not joined, looked up by id in batches.

/// A loader over one query of a capability: each row belongs to one key, and a key gets its row or all of its rows.
macro_rules! loader {
    ($(#[$doc:meta])* $name:ident: $key:ty => one $value:ty, $capability:ident.$query:ident, $split:expr) => {
        loader!(@of $(#[$doc])* $name);

        impl ::async_graphql::dataloader::Loader<$key> for $name {
            type Value = $value;
            type Error = ::std::sync::Arc<::upskill_domain::kernel::Fault>;

            async fn load(&self, keys: &[$key]) -> Result<::std::collections::HashMap<$key, $value>, Self::Error> {
                let found = self.app.$capability().$query(&self.actor, keys).await?;
                Ok(found.into_iter().map($split).collect())
            }
        }
    };
    ($(#[$doc:meta])* $name:ident: $key:ty => all $value:ty, $capability:ident.$query:ident, $split:expr) => {
        loader!(@of $(#[$doc])* $name);

        impl ::async_graphql::dataloader::Loader<$key> for $name {
            type Value = Vec<$value>;
            type Error = ::std::sync::Arc<::upskill_domain::kernel::Fault>;

            async fn load(
                &self,
                keys: &[$key],
            ) -> Result<::std::collections::HashMap<$key, Vec<$value>>, Self::Error> {
                let mut found: ::std::collections::HashMap<$key, Vec<$value>> = ::std::collections::HashMap::new();
                for (key, value) in self.app.$capability().$query(&self.actor, keys).await?.into_iter().map($split) {
                    found.entry(key).or_default().push(value);
                }
                Ok(found)
            }
        }
    };
    (@of $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub(crate) struct $name {
            app: ::upskill_domain::app::App,
            actor: ::std::sync::Arc<::upskill_domain::access::Actor>,
        }

        impl $crate::graphql::context::RequestLoader for $name {
            fn new(
                app: ::upskill_domain::app::App,
                actor: ::std::sync::Arc<::upskill_domain::access::Actor>,
            ) -> Self {
                Self { app, actor }
            }
        }
    };
}

pub(crate) use loader;
