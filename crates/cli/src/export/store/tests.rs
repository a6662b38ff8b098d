//! An export that dies anywhere and is run again must end with the bytes of one that ran through; and what is not its own
//! must stay as it is.

use super::super::batch;
use super::super::dataset::{Dataset, Misfit, RawColumn, SCHEMA_VERSION};
use super::super::format::Format;
use super::super::journal::Subject;
use super::super::seal::{Checksum, sha256};
use super::*;
use binance_papi::history::Identity;
use binance_papi::{Timestamp, margin, um};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn key() -> (&'static str, String) {
    ("a key", "salt".to_owned())
}

/// Returns a row of a time.
pub(super) fn row(time: i64, dataset: &Dataset) -> Entry {
    Seed { time, id: 1, changes: 0 }.entry(dataset)
}

/// Returns an export that has not begun.
pub(super) fn export(folder: &Path, format: Format) -> Export {
    let dataset = Dataset::of(um::ForceOrders::INFO, RawColumn::With).expect("rows");
    let subject = Subject {
        schema_version: SCHEMA_VERSION,
        dataset: dataset.name.clone(),
        params: Vec::new(),
        columns: dataset.columns.iter().map(|column| column.name.clone()).collect(),
        format: format.to_string(),
        exchange: "sandbox".into(),
    };
    let files = ExportFiles::of(&folder.join(format!("out.{format}")));
    Export { files, format, dataset, subject, now: Timestamp::from_millis(200), range_words: Vec::new() }
}

/// A row of the exchange: where it stands, and how often it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seed {
    time: i64,
    id: i64,
    changes: i64,
}

impl Seed {
    fn entry(self, dataset: &Dataset) -> segment::Entry {
        let Self { time, id, changes } = self;
        let raw = format!("{{ \"orderId\": {id}, \"changes\": {changes} }}");
        let printed = if id % 7 == 3 {
            Err(Misfit { path: "price".to_owned(), reason: "expected a decimal number".to_owned() })
        } else {
            Ok(format!(
                "{{\"orderId\":{id},\"symbol\":\"S{}\",\"clientOrderId\":\"autoclose-{id}\",\"price\":\"1.{changes}0\",\"time\":{time},\
                 \"updateTime\":{}}}",
                id % 3,
                time + changes
            ))
        };
        batch::entry(
            dataset,
            Identity::new(Some(Timestamp::from_millis(time)), ["S", &id.to_string()], 0),
            &raw,
            printed,
        )
    }
}

/// The exchange: its rows by time and id.
pub(super) type Seeds = BTreeMap<(i64, i64), i64>;

/// Walks what the store still wants, in batches of so many milliseconds, neighbours of which share a millisecond.
fn walk(store: &mut Store, seeds: &Seeds, step: i64) -> Result<(), Failure> {
    while let Some(Asked { range, .. }) = store.next_range() {
        let mut from = range.from;
        loop {
            let to = (from + step).min(range.to);
            let rows = seeds.range((from, i64::MIN)..=(to, i64::MAX));
            let rows = rows.map(|((time, id), changes)| {
                Seed { time: *time, id: *id, changes: *changes }.entry(&store.export.dataset)
            });
            let issues =
                if from <= 50 && 50 <= to { vec![SpanIssue::new(SpanIssueKind::Unproven, 50, 50)] } else { Vec::new() };
            store.append(Batch { resume_at: to, rows: rows.collect(), issues })?;
            if to == range.to {
                break;
            }
            from = to;
        }
        store.range_walked()?;
    }
    Ok(())
}

fn asked(range: Range) -> Asked {
    Asked { range, start: Start::Moment }
}

pub(super) fn run(export: Export, disk: Disk, seeds: &Seeds, step: i64, range: Range) -> Result<Totals, Failure> {
    let mut store = Store::open(export, key(), KeyChange::Refused, disk)?;
    store.begin(asked(range), Duration::from_millis(20))?;
    walk(&mut store, seeds, step)?;
    store.finish().map(|(totals, _)| totals)
}

/// Everything that a finished export leaves for others to read, and what it builds the next one from.
fn left(export: &Export) -> (Vec<u8>, Option<Vec<u8>>, Vec<u8>, Vec<SpanIssue>) {
    let journal = Store::peek(export).expect("a journal").expect("a journal");
    assert_eq!(journal.open, None);
    let base = export.files.folder.join(&journal.base.expect("a base").file);
    let quarantine = fs::read(&export.files.quarantine).ok();
    (fs::read(&export.files.out).expect("an output"), quarantine, fs::read(base).expect("a base"), journal.issues)
}

pub(super) fn seeds() -> impl Strategy<Value = Seeds> {
    proptest::collection::btree_map((0_i64..120, 0_i64..40), 0_i64..3, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_export_that_dies_anywhere_ends_with_the_same_bytes(
        seeds in seeds(),
        step in 1_i64..40,
        deaths in proptest::collection::vec((0_u32..400, 1_i64..40), 1..8),
        format in prop_oneof![Just(Format::Csv), Just(Format::Jsonl), Just(Format::Parquet), Just(Format::Xlsx)],
    ) {
        let (whole, broken) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let range = Range { from: 0, to: 120 };
        let expected = run(export(whole.path(), format), Disk::default(), &seeds, step, range).expect("done");
        let export = export(broken.path(), format);
        for (changes, step) in deaths {
            let output = fs::read(&export.files.out).ok();
            if run(export.clone(), Disk::failing_after(changes), &seeds, step, range).is_err() {
                let now = fs::read(&export.files.out).ok();
                let is_whole = now.as_deref() == Some(&fs::read(whole.path().join(format!("out.{format}"))).expect("whole"));
                prop_assert!(now == output || is_whole, "half an output");
            }
        }
        let totals = run(export.clone(), Disk::default(), &seeds, step, range).expect("done");
        prop_assert_eq!(totals, expected);
        prop_assert_eq!(left(&export), left(&self::export(whole.path(), format)));
    }

    #[test]
    fn a_later_run_ends_with_the_bytes_of_one_that_read_everything_anew(
        seeds in seeds(),
        changed in proptest::collection::vec(0_usize..60, 0..10),
        step in 1_i64..40,
        death in 0_u32..300,
    ) {
        let (grown, anew) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let export = export(grown.path(), Format::Csv);
        run(export.clone(), Disk::default(), &seeds, step, Range { from: 0, to: 60 }).expect("done");
        // What lies in the overlap may have changed meanwhile.
        let mut later = seeds.clone();
        let recent: Vec<_> = later.keys().filter(|(time, _)| *time >= 40).copied().collect();
        for index in changed {
            if let Some(changes) = recent.get(index).and_then(|key| later.get_mut(key)) {
                *changes += 3;
            }
        }
        let range = Range { from: 0, to: 120 };
        let _ = run(export.clone(), Disk::failing_after(death), &later, step, range);
        run(export.clone(), Disk::default(), &later, step, range).expect("done");
        run(self::export(anew.path(), Format::Csv), Disk::default(), &later, step, range).expect("done");
        prop_assert_eq!(left(&export), left(&self::export(anew.path(), Format::Csv)));
    }
}

pub(super) fn some_seeds() -> Seeds {
    (0..100).map(|index| ((index, index), 0)).collect()
}

const RANGE: Range = Range { from: 0, to: 100 };

/// Returns an export that is finished, with rows in quarantine.
pub(super) fn finished_as(folder: &Path, format: Format) -> Export {
    let export = export(folder, format);
    run(export.clone(), Disk::default(), &some_seeds(), 10, RANGE).expect("done");
    export
}

pub(super) fn finished_export(folder: &Path) -> Export {
    finished_as(folder, Format::Csv)
}

/// Returns an export whose second run died with many segments, some of them merged ones.
pub(super) fn dying_export(folder: &Path) -> Export {
    fs::create_dir_all(folder).expect("a folder");
    let export = finished_export(folder);
    let mut store = Store::open(export.clone(), key(), KeyChange::Refused, Disk::default()).expect("open");
    store.begin(asked(Range { from: 0, to: 140 }), Duration::ZERO).expect("begun");
    let seeds = (100..140).map(|index| ((index, index), 0)).collect();
    walk(&mut store, &seeds, 2).expect("walked");
    assert!(store.journal().segments().any(|note| note.level > 0));
    export
}

/// Runs an export again, over rows that have not changed.
pub(super) fn run_again(export: &Export) -> Result<Totals, Failure> {
    run(export.clone(), Disk::default(), &some_seeds(), 10, RANGE)
}

/// Gives the journal of an export the form from before there were seals.
pub(super) fn old_form(export: &Export) {
    fn without_seals(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                fields.remove("seal");
                fields.values_mut().for_each(without_seals);
            }
            serde_json::Value::Array(values) => values.iter_mut().for_each(without_seals),
            _ => {}
        }
    }
    let text = fs::read(export.files.journal()).expect("there");
    let mut journal: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    without_seals(&mut journal);
    let fields = journal.as_object_mut().expect("an object");
    fields.remove("output");
    fields.remove("quarantine");
    fields.insert("version".into(), 1.into());
    fs::write(export.files.journal(), serde_json::to_string_pretty(&journal).expect("printable")).expect("written");
}

/// Takes an export back to version 2, whose segments have the SHA-256 in their seals.
pub(super) fn form_of_version_2(export: &Export) {
    let folder = &export.files.folder;
    let mut journal = Journal::read(folder).expect("whole").expect("there");
    let notes = journal.base.iter_mut().chain(journal.open.iter_mut().flat_map(|open| &mut open.segments));
    for SegmentNote { file, seal, .. } in notes {
        let mut bytes = File::open(folder.join(file)).expect("there");
        seal.as_mut().expect("sealed").checksum = sha256(&mut bytes).expect("readable");
    }
    let text = journal.print().expect("printable").replacen("\"version\": 3", "\"version\": 2", 1);
    let (body, _) = text.split_once(",\n  \"seal\"").expect("a seal");
    let Checksum::Sha256(seal) = sha256(&mut body.as_bytes()).expect("readable") else { panic!("a SHA-256") };
    fs::write(export.files.journal(), format!("{body},\n  \"seal\": \"{seal}\"\n}}\n")).expect("written");
}

fn refused(result: Result<impl std::fmt::Debug, Failure>, said: &str) {
    let failure = format!("{:?}", result.expect_err("refused"));
    assert!(failure.contains(said), "{failure}");
}

#[test]
fn an_interrupted_run_is_finished_whatever_is_asked_for_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = export(folder.path(), Format::Csv);
    let mut store = Store::open(export.clone(), key(), KeyChange::Refused, Disk::default()).expect("open");
    assert_eq!(store.begin(asked(RANGE), Duration::ZERO).expect("begun"), Begun::Fresh);
    store.append(Batch { resume_at: 30, rows: Vec::new(), issues: Vec::new() }).expect("kept");
    drop(store);
    let mut store = Store::open(export, key(), KeyChange::Refused, Disk::default()).expect("open");
    assert_eq!(store.begin(asked(Range { from: 50, to: 5_000 }), Duration::ZERO).expect("begun"), Begun::Resumed);
    assert_eq!(store.next_range(), Some(asked(Range { from: 30, to: 100 })));
}

#[test]
fn what_is_not_this_export_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = export(folder.path(), Format::Csv);
    run(mine.clone(), Disk::default(), &some_seeds(), 10, RANGE).expect("done");
    let before = left(&mine);
    let mut other = mine.clone();
    other.subject.dataset = "cm-force-orders".into();
    refused(run(other, Disk::default(), &some_seeds(), 10, RANGE), "its dataset is um-force-orders");
    let mut other = mine.clone();
    other.subject.params = vec![("symbol".into(), "BTCUSDT".into())];
    refused(
        run(other, Disk::default(), &some_seeds(), 10, RANGE),
        "it was made without parameters, and symbol=BTCUSDT is asked for",
    );
    let mut other = mine.clone();
    other.subject.schema_version += 1;
    refused(run(other, Disk::default(), &some_seeds(), 10, RANGE), "its schema version is 1");
    let another_key = || ("another key", "salt".to_owned());
    refused(Store::open(mine.clone(), another_key(), KeyChange::Refused, Disk::default()), "--same-account");
    assert_eq!(left(&mine), before);
    let store = Store::open(mine.clone(), another_key(), KeyChange::SameAccount, Disk::default()).expect("open");
    assert!(store.journal().account.is_of("another key"));
}

#[test]
fn a_file_that_no_journal_knows_is_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = export(folder.path(), Format::Csv);
    fs::write(&export.files.out, "mine").expect("written");
    refused(run(export.clone(), Disk::default(), &some_seeds(), 10, RANGE), "is no export that could be continued");
    assert_eq!(fs::read(&export.files.out).expect("there"), b"mine");
    assert!(!export.files.folder.exists());
}

#[test]
fn a_folder_is_no_output_and_one_that_is_missing_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |out: PathBuf| Export { files: ExportFiles::of(&out), ..export(folder.path(), Format::Csv) };
    refused(run(at(folder.path().to_owned()), Disk::default(), &some_seeds(), 10, RANGE), "is a folder");
    refused(
        run(at(folder.path().join("no/out.csv")), Disk::default(), &some_seeds(), 10, RANGE),
        "must exist and be writable",
    );
}

#[test]
fn two_runs_at_a_time_are_one_too_many() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = export(folder.path(), Format::Csv);
    let first = Store::open(export.clone(), key(), KeyChange::Refused, Disk::default()).expect("open");
    refused(
        Store::open(export.clone(), key(), KeyChange::Refused, Disk::default()),
        "another run is writing this export",
    );
    drop(first);
    Store::open(export, key(), KeyChange::Refused, Disk::default()).expect("open");
}

#[test]
fn many_parts_are_few_segments() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = export(folder.path(), Format::Csv);
    let seeds: Seeds = (0..600).map(|index| ((index, index), 0)).collect();
    let mut store = Store::open(export.clone(), key(), KeyChange::Refused, Disk::default()).expect("open");
    store.begin(asked(Range { from: 0, to: 600 }), Duration::ZERO).expect("begun");
    walk(&mut store, &seeds, 1).expect("walked");
    let segments = store.journal().segments().count();
    assert!(segments < 3 * FAN, "{segments}");
    let on_disk = fs::read_dir(&export.files.folder).expect("a folder").count();
    assert_eq!(on_disk, segments + 2, "a journal, a lock and the segments");
    assert_eq!(store.finish().expect("done").0.rows, 600 - 600_u64.div_ceil(7));
}

#[test]
fn a_row_that_moved_stands_once_at_its_latest_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let dataset = Dataset::of(margin::ForceOrders::INFO, RawColumn::Without).expect("rows");
    let export = Export { dataset, ..export(folder.path(), Format::Jsonl) };
    let mut store = Store::open(export.clone(), key(), KeyChange::Refused, Disk::default()).expect("open");
    store.begin(asked(RANGE), Duration::ZERO).expect("begun");
    for (time, qty) in [(10, "1"), (90, "2")] {
        let row = format!("{{\"orderId\":1,\"symbol\":\"A\",\"qty\":\"{qty}\",\"updatedTime\":{time}}}");
        let rows = vec![batch::entry(
            &export.dataset,
            Identity::new(Some(Timestamp::from_millis(time)), ["A", "1"], 0),
            &row,
            Ok(row.clone()),
        )];
        store.append(Batch { resume_at: time, rows, issues: Vec::new() }).expect("kept");
    }
    store.range_walked().expect("kept");
    assert_eq!(store.finish().expect("done").0.rows, 1);
    assert!(String::from_utf8(left(&export).0).expect("text").contains("\"qty\":\"2\""));
}

#[test]
fn a_hole_is_walked_again_and_goes_when_it_is_filled() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = export(folder.path(), Format::Csv);
    let mut store = Store::open(export, key(), KeyChange::Refused, Disk::default()).expect("open");
    let hole = SpanIssue::new(SpanIssueKind::Incomplete, 7, 7);
    store.begin(asked(RANGE), Duration::ZERO).expect("begun");
    store.append(Batch { resume_at: 100, rows: Vec::new(), issues: vec![hole] }).expect("kept");
    store.range_walked().expect("kept");
    store.finish().expect("done");
    assert_eq!(store.journal().issues, [hole]);
    assert_eq!(store.begin(asked(RANGE), Duration::ZERO).expect("begun"), Begun::Fresh);
    assert_eq!(store.next_range(), Some(asked(Range { from: 7, to: 7 })));
    store.range_walked().expect("kept");
    store.finish().expect("done");
    assert_eq!(store.journal().issues, []);
    assert_eq!(store.begin(asked(RANGE), Duration::ZERO).expect("begun"), Begun::Nothing);
}
