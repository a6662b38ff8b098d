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

#[test]
fn constraints_that_repeat_or_exclude_each_other() {
    insta::assert_snapshot!(refused("contradictions"));
}

#[test]
fn forms_that_break_their_own_constraints() {
    insta::assert_snapshot!(refused("forms"));
}

#[test]
fn lengths_and_ends_of_windows() {
    insta::assert_snapshot!(refused("windows"));
}

#[test]
fn paths_accesses_and_counts_of_calls() {
    insta::assert_snapshot!(refused("calls"));
}

#[test]
fn differences_without_reason_or_day() {
    insta::assert_snapshot!(refused("differs"));
}

#[test]
fn dates_that_do_not_exist_or_lie_ahead() {
    insta::assert_snapshot!(refused("dates"));
}

#[test]
fn shared_words_that_nothing_uses() {
    insta::assert_snapshot!(refused("unused"));
}

#[test]
fn the_words_of_the_vendor_for_types() {
    insta::assert_snapshot!(refused("vendor_words"));
}

#[test]
fn removed_parameters() {
    insta::assert_snapshot!(refused("removed"));
}

#[test]
fn a_copied_spec_is_one_problem() {
    insta::assert_snapshot!(refused("duplicate"));
}

#[test]
fn an_unknown_word_in_an_example_is_told_and_stops_nothing() {
    let workspace = Workspace::copy("unknown_word");
    let run = workspace.codegen(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(workspace.generated().contains_key("um/row.rs"));
    let warning = run.stderr.split("\n\n").next().unwrap();
    insta::assert_snapshot!(warning);
    let again = workspace.codegen(&["--check"]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    assert!(again.stderr.starts_with(warning), "{}", again.stderr);
}

#[test]
fn events() {
    insta::assert_snapshot!(refused("events"));
}
