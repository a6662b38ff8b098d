//! What is to be tried, as `cargo xtask fuzz` says it.

use papi_fuzz_targets::{TARGETS, Target};
use std::path::PathBuf;
use std::time::Duration;

/// What is to be tried.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) targets: Vec<Target>,
    pub(crate) seed: u64,
    pub(crate) limit: Limit,
}

/// How much of it, for each target.
#[derive(Debug)]
pub(crate) enum Limit {
    /// As many inputs.
    Inputs(u64),
    /// As many as there is time for.
    Time(Duration),
    /// This file alone.
    Input(PathBuf),
}

impl Plan {
    /// Reads `TARGET SEED inputs|seconds|file VALUE`; the target is a name or `all`, and all share the seconds.
    pub(crate) fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut next = || words.next().ok_or("usage: fuzz TARGET|all SEED inputs|seconds|file VALUE");
        let (name, seed, unit, value) = (next()?, next()?, next()?, next()?);
        let targets: Vec<_> = TARGETS.into_iter().filter(|target| name == "all" || name == target.name).collect();
        if targets.is_empty() {
            let names = TARGETS.map(|target| target.name).join(", ");
            return Err(format!("there is no target `{name}`; there are {names}"));
        }
        let number = |text: &str| text.parse().map_err(|_| format!("{text} is no whole number"));
        let limit = match unit.as_str() {
            "inputs" => Limit::Inputs(number(&value)?),
            "seconds" => Limit::Time(Duration::from_secs(number(&value)?) / u32::try_from(targets.len()).unwrap_or(1)),
            "file" => Limit::Input(value.into()),
            other => return Err(format!("{other} is none of inputs, seconds and file")),
        };
        Ok(Self { targets, seed: number(&seed)?, limit })
    }

    /// Whether a target is tried further, after as many inputs and as long a time.
    pub(crate) fn goes_on(&self, inputs: u64, passed: Duration) -> bool {
        match self.limit {
            Limit::Inputs(count) => inputs < count,
            Limit::Time(time) => passed < time,
            Limit::Input(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(line: &str) -> Result<Plan, String> {
        Plan::read(line.split(' ').map(ToOwned::to_owned))
    }

    #[test]
    fn all_targets_share_the_time() {
        let Ok(Plan { targets, limit: Limit::Time(time), .. }) = plan("all 1 seconds 70") else { panic!("a plan") };
        assert_eq!(
            (targets.len(), time),
            (TARGETS.len(), Duration::from_secs(70) / u32::try_from(TARGETS.len()).expect("few"))
        );
        let Ok(plan) = plan("reply 7 inputs 100") else { panic!("a plan") };
        assert_eq!((plan.targets.len(), plan.seed), (1, 7));
        assert!(plan.goes_on(99, Duration::MAX) && !plan.goes_on(100, Duration::ZERO));
    }

    #[test]
    fn what_is_no_plan_says_what_there_is() {
        assert!(plan("replies 1 inputs 5").expect_err("no target").contains("page, private_key"));
        assert!(plan("all 1").expect_err("half a plan").starts_with("usage"));
        assert!(plan("all 1 hours 2").is_err() && plan("all x inputs 2").is_err());
    }
}
