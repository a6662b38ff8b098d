//! Clusters: closes of which each comes soon after the one before it are one event.

use super::amount::TooLarge;
use super::close::Close;
use super::totals::Totals;
use serde::Serialize;
use std::sync::Arc;

/// Closes that are one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Cluster {
    /// The time of the first close, in milliseconds.
    pub(crate) from: i64,
    /// The time of the last one.
    pub(crate) to: i64,
    /// The symbols in the order in which they were first closed.
    #[serde(serialize_with = "texts")]
    pub(crate) symbols: Vec<Arc<str>>,
    #[serde(flatten)]
    pub(crate) totals: Totals,
}

fn texts<S: serde::Serializer>(texts: &[Arc<str>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(texts.iter().map(|text| &**text))
}

impl Cluster {
    pub(crate) fn duration(&self) -> i64 {
        self.to.saturating_sub(self.from)
    }
}

/// Returns the clusters of closes that stand in the order of time. A close belongs to the one before it when it comes at most
/// `gap` milliseconds later.
pub(crate) fn clusters(closes: &[Close], gap: i64) -> Result<Vec<Cluster>, TooLarge> {
    let mut clusters = Vec::new();
    for event in closes.chunk_by(|before, after| after.time.saturating_sub(before.time) <= gap) {
        let (Some(first), Some(last)) = (event.first(), event.last()) else { continue };
        let mut cluster = Cluster { from: first.time, to: last.time, symbols: Vec::new(), totals: Totals::default() };
        for close in event {
            if !cluster.symbols.contains(&close.symbol) {
                cluster.symbols.push(close.symbol.clone());
            }
            cluster.totals.add(close)?;
        }
        clusters.push(cluster);
    }
    Ok(clusters)
}

#[cfg(test)]
mod tests {
    use super::super::samples::close;
    use super::*;

    #[test]
    fn a_close_belongs_to_the_one_before_it_when_it_comes_within_the_gap() {
        let closes = [close("B", 0, 1), close("A", 60_000, 2), close("B", 120_000, 3), close("A", 180_001, 4)];
        let found = clusters(&closes, 60_000).expect("fits");
        let told: Vec<_> =
            found.iter().map(|it| (it.from, it.duration(), it.totals.closes, it.symbols.concat())).collect();
        assert_eq!(told, [(0, 120_000, 3, "BA".to_owned()), (180_001, 0, 1, "A".to_owned())]);
        assert_eq!(clusters(&closes, 0).expect("fits").len(), 4);
        assert_eq!(clusters(&[], 0).expect("fits"), []);
    }
}
