//! All targets hold for their examples and for all inputs that are kept, and `cargo fuzz` knows each of them.

use papi_fuzz_targets::TARGETS;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn targets_hold_for_examples_and_kept_inputs() {
    for target in TARGETS {
        let kept = fs::read_dir(folder().join("corpus").join(target.name)).into_iter().flatten();
        let kept = kept.map(|entry| fs::read(entry.expect("an entry").path()).expect("a file"));
        for input in (target.seeds)().into_iter().chain(kept) {
            (target.run)(&input);
        }
    }
}

#[test]
fn each_target_is_one_of_cargo_fuzz_and_the_other_way_round() {
    let names: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    let files = fs::read_dir(folder().join("fuzz_targets")).expect("a folder");
    let stem = |path: PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    assert_eq!(files.filter_map(|entry| stem(entry.expect("an entry").path())).collect::<BTreeSet<_>>(), names);
    let corpus = fs::read_dir(folder().join("corpus")).expect("a folder");
    assert!(corpus.filter_map(|entry| stem(entry.expect("an entry").path())).all(|name| names.contains(&name)));
    let manifest = fs::read_to_string(folder().join("Cargo.toml")).expect("a manifest");
    for name in names {
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"")), "{name}");
        let text = fs::read_to_string(folder().join(format!("fuzz_targets/{name}.rs"))).expect("a target");
        assert!(text.contains(&format!("papi_fuzz_targets::{name}(data)")), "{name}");
    }
}
