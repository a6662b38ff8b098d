//! The endpoint's rules, answered with the exchange's codes. The rules come from the spec, through the same typed
//! request that a client checks; only the codes are decided here.

use crate::params::Params;
use crate::refusal::{
    BAD_CLIENT_ID, BAD_COMBINATION, BAD_INTERVAL, BAD_ORDER_TYPE, BAD_POSITION_SIDE, BAD_RESPONSE_TYPE, BAD_SIDE,
    BAD_TIME_IN_FORCE, BAD_VALUE, CLIENT_ID_TOO_LONG, DUPLICATE, EMPTY, ILLEGAL_CHARS, ILLEGAL_CHARS_IN,
    INTERVAL_TOO_BIG, MANDATORY, MORE_THAN_DAYS, MORE_THAN_HOURS, NOT_REQUIRED, ONE_OF_TWO, Refusal, START_AFTER_END,
    UNREAD,
};
use papi_types::error::{Invalid, ViolationKind};
use papi_types::spec::{Kind, ParamInfo, RUNTIME_PARAMS, Requirement, Span, SpanLimit, Window};
use papi_types::{EndpointInfo, Timestamp};

/// The longest client id that the exchange accepts anywhere; individual endpoints document less.
const LONGEST_CLIENT_ID: usize = 36;

const HOUR: i64 = 3_600_000;

/// Checks everything the spec says about the parameters.
///
/// The order is: encoding, duplicates, unknown names, mandatory ones, empty ones, words, types, then ranges and the
/// rules between parameters. Only the first fault is answered, as the exchange does.
pub(crate) fn check(info: &EndpointInfo, params: &Params, now: Timestamp) -> Result<(), Refusal> {
    if !params.readable {
        return Err(ILLEGAL_CHARS.plain());
    }
    if params.has_duplicate() {
        return Err(DUPLICATE.plain());
    }
    let is_read = |name: &str| info.param(name).is_some() || RUNTIME_PARAMS.contains(&name);
    let (sent, read) = (params.count(), params.count_known(is_read));
    if read < sent {
        return Err(UNREAD.with(&[&read.to_string(), &sent.to_string()]));
    }
    let own = params.own();
    let value_of = |param: &ParamInfo| own.iter().find(|(name, _)| *name == param.name).map(|(_, value)| *value);
    if let Some(missing) = info.params.iter().find(|param| param.required && value_of(param).is_none_or(str::is_empty))
    {
        return Err(MANDATORY.with(&[missing.name]));
    }
    if let Some((empty, _)) = own.iter().find(|(_, value)| value.is_empty()) {
        return Err(EMPTY.with(&[empty]));
    }
    // A client passes words that are newer than itself; the exchange knows all of its words.
    let is_bad_word = |param: &&ParamInfo| {
        param.kind == Kind::Word && value_of(param).is_some_and(|value| !param.words.contains(&value))
    };
    if let Some(param) = info.params.iter().find(is_bad_word) {
        return Err(bad_word(param));
    }
    let told = |invalid: Invalid| match invalid.violations().first() {
        Some(violation) => refusal(info, &own, violation.kind(), violation.param()),
        None => BAD_COMBINATION.plain(),
    };
    (info.parse)(&own).map_err(told)?.check(now).map_err(told)
}

fn bad_word(param: &ParamInfo) -> Refusal {
    match param.type_name.rsplit("::").next().unwrap_or_default() {
        "Side" => BAD_SIDE.plain(),
        "PositionSide" => BAD_POSITION_SIDE.plain(),
        "OrderType" => BAD_ORDER_TYPE.plain(),
        "TimeInForce" => BAD_TIME_IN_FORCE.plain(),
        "NewOrderRespType" => BAD_RESPONSE_TYPE.plain(),
        _ => BAD_VALUE.with(&[param.name]),
    }
}

/// Returns the refusal for one broken rule; `name` is the first parameter of the rule.
fn refusal(info: &EndpointInfo, own: &[(&str, &str)], kind: ViolationKind, name: &str) -> Refusal {
    let value = own.iter().find(|(each, _)| *each == name).map_or("", |(_, value)| *value);
    let is_client_id = info.client_ids.contains(&name);
    match kind {
        ViolationKind::Missing => MANDATORY.with(&[name]),
        ViolationKind::Empty => EMPTY.with(&[name]),
        ViolationKind::Duplicate => DUPLICATE.plain(),
        ViolationKind::Length if is_client_id && value.chars().count() > LONGEST_CLIENT_ID => {
            CLIENT_ID_TOO_LONG.plain()
        }
        ViolationKind::Length if is_client_id => BAD_CLIENT_ID.plain(),
        ViolationKind::Chars => illegal_chars(info, name),
        ViolationKind::Word => info.param(name).map_or_else(|| BAD_VALUE.with(&[name]), bad_word),
        // Seen on the wire for the page sizes of margin lists, though `size` is not mandatory.
        ViolationKind::OutOfRange if name == "size" => MANDATORY.with(&[name]),
        ViolationKind::Forbidden => NOT_REQUIRED.with(&[name]),
        ViolationKind::Combination if value.is_empty() => one_missing(info, name),
        ViolationKind::Combination => BAD_COMBINATION.plain(),
        ViolationKind::WindowReversed => START_AFTER_END.plain(),
        ViolationKind::WindowTooLong => too_long(info, name),
        ViolationKind::WindowTooOld => too_old(info, name),
        // Malformed, out of range, and kinds of violation that are added later.
        _ => BAD_VALUE.with(&[name]),
    }
}

fn illegal_chars(info: &EndpointInfo, name: &str) -> Refusal {
    let Some(param) = info.param(name) else { return ILLEGAL_CHARS.plain() };
    let chars = param.chars.unwrap_or(".");
    let range = match param.length {
        Some((shortest, longest)) => format!("^[{chars}]{{{shortest},{longest}}}$"),
        None => format!("^[{chars}]+$"),
    };
    ILLEGAL_CHARS_IN.with(&[name, &range])
}

/// Returns the refusal of missing parameters. When one of several had to be sent, the message has room for the names of
/// two; everything else about parameters that belong together is a bad combination.
fn one_missing(info: &EndpointInfo, name: &str) -> Refusal {
    let choice = info.constraints.iter().find_map(|rule| match rule.requirement {
        Requirement::AtLeastOne(names) | Requirement::ExactlyOne(names) if names.first() == Some(&name) => Some(names),
        _ => None,
    });
    match choice {
        Some([first, second, ..]) => ONE_OF_TWO.with(&[first, second]),
        _ => BAD_COMBINATION.plain(),
    }
}

fn too_long(info: &EndpointInfo, name: &str) -> Refusal {
    match window(info, name).and_then(|window| window.limit) {
        Some(SpanLimit::AtMost(Span::Millis(span)) | SpanLimit::Under(Span::Millis(span))) => {
            MORE_THAN_HOURS.with(&[&(span / HOUR).to_string()])
        }
        _ => INTERVAL_TOO_BIG.plain(),
    }
}

fn too_old(info: &EndpointInfo, name: &str) -> Refusal {
    match window(info, name).and_then(|window| window.reach).map(|reach| reach.span) {
        Some(Span::Millis(span)) => MORE_THAN_DAYS.with(&[&(span / (24 * HOUR)).to_string()]),
        Some(Span::Months(_)) | None => BAD_INTERVAL.plain(),
    }
}

/// Returns the window rule that a parameter belongs to.
fn window(info: &EndpointInfo, name: &str) -> Option<Window> {
    info.windows().map(|(_, window)| window).find(|window| window.from == name || window.to == name)
}
