//! What must be so of a question about a lost call.

use super::{fail, is_same, known};
use crate::{EvidenceRule, ParamInfo, Question, StateWords};

impl Question {
    /// Stops compilation when it names a parameter of the lost call that does not exist, or shows nothing. `index` counts the
    /// questions before it.
    #[track_caller]
    pub const fn require_sound(&self, index: usize, params: &[ParamInfo]) {
        self.route.require_sound();
        if let Some(list) = self.each
            && index == 0
        {
            fail(&["`each(\"", list, "\")`: there is no reply before the first question"]);
        }
        // With `each` the values are fields of the reply before.
        require_pairs(self.with, if self.each.is_none() { Some(params) } else { None });
        let EvidenceRule::Fields { same, state } = self.shows else { return };
        require_pairs(same, Some(params));
        match state {
            Some(words) => require_sorted_once(&words),
            None if same.is_empty() => fail(&["`same` compares nothing"]),
            None => {}
        }
    }
}

/// The second name of each pair is a parameter of the lost call, and the first one stands once.
#[track_caller]
const fn require_pairs(pairs: &[(&str, &str)], params: Option<&[ParamInfo]>) {
    let mut index = 0;
    while index < pairs.len() {
        if let Some(params) = params {
            known(pairs[index].1, params);
        }
        let mut other = 0;
        while other < index {
            if is_same(pairs[index].0, pairs[other].0) {
                fail(&["`", pairs[index].0, "` is given twice"]);
            }
            other += 1;
        }
        index += 1;
    }
}

#[track_caller]
const fn require_sorted_once(words: &StateWords) {
    let lists = [words.acted, words.open, words.ended];
    let total = lists[0].len() + lists[1].len() + lists[2].len();
    let mut index = 0;
    while index < total {
        let mut other = 0;
        while other < index {
            if is_same(nth(&lists, index), nth(&lists, other)) {
                fail(&["`", nth(&lists, index), "` is sorted twice"]);
            }
            other += 1;
        }
        index += 1;
    }
    if total == 0 {
        fail(&["the words of `", words.field, "` mean nothing"]);
    }
}

/// Returns a word of several lists, counted through all of them.
const fn nth<'w>(lists: &[&'w [&'w str]; 3], index: usize) -> &'w str {
    let (mut list, mut index) = (0, index);
    while index >= lists[list].len() {
        index -= lists[list].len();
        list += 1;
    }
    lists[list][index]
}
