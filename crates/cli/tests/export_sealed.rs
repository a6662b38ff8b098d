//! `papi export` does not rot in silence: what was damaged is named and replaces nothing, a report replaces nothing of an
//! export, a link stays a link, and what is written is for its owner alone.

#![cfg(unix)]

mod common;

use common::exchange::{Exchange, days_before, folder, text, yesterday};
use common::{Run, end_of, finish, papi};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// An export of the last days, and what made it.
struct Exported {
    exchange: Exchange,
    folder: tempfile::TempDir,
    from: String,
    to: String,
}

impl Exported {
    fn new() -> Self {
        let to = yesterday();
        let exported = Self { exchange: Exchange::start(), folder: folder(), from: days_before(&to, 30), to };
        exported.run(&[]).expect(0, &[]);
        exported
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn out(&self) -> PathBuf {
        self.path("out.csv")
    }

    fn run(&self, args: &[&str]) -> Run {
        self.run_to(&self.out(), args)
    }

    fn run_to(&self, out: &Path, args: &[&str]) -> Run {
        let range = ["--from", &self.from, "--to", &self.to, "--out", text(out)];
        finish(self.exchange.export("um-force-orders", &[&range[..], args].concat()))
    }
}

fn verify(out: &Path) -> Run {
    papi(&["export", "--verify", text(out)])
}

/// Returns the segments of a folder.
fn segments(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let is_segment = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with("rows-")) && path.extension().is_some_and(|ending| ending == "jsonl")
    };
    files.filter(is_segment).collect()
}

/// Returns the one segment of a finished export.
fn only_segment(folder: &Path) -> PathBuf {
    let mut segments = segments(folder);
    assert_eq!(segments.len(), 1);
    segments.remove(0)
}

/// Returns every file below a folder with its content.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for file in fs::read_dir(folder).expect("a folder").flatten() {
        if file.path().is_dir() {
            all.extend(content(&file.path()));
        } else {
            all.push((file.path(), fs::read(file.path()).expect("readable")));
        }
    }
    all.sort();
    all
}

/// Damages of a text: one bit, cut within a line, cut after a line, emptied, lines taken out.
fn damages(whole: &[u8]) -> Vec<Vec<u8>> {
    let mut bit = whole.to_vec();
    bit[whole.len() / 3] ^= 1;
    let half = whole.len() / 2;
    let line = half + whole[half..].iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let later = line + whole[line..].iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let without = [&whole[..line], &whole[later..]].concat();
    vec![bit, whole[..half].to_vec(), whole[..line].to_vec(), Vec::new(), without]
}

#[test]
fn damage_is_named_and_replaces_nothing() {
    let exported = Exported::new();
    let out = exported.out();
    let state = exported.path("out.csv.papi");
    let output = fs::read(&out).expect("there");
    let segment = &only_segment(&state);
    for file in [segment, &state.join("journal.json")] {
        let whole = fs::read(file).expect("there");
        for damaged in damages(&whole).into_iter().filter(|damaged| *damaged != whole) {
            fs::write(file, &damaged).expect("written");
            let before = content(exported.folder.path());
            let name = file.file_name().and_then(|name| name.to_str()).expect("text");
            let said = [name, "damaged", "(UTC, the end excluded)", " export um-force-orders --from ", "--out "];
            exported.run(&[]).expect(1, &said);
            verify(&out).expect(1, &[name, "damaged"]);
            assert_eq!(fs::read(&out).expect("there"), output);
            assert!(content(exported.folder.path()) == before, "nothing was written");
        }
        fs::write(file, whole).expect("written");
    }
    fs::remove_file(segment).expect("there");
    exported.run(&[]).expect(1, &["is missing", "--from "]);
    assert_eq!(fs::read(&out).expect("there"), output);
}

#[test]
fn the_command_that_is_named_fetches_the_interval_again() {
    let exported = Exported::new();
    let segment = only_segment(&exported.path("out.csv.papi"));
    fs::write(segment, "").expect("written");
    let run = exported.run(&[]).expect(1, &[]);
    let said = run.stderr.lines().find_map(|line| line.split_once(": papi ")).expect("a command").1;
    let again = said.split_once(" export ").expect("an export").1;
    let args: Vec<&str> = again.split(' ').collect();
    finish(exported.exchange.export(args[0], &args[1..])).expect(0, &[]);
    let fetched = PathBuf::from(args.last().expect("a file"));
    assert_eq!(fs::read(fetched).expect("there"), fs::read(exported.out()).expect("there"));
}

#[test]
fn damage_of_an_interrupted_run_is_named() {
    let exported = Exported::new();
    let out = exported.path("broken.csv");
    let state = exported.path("broken.csv.papi");
    let args = ["--from", &exported.from, "--to", &exported.to, "--concurrency", "1", "--out", text(&out)];
    let knows_segments = || fs::read_to_string(state.join("journal.json")).is_ok_and(|text| text.contains("rows-"));
    // Killed as soon as the journal knows a segment; the noise of the machine may make that too late.
    for _ in 0..20 {
        let mut child = exported.exchange.export("um-force-orders", &args).spawn().expect("the program starts");
        while !knows_segments() && child.try_wait().expect("a child").is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("a child");
        end_of(child);
        if !out.exists() {
            break;
        }
        fs::remove_file(&out).expect("there");
        fs::remove_dir_all(&state).expect("there");
    }
    // What a run leaves when it dies is whole.
    verify(&out).expect(0, &["whole", "interrupted"]);
    let journal = fs::read_to_string(state.join("journal.json")).expect("there");
    let known = |path: &PathBuf| journal.contains(path.file_name().and_then(|name| name.to_str()).expect("text"));
    let segment = segments(&state).into_iter().find(known).expect("a segment");
    let whole = fs::read(&segment).expect("there");
    fs::write(&segment, &whole[..whole.len() - 1]).expect("written");
    exported.run_to(&out, &[]).expect(1, &["damaged", "--from "]);
    assert!(!out.exists());
    fs::write(&segment, whole).expect("written");
    exported.run_to(&out, &[]).expect(0, &[]);
    assert_eq!(fs::read(&out).expect("there"), fs::read(exported.out()).expect("there"));
}

#[test]
fn verify_checks_the_output_too_and_writes_nothing() {
    let exported = Exported::new();
    let out = exported.out();
    let before = content(exported.folder.path());
    verify(&out).expect(0, &["whole", " rows"]);
    assert!(content(exported.folder.path()) == before, "nothing was written");
    let whole = fs::read(&out).expect("there");
    for damaged in damages(&whole) {
        fs::write(&out, damaged).expect("written");
        verify(&out).expect(1, &["out.csv", "run the same export again"]);
    }
    fs::remove_file(&out).expect("there");
    verify(&out).expect(1, &["out.csv", "is missing"]);
    exported.run(&[]).expect(0, &[]);
    assert_eq!(fs::read(&out).expect("there"), whole);
    verify(&out).expect(0, &["whole"]);
    verify(&exported.path("never.csv")).expect(2, &["was never exported"]);
    papi(&["export", "um-force-orders", "--verify", text(&out)]).expect(2, &[]);
    papi(&["export", "--verify", text(&out), "--dry-run"]).expect(2, &[]);
    let help = papi(&["export", "--help"]).expect(0, &[]).stdout;
    assert!(help.contains("--verify <OUT>") && help.contains("papi export --verify liquidations.csv"), "{help}");
}

#[test]
fn a_report_replaces_nothing_of_an_export() {
    let exported = Exported::new();
    let (out, state) = (exported.out(), exported.path("out.csv.papi"));
    let segment = only_segment(&state);
    let (link, folder_link) = (exported.path("link.json"), exported.path("folder-link"));
    symlink(&out, &link).expect("a link");
    symlink(&state, &folder_link).expect("a link");
    let before = content(exported.folder.path());
    for report in [
        out.clone(),
        exported.path("out.csv.quarantine.jsonl"),
        state.clone(),
        state.join("journal.json"),
        state.join("new.json"),
        segment.clone(),
        state.join("../out.csv"),
        link,
        folder_link.join("journal.json"),
    ] {
        exported.run(&["--report", text(&report)]).expect(2, &["--report", "belongs to the export"]);
        assert!(content(exported.folder.path()) == before, "{}", report.display());
    }
    // Relative paths, of either.
    let args = ["--from", &exported.from, "--to", &exported.to, "--out", "out.csv", "--report"];
    for report in [text(&out), "./out.csv", "out.csv.papi/../out.csv"] {
        let mut run = exported.exchange.export("um-force-orders", &[&args[..], &[report]].concat());
        run.current_dir(exported.folder.path());
        finish(run).expect(2, &["belongs to the export"]);
    }
    // Before the first run too, when none of it is there; and not by the name under which a report is written either.
    let new = exported.path("new.csv");
    exported.run_to(&new, &["--report", text(&new)]).expect(2, &["belongs to the export"]);
    assert!(!new.exists() && !exported.path("new.csv.papi").exists());
    let (drafted, report) = (exported.path("report.json.tmp"), exported.path("report.json"));
    let args = ["--format", "csv", "--report", text(&report)];
    exported.run_to(&drafted, &args).expect(2, &["belongs to the export"]);
    assert!(content(exported.folder.path()) == before);
    exported.run(&["--report", text(&report)]).expect(0, &[]);
}

#[test]
fn a_link_to_the_output_stays_a_link() {
    let exported = Exported::new();
    let link = |target: &Path, name: &str| {
        let path = exported.path(name);
        symlink(target, &path).expect("a link");
        path
    };
    let whole = fs::read(exported.out()).expect("there");
    let is_link = |path: &Path| fs::symlink_metadata(path).expect("there").is_symlink();
    // To a file that is not there yet, by a relative path.
    fs::create_dir(exported.path("elsewhere")).expect("made");
    let new = link(Path::new("elsewhere/new.csv"), "new.csv");
    // To an export, in two steps; and one that was moved away from its folder.
    let chain = link(&link(&exported.out(), "middle.csv"), "chain.csv");
    exported.run_to(&exported.path("moved.csv"), &[]).expect(0, &[]);
    fs::rename(exported.path("moved.csv"), exported.path("elsewhere/moved.csv")).expect("moved");
    let moved = link(&exported.path("elsewhere/moved.csv"), "moved.csv");
    for (path, target) in [(new, "elsewhere/new.csv"), (chain, "out.csv"), (moved, "elsewhere/moved.csv")] {
        exported.run_to(&path, &[]).expect(0, &[]);
        exported.run_to(&path, &[]).expect(0, &["all of the range was exported before"]);
        assert!(is_link(&path) && !is_link(&exported.path(target)), "{target}");
        assert_eq!(fs::read(exported.path(target)).expect("there"), whole);
        verify(&path).expect(0, &["whole"]);
    }
}

#[test]
fn what_is_written_is_for_its_owner_alone() {
    let exported = Exported::new();
    let report = exported.path("report.json");
    for others in [exported.out(), exported.path("report.json.tmp")] {
        fs::write(&others, "").expect("written");
        fs::set_permissions(&others, fs::Permissions::from_mode(0o644)).expect("opened to others");
    }
    exported.run(&["--report", text(&report)]).expect(0, &[]);
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    for (file, _) in content(exported.folder.path()) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    assert_eq!(mode(&exported.path("out.csv.papi")), 0o700);
}

/// Takes every seal out of a journal.
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

#[test]
fn an_export_of_an_earlier_version_is_sealed_with_one_notice() {
    let exported = Exported::new();
    let (out, journal) = (exported.out(), exported.path("out.csv.papi/journal.json"));
    let whole = fs::read(&out).expect("there");
    let mut old: serde_json::Value = serde_json::from_slice(&fs::read(&journal).expect("there")).expect("JSON");
    without_seals(&mut old);
    old["version"] = 1.into();
    let fields = old.as_object_mut().expect("an object");
    fields.retain(|name, _| name != "output" && name != "quarantine");
    fs::write(&journal, old.to_string()).expect("written");
    verify(&out).expect(0, &["whole", "it has no seals yet"]);
    let segment = only_segment(&exported.path("out.csv.papi"));
    let rows = fs::read(&segment).expect("there");
    fs::write(&segment, &damages(&rows)[4]).expect("written");
    exported.run(&[]).expect(1, &["its segments have", "fetch it again: "]);
    fs::write(&segment, rows).expect("written");
    let first = exported.run(&[]).expect(0, &["note: this export had no seals yet"]);
    assert_eq!(first.stderr.matches("no seals").count(), 1);
    assert!(!exported.run(&[]).expect(0, &[]).stderr.contains("no seals"));
    assert!(!verify(&out).expect(0, &["whole"]).stderr.contains("no seals"));
    assert_eq!(fs::read(&out).expect("there"), whole);
}
