//! Has another program read what an export wrote, where there is one.

use super::exchange::text;
use std::path::Path;
use std::process::Command;

/// What a script ends with where there is nothing to read with.
const SKIPPED: i32 = 77;

/// Runs a script of this folder's parent that reads the files in `folder` with a package of Python, and compares them.
pub(crate) fn read_back(script: &str, package: &str, folder: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(script);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(package);
    let mut python = Command::new("python3");
    // What Python compiles would lie beside the scripts.
    python.args([text(&script), text(folder), text(&place)]).env("PYTHONDONTWRITEBYTECODE", "1");
    match python.output() {
        Err(error) => eprintln!("skipped, there is no Python: {error}"),
        Ok(output) if output.status.code() == Some(SKIPPED) => {
            eprintln!("skipped: {}", String::from_utf8_lossy(&output.stdout));
        }
        Ok(output) => assert!(output.status.success(), "{output:?}"),
    }
}
