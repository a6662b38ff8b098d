//! A function of the user that is told of something while a client works.

use std::fmt;
use std::sync::Arc;

type Tell<T> = Arc<dyn Fn(&T) + Send + Sync>;

/// A function that is told of each `T`; by default there is none.
pub(crate) struct Hook<T>(Option<Tell<T>>);

impl<T> Hook<T> {
    pub(crate) fn new(tell: impl Fn(&T) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(tell)))
    }

    /// Whether there is a function.
    pub(crate) fn is_set(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn tell(&self, what: &T) {
        if let Some(tell) = &self.0 {
            tell(what);
        }
    }
}

// Derived, these would ask the same of `T`.
impl<T> Clone for Hook<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Hook<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> fmt::Debug for Hook<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook(..)")
    }
}
