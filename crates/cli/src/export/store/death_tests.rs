//! A death between any two steps is no damage: who looks afterwards finds an export that can be continued.

use super::super::format::Format;
use super::tests::{export, run, seeds, some_seeds};
use super::*;
use proptest::prelude::*;

/// Returns the damage that the files of an export show to one who only looks.
fn seen(export: &Export) -> Option<String> {
    verify(&export.files.given, binance_papi::ENDPOINTS, export.now).err().map(|failure| format!("{failure:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_death_after_any_disk_step_is_no_damage(
        seeds in seeds(),
        deaths in proptest::collection::vec((0_u32..120, 5_i64..60), 1..8),
        format in prop_oneof![Just(Format::Csv), Just(Format::Jsonl), Just(Format::Parquet), Just(Format::Xlsx)],
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let export = export(folder.path(), format);
        for (round, (changes, step)) in deaths.into_iter().enumerate() {
            // Each run is asked for more, so that there are finished ones among them; rows change meanwhile.
            let to = 20 * i64::try_from(round + 1).expect("few");
            let mut seeds = seeds.clone();
            for changes in seeds.values_mut() {
                *changes += to;
            }
            let died = run(export.clone(), Disk::failing_after(changes), &seeds, step, Range { from: 0, to });
            prop_assert!(died.is_ok() || !format!("{died:?}").contains("damaged"), "{died:?}");
            if export.files.journal().exists() {
                let seen = seen(&export);
                prop_assert!(seen.is_none(), "{seen:?}");
            }
        }
        run(export.clone(), Disk::default(), &seeds, 10, Range { from: 0, to: 200 }).expect("done");
        prop_assert_eq!(seen(&export), None);
    }
}

#[test]
fn a_death_at_each_step_of_the_end_is_no_damage() {
    let range = Range { from: 0, to: 30 };
    for changes in 0..60 {
        let folder = tempfile::tempdir().expect("a folder");
        let export = export(folder.path(), Format::Csv);
        run(export.clone(), Disk::default(), &some_seeds(), 10, range).expect("done");
        // The second run replaces everything; the third begins from what the second has left.
        let to = Range { from: 0, to: 90 };
        let died = run(export.clone(), Disk::failing_after(changes), &some_seeds(), 90, to).is_err();
        assert_eq!(seen(&export), None, "after {changes} changes");
        for changes in 0..8 {
            let _ = run(export.clone(), Disk::failing_after(changes * 3), &some_seeds(), 90, to);
            assert_eq!(seen(&export), None, "after {changes} changes");
        }
        run(export.clone(), Disk::default(), &some_seeds(), 90, to).expect("done");
        assert_eq!(seen(&export), None);
        if !died {
            return;
        }
    }
    panic!("the second run takes more steps than this test has");
}
