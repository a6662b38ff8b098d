//! Breaking a range of time: the wrong way round, a millisecond too long, a millisecond too old; and the exact edges.

use super::Trial;
use super::of_rule::Case;
use crate::requests::Edit;
use papi_types::Timestamp;
use papi_types::error::ViolationKind;
use papi_types::spec::{SpanLimit, State, Window};

const HOUR: i64 = 3_600_000;

pub(super) fn trials(case: &Case<'_>, window: &Window) -> Vec<Trial> {
    [order(case, window), length(case, window), age(case, window)].concat()
}

fn both(window: &Window, from: i64, to: i64) -> Vec<Edit> {
    vec![Edit::Send(window.from, from.to_string()), Edit::Send(window.to, to.to_string())]
}

/// A valid range to start from.
fn seed(case: &Case<'_>, window: &Window) -> Vec<Edit> {
    both(window, case.now.as_millis() - 2 * HOUR, case.now.as_millis() - HOUR)
}

fn order(case: &Case<'_>, window: &Window) -> Vec<Trial> {
    let (seed, to) = (seed(case, window), case.now.as_millis() - HOUR);
    let reversed = Some((ViolationKind::WindowReversed, window.from));
    vec![
        case.trial("reversed", &seed, both(window, to + 1, to), reversed),
        case.trial("one millisecond", &seed, both(window, to, to), None),
    ]
}

fn length(case: &Case<'_>, window: &Window) -> Vec<Trial> {
    let (seed, to) = (seed(case, window), Timestamp::from_millis(case.now.as_millis() - HOUR));
    let (span, longest) = match window.limit {
        None => return Vec::new(),
        Some(SpanLimit::AtMost(span)) => (span, span.before(to).as_millis()),
        Some(SpanLimit::Under(span)) => (span, span.before(to).as_millis() + 1),
        Some(other) => panic!("a new limit: {other}"),
    };
    let too_long = Some((ViolationKind::WindowTooLong, window.from));
    let what = format!("longer than {span}");
    vec![
        case.trial(&what, &seed, both(window, longest - 1, to.as_millis()), too_long),
        case.trial("longest", &seed, both(window, longest, to.as_millis()), None),
    ]
}

fn age(case: &Case<'_>, window: &Window) -> Vec<Trial> {
    let Some(history) = window.reach else { return Vec::new() };
    let oldest = history.span.before(case.now).as_millis();
    let from = |time: i64| vec![Edit::Send(window.from, time.to_string()), Edit::Omit(window.to)];
    let to = |time: i64| vec![Edit::Omit(window.from), Edit::Send(window.to, time.to_string())];
    let range = |time: i64| both(window, time, oldest + HOUR);
    let ancient = both(window, oldest - HOUR, oldest - 1);
    // The limit holds unless one of these is true, which the search must not make so.
    let limited: Vec<_> = history.unless.iter().map(|condition| Edit::Omit(condition.param)).collect();
    let seed = [seed(case, window), limited.clone()].concat();
    let only_to = [vec![Edit::Omit(window.from)], to(oldest), limited.clone()].concat();
    let too_old = |name| Some((ViolationKind::WindowTooOld, name));
    let mut trials = vec![
        case.trial("start too old", &seed, from(oldest - 1), too_old(window.from)),
        case.trial("range too old", &seed, range(oldest - 1), too_old(window.from)),
        case.trial("both ends too old", &seed, ancient, too_old(window.from)),
        case.trial("end too old", &only_to, to(oldest - 1), too_old(window.to)),
        case.trial("oldest start", &limited, from(oldest), None),
        case.trial("oldest range", &limited, range(oldest), None),
        case.trial("oldest end", &limited, to(oldest), None),
    ];
    for condition in history.unless {
        let State::OneOf(values) = condition.state else { panic!("a new exception: {condition}") };
        let lifted = [Edit::Send(condition.param, values[0].to_owned())];
        trials.push(case.trial("no limit", &lifted, from(oldest - 1), None));
        trials.push(case.trial("no limit", &lifted, to(oldest - 1), None));
    }
    trials
}
