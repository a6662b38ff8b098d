//! A run that found nothing binds nobody: another key, other parameters and another range work as if it had not been.

use super::super::batch::Batch;
use super::super::format::Format;
use super::tests::{export as new_export, finished_export, row};
use super::*;

const RANGE: Range = Range { from: 0, to: 100 };

fn asked(range: Range) -> Asked {
    Asked { range, start: Start::Moment }
}

fn open(export: &Export, key: &str) -> Result<Store, Failure> {
    Store::open(export.clone(), (key, "salt".to_owned()), KeyChange::Refused, Disk::default())
}

fn with_symbol(export: &Export) -> Export {
    let mut other = export.clone();
    other.subject.params = vec![("symbol".into(), "BTCUSDT".into())];
    other
}

/// Finishes a run that finds no row.
fn find_nothing(export: &Export, key: &str) {
    let mut store = open(export, key).expect("open");
    store.begin(asked(RANGE), Duration::ZERO).expect("begun");
    store.range_walked().expect("kept");
    assert_eq!(store.finish().expect("done").0.rows, 0);
}

#[test]
fn a_run_that_died_before_its_first_answer_binds_neither_key_nor_range() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = new_export(folder.path(), Format::Csv);
    open(&export, "the wrong key").expect("open").begin(asked(RANGE), Duration::ZERO).expect("begun");
    let mut store = open(&export, "the right key").expect("the key is free");
    assert!(store.journal().account.is_of("the right key"));
    let other = Range { from: 50, to: 70 };
    assert_eq!(store.begin(asked(other), Duration::ZERO).expect("begun"), Begun::Fresh);
    assert_eq!(store.next_range(), Some(asked(other)));
}

#[test]
fn an_export_without_rows_becomes_any_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = new_export(folder.path(), Format::Csv);
    find_nothing(&export, "a key");
    find_nothing(&with_symbol(&export), "a key");
    find_nothing(&export, "another key");
    let mut store = open(&with_symbol(&export), "a key").expect("open");
    assert_eq!(store.journal().covered, None, "what was walked for another subject is not walked for this one");
    store.begin(asked(RANGE), Duration::ZERO).expect("begun");
    store.append(Batch { resume_at: 9, rows: vec![row(9, &export.dataset)], issues: Vec::new() }).expect("kept");
    drop(store);
    assert!(open(&export, "a key").is_err() && open(&with_symbol(&export), "another key").is_err());
}

#[test]
fn what_is_really_of_another_account_or_subject_names_the_commands_that_help() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut export = finished_export(folder.path());
    export.range_words = vec!["--from".into(), "30d".into()];
    let (out, free) = (export.files.given.display(), folder.path().join("out.2.csv"));
    let said = |result: Result<Store, Failure>| format!("{:?}", result.expect_err("refused"));
    let key = said(open(&export, "another key"));
    assert!(
        key.contains(&format!("papi --sandbox export um-force-orders --raw --from 30d --same-account --out {out}"))
    );
    assert!(key.contains(&format!("um-force-orders --raw --from 30d --out {}", free.display())), "{key}");
    let symbol = said(open(&with_symbol(&export), "a key"));
    assert!(symbol.contains(&format!("--param symbol=BTCUSDT --raw --from 30d --out {}", free.display())), "{symbol}");
    assert!(symbol.contains(&format!("papi --sandbox export um-force-orders --raw --out {out}")), "{symbol}");
}
