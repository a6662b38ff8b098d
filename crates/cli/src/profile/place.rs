//! Finds the file of profiles. Pure: the environment is a parameter.

use crate::failure::Failure;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The variable that names the file itself.
pub(crate) const CONFIG_VARIABLE: &str = "PAPI_CONFIG";

/// Where the user's own folder is.
const HOME_VARIABLE: &str = if cfg!(windows) { "USERPROFILE" } else { "HOME" };

/// Where the file of profiles is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FilePlace {
    /// Named by `PAPI_CONFIG`: it has to be there.
    Named(PathBuf),
    /// The usual place, where it need not be.
    Usual(PathBuf),
    /// No variable tells where the user's files are.
    Nowhere,
}

/// Returns where the file is: `PAPI_CONFIG`, else `papi/config.toml` in `XDG_CONFIG_HOME` or in `~/.config`, on macOS as
/// well; on Windows in `APPDATA`.
pub(super) fn place(variable: &dyn Fn(&str) -> Option<OsString>) -> Result<FilePlace, Failure> {
    if let Some(named) = variable(CONFIG_VARIABLE) {
        if named.is_empty() {
            let failure = Failure::bad_input(format!("{CONFIG_VARIABLE} is empty"));
            return Err(failure.hint(format!("`unset {CONFIG_VARIABLE}`, or give it the path of a file of profiles")));
        }
        return Ok(FilePlace::Named(named.into()));
    }
    let folder = if cfg!(windows) {
        absolute(variable("APPDATA"))
    } else {
        absolute(variable("XDG_CONFIG_HOME")).or_else(|| home(variable).map(|home| home.join(".config")))
    };
    Ok(folder.map_or(FilePlace::Nowhere, |folder| FilePlace::Usual(folder.join("papi").join("config.toml"))))
}

/// Returns the user's own folder.
pub(super) fn home(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    absolute(variable(HOME_VARIABLE))
}

/// A relative path means another folder in each place that a command is run from, so it counts as not set.
fn absolute(value: Option<OsString>) -> Option<PathBuf> {
    value.map(PathBuf::from).filter(|path| path.is_absolute())
}

/// What paths in the file are relative to.
#[derive(Debug, Clone)]
pub(super) struct PathRoots {
    /// The folder of the file.
    pub(super) folder: PathBuf,
    /// What `~/` stands for.
    pub(super) home: Option<PathBuf>,
}

impl PathRoots {
    /// Returns a path as the file means it, or why it has none.
    pub(super) fn path(&self, text: &str) -> Result<PathBuf, String> {
        match (text.strip_prefix("~/"), &self.home) {
            (Some(rest), Some(home)) => Ok(home.join(rest)),
            (Some(_), None) => Err(format!("begins with `~/`, and {HOME_VARIABLE} is not set")),
            (None, _) if text.is_empty() => Err("is empty".to_owned()),
            (None, _) if text.starts_with('~') => {
                Err("begins with `~`; only `~/`, your own folder, is understood".to_owned())
            }
            (None, _) => Ok(self.folder.join(Path::new(text.strip_prefix("./").unwrap_or(text)))),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_where_the_environment_says() {
        let usual = |path: &str| FilePlace::Usual(PathBuf::from(path));
        let rows: [(&[(&str, &str)], FilePlace); 7] = [
            (&[("HOME", "/h")], usual("/h/.config/papi/config.toml")),
            (&[("HOME", "/h"), ("XDG_CONFIG_HOME", "/x")], usual("/x/papi/config.toml")),
            (&[("XDG_CONFIG_HOME", "/x")], usual("/x/papi/config.toml")),
            (&[("HOME", "/h"), ("XDG_CONFIG_HOME", "x")], usual("/h/.config/papi/config.toml")),
            (&[("HOME", "/h"), ("XDG_CONFIG_HOME", "")], usual("/h/.config/papi/config.toml")),
            (&[("HOME", ""), ("XDG_CONFIG_HOME", "")], FilePlace::Nowhere),
            (&[("HOME", "/h"), ("PAPI_CONFIG", "my.toml")], FilePlace::Named("my.toml".into())),
        ];
        for (variables, expected) in rows {
            let variable = |name: &str| variables.iter().find(|(each, _)| *each == name).map(|(_, value)| value.into());
            assert_eq!(place(&variable).expect("a place"), expected, "{variables:?}");
        }
        assert!(place(&|_| Some(OsString::new())).is_err(), "an empty PAPI_CONFIG was most likely forgotten");
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let roots = PathRoots { folder: "/c/papi".into(), home: Some("/h".into()) };
        for (text, path) in
            [("a.pem", "/c/papi/a.pem"), ("./a.pem", "/c/papi/a.pem"), ("/a.pem", "/a.pem"), ("~/a.pem", "/h/a.pem")]
        {
            assert_eq!(roots.path(text), Ok(path.into()));
        }
        assert!(roots.path("").is_err() && roots.path("~me/a.pem").is_err());
        assert!(PathRoots { home: None, ..roots }.path("~/a.pem").is_err());
    }
}
