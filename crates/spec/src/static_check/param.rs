//! What must be so of one parameter: its words, bounds, length and default fit its type and each other.

use super::{contains, fail, is_same, require_once};
use crate::decimal::{is_less, number};
use crate::{Bound, Decimal, Kind, Limit, ParamInfo, RUNTIME_PARAMS};

impl ParamInfo {
    /// Stops compilation when two parameters have one name, or one has a name that it cannot have.
    #[track_caller]
    pub const fn require_distinct(params: &[Self]) {
        let mut index = 0;
        while index < params.len() {
            let name = params[index].name;
            if !is_identifier(name) {
                fail(&["`", name, "` cannot name a parameter: it has letters, digits and `_`"]);
            }
            if contains(&RUNTIME_PARAMS, name) {
                fail(&["the runtime adds `", name, "`, a request does not have it"]);
            }
            let mut other = 0;
            while other < index {
                if is_same(name, params[other].name) {
                    fail(&["there are two parameters `", name, "`"]);
                }
                other += 1;
            }
            index += 1;
        }
    }

    /// Stops compilation when what is said of the parameter contradicts its type or itself.
    #[track_caller]
    pub const fn require_sound(&self) {
        if let Some(problem) = self.problem {
            fail(&["`", self.name, "`: ", problem]);
        }
        self.require_words();
        self.require_text();
        self.require_bounds();
        let Some(default) = self.default else { return };
        if self.required {
            fail(&["`", self.name, "` is required, so it has no default"]);
        }
        self.require_value(default);
        if let Some(value) = number(default)
            && self.is_number()
            && self.is_outside(value)
        {
            fail(&["the default ", default, " of `", self.name, "` is out of bounds"]);
        }
    }

    /// Stops compilation when the parameter cannot have a value.
    #[track_caller]
    pub const fn require_value(&self, value: &str) {
        let expected = match self.kind {
            Kind::Word if !contains(self.words, value) => "one of its words",
            Kind::Bool if !is_same(value, "true") && !is_same(value, "false") => "true or false",
            Kind::Integer | Kind::Time if !self.is_whole(value) => "a whole number that fits its type",
            Kind::Decimal if number(value).is_none() => "a decimal number",
            _ => return,
        };
        fail(&["`", self.name, "` cannot be `", value, "`: it is ", expected])
    }

    #[track_caller]
    const fn require_words(&self) {
        if is_same_list(self.words, self.type_words) {
            return;
        }
        if !matches!(self.kind, Kind::Word) {
            fail(&["`words` is for enums, and the type of `", self.name, "` is none"]);
        }
        if self.words.is_empty() {
            fail(&["`words` of `", self.name, "` names nothing"]);
        }
        let mut index = 0;
        while index < self.words.len() {
            if !contains(self.type_words, self.words[index]) {
                fail(&["`", self.words[index], "` is not a word of `", self.type_name, "`"]);
            }
            require_once(self.words, index);
            index += 1;
        }
    }

    #[track_caller]
    const fn require_text(&self) {
        if !matches!(self.kind, Kind::Text | Kind::List) {
            if self.length.is_some() {
                fail(&["`length` is for texts, and `", self.name, "` is none"]);
            }
            if self.chars.is_some() {
                fail(&["`chars` is for texts, and `", self.name, "` is none"]);
            }
        }
        if let Some((shortest, longest)) = self.length
            && (shortest > longest || longest == 0)
        {
            fail(&["the shortest text of `", self.name, "` is longer than the longest, or that is empty"]);
        }
        let Some(class) = self.chars else { return };
        if class.is_empty() {
            fail(&["`chars` of `", self.name, "` allows no character"]);
        }
        let letters = class.as_bytes();
        let mut at = 0;
        while at + 2 < letters.len() {
            if letters[at + 1] == b'-' {
                if letters[at] > letters[at + 2] {
                    fail(&["a range in `chars` of `", self.name, "` runs backwards"]);
                }
                at += 2;
            }
            at += 1;
        }
    }

    #[track_caller]
    const fn require_bounds(&self) {
        let bounds = [self.min, self.max];
        let mut index = 0;
        while index < bounds.len() {
            if let Some(Bound::Closed(limit) | Bound::Open(limit)) = bounds[index] {
                if !self.is_number() {
                    fail(&["a bound is for numbers, and `", self.name, "` is none"]);
                }
                match limit {
                    Limit::FromNow(_) if !matches!(self.kind, Kind::Time) => {
                        fail(&["`now` is for times, and `", self.name, "` is none"]);
                    }
                    Limit::Number(number) if !matches!(self.kind, Kind::Decimal) && number.scale() > 0 => {
                        fail(&["a bound of `", self.name, "` must be a whole number"]);
                    }
                    _ => {}
                }
            }
            index += 1;
        }
        if let Some(Bound::Closed(Limit::Number(most)) | Bound::Open(Limit::Number(most))) = self.max
            && (self.is_below_min(most) || matches!(self.max, Some(Bound::Open(_))) && self.is_min(most))
        {
            fail(&["nothing is between the bounds of `", self.name, "`"]);
        }
    }

    const fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Integer | Kind::Decimal | Kind::Time)
    }

    /// Returns whether a text is a whole number that the type holds.
    const fn is_whole(&self, text: &str) -> bool {
        let Some(number) = number(text) else { return false };
        let (least, most) = match self.type_name.as_bytes() {
            b"u16" => (0, u16::MAX as i128),
            b"u32" => (0, u32::MAX as i128),
            _ => (i64::MIN as i128, i64::MAX as i128),
        };
        number.scale() == 0 && least <= number.mantissa() && number.mantissa() <= most
    }

    const fn is_outside(&self, value: Decimal) -> bool {
        let above = match self.max {
            Some(Bound::Closed(Limit::Number(most))) => is_less(most, value),
            Some(Bound::Open(Limit::Number(most))) => !is_less(value, most),
            _ => false,
        };
        above || self.is_below_min(value)
    }

    const fn is_below_min(&self, value: Decimal) -> bool {
        match self.min {
            Some(Bound::Closed(Limit::Number(least))) => is_less(value, least),
            Some(Bound::Open(Limit::Number(least))) => !is_less(least, value),
            _ => false,
        }
    }

    const fn is_min(&self, value: Decimal) -> bool {
        match self.min {
            Some(Bound::Closed(Limit::Number(least))) => !is_less(least, value) && !is_less(value, least),
            _ => false,
        }
    }
}

const fn is_identifier(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let fits = bytes[at].is_ascii_alphabetic() || bytes[at] == b'_' || at > 0 && bytes[at].is_ascii_digit();
        if !fits {
            return false;
        }
        at += 1;
    }
    !bytes.is_empty()
}

const fn is_same_list(left: &[&str], right: &[&str]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if !is_same(left[index], right[index]) {
            return false;
        }
        index += 1;
    }
    true
}
