//! Specs of a revision are read out of git, and those that an older xtask wrote are refused with the place.

use super::super::{Format, run};
use crate::files::write;
use crate::git::git;
use std::path::Path;

const PING: &str = "\
name: Ping
doc: Tests the connection.
source: { doc: market, verified_on: 2026-10-23 }
call: GET /papi/v1/ping
access: NONE
effect: read
weight: 1
reply: Empty
types:
  Empty: { doc: Nothing., fields: {} }
";

fn committed(spec: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "--quiet"]).expect("a checkout");
    put(folder.path(), spec);
    write(&folder.path().join("spec/README.md"), "No spec.\n").expect("written");
    let somebody = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    git(folder.path(), &["add", "."]).expect("added");
    git(folder.path(), &[&somebody[..], &["commit", "--quiet", "--message", "specs"]].concat()).expect("committed");
    folder
}

fn put(root: &Path, spec: &str) {
    write(&root.join("spec/market/ping.yaml"), spec).expect("written");
}

#[test]
fn the_folder_is_compared_with_the_revision() {
    let checkout = committed(PING);
    let told = || run(checkout.path(), "HEAD", Format::Text).expect("two readable states");
    assert_eq!(told(), "the specs say what they said at HEAD\n");
    put(checkout.path(), &PING.replace("weight: 1", "weight: 2"));
    assert!(told().starts_with("behaviour (1)\n  market::Ping: the weight was 1 and is 2\n"), "{}", told());
    assert!(run(checkout.path(), "nowhere", Format::Text).is_err());
}

#[test]
fn a_language_of_before_is_refused_with_its_first_place() {
    let checkout = committed(&PING.replace("effect: read", "kind: read"));
    put(checkout.path(), PING);
    let refused = run(checkout.path(), "HEAD", Format::Text).expect_err("another language").to_string();
    for part in ["the specs of HEAD", "another language", "spec/market/ping.yaml", "compare with a later revision"] {
        assert!(refused.contains(part), "{refused}");
    }
}
