//! Every rule and every restriction of a parameter, broken alone: the violation is named, and no other.

mod requests;
mod trials;

use papi_types::error::ViolationKind;
use papi_types::spec::Kind;
use papi_types::{ENDPOINTS, EndpointInfo, Timestamp};
use requests::{Draft, Edit, Fixed, complete, complete_but, faults, plain_value, required_only, values};
use std::collections::BTreeMap;
use trials::{Expected, Trial};

const NOW: Timestamp = Timestamp::from_millis(1_792_000_000_000);

/// What cannot be broken without breaking another rule: endpoint, rule, and the word that breaks it. These types demand
/// a quantity, which `closePosition` forbids.
const NOT_ALONE: [(&str, &str, &str); 3] = [
    ("um::NewAlgoOrder", "when closePosition=true: type only STOP_MARKET, TAKE_PROFIT_MARKET", "type=STOP"),
    ("um::NewAlgoOrder", "when closePosition=true: type only STOP_MARKET, TAKE_PROFIT_MARKET", "type=TAKE_PROFIT"),
    (
        "um::NewAlgoOrder",
        "when closePosition=true: type only STOP_MARKET, TAKE_PROFIT_MARKET",
        "type=TRAILING_STOP_MARKET",
    ),
];

/// How a trial went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// What must be accepted was.
    Accepted,
    /// The one violation was reported, and no other.
    Alone,
    /// It was reported among others; no request breaks it alone.
    AmongOthers,
}

fn outcome(info: &'static EndpointInfo, trial: &Trial) -> Outcome {
    let Some(expected) = &trial.expected else {
        accepted(info, trial);
        return Outcome::Accepted;
    };
    let mut among_others = false;
    for base in bases(info, trial) {
        let broken = base.edited_by(&trial.edits);
        if breaks_alone(&base, &broken, trial, expected) {
            return Outcome::Alone;
        }
        among_others |= broken.faults(NOW).iter().any(|fault| expected.is(fault));
    }
    assert!(among_others, "{}: {trial:?} is not reported", info.type_path());
    Outcome::AmongOthers
}

fn accepted(info: &'static EndpointInfo, trial: &Trial) {
    let edits = [trial.seed.clone(), trial.edits.clone()].concat();
    let request = complete(&required_only(info, NOW).edited_by(&edits), &fixed(&edits), NOW);
    assert!(request.is_some(), "{}: {trial:?} is not accepted", info.type_path());
}

fn fixed(edits: &[Edit]) -> Fixed {
    edits.iter().map(Edit::param).collect()
}

/// Valid requests to break: what the trial starts from, with each word of each other required parameter.
fn bases(info: &'static EndpointInfo, trial: &Trial) -> Vec<Draft> {
    let seed = required_only(info, NOW).edited_by(&trial.seed);
    let fixed = fixed(&trial.seed);
    let mut seeds = vec![(seed.clone(), fixed.clone())];
    for param in info.params.iter().filter(|param| param.required && !fixed.contains(param.name)) {
        let mut fixed = fixed.clone();
        fixed.insert(param.name);
        let words = param.words.iter().map(|word| seed.edited(&Edit::Send(param.name, (*word).to_owned())));
        seeds.extend(words.map(|seed| (seed, fixed.clone())));
    }
    seeds.iter().filter_map(|(seed, fixed)| complete(seed, fixed, NOW)).collect()
}

/// Whether the broken request, or one that differs from it in what the trial leaves open, has this one fault and is
/// valid without the breach.
fn breaks_alone(base: &Draft, broken: &Draft, trial: &Trial, expected: &Expected) -> bool {
    let fixed = fixed(&[trial.seed.clone(), trial.edits.clone()].concat());
    let Some(broken) = complete_but(broken, &fixed, NOW, &|fault| expected.is(fault)) else { return false };
    let faults = broken.faults(NOW);
    let mended = broken.edited_by(&base.inverse(&trial.edits)).is_valid(NOW) || mended_by_one(&broken, &fixed);
    faults.len() == 1 && expected.is(&faults[0]) && mended
}

/// Whether one of these parameters alone makes the difference to a valid request.
fn mended_by_one(broken: &Draft, names: &Fixed) -> bool {
    let params = names.iter().filter_map(|name| broken.info.param(name));
    let edits = params.flat_map(|param| {
        let sent = values(broken.info, param, NOW).into_iter().map(|value| Edit::Send(param.name, value));
        sent.chain([Edit::Omit(param.name)])
    });
    edits.into_iter().any(|edit| broken.edited(&edit).is_valid(NOW))
}

#[test]
fn every_rule_broken_alone_is_named() {
    let mut counts = BTreeMap::new();
    let mut not_alone = Vec::new();
    for info in ENDPOINTS {
        for trial in info.constraints.iter().flat_map(|rule| trials::of_rule(info, rule, NOW)) {
            let outcome = outcome(info, &trial);
            *counts.entry(outcome).or_insert(0) += 1;
            if outcome == Outcome::AmongOthers {
                not_alone.push((info.type_path(), trial.rule, trial.what));
            }
        }
    }
    println!("rules: {counts:?}");
    println!("not alone: {not_alone:#?}");
    assert_eq!(not_alone, NOT_ALONE.map(|(path, rule, what)| (path.to_owned(), rule.to_owned(), what.to_owned())));
}

#[test]
fn every_restriction_of_a_parameter_broken_alone_is_named() {
    let mut counts = BTreeMap::new();
    for info in ENDPOINTS {
        for trial in info.params.iter().flat_map(|param| trials::of_param(info, param, NOW)) {
            let outcome = outcome(info, &trial);
            *counts.entry(outcome).or_insert(0) += 1;
            assert!(outcome != Outcome::AmongOthers, "{}: {trial:?} is not reported alone", info.type_path());
        }
    }
    println!("restrictions: {counts:?}");
}

/// The only fault of a request given by texts.
fn only_fault(info: &EndpointInfo, pairs: &[(&str, &str)]) -> (ViolationKind, String) {
    match faults(info, pairs, NOW).as_slice() {
        [fault] => (fault.kind(), fault.param().to_owned()),
        others => panic!("{} {pairs:?}: {others:?}", info.type_path()),
    }
}

#[test]
fn a_name_that_is_unknown_or_repeated_and_a_text_of_another_type_are_named() {
    let mut count = 0;
    for info in ENDPOINTS {
        let smallest = complete(&required_only(info, NOW), &Fixed::new(), NOW).expect("a valid request");
        let unknown = [smallest.pairs(), vec![("noSuchParam", "1")]].concat();
        assert_eq!(only_fault(info, &unknown), (ViolationKind::Unknown, "noSuchParam".to_owned()));
        for param in info.params {
            let plain = Edit::Send(param.name, plain_value(info, param, NOW));
            let request = complete(&required_only(info, NOW).edited(&plain), &fixed(&[plain]), NOW);
            let request = request.unwrap_or_else(|| panic!("{}: {}", info.type_path(), param.name));
            let sent = request.get(param.name).expect("is sent").to_owned();
            let twice = [request.pairs(), vec![(param.name, &sent)]].concat();
            assert_eq!(only_fault(info, &twice), (ViolationKind::Duplicate, param.name.to_owned()));
            let malformed: &[&str] = match param.kind {
                Kind::Integer | Kind::Time => &["many", "1.5", "9223372036854775808"],
                Kind::Decimal => &["1,5", "much", "0.12345678901234567890123456789"],
                Kind::Bool => &["yes", "1"],
                _ => &[],
            };
            for text in malformed {
                let request = request.edited(&Edit::Send(param.name, (*text).to_owned()));
                let fault = only_fault(info, &request.pairs());
                assert_eq!(fault, (ViolationKind::Malformed, param.name.to_owned()), "{request:?}");
            }
            count += 1 + malformed.len();
        }
        count += 1;
    }
    println!("texts: {count} refused");
}
