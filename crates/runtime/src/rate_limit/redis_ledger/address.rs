//! The address of a ledger on Redis: where the server is, who asks, and which exit and host the client counts for.

use super::host_name::host_name;
use crate::error::Error;
use crate::percent::percent_decoded;
use crate::rate_limit::Account;
use crate::transport::bare_host;
use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use std::fmt;
use std::path::PathBuf;

const FORM: &str = "it looks like `redis://HOST:6379/0?exit=NAME`, `rediss://..` or `redis+unix:///PATH?exit=NAME`";

const PORT: u16 = 6_379;

/// The longest name of an exit or a host.
const LONGEST_NAME: usize = 64;

/// Where a ledger on Redis is. It prints without its password.
#[derive(Clone)]
pub(in crate::rate_limit) struct RedisAddress {
    pub(super) server: Server,
    pub(super) database: i64,
    pub(super) user: Option<String>,
    pub(super) password: Option<SecretString>,
    /// The exit that was named; without it the host is the exit.
    pub(super) exit: Option<String>,
    pub(super) host: String,
}

/// How the server is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Server {
    Plain { host: String, port: u16 },
    Encrypted { host: String, port: u16 },
    Socket(PathBuf),
}

impl RedisAddress {
    /// Reads an address; the password stands in it or beside it.
    pub(in crate::rate_limit) fn parse(text: &str, password: Option<SecretString>) -> Result<Self, Error> {
        let invalid = |what: &str| Error::invalid(format!("the address of the shared ledger {what}; {FORM}"));
        let url = Url::parse(text).map_err(|_| invalid("is no URL"))?;
        let host = url.host_str().unwrap_or_default();
        let port = url.port().unwrap_or(PORT);
        let server = match url.scheme() {
            "redis" | "rediss" if host.is_empty() => return Err(invalid("names no host")),
            "redis" => Server::Plain { host: bare_host(host).to_owned(), port },
            "rediss" => Server::Encrypted { host: bare_host(host).to_owned(), port },
            "redis+unix" if !host.is_empty() || url.path().len() < 2 => return Err(invalid("names no socket")),
            "redis+unix" => Server::Socket(decoded(url.path()).ok_or_else(|| invalid("is not text"))?.into()),
            _ => return Err(invalid("has another scheme")),
        };
        if url.fragment().is_some() {
            return Err(invalid("has a part behind `#`"));
        }
        let of_path = match &server {
            Server::Socket(_) => "",
            Server::Plain { .. } | Server::Encrypted { .. } => url.path().trim_start_matches('/'),
        };
        let (mut database, mut exit, mut named_host) = (of_path.to_owned(), None, None);
        for (name, value) in url.query_pairs() {
            match &*name {
                "exit" => exit = Some(require_name("exit", &value)?),
                "host" => named_host = Some(require_name("host", &value)?),
                "db" if database.is_empty() => database = value.into_owned(),
                // It is not repeated: it may be a password.
                _ => return Err(invalid("has a parameter other than `exit`, `host` and, without a path, `db`")),
            }
        }
        let database = if database.is_empty() { Some(0) } else { database.parse().ok().filter(|number| *number >= 0) };
        let database = database.ok_or_else(|| invalid("has a database that is no number"))?;
        let user = decoded(url.username()).ok_or_else(|| invalid("has a user that is not text"))?;
        let of_url = url.password().map(|text| decoded(text).ok_or_else(|| invalid("has a password that is not text")));
        let password = match (of_url.transpose()?, password) {
            (Some(_), Some(_)) => return Err(invalid("has a password, and another one is given")),
            (Some(of_url), None) => Some(of_url.into()),
            (None, password) => password,
        };
        let user = Some(user).filter(|user| !user.is_empty());
        if user.is_some() && password.is_none() {
            return Err(invalid("has a user without a password"));
        }
        let host = match named_host {
            Some(host) => host,
            None => host_name().ok_or_else(|| {
                Error::invalid("this machine has no name that tells hosts apart: add `host=NAME` to the address of the shared ledger")
            })?,
        };
        Ok(Self { server, database, user, password, exit, host })
    }

    /// The exit that weight is counted for.
    pub(super) fn exit(&self) -> &str {
        self.exit.as_deref().unwrap_or(&self.host)
    }

    /// The keys of the ledgers of the exit and, if there is one, the account. One script changes both, so a server that
    /// spreads keys over machines must keep them together: that is what the braces say.
    pub(super) fn keys(&self, account: Option<Account>) -> Vec<String> {
        let exit = format!("papi:{{budget}}:exit:{}", self.exit());
        let account = account.map(|account| format!("papi:{{budget}}:account:{account}"));
        std::iter::once(exit).chain(account).collect()
    }
}

/// Without user, password and parameters.
impl fmt::Display for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let with_brackets = |host: &str| if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
        match &self.server {
            Server::Plain { host, port } => write!(f, "redis://{}:{port}/{}", with_brackets(host), self.database),
            Server::Encrypted { host, port } => write!(f, "rediss://{}:{port}/{}", with_brackets(host), self.database),
            Server::Socket(path) => write!(f, "redis+unix://{}?db={}", path.display(), self.database),
        }
    }
}

impl fmt::Debug for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedisAddress({self}, exit {}, host {})", self.exit(), self.host)
    }
}

impl PartialEq for RedisAddress {
    fn eq(&self, other: &Self) -> bool {
        let secret = |of: &Self| of.password.as_ref().map(|password| password.expose_secret().to_owned());
        let rest = |of: &Self| (of.server.clone(), of.database, of.user.clone(), of.exit.clone(), of.host.clone());
        rest(self) == rest(other) && secret(self) == secret(other)
    }
}

impl Eq for RedisAddress {}

fn require_name(parameter: &str, name: &str) -> Result<String, Error> {
    let is_fit = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(is_fit) {
        return Err(Error::invalid(format!(
            "`{parameter}` in the address of the shared ledger must be 1 to {LONGEST_NAME} letters, digits, `-`, `_` and `.`"
        )));
    }
    Ok(name.to_owned())
}

fn decoded(text: &str) -> Option<String> {
    String::from_utf8(percent_decoded(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> RedisAddress {
        RedisAddress::parse(text, None).expect("an address")
    }

    #[test]
    fn an_address_tells_server_login_exit_and_host() {
        let plain = parsed("redis://10.0.0.7?exit=tokyo-nat&host=a");
        assert_eq!(plain.server, Server::Plain { host: "10.0.0.7".to_owned(), port: 6_379 });
        assert_eq!((plain.database, plain.exit(), &*plain.host, plain.password.is_none()), (0, "tokyo-nat", "a", true));
        let encrypted = parsed("rediss://me:p%40ss@[::1]:7000/3?host=b");
        assert_eq!(encrypted.server, Server::Encrypted { host: "::1".to_owned(), port: 7_000 });
        assert_eq!((encrypted.database, encrypted.user.as_deref(), encrypted.exit()), (3, Some("me"), "b"));
        assert_eq!(encrypted.password.as_ref().expect("one").expose_secret(), "p@ss");
        assert_eq!(encrypted.to_string(), "rediss://[::1]:7000/3");
        let socket = parsed("redis+unix:///run/redis.sock?db=2&exit=e");
        assert_eq!((&socket.server, socket.database), (&Server::Socket("/run/redis.sock".into()), 2));
        assert!(!parsed("redis://h").host.is_empty(), "the name of this machine");
    }

    #[test]
    fn what_is_no_address_is_refused_without_its_password() {
        for text in [
            "hunter2",
            "http://:hunter2@h",
            "redis://",
            "redis://:hunter2@",
            "redis://:hunter2@h/x",
            "redis://:hunter2@h/-1",
            "redis://:hunter2@h/0?db=1",
            "redis://:hunter2@h:99999",
            "redis://:hunter2@h?exit=",
            "redis://:hunter2@h?exit=hunter2/x",
            "redis://:hunter2@h?pass=hunter2",
            "redis://:hunter2@h#x",
            "redis://hunter2@h",
            "redis+unix://hunter2",
            "redis+unix:///",
        ] {
            let error = RedisAddress::parse(text, None).expect_err(text);
            let told = format!("{error} {error:?}");
            assert!(
                error.is_invalid() && told.contains("shared ledger") && !told.contains("hunter2"),
                "{text}: {told}"
            );
        }
        let twice = RedisAddress::parse("redis://:hunter2@h", Some("other".into())).expect_err("two passwords");
        assert!(twice.to_string().contains("another one is given"), "{twice}");
    }

    #[test]
    fn nothing_that_is_printed_has_the_password() {
        let address = parsed("redis://me:hunter2@h/1?exit=e&host=a");
        assert_eq!(format!("{address} {address:?}"), "redis://h:6379/1 RedisAddress(redis://h:6379/1, exit e, host a)");
    }

    #[test]
    fn the_keys_of_one_script_have_one_hash_tag() {
        let keys = parsed("redis://h?exit=e").keys(Some(Account::of(b"key")));
        assert_eq!(keys[0], "papi:{budget}:exit:e");
        assert!(keys[1].starts_with("papi:{budget}:account:") && keys.len() == 2, "{keys:?}");
    }
}
