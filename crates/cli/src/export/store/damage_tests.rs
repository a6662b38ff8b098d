//! Random damage of what an export keeps, by the functions that every run verifies it with: all of it is noticed.

use super::super::dataset::{Dataset, RawColumn};
use super::super::format::Format;
use super::super::journal::Journal;
use super::super::seal::{Checksum, Seal, Standing};
use super::super::segment::SegmentReader;
use super::tests::{
    dying_export, export, finished_as, finished_export, form_of_version_2, old_form, run, run_again, some_seeds,
};
use super::*;
use binance_papi::Timestamp;
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::LazyLock;

/// A file, and what proves that it is whole.
#[derive(Debug)]
enum Kept {
    Journal(Vec<u8>),
    Segment(Vec<u8>, Seal),
    Quarantine(Vec<u8>, Standing),
}

impl Kept {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Journal(bytes) | Self::Segment(bytes, _) | Self::Quarantine(bytes, _) => bytes,
        }
    }

    /// Returns whether other bytes in its place pass for it.
    fn passes(&self, bytes: &[u8]) -> bool {
        match self {
            Self::Journal(_) => Journal::parse(bytes).is_ok(),
            Self::Segment(_, seal) => {
                SegmentReader::new(bytes, PathBuf::from("rows"), Some(seal.clone())).read_to_end().is_ok()
            }
            Self::Quarantine(_, standing) => standing.may_be(&mut &*bytes).expect("readable"),
        }
    }
}

/// The files of a finished export, of one that died with many segments, some of them merged, and of one of version 2.
static KEPT: LazyLock<Vec<Kept>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let mut kept = Vec::new();
    let of_version_2 = dying_export(&folder.path().join("version-2"));
    form_of_version_2(&of_version_2);
    for export in [finished_export(folder.path()), dying_export(&folder.path().join("dying")), of_version_2] {
        let journal = Store::peek(&export).expect("whole").expect("there");
        kept.push(Kept::Journal(fs::read(export.files.journal()).expect("there")));
        for note in journal.segments() {
            let bytes = fs::read(export.files.folder.join(&note.file)).expect("there");
            kept.push(Kept::Segment(bytes, note.seal.clone().expect("sealed")));
        }
        if let Ok(bytes) = fs::read(&export.files.quarantine) {
            kept.push(Kept::Quarantine(bytes, journal.quarantine));
        }
    }
    kept
});

/// What happens to a file; places are thousandths of its length.
#[derive(Debug, Clone, Copy)]
enum Harm {
    Flip { at: usize, bit: u8 },
    Overwrite { at: usize, with: u8, count: usize },
    Cut { at: usize },
    TakeOut { line: usize, count: usize },
    Double { line: usize },
    Empty,
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = || 0_usize..1_000_000;
    prop_oneof![
        4 => (at(), 0_u8..8).prop_map(|(at, bit)| Harm::Flip { at, bit }),
        2 => (at(), any::<u8>(), 1_usize..64).prop_map(|(at, with, count)| Harm::Overwrite { at, with, count }),
        2 => at().prop_map(|at| Harm::Cut { at }),
        3 => (at(), 1_usize..40).prop_map(|(line, count)| Harm::TakeOut { line, count }),
        1 => at().prop_map(|line| Harm::Double { line }),
        1 => Just(Harm::Empty),
    ]
}

fn harmed(whole: &[u8], harm: Harm) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let mut lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    match harm {
        Harm::Flip { at, bit } => bytes[at % whole.len()] ^= 1 << bit,
        Harm::Overwrite { at, with, count } => {
            bytes.iter_mut().skip(at % whole.len()).take(count).for_each(|byte| *byte = with);
        }
        Harm::Cut { at } => bytes.truncate(at % whole.len()),
        Harm::TakeOut { line, count } => {
            let from = line % lines.len();
            lines.drain(from..(from + count).min(lines.len()));
            bytes = lines.concat();
        }
        Harm::Double { line } => {
            let from = line % lines.len();
            lines.insert(from, lines[from]);
            bytes = lines.concat();
        }
        Harm::Empty => bytes.clear(),
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ten_thousand_of_ten_thousand_damages_are_noticed(file in any::<proptest::sample::Index>(), harm in harm()) {
        let kept = file.get(&KEPT);
        let harmed = harmed(kept.bytes(), harm);
        prop_assert_eq!(kept.passes(&harmed), harmed == kept.bytes());
    }
}

fn refused(result: Result<impl std::fmt::Debug, Failure>) -> String {
    format!("{:?}", result.expect_err("refused"))
}

#[test]
fn damage_of_each_kind_of_file_is_refused_by_run_and_verify() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = finished_export(folder.path());
    let output = fs::read(&export.files.out).expect("there");
    let base = export.files.folder.join(segment_files(&export.files.folder).next().expect("a segment"));
    for file in [&base, &export.files.quarantine, &export.files.journal()] {
        let whole = fs::read(file).expect("there");
        for harm in
            [Harm::Flip { at: 77, bit: 0 }, Harm::Cut { at: 55 }, Harm::Empty, Harm::TakeOut { line: 1, count: 1 }]
        {
            fs::write(file, harmed(&whole, harm)).expect("written");
            let by_run = refused(run_again(&export));
            let by_verify = refused(verify(&export.files.given, binance_papi::ENDPOINTS, export.now));
            for failure in [by_run, by_verify] {
                assert!(failure.contains(file.to_str().expect("text")) && failure.contains("damaged"), "{failure}");
                assert!(failure.contains("affected are the rows of 1970-01-01T00:00:00."), "{failure}");
            }
            assert_eq!(fs::read(&export.files.out).expect("there"), output);
        }
        fs::write(file, whole).expect("written");
    }
    run_again(&export).expect("whole");
}

#[test]
fn the_command_is_named_as_far_as_the_exchange_still_has_the_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut export = finished_export(folder.path());
    export.subject.params = vec![("symbol".into(), "it's".into())];
    let damage = |from, to| Damage {
        part: Part::Segment,
        path: PathBuf::from("rows"),
        what: "cut".into(),
        times: Some(Range { from, to }),
    };
    let day = 86_400_000;
    export.now = Timestamp::from_millis(100 * day);
    let said = |from, to| format!("{:?}", remedy::of_damages(&[damage(from, to)], &export.files, Some(&export), None));
    let gone = "the exchange no longer has the rows of 1970-01-02T00:00:00.000Z to ";
    let command = "fetch it again: papi --sandbox export um-force-orders --param 'symbol=it'";
    let old = said(day, 9 * day);
    assert!(old.contains(gone) && !old.contains("fetch it again"), "{old}");
    let both = said(day, 20 * day);
    assert!(both.contains(gone) && both.contains("--from 1970-01-11T00:00:00.000Z"), "{both}");
    let young = said(20 * day, 21 * day);
    assert!(!young.contains("no longer has the rows of") && young.contains(command), "{young}");
    assert!(young.contains("--raw --from 1970-01-21T00:00:00.000Z --to 1970-01-22T00:00:00.001Z --out "), "{young}");
    assert!(young.contains("out.again.csv"), "{young}");
}

#[test]
fn a_folder_whose_journal_is_gone_is_not_begun_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = dying_export(folder.path());
    fs::remove_file(export.files.journal()).expect("there");
    let before = segment_files(&export.files.folder).count();
    assert!(refused(run_again(&export)).contains("journal.json is damaged: it is missing"));
    assert!(refused(verify(&export.files.given, binance_papi::ENDPOINTS, export.now)).contains("it is missing"));
    assert_eq!(segment_files(&export.files.folder).count(), before);
}

#[test]
fn a_quarantine_that_was_taken_away_is_written_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = finished_export(folder.path());
    let whole = fs::read(&export.files.quarantine).expect("there");
    fs::remove_file(&export.files.quarantine).expect("there");
    assert!(refused(verify(&export.files.given, binance_papi::ENDPOINTS, export.now)).contains("it is missing"));
    run_again(&export).expect("done");
    assert_eq!(fs::read(&export.files.quarantine).expect("there"), whole);
}

#[test]
fn an_export_of_version_1_is_checked_and_sealed_at_its_next_run() {
    for make in [finished_export, dying_export] {
        let folder = tempfile::tempdir().expect("a folder");
        let export = make(folder.path());
        old_form(&export);
        let before = fs::read(export.files.journal()).expect("there");
        let verified = verify(&export.files.given, binance_papi::ENDPOINTS, export.now).expect("whole");
        assert!(!verified.is_sealed && verified.lines(Path::new("x")).len() > 1);
        assert_eq!(fs::read(export.files.journal()).expect("there"), before, "it writes nothing");
        let open = || Store::open(export.clone(), ("a key", String::new()), KeyChange::Refused, Disk::default());
        assert!(open().expect("open").is_newly_sealed());
        assert!(verify(&export.files.given, binance_papi::ENDPOINTS, export.now).expect("whole").is_sealed);
        assert!(!open().expect("open").is_newly_sealed(), "it is said once");
        run_again(&export).expect("done");
        assert!(verify(&export.files.given, binance_papi::ENDPOINTS, export.now).expect("whole").is_sealed);
    }
}

#[test]
fn an_export_of_version_2_reads_on_and_its_next_run_writes_the_form_of_this_program() {
    for make in [finished_export, dying_export] {
        let folder = tempfile::tempdir().expect("a folder");
        let export = make(folder.path());
        let outputs = || [&export.files.out, &export.files.quarantine].map(|path| fs::read(path).ok());
        let checksums = || {
            let journal = Store::peek(&export).expect("whole").expect("there");
            journal.segments().map(|note| note.seal.clone().expect("sealed").checksum).collect::<Vec<_>>()
        };
        form_of_version_2(&export);
        assert!(checksums().iter().all(|checksum| matches!(checksum, Checksum::Sha256(_))));
        let before = outputs();
        assert!(verify(&export.files.given, binance_papi::ENDPOINTS, export.now).expect("whole").is_sealed);
        let base = export.files.folder.join(segment_files(&export.files.folder).next().expect("a segment"));
        let whole = fs::read(&base).expect("there");
        fs::write(&base, harmed(&whole, Harm::Flip { at: 77, bit: 0 })).expect("written");
        assert!(refused(run_again(&export)).contains("damaged"));
        assert!(refused(verify(&export.files.given, binance_papi::ENDPOINTS, export.now)).contains("damaged"));
        assert_eq!(outputs(), before);
        fs::write(&base, whole).expect("written");
        assert!(fs::read_to_string(export.files.journal()).expect("there").contains("\"version\": 2"));
        let open = || Store::open(export.clone(), ("a key", String::new()), KeyChange::Refused, Disk::default());
        assert!(!open().expect("open").is_newly_sealed());
        assert!(fs::read_to_string(export.files.journal()).expect("there").contains("\"version\": 3"));
        run_again(&export).expect("done");
        assert!(checksums().iter().all(|checksum| matches!(checksum, Checksum::Xxh3(_))));
        assert!(verify(&export.files.given, binance_papi::ENDPOINTS, export.now).expect("whole").is_sealed);
    }
}

#[test]
fn an_export_of_version_1_with_fewer_rows_than_its_output_is_refused() {
    for format in [Format::Csv, Format::Jsonl, Format::Parquet] {
        let folder = tempfile::tempdir().expect("a folder");
        let export = finished_as(folder.path(), format);
        old_form(&export);
        let output = fs::read(&export.files.out).expect("there");
        let base = export.files.folder.join(segment_files(&export.files.folder).next().expect("a segment"));
        let whole = fs::read(&base).expect("there");
        for harm in [Harm::TakeOut { line: 5, count: 1 }, Harm::TakeOut { line: 40, count: 99 }, Harm::Empty] {
            fs::write(&base, harmed(&whole, harm)).expect("written");
            let failure = refused(run_again(&export));
            assert!(failure.contains("its segments have") && failure.contains("fetch it again"), "{failure}");
            assert!(refused(verify(&export.files.given, binance_papi::ENDPOINTS, export.now)).contains("damaged"));
            assert_eq!(fs::read(&export.files.out).expect("there"), output);
        }
        // Rows out of order, and a quarantine with fewer rows.
        fs::write(&base, harmed(&whole, Harm::Double { line: 5 })).expect("written");
        assert!(refused(run_again(&export)).contains("not in order"));
        fs::write(&base, &whole).expect("written");
        let quarantine = fs::read(&export.files.quarantine).expect("there");
        fs::write(&export.files.quarantine, harmed(&quarantine, Harm::TakeOut { line: 0, count: 1 })).expect("written");
        assert!(refused(run_again(&export)).contains("it has "));
        fs::write(&export.files.quarantine, &quarantine).expect("written");
        run_again(&export).expect("whole");
    }
}

#[test]
fn damage_while_a_run_is_under_way_is_noticed_by_the_merge_and_by_compaction() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = dying_export(folder.path());
    let output = fs::read(&export.files.out).expect("there");
    let open = || Store::open(export.clone(), ("a key", String::new()), KeyChange::Refused, Disk::default());
    let mut store = open().expect("whole");
    let last = store.journal().segments().last().expect("a segment").file.clone();
    let path = export.files.folder.join(last);
    let whole = fs::read(&path).expect("there");
    // Without its last line it still reads.
    let lines = whole.split_inclusive(|byte| *byte == b'\n').count();
    fs::write(&path, harmed(&whole, Harm::TakeOut { line: lines - 1, count: 1 })).expect("written");
    assert!(refused(store.finish()).contains("is damaged: it has"));
    assert_eq!(fs::read(&export.files.out).expect("there"), output);
    let mut batch = || {
        let row = segment::Entry {
            key: binance_papi::history::Identity::new(Some(Timestamp::from_millis(139)), ["S", "x"], 0),
            content: segment::Content::Good { row: "{}".to_owned(), raw: None },
        };
        store.append(Batch { resume_at: 139, rows: vec![row], issues: Vec::new() })
    };
    let failure = (0..FAN).find_map(|_| batch().err()).expect("compaction reads it");
    assert!(format!("{failure:?}").contains("is damaged: it has"), "{failure:?}");
}

#[test]
fn a_row_that_becomes_nonsense_while_a_run_is_under_way_is_damage() {
    let folder = tempfile::tempdir().expect("a folder");
    // Rows that stand alone in their lines are not looked into before their cells are wanted.
    let dataset = Dataset::of(binance_papi::um::ForceOrders::INFO, RawColumn::Without).expect("rows");
    let mut export = Export { dataset, ..export(folder.path(), Format::Csv) };
    export.subject.columns.pop();
    run(export.clone(), Disk::default(), &some_seeds(), 10, Range { from: 0, to: 100 }).expect("done");
    let mut store =
        Store::open(export.clone(), ("a key", String::new()), KeyChange::Refused, Disk::default()).expect("open");
    let base = export.files.folder.join(segment_files(&export.files.folder).next().expect("a segment"));
    let whole = fs::read_to_string(&base).expect("there");
    fs::write(&base, whole.replacen("\"orderId\":", "\"orderId\";", 1)).expect("written");
    assert!(refused(store.finish()).contains("is damaged: its content is not what was written"));
}

#[test]
fn nothing_is_verified_while_a_run_is_writing() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = finished_export(folder.path());
    let run = Store::open(export.clone(), ("a key", String::new()), KeyChange::Refused, Disk::default()).expect("open");
    let verify = || verify(&export.files.given, binance_papi::ENDPOINTS, export.now);
    assert!(refused(verify()).contains("another run is writing this export"));
    drop(run);
    assert_eq!(verify().expect("whole").segments, 1);
}
