//! Reads the file of profiles, after a look at who else can write it: it says where keys are sent and which programs run.

use super::parse::profiles;
use super::place::{CONFIG_VARIABLE, FilePlace, PathRoots, home, place};
use super::{PROFILE_VARIABLE, Profile};
use crate::failure::Failure;
use binance_papi::spec::nearest;
use std::ffi::OsString;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// No file of profiles is nearly as long; a device that never ends is.
const LONGEST_FILE: u64 = 1 << 20;

/// What the file of profiles says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Configuration {
    /// Where the file is or would be; none when no variable tells where the user's files are.
    pub(crate) path: Option<PathBuf>,
    pub(crate) default_profile: Option<String>,
    /// In the order of their names. None when there is no file.
    pub(crate) profiles: Option<Vec<Profile>>,
}

/// Reads the file of profiles, if there is one.
pub(crate) fn configuration(variable: &dyn Fn(&str) -> Option<OsString>) -> Result<Configuration, Failure> {
    let (path, read) = match place(variable)? {
        FilePlace::Nowhere => return Ok(Configuration::default()),
        FilePlace::Named(path) => {
            let read = text(&path);
            (path, read)
        }
        FilePlace::Usual(path) => match text(&path) {
            Err(Unread::Absent) => return Ok(Configuration { path: Some(path), ..Configuration::default() }),
            read => (path, read),
        },
    };
    let text = read.map_err(|unread| unread.failure(&path))?;
    // Relative only when PAPI_CONFIG is.
    let folder = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
    let folder = folder.parent().map_or_else(PathBuf::new, Path::to_owned);
    let roots = PathRoots { folder, home: home(variable) };
    let (default_profile, profiles) = profiles(&text, &roots).map_err(|problems| problems.failure(&path))?;
    Ok(Configuration { path: Some(path), default_profile, profiles: Some(profiles) })
}

impl Configuration {
    /// Returns the profile of a name.
    pub(crate) fn profile(&self, name: &str) -> Result<&Profile, Failure> {
        if name.is_empty() {
            return Err(Failure::bad_input("the name of the profile is empty").hint(format!(
                "`papi profile list` shows the names; `unset {PROFILE_VARIABLE}` does without a profile"
            )));
        }
        let Some(profiles) = &self.profiles else { return Err(self.no_file(name)) };
        let found = profiles.iter().find(|profile| profile.name == name);
        found.ok_or_else(|| {
            let names = profiles.iter().map(|profile| profile.name.as_str());
            Failure::bad_input(format!("{} has no profile {}", self.shown_path(), super::table::quoted(name)))
                .hints(nearest(name, names).map(|near| format!("did you mean `{near}`?")))
                .hint("`papi profile list` shows the names")
        })
    }

    /// Returns where the file is, for messages.
    pub(crate) fn shown_path(&self) -> String {
        self.path.as_ref().map_or_else(|| "the file of profiles".to_owned(), |path| path.display().to_string())
    }

    fn no_file(&self, name: &str) -> Failure {
        let name = super::table::quoted(name);
        match &self.path {
            Some(path) => Failure::bad_input(format!("there is no profile {name}: {} does not exist", path.display()))
                .hint("`papi profile --help` shows what to write into it"),
            None => Failure::bad_input(format!(
                "there is no profile {name}: no variable tells where the file of profiles is"
            ))
            .hint(format!("set HOME or XDG_CONFIG_HOME, or {CONFIG_VARIABLE} to the path of the file")),
        }
    }
}

/// Why the file is not read.
#[derive(Debug)]
enum Unread {
    Absent,
    /// In words, and what to do about it.
    Because(String, Option<&'static str>),
}

impl Unread {
    fn failure(self, path: &Path) -> Failure {
        let shown = papi_runtime::shown_path(path)
            .map_or_else(|| "the file of profiles".to_owned(), |shown| format!("the file of profiles, {shown},"));
        match self {
            Self::Absent => Failure::bad_input(format!("{shown} does not exist"))
                .hint(format!("{CONFIG_VARIABLE} names it; `papi profile --help` shows what to write into it")),
            Self::Because(reason, hint) => {
                Failure::bad_input(format!("{shown} {reason}")).hints(hint.map(ToOwned::to_owned))
            }
        }
    }
}

fn text(path: &Path) -> Result<String, Unread> {
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Unread::Absent,
        _ => Unread::Because(format!("cannot be read: {error}"), None),
    };
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if let Some(reason) = writable_by_others(&metadata) {
        let hint =
            "it says where keys are sent and which programs are run, so nobody else may change it: `chmod go-w` it";
        return Err(Unread::Because(reason.to_owned(), Some(hint)));
    }
    let mut text = String::new();
    file.take(LONGEST_FILE).read_to_string(&mut text).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => Unread::Because("is not text in UTF-8".to_owned(), None),
        _ => unreadable(error),
    })?;
    Ok(text)
}

/// Returns why a file may hold what somebody else wrote. A group is let pass: on many systems each user has one alone.
#[cfg(unix)]
fn writable_by_others(metadata: &Metadata) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt as _;
    let is_ours = [0, rustix::process::geteuid().as_raw()].contains(&metadata.uid());
    match metadata.mode() {
        _ if !is_ours => Some("belongs to another user"),
        mode if metadata.is_file() && mode & 0o002 != 0 => Some("can be written by everyone"),
        _ => None,
    }
}

/// Other systems keep the folder of a user to that user.
#[cfg(not(unix))]
fn writable_by_others(_: &Metadata) -> Option<&'static str> {
    None
}
