//! The macros work in a crate outside this workspace that depends on the facade only.

use std::path::Path;
use std::process::Command;

#[test]
fn a_strangers_endpoint_builds_and_runs() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let fixture = workspace.join("tests/outsider");
    // Built elsewhere, so that nothing of the workspace is in scope; with its lock file and target folder, so that
    // nothing has to be fetched and little compiled.
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outsider");
    std::fs::create_dir_all(home.join("src")).expect("a folder");
    let manifest = std::fs::read_to_string(fixture.join("Cargo.toml")).expect("the manifest");
    let facade = workspace.join("crates/binance-papi");
    let manifest = manifest.replace("../../crates/binance-papi", &facade.display().to_string().replace('\\', "/"));
    std::fs::write(home.join("Cargo.toml"), manifest).expect("written");
    std::fs::copy(fixture.join("src/main.rs"), home.join("src/main.rs")).expect("copied");
    std::fs::copy(workspace.join("Cargo.lock"), home.join("Cargo.lock")).expect("copied");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let run = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--manifest-path"])
        .arg(home.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{errors}");
    assert_eq!(String::from_utf8_lossy(&run.stdout), "symbol=BTCUSDT&kind=GREEN\n", "{errors}");
}
