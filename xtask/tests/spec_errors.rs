//! What a person sees who made a mistake in a spec: every problem of every file in one run, each at its place, and
//! nothing written.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod workspace;

use workspace::Workspace;

/// Runs the generator on bad specs and pins what it prints.
#[track_caller]
fn refused(fixture: &str) -> String {
    let workspace = Workspace::copy(&format!("broken/{fixture}"));
    let run = workspace.codegen(&[]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(workspace.generated().is_empty(), "something was written");
    assert_eq!(workspace.codegen(&["--check"]).stderr, run.stderr, "`--check` sees the same problems");
    run.stderr
}

#[test]
fn files_that_are_not_specs() {
    insta::assert_snapshot!(refused("syntax"));
}

#[test]
fn keys_and_forms() {
    insta::assert_snapshot!(refused("form"));
}

#[test]
fn names() {
    insta::assert_snapshot!(refused("names"));
}

#[test]
fn parameters_and_forms() {
    insta::assert_snapshot!(refused("params"));
}

#[test]
fn constraints_and_paging() {
    insta::assert_snapshot!(refused("constraints"));
}

#[test]
fn questions_about_lost_calls() {
    insta::assert_snapshot!(refused("settle"));
}

#[test]
fn replies() {
    insta::assert_snapshot!(refused("replies"));
}

#[test]
fn examples() {
    insta::assert_snapshot!(refused("examples"));
}

#[test]
fn retired_calls() {
    insta::assert_snapshot!(refused("retired"));
}
