//! Checks that nothing was compared, taken away or found to differ on a day that is still to come.

use crate::problem::{At, Problems};
use crate::spec::Specs;

pub(super) fn check(specs: &Specs, today: &str, problems: &mut Problems) {
    // A call with a spec may be announced to go; one in `retired.yaml` is gone.
    let gone = specs.retired.iter().map(|gone| &gone.retired.since);
    let compared = specs.endpoints.iter().map(|endpoint| &endpoint.verified_on);
    let compared = compared.chain(specs.events.iter().map(|event| &event.verified_on));
    let removed =
        specs.endpoints.iter().flat_map(|endpoint| &endpoint.removed).filter_map(|param| param.removed.as_ref());
    let differs = specs.endpoints.iter().flat_map(|endpoint| &endpoint.differs);
    let differs = differs.chain(specs.events.iter().flat_map(|event| &event.differs));
    for date in gone.chain(compared).chain(removed).chain(differs.map(|difference| &difference.since)) {
        check_date(date, today, problems);
    }
}

fn check_date(date: &At<String>, today: &str, problems: &mut Problems) {
    if date.as_str() > today {
        problems.at(date.place, format!("{} lies ahead", **date)).help(format!("today is {today}"));
    }
}
