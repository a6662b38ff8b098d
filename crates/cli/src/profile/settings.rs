//! Decides which setting counts: command line, then environment, then profile, then default. Pure, but for `settings`.

use super::file::{Configuration, configuration};
use super::key::{FoundKey, KEY_VARIABLES, KeyOrigin, of_environment};
use super::ledger::LedgerPlace;
use super::{PROFILE_VARIABLE, Profile};
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::stderr;
use binance_papi::Limits;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

/// The variable with the address of the exchange, for when `--base-url` is not given.
pub(crate) const BASE_URL_VARIABLE: &str = "PAPI_BASE_URL";

/// The variable with the address of the clock, for when `--time-url` is not given.
const TIME_URL_VARIABLE: &str = "PAPI_TIME_URL";

/// The variable with the address of a proxy, for when `--proxy` is not given: one with a password is better not typed.
pub(crate) const PROXY_VARIABLE: &str = "PAPI_PROXY";

/// The variable with the file or server of the shared ledger, for when `--ledger` is not given.
const LEDGER_VARIABLE: &str = "PAPI_LEDGER";

/// The variable with the file of intents, for when `--intents` is not given.
const INTENTS_VARIABLE: &str = "PAPI_INTENTS";

/// What decided a setting, strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SetBy {
    /// An option of the command line, such as `--base-url`.
    Argument(&'static str),
    Variable(&'static str),
    /// The profile of this name.
    Profile(String),
    /// The key `default_profile` of the file.
    DefaultProfile,
    Default,
}

impl fmt::Display for SetBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(name) | Self::Variable(name) => f.write_str(name),
            Self::Profile(name) => write!(f, "profile {name}"),
            Self::DefaultProfile => f.write_str("default_profile"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A setting, what decided it, and what it was stronger than.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) set_by: SetBy,
    pub(crate) overrides: Vec<SetBy>,
}

impl<T> Setting<T> {
    /// Takes the first of the values that is there.
    fn first(candidates: impl IntoIterator<Item = (SetBy, Option<T>)>, default: T) -> Self {
        let mut given = candidates.into_iter().filter_map(|(set_by, value)| Some((set_by, value?)));
        let (set_by, value) = given.next().unwrap_or((SetBy::Default, default));
        Self { value, set_by, overrides: given.map(|(set_by, _)| set_by).collect() }
    }
}

/// Everything that the command line, the environment and a profile decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The profile, and what chose it.
    pub(crate) profile: Option<(Profile, SetBy)>,
    /// None for production, or with `--sandbox`.
    pub(crate) base_url: Setting<Option<String>>,
    /// None for the usual clock.
    pub(crate) time_url: Setting<Option<String>>,
    /// None for direct connections. It may hold a password.
    pub(crate) proxy: Setting<Option<String>>,
    /// None for a budget of its own.
    pub(crate) ledger: Setting<Option<LedgerPlace>>,
    /// None when calls that act are not written down.
    pub(crate) intents: Setting<Option<PathBuf>>,
    pub(crate) weight: Setting<u32>,
    pub(crate) orders: Setting<u32>,
    pub(crate) key: Setting<KeyOrigin>,
    /// Where profiles are.
    pub(crate) configuration: Configuration,
}

/// Reads the environment and the file of profiles.
pub(crate) fn settings(options: &GlobalOptions) -> Result<Settings, Failure> {
    let variable = |name: &str| std::env::var_os(name);
    resolve(options, &variable, configuration(&variable)?)
}

impl Settings {
    /// Fetches the key that calls are made with. A key that is not the chosen profile's is told of: it may be of another
    /// account.
    pub(crate) fn fetch_key(&self) -> Result<FoundKey, Failure> {
        let found = match &self.key.value {
            KeyOrigin::Profile(sources) => {
                return sources.fetch(&self.profile_name(), &|name: &str| std::env::var_os(name));
            }
            KeyOrigin::Environment => of_environment().map_err(|error| Failure::from(error).hints(self.other_key()))?,
            KeyOrigin::Sandbox | KeyOrigin::Nothing => None,
        };
        if let Some(note) = self.other_key() {
            stderr::note(&note);
        }
        found.ok_or_else(|| self.no_key())
    }

    /// Returns what may be used in a window.
    pub(crate) fn limits(&self) -> Limits {
        Limits { weight: self.weight.value, orders: self.orders.value, ..Limits::default() }
    }

    /// Returns the name of the profile; empty when there is none.
    pub(crate) fn profile_name(&self) -> String {
        self.profile.as_ref().map(|(profile, _)| profile.name.clone()).unwrap_or_default()
    }

    /// Says that the settings are those of a profile, for when they cannot be used.
    pub(crate) fn of_profile(&self) -> Option<String> {
        let (profile, _) = self.profile.as_ref()?;
        let name = &profile.name;
        Some(format!("`papi profile show --profile {name}` shows each setting and what decided it"))
    }

    /// Says that the environment has another key than the profile.
    fn other_key(&self) -> Option<String> {
        let [SetBy::Profile(profile), ..] = self.key.overrides.as_slice() else { return None };
        let variable = &self.key.set_by;
        Some(format!("{variable} is set, so the key is that of the environment and not that of profile {profile}"))
    }

    fn no_key(&self) -> Failure {
        let set = "set BINANCE_API_KEY and BINANCE_API_SECRET (or BINANCE_PRIVATE_KEY) in the environment, name a profile, or \
                   add --sandbox to play with a demo account";
        let (text, hint) = match &self.profile {
            Some((profile, _)) => (
                format!("not sent: this call needs an API key, and profile {} has none", profile.name),
                format!("write [profile.{}.key] into {}", profile.name, self.configuration.shown_path()),
            ),
            None => ("not sent: this call needs an API key, and none is set".to_owned(), set.to_owned()),
        };
        Failure::bad_input(text).hint(hint)
    }
}

/// Decides each setting.
pub(super) fn resolve(
    options: &GlobalOptions,
    variable: &dyn Fn(&str) -> Option<OsString>,
    configuration: Configuration,
) -> Result<Settings, Failure> {
    if options.sandbox && options.base_url.is_some() {
        return Err(Failure::bad_input("--sandbox and --base-url cannot be given together"));
    }
    let profile = chosen(options, variable, &configuration)?;
    let of_profile = profile.as_ref().map(|(profile, _)| profile);
    let set_by_profile = || SetBy::Profile(of_profile.map(|profile| profile.name.clone()).unwrap_or_default());
    // The embedded exchange is another one: what a profile says about the real one is not for it.
    let of_real_one = of_profile.filter(|_| !options.sandbox);
    let text = |name: &'static str| text(name, variable(name));

    // A variable that is set but empty was most likely forgotten: it counts, and is refused, rather than to be taken for
    // production. So is one that is not text.
    let base_url = if options.sandbox {
        Setting::first([(SetBy::Argument("--sandbox"), Some(None))], None)
    } else {
        Setting::first(
            [
                (SetBy::Argument("--base-url"), options.base_url.clone().map(Some)),
                (SetBy::Variable(BASE_URL_VARIABLE), text(BASE_URL_VARIABLE)?.map(Some)),
                (set_by_profile(), of_profile.and_then(|profile| profile.base_url.clone()).map(Some)),
            ],
            None,
        )
    };
    let time_url = Setting::first(
        [
            (SetBy::Argument("--time-url"), options.time_url.clone().map(Some)),
            (SetBy::Variable(TIME_URL_VARIABLE), text(TIME_URL_VARIABLE)?.map(Some)),
            (set_by_profile(), of_real_one.and_then(|profile| profile.time_url.clone()).map(Some)),
        ],
        None,
    );
    let proxy = Setting::first(
        [
            (SetBy::Argument("--proxy"), options.proxy.clone().map(Some)),
            (SetBy::Variable(PROXY_VARIABLE), text(PROXY_VARIABLE)?.map(Some)),
        ],
        None,
    );
    let place = |named: Option<PathBuf>| named.map(|named| LedgerPlace::read(&named).map(Some)).transpose();
    let ledger = if options.sandbox {
        Setting::first([(SetBy::Argument("--sandbox"), Some(None))], None)
    } else {
        Setting::first(
            [
                (SetBy::Argument("--ledger"), place(options.ledger.clone())?),
                (SetBy::Variable(LEDGER_VARIABLE), place(variable(LEDGER_VARIABLE).map(PathBuf::from))?),
                (set_by_profile(), of_profile.and_then(|profile| profile.ledger.clone()).map(Some)),
            ],
            None,
        )
    };
    let sandbox = options.sandbox.then_some(None);
    let of_variable = variable(INTENTS_VARIABLE).filter(|_| !options.sandbox).map(|path| Some(path.into()));
    let intents = Setting::first(
        [
            // Who names a file for the embedded exchange tries it out; the file of the real one must not have its calls.
            (SetBy::Argument("--intents"), options.intents.clone().map(Some)),
            (SetBy::Argument("--sandbox"), sandbox),
            (SetBy::Variable(INTENTS_VARIABLE), of_variable),
            (set_by_profile(), of_real_one.and_then(|profile| profile.intents.clone()).map(Some)),
        ],
        None,
    );
    let usual = Limits::default();
    let weight = Setting::first(
        [
            (SetBy::Argument("--weight-limit"), options.weight_limit),
            (set_by_profile(), of_profile.and_then(|profile| profile.weight)),
        ],
        usual.weight,
    );
    let orders = Setting::first([(set_by_profile(), of_profile.and_then(|profile| profile.orders))], usual.orders);
    let key = key(options, variable, of_real_one, set_by_profile());
    Ok(Settings { profile, base_url, time_url, proxy, ledger, intents, weight, orders, key, configuration })
}

/// Chooses the profile.
fn chosen(
    options: &GlobalOptions,
    variable: &dyn Fn(&str) -> Option<OsString>,
    configuration: &Configuration,
) -> Result<Option<(Profile, SetBy)>, Failure> {
    let name = Setting::first(
        [
            (SetBy::Argument("--profile"), options.profile.clone().map(Some)),
            (SetBy::Variable(PROFILE_VARIABLE), text(PROFILE_VARIABLE, variable(PROFILE_VARIABLE))?.map(Some)),
            (SetBy::DefaultProfile, configuration.default_profile.clone().map(Some)),
        ],
        None,
    );
    let Some(profile) = &name.value else { return Ok(None) };
    // Who has typed the name knows where it comes from.
    let named_by = match &name.set_by {
        SetBy::Argument(_) => None,
        other => Some(format!("{other} names it")),
    };
    let found = configuration.profile(profile).map_err(|failure| failure.hints(named_by))?;
    Ok(Some((found.clone(), name.set_by)))
}

/// Decides where the key comes from: as a whole, because parts of two keys make none. Variables that the profile itself
/// names are its own and not stronger than it.
fn key(
    options: &GlobalOptions,
    variable: &dyn Fn(&str) -> Option<OsString>,
    profile: Option<&Profile>,
    set_by_profile: SetBy,
) -> Setting<KeyOrigin> {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let sources = profile.and_then(|profile| profile.key.as_ref());
    let is_foreign = |name: &str| is_set(name) && !sources.is_some_and(|sources| sources.names_variable(name));
    let foreign = KEY_VARIABLES.into_iter().find(|name| is_foreign(name));
    let candidates = [
        (SetBy::Argument("--sandbox"), options.sandbox.then_some(KeyOrigin::Sandbox)),
        (SetBy::Variable(foreign.unwrap_or(KEY_VARIABLES[0])), foreign.map(|_| KeyOrigin::Environment)),
        (set_by_profile, sources.cloned().map(KeyOrigin::Profile)),
    ];
    Setting::first(candidates, KeyOrigin::Nothing)
}

fn text(name: &str, value: Option<OsString>) -> Result<Option<String>, Failure> {
    value.map(OsString::into_string).transpose().map_err(|_| Failure::bad_input(format!("{name} is not text")))
}
