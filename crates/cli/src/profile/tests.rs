//! What a file means, and which setting counts.

use super::file::Configuration;
use super::parse::profiles;
use super::place::PathRoots;
use super::settings::resolve;
use super::source::Program;
use super::{KeyOrigin, KeySource, KeySources, Profile, SetBy, SigningSource};
use crate::global_options::GlobalOptions;
use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::time::Duration;

fn read(text: &str) -> (Option<String>, Vec<Profile>) {
    let roots = PathRoots { folder: "/c/papi".into(), home: Some("/h".into()) };
    profiles(text, &roots).map_err(|problems| problems.failure("config.toml".as_ref())).expect("valid")
}

#[test]
fn a_file_says_what_each_setting_is_and_where_a_key_comes_from() {
    let (default_profile, profiles) = read(
        r#"
        default_profile = "main"
        [profile.main]
        base_url = "https://papi.binance.com"
        time_url = "https://fapi.binance.com/fapi/v1/time"
        ledger = "~/ledger"
        intents = "main.intents"
        limits = { weight = 3_000, orders = 0x10 }
        columns = { "um force-orders" = ["time", "symbol"], "um-income-history" = ["time"] }
        [profile.main.key]
        api_key = { env = "MAIN_API_KEY" }
        api_secret = { command = ["bin/secret", "papi/main"], timeout_seconds = 5 }
        [profile.own]
        key = { api_key = { command = ["pass", "own"] }, private_key = { file = "own.pem" }, passphrase = { env = "P" } }
        [profile.bare]
        "#,
    );
    let program = |program: &str, argument: &str, seconds| {
        let (path, arguments) = (program.into(), vec![argument.to_owned()]);
        KeySource::Program(Program { path, arguments, patience: Duration::from_secs(seconds) })
    };
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    let main = Profile {
        name: "main".to_owned(),
        base_url: Some("https://papi.binance.com".to_owned()),
        time_url: Some("https://fapi.binance.com/fapi/v1/time".to_owned()),
        ledger: Some("/h/ledger".into()),
        ledger_password: None,
        intents: Some("/c/papi/main.intents".into()),
        weight: Some(3_000),
        orders: Some(16),
        columns: BTreeMap::from([
            ("um force-orders".to_owned(), texts(&["time", "symbol"])),
            ("um income-history".to_owned(), texts(&["time"])),
        ]),
        key: Some(KeySources {
            api_key: KeySource::Variable("MAIN_API_KEY".to_owned()),
            signing: SigningSource::Secret(program("/c/papi/bin/secret", "papi/main", 5)),
        }),
    };
    let own = Profile {
        name: "own".to_owned(),
        key: Some(KeySources {
            api_key: program("pass", "own", 30),
            signing: SigningSource::PrivateKey {
                pem: KeySource::File("/c/papi/own.pem".into()),
                passphrase: Some(KeySource::Variable("P".to_owned())),
            },
        }),
        ..Profile::default()
    };
    let bare = Profile { name: "bare".to_owned(), ..Profile::default() };
    assert_eq!((default_profile.as_deref(), profiles), (Some("main"), vec![bare, main, own]));
}

/// What stands in the environment in a row of a table.
type Variables<'a> = &'a [(&'a str, &'a str)];

fn resolved(options: &GlobalOptions, variables: Variables<'_>, file: &str) -> Result<super::Settings, String> {
    let (default_profile, profiles) = read(file);
    let configuration = Configuration { path: None, default_profile, profiles: Some(profiles) };
    let variable = |name: &str| {
        let (_, value) = variables.iter().find(|(each, _)| *each == name)?;
        Some(value.into())
    };
    resolve(options, &variable, configuration).map_err(|failure| failure.into_parts().0)
}

const FILE: &str = r#"
    [profile.p]
    base_url = "https://of.profile"
    time_url = "https://of.profile"
    ledger = "/of/profile"
    intents = "/of/profile"
    limits = { weight = 3, orders = 3 }
    key = { api_key = { env = "K" }, api_secret = { env = "S" } }
"#;

#[test]
fn the_limits_of_a_profile_count() {
    let options = GlobalOptions { profile: Some("p".to_owned()), ..GlobalOptions::default() };
    let limits = resolved(&options, &[], FILE).expect("settings").limits();
    assert_eq!((limits.weight, limits.orders), (3, 3));
}

#[test]
fn the_command_line_is_stronger_than_variables_and_those_than_the_profile() {
    let argument = |set: bool, value: &str| set.then(|| value.to_owned());
    let variables: [(&str, &str); 6] = [
        ("PAPI_BASE_URL", "of variable"),
        ("PAPI_TIME_URL", "of variable"),
        ("PAPI_PROXY", "of variable"),
        ("PAPI_LEDGER", "/of/variable"),
        ("PAPI_INTENTS", "/of/variable"),
        ("BINANCE_API_KEY", "of variable"),
    ];
    let mut table = String::new();
    for row in 0..8_u8 {
        let [by_argument, by_variable, by_profile] = [4, 2, 1].map(|bit| row & bit != 0);
        let options = GlobalOptions {
            base_url: argument(by_argument, "of argument"),
            time_url: argument(by_argument, "of argument"),
            proxy: argument(by_argument, "of argument"),
            ledger: argument(by_argument, "/of/argument").map(Into::into),
            intents: argument(by_argument, "/of/argument").map(Into::into),
            weight_limit: by_argument.then_some(1),
            profile: argument(by_profile, "p"),
            ..GlobalOptions::default()
        };
        let settings = resolved(&options, if by_variable { &variables } else { &[] }, FILE).expect("valid");
        let given = [(by_argument, "argument"), (by_variable, "variable"), (by_profile, "profile")];
        let given: Vec<_> = given.iter().filter(|(is_given, _)| *is_given).map(|(_, name)| *name).collect();
        writeln!(table, "given: {}", if given.is_empty() { "nothing".to_owned() } else { given.join(", ") })
            .expect("a string");
        let mut line = |name: &str, value: &dyn Display, set_by: &SetBy, overrides: &[SetBy]| {
            let overrides = overrides.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let (value, set_by) = (value.to_string(), set_by.to_string());
            let line = format!("  {name:<9}{value:<20}{set_by:<16}{overrides}");
            writeln!(table, "{}", line.trim_end()).expect("a string");
        };
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        line("base_url", &text(&settings.base_url.value), &settings.base_url.set_by, &settings.base_url.overrides);
        line("time_url", &text(&settings.time_url.value), &settings.time_url.set_by, &settings.time_url.overrides);
        line("proxy", &text(&settings.proxy.value), &settings.proxy.set_by, &settings.proxy.overrides);
        let ledger = settings.ledger.value.as_ref().map_or("-".to_owned(), ToString::to_string);
        line("ledger", &ledger, &settings.ledger.set_by, &settings.ledger.overrides);
        let intents = settings.intents.value.as_ref().map_or("-".to_owned(), |path| path.display().to_string());
        line("intents", &intents, &settings.intents.set_by, &settings.intents.overrides);
        line("weight", &settings.weight.value, &settings.weight.set_by, &settings.weight.overrides);
        line("orders", &settings.orders.value, &settings.orders.set_by, &settings.orders.overrides);
        let key = match settings.key.value {
            KeyOrigin::Sandbox => "sandbox",
            KeyOrigin::Environment => "environment",
            KeyOrigin::Profile(_) => "profile",
            KeyOrigin::Nothing => "-",
        };
        line("key", &key, &settings.key.set_by, &settings.key.overrides);
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_profile_is_chosen_by_argument_then_variable_then_default() {
    let file = "default_profile = \"c\"\n[profile.a]\n[profile.b]\n[profile.c]\n";
    let chosen = |argument: Option<&str>, variables: Variables<'_>, file: &str| {
        let options = GlobalOptions { profile: argument.map(ToOwned::to_owned), ..GlobalOptions::default() };
        let settings = resolved(&options, variables, file)?;
        Ok::<_, String>(settings.profile.map(|(profile, named_by)| format!("{} by {named_by}", profile.name)))
    };
    let is = |text: &str| Ok(Some(text.to_owned()));
    let of_variable: Variables<'_> = &[("PAPI_PROFILE", "b")];
    assert_eq!(chosen(Some("a"), of_variable, file), is("a by --profile"));
    assert_eq!(chosen(None, of_variable, file), is("b by PAPI_PROFILE"));
    assert_eq!(chosen(None, &[], file), is("c by default_profile"));
    assert_eq!(chosen(None, &[], "[profile.a]"), Ok(None));
    assert!(chosen(None, &[("PAPI_PROFILE", "")], file).is_err(), "an empty name was most likely forgotten");
    assert!(chosen(Some("d"), &[], file).is_err());
}

#[test]
fn the_sandbox_takes_neither_address_nor_key_of_a_profile() {
    let options = GlobalOptions { sandbox: true, profile: Some("p".to_owned()), ..GlobalOptions::default() };
    let settings = resolved(&options, &[("BINANCE_API_KEY", "k"), ("PAPI_BASE_URL", "x")], FILE).expect("valid");
    assert_eq!(settings.key.value, KeyOrigin::Sandbox);
    assert_eq!((settings.base_url.value, settings.time_url.value, settings.ledger.value), (None, None, None));
    assert_eq!((settings.weight.value, settings.orders.value), (3, 3), "limits are its user's wish");
}

#[test]
fn the_sandbox_takes_the_file_of_intents_of_the_command_line_alone() {
    let options = GlobalOptions { sandbox: true, profile: Some("p".to_owned()), ..GlobalOptions::default() };
    let intents =
        |options: &GlobalOptions| resolved(options, &[("PAPI_INTENTS", "/of/variable")], FILE).expect("valid").intents;
    let of_sandbox = intents(&options);
    assert_eq!((of_sandbox.value, of_sandbox.set_by), (None, SetBy::Argument("--sandbox")));
    let named = intents(&GlobalOptions { intents: Some("mine".into()), ..options });
    assert_eq!((named.value, named.set_by), (Some("mine".into()), SetBy::Argument("--intents")));
}

#[test]
fn a_variable_that_the_profile_names_is_the_profiles_own() {
    let file = r#"[profile.p.key]
        api_key = { env = "BINANCE_API_KEY" }
        api_secret = { env = "S" }"#;
    let options = GlobalOptions { profile: Some("p".to_owned()), ..GlobalOptions::default() };
    let origin = |variables| resolved(&options, variables, file).expect("valid").key.value;
    assert!(matches!(origin(&[("BINANCE_API_KEY", "k"), ("S", "s")]), KeyOrigin::Profile(_)));
    assert!(matches!(origin(&[("BINANCE_API_KEY", "k"), ("BINANCE_API_SECRET", "")]), KeyOrigin::Profile(_)));
    assert_eq!(origin(&[("BINANCE_API_KEY", "k"), ("BINANCE_API_SECRET", "s")]), KeyOrigin::Environment);
}
