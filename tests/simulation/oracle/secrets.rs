//! No secret, key or signature is in anything that a client prints or writes down, and none but the signature is in what it sends.

use papi_runtime::simulation::SentRequest;
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use std::path::Path;

/// Looks for secrets as texts come.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    leaks: Vec<String>,
}

/// An HMAC-SHA256 in hexadecimal digits.
const SIGNATURE_LENGTH: usize = 64;

impl Secrets {
    /// Looks at what was sent.
    pub(crate) fn sent(&mut self, request: &SentRequest) {
        for (name, secret) in [("secret", DEMO_SECRET), ("key", DEMO_KEY)] {
            if request.query.contains(secret) {
                self.leaks.push(format!("the {name} is in the address of {request:?}"));
            }
        }
    }

    /// Looks at what was printed.
    pub(crate) fn printed(&mut self, text: &str) {
        if let Some(name) = secret_in(text.as_bytes()) {
            self.leaks.push(format!("a {name} is in what was printed: {text}"));
        }
    }

    /// Looks at all files of a folder.
    pub(crate) fn written(&mut self, folder: &Path) {
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let content = std::fs::read(file.path()).unwrap_or_default();
            if let Some(name) = secret_in(&content) {
                self.leaks.push(format!("a {name} is in the file {}", file.path().display()));
            }
        }
    }

    pub(crate) fn leaks(&self) -> &[String] {
        &self.leaks
    }
}

fn secret_in(bytes: &[u8]) -> Option<&'static str> {
    let has = |secret: &str| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
    let is_signed = || bytes.split(|byte| !byte.is_ascii_hexdigit()).any(|run| run.len() >= SIGNATURE_LENGTH);
    [("secret", has(DEMO_SECRET)), ("key", has(DEMO_KEY)), ("signature", is_signed())]
        .into_iter()
        .find_map(|(name, is_there)| is_there.then_some(name))
}
