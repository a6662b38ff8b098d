//! What an export comes to when the exchange does not give all it should: the rest is there, and the exit code says so.

mod common;

use papi_sandbox::rows::{GivenRows, Product};
use papi_sandbox::{CannedAnswer, DEMO_KEY, DEMO_SECRET, Fault, Limits, Sandbox};

const DAY: i64 = 86_400_000;

fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    i64::try_from(now.as_millis()).expect("a time")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_millisecond_and_no_names_leave_an_export_incomplete_after_three_requests() {
    let first_day = now() - 30 * DAY;
    // More rows in one millisecond than two kinds and four symbols can tell apart.
    let rows =
        (0..200).map(|row| first_day + row * 3_600_000).chain(std::iter::repeat_n(first_day + 9 * DAY + 7, 3_000));
    let refused = || Fault::answering(CannedAnswer::text(403, "<html>forbidden</html>"));
    let sandbox = Sandbox::builder()
        .given_rows(GivenRows::new().force_orders(Product::Um, rows))
        .limits(Limits { weight: u32::MAX, ..Limits::default() })
        .faults([refused().path("/papi/v1/um/account").always()])
        .start()
        .await
        .expect("a sandbox");
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let out = folder.path().join("rows.jsonl");
    let (from, to) = (first_day.to_string(), (first_day + 20 * DAY).to_string());
    let base = ["--base-url", sandbox.base_url(), "--weight-limit", "100000000", "export", "um-force-orders"];
    let args = [&base[..], &["--from", &from, "--to", &to, "--out", out.to_str().expect("text")]].concat();
    let run = tokio::task::block_in_place(|| common::papi_as(DEMO_KEY, DEMO_SECRET, &args));
    run.expect(9, &["incomplete", &(first_day + 9 * DAY + 7).to_string(), "GET /papi/v1/um/account"]);
    // Not for minutes.
    assert!(sandbox.requests().count("GET", "/papi/v1/um/account") <= 3);
    let written = std::fs::read_to_string(&out).expect("an output");
    let crowded = format!(r#""time":{}"#, first_day + 9 * DAY + 7);
    assert_eq!(written.lines().filter(|line| !line.contains(&crowded)).count(), 200);
}
