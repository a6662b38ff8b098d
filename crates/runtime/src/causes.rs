//! An error and its causes, in order and in words.

use std::error::Error;
use std::io;

/// Returns the error, its cause, the cause of that, and so on. What an I/O error wraps counts as its cause.
pub fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn Error + 'static) = *error;
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|wrapped| wrapped as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

/// Returns the text of an error with those of its causes that it leaves out. Addresses of signed requests must have been
/// taken out of the error before.
pub fn with_causes(error: &(dyn Error + 'static)) -> String {
    causes(error)
        .skip(1)
        .map(ToString::to_string)
        .fold(error.to_string(), |text, cause| if text.contains(&cause) { text } else { format!("{text}: {cause}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_is_told_once() {
        let reset = io::Error::other(io::Error::other("reset by peer"));
        assert_eq!(causes(&reset).count(), 3);
        assert_eq!(with_causes(&reset), "reset by peer");
        let invalid = crate::Error::setting("a file cannot be read", io::Error::other("no such file"));
        assert_eq!(with_causes(&invalid), "not sent, invalid: a file cannot be read: no such file");
    }
}
