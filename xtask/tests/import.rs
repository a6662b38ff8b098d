//! What `cargo xtask import` does with files, and how it ends.

#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod workspace;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use workspace::Workspace;

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn import(root: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output =
        command.arg("import").args(["--today", "2026-11-02"]).args(arguments).arg("--root").arg(root).output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn fixture(path: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path).display().to_string()
}

/// A workspace without any spec.
fn empty() -> Workspace {
    let workspace = Workspace::copy("page");
    fs::create_dir_all(workspace.path("spec")).unwrap();
    workspace
}

fn files(workspace: &Workspace, folder: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut folders = vec![workspace.path(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { all.push(path.display().to_string()) }
        }
    }
    all.sort();
    all
}

/// A page of a call that no exchange has.
fn page(path: &str) -> String {
    format!(
        "# Query Example Orders(USER_DATA)\n\n## HTTP Request\n\nGET `{path}`\n\n## Request Weight\n\n**3**\n\n## Request \
         Parameters\n\n**None**\n\n## Response Example\n\n```json\n{{ \"exampleId\": 7 }}\n```\n"
    )
}

#[test]
fn a_page_becomes_a_draft_that_codegen_accepts_and_facts() {
    let workspace = empty();
    let pages = [fixture("newcomer/pages/funding_fees.md"), fixture("newcomer/pages/new_sliced_order.md")];
    let run = import(&workspace.path(""), &[&pages[0], &pages[1]]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{}", run.stderr);
    for told in
        ["GET /papi/v1/um/fundingFees", "Markdown with navigation, English", "sentences found", "TODO", "repaired"]
    {
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
    let run = workspace.codegen(&[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let facts = fs::read_to_string(workspace.path("tests/facts/um/funding_fees_get.json")).unwrap();
    assert!(facts.contains("\"/papi/v1/um/fundingFees\"") && facts.contains("\"90d\""), "{facts}");
}

#[test]
fn a_spec_that_is_there_stays_unless_it_is_forced() {
    let workspace = empty();
    let page = fixture("newcomer/pages/funding_fees.md");
    assert_eq!(import(&workspace.path(""), &[&page]).code, Some(0));
    let spec = workspace.path("spec/um/funding_fees.yaml");
    let draft = fs::read_to_string(&spec).unwrap();
    let own = draft.replace("limit: {", "limit:  {");
    fs::write(&spec, &own).unwrap();
    let run = import(&workspace.path(""), &[&page]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("spec/um/funding_fees.yaml is there already"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&spec).unwrap(), own);
    assert_eq!(import(&workspace.path(""), &["--force", &page]).code, Some(0));
    assert!(fs::read_to_string(&spec).unwrap().contains("limit: {"));
}

#[test]
fn drafts_go_where_they_are_sent() {
    let workspace = empty();
    let pages = [fixture("newcomer/pages/funding_fees.md"), fixture("newcomer/pages/new_sliced_order.md")];
    let run = import(&workspace.path(""), &["--stdout", &pages[0], &pages[1]]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let documents: Vec<&str> = run.stdout.split("\n---\n").collect();
    assert_eq!(documents.len(), 2, "{}", run.stdout);
    assert!(documents[0].starts_with("name: ") && documents[1].starts_with("name: "));
    assert_eq!(files(&workspace, "spec"), Vec::<String>::new());
    let out = workspace.path("drafts");
    let run = import(&workspace.path(""), &["--out", &out.display().to_string(), &pages[0]]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(files(&workspace, "drafts").len(), 1);
    assert!(out.join("um/funding_fees.yaml").exists());
    assert!(files(&workspace, "spec").is_empty() && files(&workspace, "tests").is_empty());
    let run = import(&workspace.path(""), &["--facts", &pages[0]]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(workspace.path("tests/facts/um/funding_fees_get.json").exists() && files(&workspace, "spec").is_empty());
}

#[test]
fn bad_input_writes_nothing_for_any_page() {
    let workspace = empty();
    let good = fixture("newcomer/pages/funding_fees.md");
    let write = |name: &str, bytes: &[u8]| {
        let path = workspace.path(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("# a".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let cases = [
        (write("index.md", b"# Overview\n\nNothing of a call.\n"), "no call"),
        (write("utf16.md", &utf16), "UTF-16"),
        (write("other.md", page("/fapi/v1/exampleOrders").as_bytes()), "another product"),
        (write("empty.md", b""), "empty.md"),
        (workspace.path("missing.md").display().to_string(), "missing.md"),
    ];
    for (bad, reason) in cases {
        let run = import(&workspace.path(""), &[&good, &bad]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{}", run.stderr);
        assert!(run.stderr.contains(reason) && run.stderr.contains(&bad), "{reason}: {}", run.stderr);
        assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
        assert!(files(&workspace, "spec").is_empty() && files(&workspace, "tests").is_empty());
    }
}

#[test]
fn a_call_that_is_gone_gets_no_spec() {
    let workspace = empty();
    let gone = "GET /papi/v1/um/exampleOrders: { since: 2026-04-28, instead: GET /papi/v1/um/order }\n";
    fs::write(workspace.path("spec/retired.yaml"), gone).unwrap();
    let old = workspace.path("old.md");
    fs::write(&old, page("/papi/v1/um/exampleOrders")).unwrap();
    let run = import(&workspace.path(""), &[&old.display().to_string()]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("was taken away on 2026-04-28"), "{}", run.stderr);
    assert!(!workspace.path("spec/um").exists());
    assert_eq!(import(&workspace.path(""), &["--stdout", &old.display().to_string()]).code, Some(0));
}

#[test]
fn pages_that_disagree_are_written_and_told() {
    let workspace = empty();
    let one = workspace.path("one.md");
    let other = workspace.path("other.md");
    fs::write(&one, page("/papi/v1/um/exampleOrders")).unwrap();
    fs::write(&other, page("/papi/v1/um/exampleOrders").replace("**3**", "**5**")).unwrap();
    let run = import(&workspace.path(""), &[&one.display().to_string(), &other.display().to_string()]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("conflict: weight: 3") && run.stderr.contains("other.md"), "{}", run.stderr);
    let draft = fs::read_to_string(workspace.path("spec/um/example_orders.yaml")).unwrap();
    assert!(draft.contains("weight: 3\n") && draft.contains("# TODO: weight: "), "{draft}");
}

#[test]
fn a_page_of_a_call_with_a_spec_gives_nearly_that_spec() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = import(&root, &["--stdout", &fixture("import/force_orders.zh-CN.md")]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    insta::assert_snapshot!(run.stdout);
}
