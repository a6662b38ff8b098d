//! Tells secrets from paths: people put a secret into a variable that wants a path, and it must then be neither printed nor
//! made the name of a file.

use crate::error::Error;
use crate::private_key::is_pem;
use std::path::Path;

/// The shortest run of letters that is taken for a secret. A secret of the exchange has 64, an Ed25519 key without its
/// frame 64.
const SHORTEST_SECRET: usize = 40;

/// Returns whether a value has the form of a secret and leads nowhere as a path: a PEM, or a long run of the letters of
/// base64, perhaps with breaks.
pub fn is_secret(value: &str) -> bool {
    let of_a_key = |character: char| character.is_ascii_alphanumeric() || " \\+/=-_".contains(character);
    let has_run = value.split(|character| !of_a_key(character)).any(|run| run.len() >= SHORTEST_SECRET);
    let has_breaks = value.contains(char::is_control);
    is_pem(value) || has_breaks || (has_run && !leads_somewhere(Path::new(value)))
}

/// Returns the path, if it certainly is one: any other text may be a secret or a passphrase.
pub fn shown_path(path: &Path) -> Option<String> {
    let is_named_so = path.extension().is_some_and(|end| ["pem", "key"].iter().any(|known| end == *known));
    (leads_somewhere(path) || is_named_so).then(|| path.display().to_string())
}

/// Refuses a path that may be a secret: it must become neither the name of a file nor a part of a message.
///
/// # Errors
///
/// Invalid, with the name of what wants a path.
pub(crate) fn require_path(of: &str, path: &Path) -> Result<(), Error> {
    if path.to_str().is_some_and(is_secret) {
        return Err(Error::invalid(format!("{of} has no path, but what may be a key; it is not shown")));
    }
    Ok(())
}

/// Returns the path as it stands in a message: itself, if it certainly is one.
pub(crate) fn path_in_message(path: &Path) -> String {
    shown_path(path).unwrap_or_else(|| "of the given path".to_owned())
}

/// Whether the path, or a folder above it other than the root, is there.
fn leads_somewhere(path: &Path) -> bool {
    let is_name = |part: &&Path| part.file_name().is_some();
    path.ancestors().filter(is_name).any(Path::exists)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab";

    #[test]
    fn what_looks_like_a_secret_is_one() {
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----";
        for secret in [
            LETTERS,
            &format!("/{}", &LETTERS[1..]),
            &format!("{}/+=", &LETTERS[..50]),
            &format!("{LETTERS}:x"),
            pem,
            "two\nlines",
        ] {
            assert!(is_secret(secret), "{secret}");
            assert_eq!(shown_path(Path::new(secret)), None, "{secret}");
        }
        let folder = std::env::temp_dir().join(LETTERS);
        for path in ["ledger", "private.pem", "/usr/ledger", folder.to_str().expect("text")] {
            assert!(!is_secret(path), "{path}");
        }
    }

    #[test]
    fn a_passphrase_is_not_shown_and_a_path_is() {
        for text in ["hunter2", "correct horse battery staple", "/hunter2", "../hunter2", "./hunter2", ""] {
            assert_eq!(shown_path(Path::new(text)), None, "{text}");
        }
        let missing = std::env::temp_dir().join("nowhere/ledger");
        for path in ["private.pem", missing.to_str().expect("text")] {
            assert_eq!(shown_path(Path::new(path)).as_deref(), Some(path));
        }
    }
}
