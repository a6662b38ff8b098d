//! Any row of calls, ends, failures and deaths: what has no end is found again.

use super::{AT, Disk, began, left};
use crate::intents::record::EndOfIntent;
use crate::intents::record::tests::intent;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File};

/// What happens to a file.
#[derive(Debug, Clone)]
enum Step {
    Begin,
    /// Begins so many at once.
    BeginSome(u8),
    /// Ends one of those that are open.
    End(usize),
    Stamp(usize),
    Fail,
    /// The process ends, and its machine keeps only a part of what it was not asked to keep; what is durable stays.
    Die {
        keeps: usize,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => Just(Step::Begin),
        2 => (1_u8..8).prop_map(Step::BeginSome),
        6 => any::<usize>().prop_map(Step::End),
        1 => any::<usize>().prop_map(Step::Stamp),
        1 => Just(Step::Fail),
        2 => any::<usize>().prop_map(|keeps| Step::Die { keeps }),
    ];
    proptest::collection::vec(step, 1..80)
}

/// The length of the file and the numbers that have to stand in it, at the last time that it was durable.
#[derive(Debug, Default)]
struct Expected {
    open: BTreeSet<u64>,
    /// Ended, which may have got lost.
    ended: BTreeSet<u64>,
    durable: usize,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_intent_without_an_end_is_lost_by_any_death(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let disk = Disk::new();
        let mut writer = disk.open().0;
        let mut expected = Expected::default();
        let pick = |open: &BTreeSet<u64>, index: usize| open.iter().nth(index % open.len().max(1)).copied();
        for step in steps {
            match step {
                Step::Begin => drop(expected.open.insert(runtime.block_on(began(&writer)).expect("room"))),
                Step::BeginSome(count) => {
                    let _here = runtime.enter();
                    let begun: Vec<_> = (0..count).map(|_| writer.begin(intent(0), None)).collect();
                    for (number, durable) in begun {
                        runtime.block_on(durable.wait()).expect("room");
                        writer.leave(number);
                        expected.open.insert(number);
                    }
                }
                Step::End(index) => {
                    let Some(number) = pick(&expected.open, index) else { continue };
                    writer.end(number, EndOfIntent::Accepted, AT);
                    expected.open.remove(&number);
                    expected.ended.insert(number);
                    continue;
                }
                Step::Stamp(index) => {
                    let Some(number) = pick(&expected.open, index) else { continue };
                    let _here = runtime.enter();
                    runtime.block_on(writer.stamp(number, AT).wait()).expect("room");
                }
                Step::Fail => {
                    writer.break_with(File::open(&disk.path).expect("a file"));
                    // When it is due to be written anew, that comes before it can fail.
                    match runtime.block_on(began(&writer)) {
                        Ok(number) => drop(expected.open.insert(number)),
                        Err(_) => continue,
                    }
                }
                Step::Die { keeps } => {
                    drop(std::mem::replace(&mut writer, Disk::new().open().0));
                    let bytes = fs::read(&disk.path).expect("a file");
                    let unsure = bytes.len().saturating_sub(expected.durable) + 1;
                    disk.put("intents", &bytes[..bytes.len() - keeps % unsure]);
                    // What a rewriting that was not finished leaves behind.
                    disk.put("intents.new", &bytes[..keeps % (bytes.len() + 1)]);
                    writer = disk.open().0;
                }
            }
            expected.durable = usize::try_from(fs::metadata(&disk.path).expect("a file").len()).expect("a length");
            let found: BTreeSet<_> = left(&writer).into_iter().collect();
            prop_assert!(found.is_superset(&expected.open), "{:?} of {:?}", found, expected.open);
            let revived: Vec<_> = found.difference(&expected.open).collect();
            prop_assert!(revived.iter().all(|number| expected.ended.contains(number)), "{:?}", revived);
            expected.ended.retain(|number| !found.contains(number));
            expected.open = found;
        }
        let on_disk: BTreeSet<_> = disk.numbers().into_iter().collect();
        prop_assert!(on_disk.is_superset(&expected.open), "{:?} of {:?}", on_disk, expected.open);
        let length = fs::metadata(&disk.path).expect("a file").len();
        prop_assert!(length < 4_096 + 2 * 400 * (10 + expected.open.len() as u64) + 4_096, "it has grown to {}", length);
    }
}
