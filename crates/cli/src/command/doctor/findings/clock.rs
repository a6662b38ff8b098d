//! Finds whether this machine's clock agrees with the exchange's.

use super::super::cause::Cause;
use super::super::facts::{Facts, Offset, Step};
use super::finding::{Check, Finding, Verdict};

/// The exchange refuses timestamps that are more milliseconds than this ahead of its own time.
const TOLERATED: u64 = 1_000;

/// How to let the machine set its clock itself.
const SET_THE_CLOCK: &str = "Let a time service set it: `sudo timedatectl set-ntp true` on Linux, `sudo sntp -sS time.apple.com` on macOS, \
     `w32tm /resync` on Windows.";

/// Finds whether this machine's clock is right.
pub(super) fn clock(facts: &Facts) -> Finding {
    match &facts.clock {
        Step::Done(offset) => of_offset(*offset),
        Step::Skipped(skip) => Finding::skipped(Check::Clock, *skip),
        Step::Failed(failed) if matches!(facts.ping, Step::Done(())) => match &failed.cause {
            Cause::Other(reason) => unknown(facts, reason),
            _ => unknown(facts, "no answer"),
        },
        Step::Failed(_) => {
            Finding::new(Check::Clock, Verdict::Skipped, "Not known: the server of the time does not answer either.")
        }
    }
}

fn of_offset(offset: Offset) -> Finding {
    let (span, bound) = (span(offset.millis.unsigned_abs()), offset.bound.as_millis());
    let side = if offset.millis < 0 { "ahead of" } else { "behind" };
    let told = format!("This machine's clock is {span} {side} the exchange's, give or take {bound} ms.");
    if offset.millis.unsigned_abs() <= TOLERATED {
        return Finding::ok(Check::Clock, told);
    }
    Finding::warning(Check::Clock, format!("{told} Papi corrects that, other programs may not.")).next(SET_THE_CLOCK)
}

fn unknown(facts: &Facts, reason: &str) -> Finding {
    Finding::warning(
        Check::Clock,
        format!("The exchange's time is not known, so this machine's clock has to be right ({reason})."),
    )
    .next(format!("`curl {}` should answer; a firewall may have to let it pass.", facts.time.url))
    .next(SET_THE_CLOCK)
}

fn span(millis: u64) -> String {
    match millis {
        0..=999 => format!("{millis} ms"),
        1_000..=119_999 => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
        120_000..=7_199_999 => format!("{} min", millis / 60_000),
        _ => format!("{} h", millis / 3_600_000),
    }
}
