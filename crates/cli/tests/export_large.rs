//! A large export takes little memory, for any number of rows.

mod common;

use papi_sandbox::rows::{GivenRows, Product};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Limits, Sandbox};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const ROWS: i64 = 50_000;
const DAY: i64 = 86_400_000;

/// Memory that a run may take, for any number of rows.
const MOST_MEMORY_KIB: u64 = 100 * 1_024;

fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(now.as_millis()).expect("a time")
}

async fn sandbox(begin: i64) -> Sandbox {
    let step = 60 * DAY / ROWS;
    let given_rows = GivenRows::new().force_orders(Product::Um, (0..ROWS).map(|row| begin + row * step));
    let limits = Limits { weight: u32::MAX, ..Limits::default() };
    Sandbox::builder().given_rows(given_rows).limits(limits).start().await.expect("a sandbox")
}

fn export(sandbox: &Sandbox, begin: i64, out: &Path) -> Command {
    let (from, to) = (begin.to_string(), (begin + 61 * DAY).to_string());
    let out = out.to_str().expect("text");
    let base = ["--base-url", sandbox.base_url(), "--weight-limit", "100000000", "export", "um-force-orders"];
    let mut command = common::command(&[&base[..], &["--from", &from, "--to", &to, "--out", out]].concat());
    command.env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
    command
}

/// The most memory that a process has had, where the system tells.
fn peak_memory_kib(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches("kB").trim().parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn fifty_thousand_rows_take_little_memory_in_all_formats() {
    let begin = now() - 70 * DAY;
    let sandbox = sandbox(begin).await;
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let files = ["csv", "jsonl", "parquet", "xlsx"].map(|format| folder.path().join(format!("rows.{format}")));
    for file in &files {
        let mut child = export(&sandbox, begin, file).stdout(Stdio::null()).spawn().expect("the program starts");
        let mut peak = 0;
        while child.try_wait().expect("a child").is_none() {
            peak = peak.max(peak_memory_kib(child.id()).unwrap_or(0));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(child.wait().expect("a child").success(), "{}", file.display());
        println!("{}: at most {peak} KiB", file.display());
        assert!(peak < MOST_MEMORY_KIB, "{}: {peak} KiB", file.display());
    }
}
