//! Credentials from environment variables: which of them are set, and the file that one of them may name.

use crate::credentials::Credentials;
use crate::error::Error;
use crate::private_key::{self, is_pem};
use crate::secret_shape::{is_secret, shown_path};
use secrecy::zeroize::Zeroizing;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// The API key.
const KEY: &str = "BINANCE_API_KEY";
/// The secret that belongs to it.
const SECRET: &str = "BINANCE_API_SECRET";
/// Or the private key, as the path of a PEM or as the PEM itself.
const PRIVATE_KEY: &str = "BINANCE_PRIVATE_KEY";
/// What opens the private key.
const PASSPHRASE: &str = "BINANCE_PRIVATE_KEY_PASSPHRASE";

/// No private key is nearly as long; a device that never ends is.
const LONGEST_FILE: usize = 64 * 1_024;

type Secret = Zeroizing<String>;

impl Credentials {
    /// Returns the credentials in the environment; none when nothing is set.
    ///
    /// | variable | |
    /// |---|---|
    /// | `BINANCE_API_KEY` | the API key |
    /// | `BINANCE_API_SECRET` | its secret, or instead: |
    /// | `BINANCE_PRIVATE_KEY` | the path of a PEM file, or the PEM itself; see [`with_private_key`](Self::with_private_key) |
    /// | `BINANCE_PRIVATE_KEY_PASSPHRASE` | what opens it, if it is encrypted |
    ///
    /// A variable that is set but empty counts as not set.
    ///
    /// # Errors
    ///
    /// Invalid when only a part is set, both a secret and a private key are, a file cannot be read, or one is malformed.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn from_env() -> Result<Option<Self>, Error> {
        credentials(|name| std::env::var_os(name))
    }
}

/// The credentials that the variables hold; none when none of them is set.
pub(crate) fn credentials(variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Credentials>, Error> {
    let read = |name| text(name, variable(name));
    let (key, secret, private_key) = (read(KEY)?, read(SECRET)?, read(PRIVATE_KEY)?);
    let passphrase = read(PASSPHRASE)?;
    let lone =
        |set: &str, missing: &str| Err(Error::invalid(format!("{set} is set, but {missing}; set both or neither")));
    match (key, secret, private_key) {
        (_, Some(_), Some(_)) => Err(Error::invalid(format!(
            "{SECRET} and {PRIVATE_KEY} are both set; unset the one that is not of this API key"
        ))),
        (_, _, None) if passphrase.is_some() => lone(PASSPHRASE, &format!("{PRIVATE_KEY} is not")),
        (None, None, None) => Ok(None),
        (None, Some(_), None) => lone(SECRET, &format!("{KEY} is not")),
        (None, None, Some(_)) => lone(PRIVATE_KEY, &format!("{KEY} is not")),
        (Some(_), None, None) => Err(Error::invalid(format!(
            "{KEY} is set, but neither {SECRET} nor {PRIVATE_KEY} is; set the one that belongs to the key"
        ))),
        (Some(key), Some(mut secret), None) => Credentials::new(&*key, std::mem::take(&mut *secret)).map(Some),
        (Some(key), None, Some(private_key)) => {
            signed_by(&key, &private_key, passphrase.as_deref().map(String::as_str)).map(Some)
        }
    }
}

/// The credentials of a client that is of no use without.
pub(crate) fn required(found: Option<Credentials>) -> Result<Credentials, Error> {
    found.ok_or_else(|| {
        Error::invalid(format!("the environment holds no API key: set {KEY}, and either {SECRET} or {PRIVATE_KEY}"))
    })
}

/// The value of a variable. One that is set but empty counts as not set.
fn text(name: &str, value: Option<OsString>) -> Result<Option<Secret>, Error> {
    let text = value.filter(|value| !value.is_empty()).map(OsString::into_string).transpose();
    Ok(text.map_err(|_| Error::invalid(format!("{name} is not text")))?.map(Zeroizing::new))
}

fn signed_by(key: &str, private_key: &str, passphrase: Option<&str>) -> Result<Credentials, Error> {
    let (origin, pem) = if is_pem(private_key) {
        (PRIVATE_KEY.to_owned(), Zeroizing::new(private_key.to_owned()))
    } else {
        // Files of variables keep the quotes that a shell would take off.
        let path = private_key.trim().trim_matches(['"', '\'']);
        (format!("{PRIVATE_KEY}, file {path}"), read_file(path)?)
    };
    let signing = private_key::read(&pem, passphrase).map_err(|unfit| Error::invalid(format!("{origin}: {unfit}")))?;
    Credentials::signed_by(key, signing)
}

fn read_file(path: &str) -> Result<Secret, Error> {
    let failed = |reason: &dyn std::fmt::Display| {
        Error::invalid(match shown_path(Path::new(path)) {
            Some(path) => format!("{PRIVATE_KEY} names a file that cannot be read: {path}: {reason}"),
            None => format!(
                "{PRIVATE_KEY} is neither a PEM with its BEGIN and END lines nor the path of a file; it is not shown \
                 because it may be a key ({reason})"
            ),
        })
    };
    if is_secret(path) {
        return Err(failed(&"it was not taken for a path"));
    }
    let content = File::open(path).and_then(read_to_limit).map_err(|error| failed(&error))?;
    match std::str::from_utf8(&content) {
        _ if content.len() > LONGEST_FILE => Err(failed(&"it is too long for a private key")),
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(failed(
            &"it is not text, and a PEM is needed; if it is a key in binary form, convert it with `openssl pkcs8 -topk8 \
              -inform DER -in private.der -out private.pem`",
        )),
    }
}

/// The content of a file, or so much of it that it is known to be too long.
fn read_to_limit(file: File) -> io::Result<Zeroizing<Vec<u8>>> {
    // It never grows, so no copy is left behind.
    let mut content = Zeroizing::new(Vec::with_capacity(LONGEST_FILE + 64));
    file.take(LONGEST_FILE as u64 + 1).read_to_end(&mut content)?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KeyType;

    /// Of the form of a secret, so that it must not show.
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab";

    fn path(file: &str) -> String {
        format!("{}/tests/test_keys/{file}", env!("CARGO_MANIFEST_DIR"))
    }

    fn pem(file: &str) -> String {
        std::fs::read_to_string(path(file)).expect("a fixture")
    }

    fn found(variables: &[(&str, &str)]) -> Result<Option<KeyType>, String> {
        let variable = |name: &str| {
            let (_, value) = variables.iter().find(|(each, _)| *each == name)?;
            Some(OsString::from(value))
        };
        match credentials(variable) {
            Ok(credentials) => Ok(credentials.map(|credentials| credentials.key_type())),
            Err(error) => {
                assert!(error.is_invalid());
                Err(error.to_string())
            }
        }
    }

    #[test]
    fn a_key_comes_with_a_secret_or_a_private_key() {
        assert_eq!(found(&[]), Ok(None));
        assert_eq!(found(&[(KEY, ""), (SECRET, ""), (PRIVATE_KEY, ""), (PASSPHRASE, "")]), Ok(None));
        assert_eq!(found(&[(KEY, "k"), (SECRET, "s")]), Ok(Some(KeyType::Hmac)));
        let rsa = Ok(Some(KeyType::Rsa { bits: 2_048 }));
        assert_eq!(found(&[(KEY, "k"), (PRIVATE_KEY, &path("rsa_2048.pem"))]), rsa);
        let encrypted = [(KEY, "k"), (PRIVATE_KEY, &path("rsa_2048_aes256.pem")), (PASSPHRASE, "worthless")];
        assert_eq!(found(&encrypted), rsa);
        let ed25519 = Ok(Some(KeyType::Ed25519));
        assert_eq!(found(&[(KEY, "k"), (PRIVATE_KEY, &pem("ed25519.pem"))]), ed25519);
        assert_eq!(found(&[(KEY, "k"), (PRIVATE_KEY, &pem("ed25519.pem").replace('\n', "\\n"))]), ed25519);
        assert_eq!(found(&[(KEY, "k"), (PRIVATE_KEY, &format!(" \"{}\" ", path("ed25519.pem")))]), ed25519);
    }

    #[test]
    fn half_of_it_and_twice_of_it_are_refused_by_name() {
        let rows: [(&[(&str, &str)], &str); 6] = [
            (&[(KEY, "k")], "BINANCE_API_KEY is set, but neither BINANCE_API_SECRET nor BINANCE_PRIVATE_KEY is"),
            (&[(SECRET, "s")], "BINANCE_API_SECRET is set, but BINANCE_API_KEY is not"),
            (&[(PRIVATE_KEY, "p")], "BINANCE_PRIVATE_KEY is set, but BINANCE_API_KEY is not"),
            (&[(PASSPHRASE, "w")], "BINANCE_PRIVATE_KEY_PASSPHRASE is set, but BINANCE_PRIVATE_KEY is not"),
            (&[(KEY, "k"), (SECRET, "s"), (PASSPHRASE, "w")], "BINANCE_PRIVATE_KEY is not"),
            (
                &[(KEY, "k"), (SECRET, "s"), (PRIVATE_KEY, "p")],
                "BINANCE_API_SECRET and BINANCE_PRIVATE_KEY are both set",
            ),
        ];
        for (variables, said) in rows {
            let error = found(variables).expect_err("refused");
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_used_is_named_with_the_reason() {
        for (file, reason) in [
            ("nothing.pem", "os error 2"),
            ("", "os error 21"),
            ("rsa_1024.pem", "1024 bits"),
            ("rsa_2048_aes256.pem", "give its passphrase, in the environment as BINANCE_PRIVATE_KEY_PASSPHRASE"),
            ("payload.txt", "the line `-----BEGIN PRIVATE KEY-----` is missing"),
        ] {
            let error = found(&[(KEY, "k"), (PRIVATE_KEY, &path(file))]).expect_err("refused");
            assert!(error.contains(&path(file)) && error.contains(reason), "{error}");
        }
        let endless = found(&[(KEY, "k"), (PRIVATE_KEY, "/dev/zero")]).expect_err("refused");
        assert!(endless.contains("/dev/zero: it is too long"), "{endless}");
    }

    #[test]
    fn a_key_in_place_of_a_path_is_not_shown() {
        let frameless = pem("ed25519.pem").lines().nth(2).expect("the key").to_owned();
        let broken = format!("{}\\n{}", &frameless[..30], &frameless[30..]);
        let wrapped = format!("{}\n{}", &frameless[..10], &frameless[10..]);
        for key in [&frameless, &broken, &wrapped, LETTERS] {
            let error = found(&[(KEY, "k"), (PRIVATE_KEY, key)]).expect_err("no key");
            assert!(!error.contains(&key[..8]) && error.contains("neither a PEM"), "{error}");
        }
        let error = found(&[(KEY, "k"), (SECRET, &pem("ed25519.pem"))]).expect_err("a PEM");
        assert!(error.contains("in the environment as BINANCE_PRIVATE_KEY") && !error.contains(&frameless), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_not_text_is_named() {
        use std::os::unix::ffi::OsStringExt as _;
        let bytes = |name: &str| (name == SECRET).then(|| OsString::from_vec(vec![0xff, 0x41]));
        let error = credentials(bytes).expect_err("no text").to_string();
        assert!(error.contains("BINANCE_API_SECRET is not text"), "{error}");
    }
}
