//! The ratios that were accepted. Counts differ between machines, ratios to work of the same run hardly do.

use crate::failure::Failure;
use crate::files::{read, write};
use std::collections::BTreeMap;
use std::path::Path;

/// A ratio may rise by this share before it counts as risen.
const TOLERANCE: f64 = 0.05;

/// The ratio of each row, by name.
pub(super) type Ratios = BTreeMap<String, f64>;

pub(super) fn load(path: &Path) -> Result<Ratios, Failure> {
    let text = read(path)?;
    serde_json::from_str(&text).map_err(|error| Failure::Check(format!("{} is no baseline: {error}", path.display())))
}

pub(super) fn save(path: &Path, ratios: &Ratios) -> Result<(), Failure> {
    let rounded: Ratios = ratios.iter().map(|(name, ratio)| (name.clone(), rounded(*ratio))).collect();
    let text = serde_json::to_string_pretty(&rounded)
        .map_err(|error| Failure::Check(format!("the ratios cannot be written: {error}")))?;
    write(path, &(text + "\n"))
}

/// Four digits are more than two runs agree on.
fn rounded(ratio: f64) -> f64 {
    format!("{ratio:.4}").parse().unwrap_or(ratio)
}

/// Returns a line for each ratio that has risen, and for each that the baseline lacks or has in vain.
pub(super) fn differences(accepted: &Ratios, measured: &Ratios) -> Vec<String> {
    let risen = measured.iter().filter_map(|(name, now)| match accepted.get(name) {
        None => Some(format!("{name}: not in the baseline")),
        Some(before) if *now > before * (1.0 + TOLERANCE) => {
            Some(format!("{name}: {now:.4}, was {before:.4}, {:+.1} %", (now / before - 1.0) * 100.0))
        }
        Some(_) => None,
    });
    let gone = accepted.keys().filter(|name| !measured.contains_key(*name));
    risen.chain(gone.map(|name| format!("{name}: in the baseline, but not measured"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratios<const N: usize>(pairs: [(&str, f64); N]) -> Ratios {
        pairs.map(|(name, ratio)| (name.to_owned(), ratio)).into()
    }

    #[test]
    fn only_what_rises_by_more_than_a_twentieth_is_told() {
        let accepted = ratios([("call", 1.0), ("decode", 0.5), ("old", 1.0), ("page", 2.0)]);
        let measured = ratios([("call", 1.049), ("decode", 0.526), ("new", 1.0), ("page", 1.0)]);
        assert_eq!(
            differences(&accepted, &measured),
            [
                "decode: 0.5260, was 0.5000, +5.2 %",
                "new: not in the baseline",
                "old: in the baseline, but not measured"
            ]
        );
    }

    #[test]
    fn what_is_saved_is_what_is_loaded() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("baseline.json");
        save(&path, &ratios([("call", 1.234_56)])).expect("room on the disk");
        assert_eq!(load(&path).expect("a baseline"), ratios([("call", 1.234_6)]));
        write(&path, "{").expect("room on the disk");
        assert!(load(&path).is_err());
    }
}
