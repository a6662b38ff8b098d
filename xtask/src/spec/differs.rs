//! Where a spec says on purpose another thing than its page. Tests hold each entry against the facts, and `outdated` is silent
//! about it.

use super::keys::{self, Keys};
use super::read_date;
use super::yaml::Node;
use crate::problem::{At, Problems};

/// One difference, or several with one reason.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    /// What it is about: `price required`.
    pub(crate) of: Vec<At<String>>,
    /// What the page says. Where languages say different things, all of them, with ` or ` between them.
    #[cfg_attr(not(feature = "import"), allow(dead_code, reason = "only pages are held against it"))]
    pub(crate) page: At<String>,
    /// The day on which it was found.
    pub(crate) since: At<String>,
}

pub(super) fn read_differs(node: &Node, problems: &mut Problems) -> Vec<Difference> {
    let differs: Vec<Difference> =
        keys::list(node, "differs", problems).iter().filter_map(|entry| read_difference(entry, problems)).collect();
    let subjects: Vec<&At<String>> = differs.iter().flat_map(|difference| &difference.of).collect();
    for (index, subject) in subjects.iter().enumerate() {
        if subjects[..index].iter().any(|before| before.value == subject.value) {
            problems.at(subject.place, format!("`{}` differs twice", subject.value));
        }
    }
    differs
}

fn read_difference(node: &Node, problems: &mut Problems) -> Option<Difference> {
    let mut keys = Keys::open(node, "an entry of `differs`", node.place, problems)?;
    let of = keys.must("of", problems).map(|entry| keys::names(&entry.value, "of", true, problems));
    let page = keys.must("page", problems).and_then(|entry| keys::scalar(&entry.value, "page", problems));
    // Readers of the spec need the reason, and nothing else does.
    keys.must_text("because", problems);
    let since = keys.must("since", problems).and_then(|entry| read_date(entry, problems));
    keys.done(problems);
    Some(Difference { of: of?, page: page?, since: since? })
}
