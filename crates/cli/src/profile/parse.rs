//! Understands the text of a file of profiles. All problems are reported, each with its line; no value is repeated.

use super::ledger::{LedgerPlace, UnfitServer};
use super::place::PathRoots;
use super::source::{KeySource, PATIENCE, Program};
use super::table::{Item, Problems, Table, has_secret, quoted};
use super::{KeySources, Profile, SigningSource};
use crate::kebab::command_words;
use binance_papi::ENDPOINTS;
use binance_papi::spec::nearest;
use papi_runtime::is_secret;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;
use toml::de::DeTable;

const SOURCES: &str = "{ env = \"NAME\" }, { file = \"PATH\" } or { command = [\"pass\", \"show\", \"NAME\"] }";

/// The longest that a command may take, in seconds.
const LONGEST_PATIENCE: u32 = 600;

/// Returns the name of the default profile, and the profiles in the order of their names.
pub(super) fn profiles<'a>(text: &'a str, roots: &PathRoots) -> Result<(Option<String>, Vec<Profile>), Problems<'a>> {
    let mut problems = Problems::new(text);
    let document = match DeTable::parse(text) {
        Ok(document) => document,
        Err(error) => {
            // The error quotes the line, and there may be a secret in it.
            let what = if has_secret(error.message()) { "syntax error" } else { error.message() };
            problems.add_with_hint(
                error.span().unwrap_or_default(),
                format!("not TOML: {what}"),
                "`papi profile --help` shows what the file looks like",
            );
            return Err(problems);
        }
    };
    let mut top = Table::new("", document.get_ref(), 0..0);
    let default_profile = top.take("default_profile");
    let mut profiles = Vec::new();
    if let Some(mut named) = top.take("profile").and_then(|item| item.table("[profile.main]", &mut problems)) {
        for (name, at, item) in named.take_all() {
            if name.is_empty() {
                problems.add(at, "a profile has no name; write [profile.NAME]");
            } else if !name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter)) {
                let what = format!("{} cannot be the name of a profile", quoted(&name));
                problems.add_with_hint(at, what, "letters, digits, `-` and `_` make a name");
            } else if has_secret(&name) {
                secret_in_the_file(&mut problems, at);
            } else if let Some(table) = item.table("[profile.main]", &mut problems) {
                profiles.push(profile(name, table, roots, &mut problems));
            }
        }
    }
    top.end(&mut problems);
    let default_profile = default_profile.and_then(|item| {
        let name = item.text(&mut problems)?;
        let names = || profiles.iter().map(|profile| profile.name.as_str());
        if !names().any(|each| each == name) {
            let near = nearest(name, names()).map(|near| format!("; did you mean `{near}`?"));
            let what = format!("`default_profile` names {}, which is no profile of this file", quoted(name));
            problems.add(item.span, what + &near.unwrap_or_default());
        }
        Some(name.to_owned())
    });
    if problems.is_empty() { Ok((default_profile, profiles)) } else { Err(problems) }
}

fn profile(name: String, mut table: Table<'_>, roots: &PathRoots, problems: &mut Problems<'_>) -> Profile {
    let base_url = table.take("base_url").and_then(|item| url(&item, problems));
    let time_url = table.take("time_url").and_then(|item| url(&item, problems));
    let ledger = table.take("ledger").and_then(|item| ledger(&item, roots, problems));
    let password = table.take("ledger_password").map(|item| (item.span.clone(), source(&item, roots, problems)));
    if let (Some((span, _)), false) = (&password, matches!(ledger, Some(LedgerPlace::Server(_)))) {
        problems.add(
            span.clone(),
            "`ledger_password` goes with a `ledger` on a server, such as \"redis://10.0.0.7?exit=nat\"",
        );
    }
    let ledger_password = password.and_then(|(_, source)| source);
    let intents = table.take("intents").and_then(|item| path(&item, roots, problems));
    let (mut weight, mut orders) = (None, None);
    if let Some(mut limits) = table.take("limits").and_then(|item| item.table("{ weight = 3000 }", problems)) {
        weight = limits.take("weight").and_then(|item| item.number(1, u32::MAX, problems));
        orders = limits.take("orders").and_then(|item| item.number(1, u32::MAX, problems));
        limits.end(problems);
    }
    let columns = table.take("columns").map(|item| columns(&item, problems)).unwrap_or_default();
    let key = table.take("key").and_then(|item| key(&item, roots, problems));
    table.end(problems);
    Profile { name, base_url, time_url, ledger, ledger_password, intents, weight, orders, columns, key }
}

/// Reads an address. Whether it can be used is seen when the client is made; here only what must never be printed counts.
fn url(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let text = item.text(problems)?;
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if is_secret(text) || has_secret(text) {
        secret_in_the_file(problems, item.span.clone());
    } else if !is_address || text.contains('@') {
        problems.add(
            item.span.clone(),
            format!("`{}` must be an address, such as \"https://papi.binance.com\", without a user", item.name),
        );
    } else {
        return Some(text.to_owned());
    }
    None
}

fn path(item: &Item<'_>, roots: &PathRoots, problems: &mut Problems<'_>) -> Option<PathBuf> {
    match roots.path(item.text(problems)?) {
        // A path that is not there yet is shown in messages, and made by some: it must not be a secret.
        Ok(path) if path.to_str().is_some_and(|text| is_secret(text) || hides_a_secret(item, text)) => {
            secret_in_the_file(problems, item.span.clone());
            None
        }
        Ok(path) => Some(path),
        Err(reason) => {
            problems.add(item.span.clone(), format!("`{}` {reason}", item.name));
            None
        }
    }
}

/// A secret below a folder that exists leads somewhere, as paths go.
fn hides_a_secret(item: &Item<'_>, path: &str) -> bool {
    item.value
        .as_str()
        .is_some_and(|written| has_secret(written) || is_secret(written) && !PathBuf::from(path).exists())
}

fn ledger(item: &Item<'_>, roots: &PathRoots, problems: &mut Problems<'_>) -> Option<LedgerPlace> {
    let text = item.text(problems)?;
    match LedgerPlace::server(text) {
        None => path(item, roots, problems).map(LedgerPlace::File),
        Some(_) if has_secret(text) => {
            secret_in_the_file(problems, item.span.clone());
            None
        }
        Some(Ok(server)) => Some(server),
        Some(Err(UnfitServer { reason, hint })) => {
            let what = format!("`{}`: {reason}", item.name);
            match hint {
                Some(hint) => problems.add_with_hint(item.span.clone(), what, hint),
                None => problems.add(item.span.clone(), what),
            }
            None
        }
    }
}

fn columns(item: &Item<'_>, problems: &mut Problems<'_>) -> BTreeMap<String, Vec<String>> {
    let mut columns = BTreeMap::new();
    let Some(mut table) = item.table("{ \"um force-orders\" = [\"time\", \"symbol\"] }", problems) else {
        return columns;
    };
    // A command and its dataset are the same words, with a space and with a hyphen between group and name.
    let commands: Vec<_> = ENDPOINTS.iter().map(|info| command_words(info)).collect();
    for (name, at, item) in table.take_all() {
        let Some(command) = commands.iter().find(|command| command.replace(' ', "-") == name.replace(' ', "-")) else {
            let near = nearest(&name, commands.iter().map(String::as_str));
            let near =
                near.map_or("`papi endpoints` lists them".to_owned(), |near| format!("did you mean \"{near}\"?"));
            problems.add(at, format!("{} is no command with rows; {near}", quoted(&name)));
            continue;
        };
        let Some(names) = item.texts("[\"time\", \"symbol\"]", problems) else { continue };
        if columns.contains_key(command) {
            problems.add(at, format!("the columns of \"{command}\" are given twice"));
        } else if names.iter().any(|name| has_secret(name)) {
            secret_in_the_file(problems, item.span);
        } else {
            columns.insert(command.clone(), names.into_iter().map(ToOwned::to_owned).collect());
        }
    }
    columns
}

fn key(item: &Item<'_>, roots: &PathRoots, problems: &mut Problems<'_>) -> Option<KeySources> {
    let mut table = item.table("[profile.main.key]", problems)?;
    let (name, span) = (table.name.clone(), table.span.clone());
    let mut is_whole = true;
    let mut part = |key: &'static str, problems: &mut Problems<'_>| {
        let item = table.take(key)?;
        let source = source(&item, roots, problems);
        is_whole &= source.is_some();
        Some(source)
    };
    let api_key = part("api_key", problems);
    let api_secret = part("api_secret", problems);
    let private_key = part("private_key", problems);
    let passphrase = part("passphrase", problems);
    table.end(problems);
    let missing = match (&api_key, &api_secret, &private_key, &passphrase) {
        (_, Some(_), Some(_), _) => {
            "has both `api_secret` and `private_key`; leave out the one that is not of this API key"
        }
        (None, ..) => "has no `api_key`",
        (_, None, None, _) => "has an `api_key`, but neither `api_secret` nor `private_key`",
        (_, _, None, Some(_)) => "has a `passphrase`, but no `private_key` for it to open",
        _ => "",
    };
    if !missing.is_empty() {
        problems.add(span, format!("[{name}] {missing}"));
        return None;
    }
    if !is_whole {
        return None;
    }
    let signing = match (api_secret.flatten(), private_key.flatten()) {
        (Some(secret), _) => SigningSource::Secret(secret),
        (None, pem) => SigningSource::PrivateKey { pem: pem?, passphrase: passphrase.flatten() },
    };
    Some(KeySources { api_key: api_key.flatten()?, signing })
}

fn source(item: &Item<'_>, roots: &PathRoots, problems: &mut Problems<'_>) -> Option<KeySource> {
    if item.value.is_str() {
        let what = format!("`{}` is a text, and a secret never stands in this file; say where it is", item.name);
        problems.add_with_hint(item.span.clone(), what, secret_hint());
        return None;
    }
    let mut table = item.table(SOURCES, problems)?;
    let variable = table.take("env");
    let file = table.take("file");
    let command = table.take("command");
    let seconds = table.take("timeout_seconds");
    let (name, span) = (table.name.clone(), table.span.clone());
    let is_misspelled = variable.is_none() && file.is_none() && command.is_none() && !table.is_taken();
    table.end(problems);
    if is_misspelled {
        return None;
    }
    let patience = match &seconds {
        None => PATIENCE,
        Some(_) if command.is_none() => {
            problems.add(span.clone(), format!("`{name}` has timeout_seconds, which goes with `command` alone"));
            PATIENCE
        }
        Some(seconds) => Duration::from_secs(seconds.number(1, LONGEST_PATIENCE, problems)?.into()),
    };
    match (variable, file, command) {
        (Some(variable), None, None) => name_of_variable(&variable, problems).map(KeySource::Variable),
        (None, Some(file), None) => path(&file, roots, problems).map(KeySource::File),
        (None, None, Some(command)) => program(&command, patience, roots, problems).map(KeySource::Program),
        _ => {
            problems.add(span, format!("`{name}` must have exactly one source: {SOURCES}"));
            None
        }
    }
}

fn name_of_variable(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let name = item.text(problems)?;
    let is_name = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if has_secret(name) {
        secret_in_the_file(problems, item.span.clone());
    } else if name.is_empty() || !is_name || name.starts_with(|letter: char| letter.is_ascii_digit()) {
        // It is not shown: what is no name of a variable may be a passphrase.
        problems.add(item.span.clone(), format!("`{}` must be the name of a variable, without `$`", item.name));
    } else {
        return Some(name.to_owned());
    }
    None
}

fn program(item: &Item<'_>, patience: Duration, roots: &PathRoots, problems: &mut Problems<'_>) -> Option<Program> {
    let words = item.texts("[\"pass\", \"show\", \"papi/main\"]; no shell reads it", problems)?;
    let (first, arguments) = words.split_first()?;
    if words.iter().any(|word| has_secret(word)) || ["echo", "printf"].contains(first) && !arguments.is_empty() {
        secret_in_the_file(problems, item.span.clone());
        return None;
    }
    let path = if first.contains('/') {
        match roots.path(first) {
            Ok(path) => path,
            Err(reason) => {
                problems.add(item.span.clone(), format!("the program of `{}` {reason}", item.name));
                return None;
            }
        }
    } else {
        PathBuf::from(first)
    };
    Some(Program { path, arguments: arguments.iter().map(ToString::to_string).collect(), patience })
}

fn secret_in_the_file(problems: &mut Problems<'_>, at: super::table::Span) {
    problems.add_with_hint(at, "this looks like a secret, and a secret never stands in this file", secret_hint());
}

fn secret_hint() -> String {
    format!("write one of {SOURCES}; take the secret out of the file, and make a new key if others could read it")
}
