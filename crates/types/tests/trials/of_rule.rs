//! Breaking a rule between parameters, under each combination of values that makes it apply.

use super::{Expected, Trial, of_window};
use crate::requests::{Edit, values};
use papi_types::error::ViolationKind;
use papi_types::spec::{Condition, Constraint, Requirement, State};
use papi_types::{EndpointInfo, Timestamp};

/// A rule of an endpoint, under one combination of its conditions.
#[derive(Clone)]
pub(super) struct Case<'a> {
    pub(super) info: &'static EndpointInfo,
    pub(super) rule: &'a Constraint,
    pub(super) conditions: Vec<Edit>,
    pub(super) now: Timestamp,
}

pub(crate) fn of_rule(info: &'static EndpointInfo, rule: &Constraint, now: Timestamp) -> Vec<Trial> {
    let combinations = rule.when.iter().fold(vec![Vec::new()], |combinations: Vec<Vec<Edit>>, condition| {
        let extended = |edits: &Vec<Edit>| {
            let ways = satisfying(info, condition, now).into_iter();
            ways.map(|edit| [edits.clone(), vec![edit]].concat()).collect::<Vec<_>>()
        };
        combinations.iter().flat_map(extended).collect()
    });
    combinations.into_iter().flat_map(|conditions| Case { info, rule, conditions, now }.trials()).collect()
}

/// Every way to satisfy a condition.
fn satisfying(info: &EndpointInfo, condition: &Condition, now: Timestamp) -> Vec<Edit> {
    let param = info.param(condition.param).expect("a parameter of the endpoint");
    match condition.state {
        State::Absent => vec![Edit::Omit(param.name)],
        State::Present => values(info, param, now).into_iter().map(|value| Edit::Send(param.name, value)).collect(),
        State::OneOf(values) => values.iter().map(|value| Edit::Send(param.name, (*value).to_owned())).collect(),
        other => panic!("a new condition: {other:?}"),
    }
}

impl Case<'_> {
    fn trials(&self) -> Vec<Trial> {
        match self.rule.requirement {
            Requirement::AtLeastOne(names) => self.none_of(names),
            Requirement::ExactlyOne(names) => [self.none_of(names), self.two_of(names)].concat(),
            Requirement::AtMostOne(names) => self.two_of(names),
            Requirement::Together(names) => self.all_but_one(names),
            Requirement::Required(names) => self.each_dropped(names),
            Requirement::Forbidden(names) => self.each_added(names),
            Requirement::Only { param, values: allowed } => self.other_words(param, allowed),
            Requirement::Window(window) => of_window::trials(self, &window),
            other => panic!("a new demand: {other}"),
        }
    }

    /// A trial that starts from the conditions and further edits.
    pub(super) fn trial(
        &self,
        what: &str,
        seed: &[Edit],
        edits: Vec<Edit>,
        expected: Option<(ViolationKind, &'static str)>,
    ) -> Trial {
        Trial {
            rule: self.rule.to_string(),
            what: what.to_owned(),
            seed: [self.conditions.clone(), seed.to_vec()].concat(),
            edits,
            expected: expected.map(|(kind, param)| Expected::of_rule(self.rule, kind, param)),
        }
    }

    /// Every way to send a parameter.
    pub(super) fn sent(&self, name: &'static str) -> Vec<Edit> {
        let param = self.info.param(name).expect("a parameter of the endpoint");
        values(self.info, param, self.now).into_iter().map(|value| Edit::Send(name, value)).collect()
    }

    fn none_of(&self, names: &'static [&'static str]) -> Vec<Trial> {
        let none: Vec<_> = names.iter().map(|name| Edit::Omit(name)).collect();
        let starts = names.iter().flat_map(|name| self.sent(name));
        let broken = Some((ViolationKind::Combination, names[0]));
        starts.map(|start| self.trial("none", &[start], none.clone(), broken)).collect()
    }

    fn two_of(&self, names: &'static [&'static str]) -> Vec<Trial> {
        let mut trials = Vec::new();
        for (index, first) in names.iter().enumerate() {
            let broken = Some((ViolationKind::Combination, *first));
            for second in &names[index + 1..] {
                // Whichever was there before the other came.
                for (start, added) in [(first, second), (second, first)] {
                    let seed = &self.sent(start)[..1];
                    let edits = self.sent(added).into_iter();
                    trials.extend(edits.map(|edit| self.trial("two", seed, vec![edit], broken)));
                }
            }
        }
        trials
    }

    fn all_but_one(&self, names: &'static [&'static str]) -> Vec<Trial> {
        let all: Vec<_> = names.iter().map(|name| self.sent(name)[0].clone()).collect();
        let broken = |name| Some((ViolationKind::Combination, name));
        names.iter().map(|name| self.trial("one missing", &all, vec![Edit::Omit(name)], broken(*name))).collect()
    }

    fn each_dropped(&self, names: &'static [&'static str]) -> Vec<Trial> {
        let broken = |name| Some((ViolationKind::Missing, name));
        names.iter().map(|name| self.trial("missing", &[], vec![Edit::Omit(name)], broken(*name))).collect()
    }

    fn each_added(&self, names: &'static [&'static str]) -> Vec<Trial> {
        let added = names.iter().flat_map(|name| self.sent(name));
        let broken = |edit: &Edit| Some((ViolationKind::Forbidden, edit.param()));
        added.map(|edit| self.trial("sent", &[], vec![edit.clone()], broken(&edit))).collect()
    }

    fn other_words(&self, param: &'static str, allowed: &[&str]) -> Vec<Trial> {
        let (fine, others): (Vec<_>, Vec<_>) = self.sent(param).into_iter().partition(|edit| match edit {
            Edit::Send(_, word) => allowed.contains(&word.as_str()),
            Edit::Omit(_) => false,
        });
        let broken = Some((ViolationKind::Combination, param));
        let refused = others.iter().map(|edit| self.trial(&edit.to_string(), &fine[..1], vec![edit.clone()], broken));
        let accepted = fine.iter().map(|edit| self.trial("allowed", &[], vec![edit.clone()], None));
        refused.chain(accepted).collect()
    }
}
