//! What the generator promises: the same specs give the same files, and no file is there that no spec makes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod workspace;

use std::fs;
use std::path::Path;
use workspace::Workspace;

#[test]
fn every_feature_of_the_language_is_printed() {
    let workspace = Workspace::copy("everything");
    let run = workspace.codegen(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for (file, text) in workspace.generated() {
        insta::assert_snapshot!(file.replace('/', "__").replace(".rs", ""), text);
    }
}

#[test]
fn the_page_for_programs_has_its_lists_and_keeps_its_prose() {
    let workspace = Workspace::copy("everything");
    workspace.codegen(&[]);
    let page = fs::read_to_string(workspace.path("llms.txt")).unwrap();
    insta::assert_snapshot!("llms_txt", page);

    fs::write(workspace.path("llms.txt"), page.replace("/papi/v1/um/rows", "/papi/v1/um/lines")).unwrap();
    let run = workspace.codegen(&["--check"]);
    assert_eq!((run.code, run.stderr.lines().next()), (Some(1), Some("stale: llms.txt")));

    fs::write(workspace.path("llms.txt"), page.replace("<!-- end of datasets -->", "")).unwrap();
    let run = workspace.codegen(&["--check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("<!-- end of datasets -->"), "{}", run.stderr);
}

#[test]
fn generating_twice_changes_nothing() {
    let workspace = Workspace::copy("everything");
    let other = Workspace::copy("everything");
    workspace.codegen(&[]);
    other.codegen(&[]);
    assert_eq!(workspace.generated(), other.generated());

    let file = workspace.path("crates/types/src/generated/um/rows.rs");
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    let run = workspace.codegen(&[]);
    assert_eq!(run.stderr, "9 endpoints, 2 events, 28 files\n");
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), written, "a file that is right is not touched");
}

#[test]
fn check_passes_on_fresh_files_and_names_the_others() {
    let workspace = Workspace::copy("everything");
    workspace.codegen(&[]);
    assert_eq!(workspace.codegen(&["--check"]).code, Some(0));

    let rows = workspace.path("crates/types/src/generated/um/rows.rs");
    let edited = fs::read_to_string(&rows).unwrap() + "// by hand\n";
    fs::write(&rows, &edited).unwrap();
    fs::remove_file(workspace.path("crates/types/src/generated/ids.rs")).unwrap();
    fs::write(workspace.path("crates/types/src/generated/um/gone.rs"), "").unwrap();

    let run = workspace.codegen(&["--check"]);
    assert_eq!(run.code, Some(1));
    insta::assert_snapshot!(run.stderr, @"
    missing: crates/types/src/generated/ids.rs
    orphan: crates/types/src/generated/um/gone.rs
    stale: crates/types/src/generated/um/rows.rs
    the generated files are not what the specs say: run `cargo xtask codegen`
    ");
    assert_eq!(fs::read_to_string(&rows).unwrap(), edited, "checking writes nothing");
}

#[test]
fn line_endings_do_not_count() {
    let workspace = Workspace::copy("everything");
    workspace.codegen(&[]);
    let rows = workspace.path("crates/types/src/generated/um/rows.rs");
    fs::write(&rows, fs::read_to_string(&rows).unwrap().replace('\n', "\r\n")).unwrap();
    assert_eq!(workspace.codegen(&["--check"]).code, Some(0));
}

#[test]
fn what_no_spec_makes_is_removed() {
    let workspace = Workspace::copy("everything");
    workspace.codegen(&[]);
    fs::remove_dir_all(workspace.path("spec/stream")).unwrap();
    let run = workspace.codegen(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("removed: crates/types/src/generated/stream/ping.rs"), "{}", run.stderr);
    assert!(!workspace.path("crates/types/src/generated/stream").exists());
    assert!(!workspace.generated()["endpoints.rs"].contains("stream"));
}

#[test]
fn the_generated_files_are_what_the_specs_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = workspace::codegen(&root, &["--check"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}
