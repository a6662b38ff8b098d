//! What must be so of weights and caps.

use super::{fail, is_same, known};
use crate::{CallCap, ParamInfo, Span, Weight};

impl Weight {
    /// Stops compilation when it names a parameter that does not exist, or one twice, or when `otherwise` is missing.
    #[track_caller]
    pub const fn require_sound(&self, params: &[ParamInfo]) {
        let Self::ByParam { with, otherwise } = self else { return };
        if *otherwise == 0 {
            fail(&["the weight lacks `otherwise(..)`"]);
        }
        let mut index = 0;
        while index < with.len() {
            let name = known(with[index].0, params).name;
            let mut other = 0;
            while other < index {
                if is_same(name, with[other].0) {
                    fail(&["the weight counts `", name, "` twice"]);
                }
                other += 1;
            }
            index += 1;
        }
    }
}

impl CallCap {
    /// Stops compilation when it allows no call, or has no time.
    #[track_caller]
    pub const fn require_sound(&self) {
        if self.calls == 0 {
            fail(&["a cap of no calls allows none"]);
        }
        if matches!(self.per, Span::Months(0)) || matches!(self.per, Span::Millis(millis) if millis <= 0) {
            fail(&["a cap needs a time in which calls count"]);
        }
    }
}
