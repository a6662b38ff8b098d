//! Edits of specs, and whether a program that was compiled before them still compiles.

use crate::failure::Failure;
use std::path::PathBuf;

/// Edits that belong together.
pub(super) struct Trial {
    pub(super) what: &'static str,
    /// In which file, what, and what stands there afterwards. Without the first, the file is new.
    edits: &'static [(&'static str, &'static str, &'static str)],
    pub(super) breaks: bool,
}

const FEES: &str = "spec/um/funding_fees.yaml";
const ORDER: &str = "spec/um/new_sliced_order.yaml";
const SHARED: &str = "spec/types.yaml";

/// Every kind of change that the vendor makes.
pub(super) const TRIALS: [Trial; 12] = [
    Trial {
        what: "a new field of a reply",
        edits: &[(
            FEES,
            "      asset:  {",
            "      rebate: { type: Decimal, optional: Rare., doc: A rebate. }\n      asset:  {",
        )],
        breaks: false,
    },
    Trial {
        what: "a new optional parameter",
        edits: &[(FEES, "  endTime:", "  asset:     { type: Asset, doc: One asset only. }\n  endTime:")],
        breaks: false,
    },
    Trial {
        what: "a new word",
        edits: &[(SHARED, "      BUY: Buys.", "      CROSS: Crosses.\n      BUY: Buys.")],
        breaks: false,
    },
    Trial {
        what: "a new endpoint",
        edits: &[(
            "spec/um/funding_count.yaml",
            "",
            "name: FundingCount
doc: How many funding fees there are.
source: { doc: account/Funding-Count, verified_on: 2026-10-23 }
call: GET /papi/v1/um/fundingCount
access: USER_DATA
effect: read
weight: 1
reply: FundingTotal
types:
  FundingTotal: { doc: A count., fields: { count: { type: u32, doc: How many. } } }
examples:
  - count: 3
",
        )],
        breaks: false,
    },
    Trial { what: "another weight", edits: &[(FEES, "otherwise: 30", "otherwise: 40")], breaks: false },
    Trial {
        what: "an optional parameter that becomes required",
        edits: &[(ORDER, "limitPrice:       { type: Price,", "limitPrice:       { type: Price, required: true,")],
        breaks: true,
    },
    Trial {
        what: "a required parameter that becomes optional",
        edits: &[(ORDER, "duration:         { type: u32, required: true,", "duration:         { type: u32,")],
        breaks: true,
    },
    Trial {
        what: "a required field of a reply that becomes optional",
        edits: &[(ORDER, "updateTime:    { type: Timestamp,", "updateTime:    { type: Timestamp, optional: Rare.,")],
        breaks: true,
    },
    Trial {
        what: "a first form, with `new` kept and deprecated",
        edits: &[(ORDER, "reply: SlicedOrder", FORMS_AND_NEW)],
        breaks: false,
    },
    Trial { what: "a first form without `new`", edits: &[(ORDER, "reply: SlicedOrder", FORMS)], breaks: true },
    Trial {
        what: "a shape that moves to types.yaml",
        edits: &[(FEES, OWN_SHAPE, ""), (SHARED, "\nshapes:\n", SHARED_SHAPE)],
        breaks: false,
    },
    Trial { what: "u32 that becomes i64", edits: &[(FEES, "type: u32", "type: i64")], breaks: true },
];

const FORMS: &str = "\
constructors:
  daily:
    doc: An order over a day.
    set: { duration: 86400 }
    take: [symbol, side, quantity]
reply: SlicedOrder";

const FORMS_AND_NEW: &str = "\
constructors:
  daily:
    doc: An order over a day.
    set: { duration: 86400 }
    take: [symbol, side, quantity]
  new:
    doc: An order over any time.
    deprecated: call `daily`
    take: [symbol, side, quantity, duration]
reply: SlicedOrder";

const OWN_SHAPE: &str = "\
types:
  FundingFee:
    doc: A funding fee that was paid or received.
    fields:
      symbol: { type: Symbol, doc: The contract. }
      tranId: { type: i64, doc: Exchange's number of the payment. }
      fee:    { type: Decimal, doc: \"What was received, or paid when it is negative.\" }
      asset:  { type: Asset, doc: What it was paid in. }
      note:   { type: String, optional: Absent unless the exchange corrected the fee., doc: Why the fee was corrected. }
      time:   { type: Timestamp, doc: When it was booked. }
";

const SHARED_SHAPE: &str = "
shapes:
  FundingFee:
    doc: A funding fee that was paid or received.
    fields:
      symbol: { type: Symbol, doc: The contract. }
      tranId: { type: i64, doc: Exchange's number of the payment. }
      fee:    { type: Decimal, doc: \"What was received, or paid when it is negative.\" }
      asset:  { type: Asset, doc: What it was paid in. }
      note:   { type: String, optional: Absent unless the exchange corrected the fee., doc: Why the fee was corrected. }
      time:   { type: Timestamp, doc: When it was booked. }
";

impl Trial {
    /// Returns each file that it changes, with its text before, which a new one does not have, and after.
    pub(super) fn edited(
        &self,
        read: impl Fn(&str) -> Result<String, Failure>,
    ) -> Result<Vec<(PathBuf, Option<String>, String)>, Failure> {
        let mut texts = Vec::new();
        for &(path, from, to) in self.edits {
            if from.is_empty() {
                texts.push((path.into(), None, to.to_owned()));
                continue;
            }
            let before = read(path)?;
            if !before.contains(from) {
                return Err(Failure::Check(format!("{}: {path} has no {from:?}", self.what)));
            }
            let after = before.replacen(from, to, 1);
            texts.push((path.into(), Some(before), after));
        }
        Ok(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::newcomer_endpoint::ADDED;
    use super::*;
    use crate::compare::{Impact, compare};
    use crate::files::read;
    use crate::problem::{self, Problems};
    use crate::spec::Specs;
    use std::path::Path;

    /// The compiler's word is the job's; here it is only compare's.
    #[test]
    fn compare_calls_breaking_what_breaks() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let text = |path: &str| {
            let added = ADDED.iter().find(|(file, _)| path.ends_with(file));
            added.map_or_else(|| read(&root.join(path)), |(_, text)| Ok((*text).to_owned()))
        };
        let mut base = vec![(SHARED.to_owned(), text(SHARED).expect("the shared types"))];
        base.extend(ADDED.iter().map(|(file, text)| (format!("spec/um/{file}"), (*text).to_owned())));
        let specs = |texts: Vec<(String, String)>| {
            let mut problems = Problems::default();
            let specs = Specs::of_texts(texts, &mut problems);
            assert_eq!(problems.errors(), 0, "{}", problem::render(&specs.sources, &problems, false));
            specs
        };
        for trial in &TRIALS {
            let mut after = base.clone();
            for (path, _, edited) in trial.edited(text).expect("edits that fit") {
                let path = path.display().to_string();
                after.retain(|(each, _)| *each != path);
                after.push((path, edited));
            }
            let changes = compare(&specs(base.clone()), &specs(after));
            let breaks = changes.iter().any(|change| change.impact == Impact::Breaking);
            assert!(!changes.is_empty() && breaks == trial.breaks, "{}: {changes:?}", trial.what);
        }
    }
}
