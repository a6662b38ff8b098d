//! The shared ledger that the command line, a variable or a profile names: a file, or a server whose password stands elsewhere.

use super::source::Lines;
use super::{KeySource, SetBy, Settings};
use crate::failure::Failure;
use binance_papi::LedgerStore;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

/// The variable with the password of the server.
pub(crate) const LEDGER_PASSWORD_VARIABLE: &str = "PAPI_LEDGER_PASSWORD";

/// What must be said instead of a password in an address.
pub(super) const PASSWORD_HINT: &str = "others can see the command line and read the file of profiles: take the password out of the address, and set \
     PAPI_LEDGER_PASSWORD, or write into the profile ledger_password = { env = \"NAME\" }, { file = \"PATH\" } or { command = [..] }";

const SCHEMES: [&str; 3] = ["redis://", "rediss://", "redis+unix://"];

/// Where a shared ledger is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LedgerPlace {
    File(PathBuf),
    /// The address of a server, without a password.
    Server(String),
}

/// Why an address names no server. Nothing of the address is in it.
#[derive(Debug)]
pub(super) struct UnfitServer {
    pub(super) reason: String,
    pub(super) hint: Option<&'static str>,
}

impl LedgerPlace {
    /// Takes a text for the address of a server, if it has such a scheme.
    pub(super) fn server(text: &str) -> Option<Result<Self, UnfitServer>> {
        let rest = SCHEMES.iter().find_map(|scheme| text.strip_prefix(scheme))?;
        if rest.rsplit_once('@').is_some_and(|(login, _)| login.contains(':')) {
            let reason = "the address of the shared ledger has a password in it".to_owned();
            return Some(Err(UnfitServer { reason, hint: Some(PASSWORD_HINT) }));
        }
        // The password comes later; here only what would be printed counts.
        let address = LedgerStore::redis_with_password(text, "");
        Some(match address {
            Ok(_) => Ok(Self::Server(text.to_owned())),
            Err(error) => {
                let reason = error.to_string().trim_start_matches("not sent, invalid: ").to_owned();
                Err(UnfitServer { reason, hint: None })
            }
        })
    }

    /// Reads what an option or a variable names.
    pub(super) fn read(named: &Path) -> Result<Self, Failure> {
        match named.to_str().and_then(Self::server) {
            Some(server) => server
                .map_err(|UnfitServer { reason, hint }| Failure::bad_input(reason).hints(hint.map(ToOwned::to_owned))),
            None => Ok(Self::File(named.to_owned())),
        }
    }
}

impl From<&str> for LedgerPlace {
    fn from(path: &str) -> Self {
        Self::File(path.into())
    }
}

impl fmt::Display for LedgerPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Server(address) => f.write_str(address),
        }
    }
}

impl Settings {
    /// Returns the store of the shared ledger, with its password.
    pub(crate) fn ledger_store(&self) -> Result<Option<LedgerStore>, Failure> {
        let variable = |name: &str| std::env::var_os(name);
        match &self.ledger.value {
            None => Ok(None),
            Some(LedgerPlace::File(path)) => Ok(Some(LedgerStore::file(path))),
            Some(LedgerPlace::Server(address)) => self.server(address, &variable).map(Some),
        }
    }

    fn server(&self, address: &str, variable: Variables<'_>) -> Result<LedgerStore, Failure> {
        let store = match self.ledger_password(variable) {
            Some(source) => {
                let of = match (&source, &self.profile) {
                    (KeySource::Variable(name), _) if name == LEDGER_PASSWORD_VARIABLE => {
                        "the shared ledger".to_owned()
                    }
                    (_, Some((profile, _))) => format!("ledger_password of profile {}", profile.name),
                    (_, None) => "the shared ledger".to_owned(),
                };
                let password = source.fetch(&of, Lines::One, variable)?;
                LedgerStore::redis_with_password(address, password.as_str())
            }
            None => LedgerStore::redis(address),
        };
        store.map_err(|error| Failure::from(error).hints(self.of_profile()))
    }

    /// Returns where the password of the ledger's server comes from; none when it wants none.
    pub(crate) fn ledger_password(&self, variable: Variables<'_>) -> Option<KeySource> {
        if variable(LEDGER_PASSWORD_VARIABLE).is_some_and(|value| !value.is_empty()) {
            return Some(KeySource::Variable(LEDGER_PASSWORD_VARIABLE.to_owned()));
        }
        // The password of a profile is for the server of the profile alone.
        match (&self.profile, &self.ledger.set_by) {
            (Some((profile, _)), SetBy::Profile(_)) => profile.ledger_password.clone(),
            _ => None,
        }
    }
}

/// Gives the value of a variable of the environment.
type Variables<'a> = &'a dyn Fn(&str) -> Option<OsString>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_told_from_a_file_and_never_has_a_password() {
        let read = |text: &str| LedgerPlace::read(Path::new(text));
        assert!(matches!(read("/var/redis"), Ok(LedgerPlace::File(_))));
        assert!(matches!(read("redis://10.0.0.7?exit=nat"), Ok(LedgerPlace::Server(_))));
        assert!(matches!(read("rediss://me@h/0?exit=nat"), Ok(LedgerPlace::Server(_))));
        for text in ["redis://:hunter2@h", "redis://me:hunter2@h/0", "rediss://:hun/ter2@h", "redis+unix://:hunter2@/s"]
        {
            let (reason, hints) = read(text).expect_err(text).into_parts();
            let told = format!("{reason} {hints:?}");
            assert!(
                told.contains("password") && told.contains("PAPI_LEDGER_PASSWORD") && !told.contains("ter2"),
                "{told}"
            );
        }
        let (reason, _) = read("redis://h?password=hunter2").expect_err("a parameter").into_parts();
        assert!(reason.contains("other than `exit`") && !reason.contains("hunter2"), "{reason}");
    }
}
