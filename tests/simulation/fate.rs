//! What befalls one message on its way, drawn when it leaves.

use crate::plan::Weather;
use crate::seed::Rng;
use binance_papi::Method;
use std::time::Duration;

/// The way of one message.
#[derive(Debug, Clone)]
pub(crate) struct Fate {
    /// How long it is under way.
    pub(crate) there: Duration,
    /// How long its answer is.
    pub(crate) back: Duration,
    pub(crate) end: End,
    /// What the exchange itself has trouble with, by the words of `x-sandbox-fault`.
    pub(crate) trouble: Option<String>,
    /// How long queries do not find the order that it places.
    pub(crate) hidden: Option<Duration>,
    /// When it arrives a second time, if it does.
    pub(crate) again: Option<Duration>,
}

/// What its sender gets to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Answered,
    NeverSent,
    /// It does not arrive, and the sender sees the connection break.
    LostBefore,
    /// It does not arrive, and the sender sees nothing.
    HangsBefore,
    LostAfter,
    HangsAfter,
    /// The answer ends after this part of its body, in thousandths, and the connection breaks.
    Cut(u64),
    /// It arrives, and something else answers with success and this much rubbish.
    Garbage(u64),
    /// Something on the way answers so, and it does not arrive.
    GarbageBefore(u64),
}

/// What the exchange has trouble with, and whether it may have acted then.
const TROUBLES: [(&str, bool); 14] = [
    ("503-unknown", true),
    ("503-unavailable", false),
    ("503-throttled", false),
    ("503-throttled-other", true),
    ("503-internal", true),
    ("500", true),
    ("408", true),
    ("-1006", true),
    ("-1007", true),
    ("html-502", true),
    ("html-504", true),
    ("html-404", true),
    ("html-403", true),
    ("-1021", false),
];

/// How it says that too much was asked, and whether it can say for how long to wait.
const THROTTLES: [(&str, bool); 5] =
    [("429", true), ("418", true), ("429-bare", false), ("418-until", false), ("-1003", false)];

impl Fate {
    /// Draws the fate of a message. A client that asks for the time meets the network's trouble alone.
    pub(crate) fn of(weather: Weather, method: Method, is_for_time: bool, rng: &mut Rng) -> Self {
        let mut fate = Self::calm(rng);
        let may = |chance: u64, rng: &mut Rng| chance > 0 && rng.per_mille(chance);
        if may(weather.late, rng) {
            fate.there = rng.millis(500, 12_000);
        }
        if may(weather.hidden, rng) && method == Method::Post {
            fate.hidden = Some(rng.millis(100, 8_000));
        }
        if may(weather.duplicated, rng) {
            fate.again = Some(rng.millis(1, 3_000));
        }
        if may(weather.never_sent, rng) {
            fate.end = End::NeverSent;
        } else if may(weather.lost_before, rng) {
            fate.end = rng.pick(&[End::LostBefore, End::HangsBefore]);
        } else if may(weather.lost_after, rng) {
            fate.end = rng.pick(&[End::LostAfter, End::HangsAfter]);
        } else if may(weather.cut, rng) {
            fate.end = End::Cut(rng.between(0, 999));
        } else if may(weather.garbage, rng) {
            fate.end = if rng.per_mille(500) { End::Garbage(rng.next()) } else { End::GarbageBefore(rng.next()) };
        } else if is_for_time {
            return fate;
        } else if may(weather.trouble, rng) {
            let (name, may_act) = rng.pick(&TROUBLES);
            let acts = if may_act && rng.per_mille(500) { "before" } else { "never" };
            fate.trouble = Some(format!(r#"{{"fault":"{name}","acts":"{acts}"}}"#));
        } else if may(weather.throttled, rng) {
            let ((name, tells), wait) = (rng.pick(&THROTTLES), rng.between(1, 40));
            let more = if tells { format!(r#","retry_after":{wait}"#) } else { String::new() };
            fate.trouble = Some(format!(r#"{{"fault":"{name}"{more}}}"#));
        }
        fate
    }

    /// A message that nothing befalls.
    pub(crate) fn calm(rng: &mut Rng) -> Self {
        let (there, back) = (rng.millis(1, 120), rng.millis(1, 120));
        Self { there, back, end: End::Answered, trouble: None, hidden: None, again: None }
    }
}

/// Returns what something that is no exchange might write.
pub(crate) fn rubbish(number: u64) -> Vec<u8> {
    let texts: [&[u8]; 8] = [
        b"",
        b"<html><body>Welcome</body></html>",
        b"{\"clientOrderId\":\"",
        b"OK",
        b"[",
        b"\xff\xfe\x00\x01",
        b"{\"orderId\":12,\"symbol\":\"BTCUSDT\"",
        b"upstream connect error or disconnect/reset before headers",
    ];
    texts[usize::try_from(number % 8).unwrap_or_default()].to_vec()
}
