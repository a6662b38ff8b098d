//! What must be so of a constraint: its parameters exist, can be left out where that matters, and can have the values.

use super::{fail, is_same, known, require_known, require_once, require_time};
use crate::{Condition, Constraint, ParamInfo, Requirement, State};

impl Constraint {
    /// Stops compilation when it names what does not exist, or says nothing.
    #[track_caller]
    pub const fn require_sound(&self, params: &[ParamInfo]) {
        require_conditions("when", self.when, params);
        match self.requirement {
            Requirement::AtLeastOne(names) => require_several("at_least_one", names, params),
            Requirement::ExactlyOne(names) => require_several("exactly_one", names, params),
            Requirement::AtMostOne(names) => require_several("at_most_one", names, params),
            Requirement::Together(names) => require_several("together", names, params),
            Requirement::Required(names) => require_optional("need", names, params),
            Requirement::Forbidden(names) => require_optional("forbid", names, params),
            Requirement::Only { param, values } => require_values("only", param, values, params),
            Requirement::Window(window) => {
                require_time(window.from, params);
                require_time(window.to, params);
                if is_same(window.from, window.to) {
                    fail(&["the window both starts and ends with `", window.from, "`"]);
                }
                if let Some(reach) = window.reach {
                    require_conditions("unless", reach.unless, params);
                }
            }
        }
    }
}

/// One parameter alone has nothing to be compared with.
#[track_caller]
const fn require_several(what: &str, names: &[&str], params: &[ParamInfo]) {
    require_optional(what, names, params);
    if names.len() == 1 {
        fail(&["`", what, "` says nothing about one parameter alone"]);
    }
}

#[track_caller]
const fn require_optional(what: &str, names: &[&str], params: &[ParamInfo]) {
    require_known(what, names, params);
    let mut index = 0;
    while index < names.len() {
        if known(names[index], params).required {
            fail(&["`", names[index], "` is required already"]);
        }
        index += 1;
    }
}

#[track_caller]
const fn require_values(what: &str, param: &str, values: &[&str], params: &[ParamInfo]) {
    let param = known(param, params);
    if values.is_empty() {
        fail(&["`", what, "` gives `", param.name, "` no value"]);
    }
    let mut index = 0;
    while index < values.len() {
        param.require_value(values[index]);
        require_once(values, index);
        index += 1;
    }
}

#[track_caller]
const fn require_conditions(what: &str, conditions: &[Condition], params: &[ParamInfo]) {
    let mut index = 0;
    while index < conditions.len() {
        let Condition { param, state } = conditions[index];
        if param.is_empty() {
            fail(&["`", what, "` names no condition"]);
        }
        match state {
            State::OneOf(values) => require_values("is", param, values, params),
            State::Present | State::Absent if known(param, params).required => {
                fail(&["`", param, "` is required, so it is always sent"]);
            }
            State::Present | State::Absent => {}
        }
        index += 1;
    }
}
