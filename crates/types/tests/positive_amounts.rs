//! No request asks for a quantity, a price or an amount of zero or less.

use papi_types::error::ViolationKind;
use papi_types::spec::{Bound, Kind, Limit, ParamInfo};
use papi_types::{Decimal, ENDPOINTS, Timestamp};

const NOW: Timestamp = Timestamp::from_millis(1_792_000_000_000);

/// Parameters for which zero or less means something: endpoint, parameter and reason. No page shows one.
const OPEN: [(&str, &str, &str); 0] = [];

fn is_open(endpoint: &str, param: &ParamInfo) -> bool {
    OPEN.iter().any(|(path, name, _)| (*path, *name) == (endpoint, param.name))
}

fn allows_only_positive(param: &ParamInfo) -> bool {
    match param.min {
        Some(Bound::Open(Limit::Number(number))) => number >= Decimal::ZERO,
        Some(Bound::Closed(Limit::Number(number))) => number > Decimal::ZERO,
        _ => false,
    }
}

#[test]
fn every_decimal_parameter_has_a_positive_lower_bound() {
    let decimals = ENDPOINTS.iter().flat_map(|info| info.params.iter().map(move |param| (info.type_path(), param)));
    let (mut open, mut bounded) = (Vec::new(), 0);
    for (endpoint, param) in decimals.filter(|(_, param)| param.kind == Kind::Decimal) {
        match allows_only_positive(param) {
            true => bounded += 1,
            false if is_open(&endpoint, param) => {}
            false => open.push(format!("{endpoint} {}", param.name)),
        }
    }
    assert_eq!(open, Vec::<String>::new(), "give each `above: 0`, or a reason above");
    assert!(bounded > 0);
}

#[test]
fn zero_and_less_are_refused_before_sending() {
    for info in ENDPOINTS {
        for param in info.params.iter().filter(|param| param.kind == Kind::Decimal) {
            for text in ["0", "0.000", "-0.00000001", "-1"] {
                let others = info.params.iter().filter(|other| other.required && other.name != param.name);
                let mut sent: Vec<(&str, &str)> = others.map(|other| (other.name, plain(other))).collect();
                sent.push((param.name, text));
                let request = (info.parse)(&sent).unwrap_or_else(|error| panic!("{sent:?}: {error}"));
                let invalid = request.check(NOW).expect_err("is refused");
                let is_named = invalid
                    .violations()
                    .iter()
                    .any(|violation| violation.kind() == ViolationKind::OutOfRange && violation.param() == param.name);
                assert!(is_named, "{} {sent:?}: {invalid}", info.type_path());
            }
        }
    }
}

/// A text of the parameter's kind.
fn plain(param: &ParamInfo) -> &'static str {
    match param.kind {
        Kind::Word | Kind::Bool => param.words[0],
        Kind::Text | Kind::List => "BTCUSDT",
        _ => "1",
    }
}
