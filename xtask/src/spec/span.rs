//! Lengths of time as specs write them: `30s`, `10m`, `24h`, `7d`, `3mo`, `1y`.

use super::keys;
use super::yaml::Node;
use crate::problem::Problems;
use papi_spec::Span;

/// Reads a span; none takes no time.
pub(super) fn parse_span(text: &str) -> Option<Span> {
    Span::parse(text).filter(|span| span.count().0 > 0)
}

/// Reads a span from a node.
pub(super) fn read_span(node: &Node, what: &str, problems: &mut Problems) -> Option<Span> {
    let text = keys::scalar(node, what, problems)?;
    let span = parse_span(&text);
    if span.is_none() {
        problems.at(node.place, format!("`{}` is not a span", *text)).help(Span::EXPECTED);
    }
    span
}
