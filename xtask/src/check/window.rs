//! Checks that the lengths and ends of time windows go together.

use super::Scope;
use crate::problem::{At, Place, Problems};
use papi_spec::{Requirement, Span, SpanLimit, Window};

const DAY: i64 = 86_400_000;

pub(super) fn check(scope: &Scope<'_>, problems: &mut Problems) {
    let requirements = scope.endpoint.constraints.iter().flat_map(|constraints| &constraints.requirements);
    let windows = requirements.filter_map(|requirement| match requirement.value {
        Requirement::Window(window) => Some(At::new(window, requirement.place)),
        _ => None,
    });
    let windows: Vec<At<Window>> = windows.collect();
    for window in &windows {
        check_ends(window.from, window.to, window.place, problems);
        check_defaults(window, problems);
    }
    let Some(paging) = &scope.endpoint.paging else { return };
    let Some(steps) = &paging.window else { return };
    check_ends(&steps.from, &steps.to, steps.from.place, problems);
    for window in windows.iter().filter(|window| (window.from, window.to) == (&*steps.from, &*steps.to)) {
        if let Some(limit) = window.limit.filter(|limit| is_longer(steps.step, length(*limit))) {
            let title = format!("the step of {} is longer than the window may be: {limit}", steps.step);
            problems.at(steps.step_place, title).help(format!("a step of {} fits", length(limit)));
        }
    }
}

fn check_ends(from: &str, to: &str, place: Place, problems: &mut Problems) {
    if from == to && !from.is_empty() {
        let title = format!("the window begins and ends with `{from}`");
        problems.at(place, title).help("`from` and `to` are two parameters");
    }
}

fn check_defaults(window: &At<Window>, problems: &mut Problems) {
    let Some(limit) = window.limit else { return };
    let defaults =
        [("default", window.default), ("default from", window.default_from), ("default to", window.default_to)];
    for (key, span) in defaults {
        if let Some(span) = span.filter(|span| is_longer(*span, length(limit))) {
            let title = format!("the `{key}` of {span} is longer than the window may be: {limit}");
            problems.at(window.place, title).help("what is searched without times also fits `span`");
        }
    }
}

fn length(limit: SpanLimit) -> Span {
    match limit {
        SpanLimit::AtMost(span) | SpanLimit::Under(span) => span,
        _ => Span::Months(u32::MAX),
    }
}

/// Returns whether a span is longer than another, however long the months are.
fn is_longer(span: Span, other: Span) -> bool {
    match (span, other) {
        (Span::Millis(span), Span::Millis(other)) => span > other,
        (Span::Months(span), Span::Months(other)) => span > other,
        (Span::Millis(span), Span::Months(other)) => span > i64::from(other) * 31 * DAY,
        (Span::Months(span), Span::Millis(other)) => i64::from(span) * 28 * DAY > other,
    }
}
