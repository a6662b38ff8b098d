//! `papi profile`: which profiles there are, what each setting is and what decided it, and whether a key can be fetched.

use crate::connect::with_settings;
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::output::{Output, ReplyDescription};
use crate::profile::{
    Configuration, KEY_VARIABLES, KeyOrigin, LedgerPlace, Profile, SetBy, Setting, Settings, configuration, settings,
};
use crate::stderr;
use binance_papi::json::Json;
use binance_papi::{Client, PRODUCTION_URL};
use clap::{Args, Subcommand};
use papi_runtime::{is_secret, shown_path};
use std::path::PathBuf;

/// List, show and check profiles: settings with a name, and where the API key comes from.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
The file is $XDG_CONFIG_HOME/papi/config.toml, else ~/.config/papi/config.toml, on macOS as well; on Windows it is
%APPDATA%\\papi\\config.toml. PAPI_CONFIG names another one.

  default_profile = \"main\"                       # for when neither --profile nor PAPI_PROFILE names one

  [profile.main]
  base_url = \"https://papi.binance.com\"          # each setting may be left out
  ledger = \"~/.cache/papi-ledger\"                # paths are relative to the folder of the file
  # or a server: ledger = \"redis://10.0.0.7?exit=nat\", and ledger_password = { env = \"NAME\" } if it wants one
  intents = \"main.intents\"                      # as --intents
  limits = { weight = 3000, orders = 300 }       # per minute
  columns = { \"um force-orders\" = [\"time\", \"symbol\"] }

  [profile.main.key]
  api_key = { env = \"MAIN_API_KEY\" }             # each part has a source of its own
  api_secret = { command = [\"pass\", \"show\", \"papi/main\"], timeout_seconds = 30 }
  # or private_key = { file = \"main.pem\" }, and passphrase = .. if it is encrypted

A secret never stands in the file. A file with a secret must be yours alone (mode 600). A command is run without a shell,
prints the secret on stdout, and has 30 seconds unless timeout_seconds says otherwise.

The command line is stronger than environment variables, those are stronger than the profile, and it is stronger than
the defaults. A key counts as a whole: when BINANCE_API_KEY or another of its variables is set, the profile's is not used.
--sandbox uses neither key nor address nor ledger nor intents of a profile.

More in PROFILES.md, beside the source of papi.")]
pub(crate) struct ProfileCommand {
    #[command(subcommand)]
    action: ProfileAction,
}

/// What to do with profiles.
#[derive(Debug, Clone, Subcommand)]
enum ProfileAction {
    /// List the profiles of the file.
    List,
    /// Show each setting and what decided it; nothing secret, and no key is fetched.
    Show(NamedProfile),
    /// Fetch the key and set everything up as for a call; nothing is sent. `papi doctor` asks the exchange.
    Check(NamedProfile),
}

/// The profile that is looked at.
#[derive(Debug, Clone, Args)]
struct NamedProfile {
    /// The profile [default: that of --profile, `PAPI_PROFILE` or `default_profile`]
    #[arg(conflicts_with = "profile")]
    name: Option<String>,
}

impl ProfileCommand {
    pub(crate) fn run(self, global: &GlobalOptions) -> Result<(), Failure> {
        match self.action {
            ProfileAction::List => list(global),
            ProfileAction::Show(named) => show(&named.options(global)),
            ProfileAction::Check(named) => check(&named.options(global)),
        }
    }
}

impl NamedProfile {
    fn options(self, global: &GlobalOptions) -> GlobalOptions {
        GlobalOptions { profile: self.name.or_else(|| global.profile.clone()), ..global.clone() }
    }
}

fn list(global: &GlobalOptions) -> Result<(), Failure> {
    let configuration = configuration(&|name| std::env::var_os(name))?;
    let Some(profiles) = &configuration.profiles else {
        let text = match &configuration.path {
            Some(path) => format!("no profiles: {} does not exist", path.display()),
            None => "no profiles: HOME is not set, so there is no place for their file".to_owned(),
        };
        stderr::plain(&text);
        stderr::line("hint", "`papi profile --help` shows what to write into it");
        return Output::of(global).print(&Json::List(Vec::new()), ReplyDescription::default());
    };
    stderr::plain(&configuration.shown_path());
    let rows = profiles.iter().map(|profile| row(profile, &configuration)).collect();
    Output::of(global).print(&Json::List(rows), ReplyDescription::default())
}

fn row(profile: &Profile, configuration: &Configuration) -> Json {
    let is_default = configuration.default_profile.as_ref() == Some(&profile.name);
    let sources: Vec<_> =
        profile.key.iter().flat_map(|key| key.parts()).map(|(_, source)| source.to_string()).collect();
    Json::object([
        ("profile", Json::text(profile.name.as_str())),
        ("default", Json::bool(is_default)),
        ("base_url", Json::text(profile.base_url.as_deref().unwrap_or(PRODUCTION_URL))),
        ("key", if sources.is_empty() { Json::null() } else { Json::text(sources.join(", ")) }),
    ])
}

fn show(options: &GlobalOptions) -> Result<(), Failure> {
    let settings = settings(options)?;
    stderr::plain(&settings.configuration.shown_path());
    let rows = shown(&settings).into_iter().map(|[setting, value, from, instead_of]| {
        Json::object([
            ("setting", Json::text(setting)),
            ("value", Json::text(value)),
            ("from", Json::text(from)),
            ("instead_of", Json::text(instead_of)),
        ])
    });
    Output::of(options).print(&Json::List(rows.collect()), ReplyDescription::default())
}

/// Returns each setting: its name, its value unless that is secret, what decided it, and what else wanted to.
fn shown(settings: &Settings) -> Vec<[String; 4]> {
    let address = |url: &Option<String>, usual: &str| match url {
        Some(url) if is_secret(url) || url.contains('@') => NOT_SHOWN.to_owned(),
        Some(url) => url.clone(),
        None => usual.to_owned(),
    };
    let base_url = match settings.base_url.set_by {
        SetBy::Argument("--sandbox") => "an exchange inside this program",
        _ => PRODUCTION_URL,
    };
    let file = |path: &Option<PathBuf>| match path {
        Some(path) => shown_path(path).unwrap_or_else(|| NOT_SHOWN.to_owned()),
        None => "none".to_owned(),
    };
    let ledger = match &settings.ledger.value {
        Some(LedgerPlace::Server(address)) => address.clone(),
        Some(LedgerPlace::File(path)) => file(&Some(path.clone())),
        None => file(&None),
    };
    let (name, named_by) = settings
        .profile
        .as_ref()
        .map_or(("none", SetBy::Default), |(profile, named_by)| (profile.name.as_str(), named_by.clone()));
    let mut rows = vec![
        ["profile".to_owned(), name.to_owned(), named_by.to_string(), String::new()],
        line("base_url", address(&settings.base_url.value, base_url), &settings.base_url),
        line("time_url", address(&settings.time_url.value, "the usual"), &settings.time_url),
        line("proxy", address(&settings.proxy.value, "none"), &settings.proxy),
        line("ledger", ledger, &settings.ledger),
        line("intents", file(&settings.intents.value), &settings.intents),
        line("limits.weight", settings.weight.value.to_string(), &settings.weight),
        line("limits.orders", settings.orders.value.to_string(), &settings.orders),
    ];
    if let Some(LedgerPlace::Server(_)) = &settings.ledger.value {
        let password = settings.ledger_password(&|name| std::env::var_os(name));
        rows.extend(
            password.map(|source| ["ledger_password".to_owned(), SECRET.to_owned(), source.to_string(), String::new()]),
        );
    }
    let part = |part: &str, value: &str, from: String| {
        [part.to_owned(), value.to_owned(), from, join(&settings.key.overrides)]
    };
    match &settings.key.value {
        KeyOrigin::Nothing => rows.push(part("key", "none", SetBy::Default.to_string())),
        KeyOrigin::Sandbox => rows.push(part("key", "the demo account's", settings.key.set_by.to_string())),
        KeyOrigin::Environment => {
            let is_set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            let names = ["api_key", "api_secret", "private_key", "passphrase"].into_iter().zip(KEY_VARIABLES);
            rows.extend(
                names
                    .filter(|(_, variable)| is_set(variable))
                    .map(|(name, variable)| part(name, SECRET, variable.to_owned())),
            );
        }
        KeyOrigin::Profile(sources) => {
            rows.extend(
                sources
                    .parts()
                    .iter()
                    .map(|(name, source)| part(name, SECRET, format!("{}, {source}", settings.key.set_by))),
            );
        }
    }
    if let Some((profile, _)) = &settings.profile {
        rows.extend(profile.columns.iter().map(|(command, columns)| {
            [
                format!("columns of {command}"),
                columns.join(","),
                SetBy::Profile(profile.name.clone()).to_string(),
                String::new(),
            ]
        }));
    }
    rows
}

const SECRET: &str = "(secret)";

const NOT_SHOWN: &str = "(not shown: it may be a secret)";

fn line<T>(name: &str, value: String, setting: &Setting<T>) -> [String; 4] {
    [name.to_owned(), value, setting.set_by.to_string(), join(&setting.overrides)]
}

fn join(overrides: &[SetBy]) -> String {
    overrides.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn check(options: &GlobalOptions) -> Result<(), Failure> {
    let settings = settings(options)?;
    if options.sandbox {
        return Err(Failure::bad_input("--sandbox uses neither key nor address of a profile")
            .hint("`papi profile check` without --sandbox sends nothing either"));
    }
    let key = settings.fetch_key()?;
    let key_type = key.credentials.key_type();
    let builder = with_settings(Client::builder(), &settings)?.credentials(key.credentials);
    let client = builder.build().map_err(|error| Failure::from(error).hints(settings.of_profile()))?;
    let from = match &settings.key.value {
        KeyOrigin::Profile(sources) => {
            sources.parts().iter().map(|(part, source)| format!("{part} from {source}")).collect::<Vec<_>>().join(", ")
        }
        _ => "from the environment".to_owned(),
    };
    let report = Json::object([
        ("profile", settings.profile.as_ref().map_or(Json::null(), |(profile, _)| Json::text(profile.name.as_str()))),
        ("keyType", Json::text(key_type.to_string())),
        ("key", Json::text(from)),
        ("baseUrl", Json::text(client.base_url())),
    ]);
    Output::of(options).print(&report, ReplyDescription::default())?;
    let doctor =
        if settings.profile.is_some() { format!(" --profile {}", settings.profile_name()) } else { String::new() };
    stderr::note(&format!("nothing was sent; `papi{doctor} doctor` asks the exchange whether it accepts the key"));
    Ok(())
}
