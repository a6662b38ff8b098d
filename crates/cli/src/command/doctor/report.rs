//! Prints the findings: for people a line or more each, for programs JSON.

use super::facts::{Facts, Host, IntentContent, Key, LedgerFacts, LedgerUse, Offset, ServerLedger, Step, Target};
use super::findings::{Finding, Verdict};
use crate::failure::Failure;
use crate::output::{Output, OutputFormat, ReplyDescription, to_stdout};
use crate::stderr::printable;
use binance_papi::json::Json;

/// Prints the findings: for people unless another format is asked for.
pub(super) fn print(facts: &Facts, findings: &[Finding], format: Option<OutputFormat>) -> Result<(), Failure> {
    match format {
        None | Some(OutputFormat::Table | OutputFormat::Records | OutputFormat::Wide) => {
            to_stdout(&printable(&text(findings)))
        }
        Some(_) => Output::new(format).print(&json(facts, findings), ReplyDescription::with_rows(Some("findings"))),
    }
}

/// Lines end before this column where a word allows it.
const WIDTH: usize = 100;

/// Where sentences begin, after verdict and check.
const MARGIN: usize = 18;

/// Returns the findings as text, each with what to do about it.
pub(super) fn text(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let label = format!("{:<9}{:<9}", finding.verdict.as_str(), finding.check.as_str());
        push(&mut text, &label, &finding.sentence);
        let several = finding.next.len() > 1;
        for (index, step) in finding.next.iter().enumerate() {
            let label = if several { format!("{:MARGIN$}{}. ", "", index + 1) } else { format!("{:MARGIN$}-> ", "") };
            push(&mut text, &label, step);
        }
        if !finding.next.is_empty() {
            text.push('\n');
        }
    }
    text
}

/// Appends a paragraph after a label, with its further lines below the first.
fn push(text: &mut String, label: &str, words: &str) {
    text.push_str(label);
    let start = label.chars().count();
    let mut column = start;
    // A text in backquotes is one word: a command with a line break in it cannot be copied.
    for word in pieces(words) {
        let length = word.chars().count();
        if column > start && column + 1 + length > WIDTH {
            text.push('\n');
            text.push_str(&" ".repeat(start));
            column = start;
        } else if column > start {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
}

/// Splits a text into words; a quoted command counts as one.
fn pieces(words: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut begin, mut quoted) = (0, false);
    for (index, character) in words.char_indices() {
        match character {
            '`' => quoted = !quoted,
            ' ' if !quoted => {
                pieces.push(&words[begin..index]);
                begin = index + 1;
            }
            _ => {}
        }
    }
    pieces.push(&words[begin..]);
    pieces
}

fn json(facts: &Facts, findings: &[Finding]) -> Json {
    let worst = findings.first().map_or(Verdict::Ok, |finding| finding.verdict);
    let base_url = match &facts.target {
        Target::Usable(Host { base_url, .. }) => Json::text(base_url.as_str()),
        Target::Unusable { .. } => Json::null(),
    };
    let key_type = match &facts.key {
        Key::Usable { key_type, .. } => Json::text(key_type.to_string()),
        _ => Json::null(),
    };
    let (offset, bound) = match facts.clock {
        Step::Done(Offset { millis, bound }) => (Json::number(millis), Json::Raw(bound.as_millis().to_string().into())),
        _ => (Json::null(), Json::null()),
    };
    let status = match &facts.account {
        Step::Done(status) => Json::text(status.to_string()),
        _ => Json::null(),
    };
    let unsettled = match facts.intents.as_ref().map(|file| &file.content) {
        Some(IntentContent::Read(calls)) => Json::number(i128::try_from(calls.count).unwrap_or(i128::MAX)),
        _ => Json::null(),
    };
    Json::object([
        ("verdict", Json::text(worst.as_str())),
        ("baseUrl", base_url),
        ("profile", facts.profile.as_ref().map_or(Json::null(), |profile| Json::text(profile.name.as_str()))),
        ("keyType", key_type),
        ("clockOffsetMillis", offset),
        ("clockBoundMillis", bound),
        ("accountStatus", status),
        ("usedWeight", facts.weight.used.map_or(Json::null(), Json::number)),
        ("weightLimit", Json::number(facts.weight.limit)),
        ("ledger", facts.ledger.as_deref().map_or(Json::null(), ledger)),
        ("unsettledCalls", unsettled),
        ("findings", Json::List(findings.iter().map(of_finding).collect())),
    ])
}

/// The shared ledger on a server; null when it cannot be used.
fn ledger(ledger: &ServerLedger) -> Json {
    let ServerLedger::Read(LedgerFacts { server, version, round_trip, exit, weight, orders, .. }) = ledger else {
        return Json::null();
    };
    Json::object([
        ("server", Json::text(server.as_str())),
        ("version", Json::text(version.as_str())),
        ("roundTripMicros", Json::number(i128::try_from(round_trip.as_micros()).unwrap_or(i128::MAX))),
        ("exit", Json::text(exit.as_str())),
        ("weight", of_use(weight)),
        ("orders", orders.as_ref().map_or(Json::null(), of_use)),
    ])
}

fn of_use(of: &LedgerUse) -> Json {
    Json::object([
        ("used", Json::number(of.used)),
        ("limit", Json::number(of.limit)),
        ("underWay", Json::number(of.leases)),
        ("waiting", Json::number(of.waiting)),
        ("hosts", Json::List(of.hosts.iter().map(|host| Json::text(host.as_str())).collect())),
    ])
}

fn of_finding(finding: &Finding) -> Json {
    Json::object([
        ("check", Json::text(finding.check.as_str())),
        ("verdict", Json::text(finding.verdict.as_str())),
        ("sentence", Json::text(finding.sentence.as_str())),
        ("next", Json::List(finding.next.iter().map(|step| Json::text(step.as_str())).collect())),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_never_broken_over_lines() {
        let mut text = String::new();
        let command = format!("`papi {}`", "word ".repeat(30));
        push(&mut text, "1. ", &format!("Say this: {command} and then {}", "more ".repeat(20).trim_end()));
        assert!(text.lines().any(|line| line.trim() == command), "{text}");
        assert!(text.lines().filter(|line| line.trim() != command).all(|line| line.len() <= WIDTH), "{text}");
    }
}
