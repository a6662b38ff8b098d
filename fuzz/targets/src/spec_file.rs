//! Files of specs: whatever a file holds, the reader and the checks end, and each problem is shown at a place of the file.

use crate::check::check;
use crate::problem::{Problems, render};
use crate::spec::Specs;

/// What the endpoints of the fixture share.
const TYPES: &str = include_str!("../../../xtask/tests/fixtures/everything/spec/types.yaml");

/// Reads the file of an endpoint beside the shared types of a fixture.
///
/// # Panics
///
/// When a problem has no place.
pub fn spec(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let mut problems = Problems::default();
    let specs =
        Specs::of_texts(vec![file("spec/types.yaml", TYPES), file("spec/um/everything.yaml", text)], &mut problems);
    check(&specs, "2026-11-26", &mut problems);
    let rendered = render(&specs.sources, &problems, false);
    let places = rendered.lines().filter(|line| line.trim_start().starts_with("--> spec/")).count();
    assert!(places >= problems.errors(), "{} problems, {places} places:\n{rendered}", problems.errors());
}

/// The endpoints of the fixture, and some real ones.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        include_str!("../../../xtask/tests/fixtures/everything/spec/account/balance.yaml"),
        include_str!("../../../xtask/tests/fixtures/everything/spec/cm/trades.yaml"),
        include_str!("../../../xtask/tests/fixtures/everything/spec/margin/cancel_all.yaml"),
        include_str!("../../../xtask/tests/fixtures/everything/spec/stream/start_stream.yaml"),
        include_str!("../../../xtask/tests/fixtures/everything/spec/um/everything.yaml"),
        include_str!("../../../xtask/tests/fixtures/everything/spec/um/orders.yaml"),
        include_str!("../../../xtask/tests/fixtures/everything/spec/um/rows.yaml"),
        include_str!("../../../spec/um/force_orders.yaml"),
        include_str!("../../../spec/um/position_risk.yaml"),
    ];
    texts.map(|text| text.as_bytes().to_vec()).into()
}
