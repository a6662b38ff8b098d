//! A file of intents that cannot be used, is damaged, belongs to another process, or is on a full disk.

use super::{Desk, builder, order, patience, run, sender, settlements};
use binance_papi::intents::Finding;
use binance_papi::{ErrorKind, Notice};
use papi_sandbox::{Fault, FaultKind};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

#[tokio::test]
async fn a_file_that_cannot_be_used_is_an_error_when_the_client_is_built() {
    let desk = Desk::with([]).await;
    let other = desk.folder.path().join("notes.txt");
    std::fs::write(&other, "buy milk\n").expect("room");
    let _owner = desk.client();
    let missing = desk.folder.path().join("missing/intents");
    let reasons = [
        (desk.path(), format!("it belongs to another client of this process ({})", std::process::id())),
        (other, "it holds something else than intents".to_owned()),
        (desk.folder.path().to_owned(), "it is not a file".to_owned()),
        (missing, "its folder does not exist".to_owned()),
    ];
    for (path, reason) in reasons {
        let error = builder(desk.sandbox.base_url(), &path).build().expect_err("no file of intents");
        assert_eq!(error.kind(), ErrorKind::Invalid);
        let text = error.to_string();
        assert!(text.contains("the file of intents") && text.contains(&reason), "{text}");
    }
}

#[tokio::test]
async fn a_torn_end_and_damage_are_said_and_cost_nothing_else() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST").times(3)]).await;
    let client = desk.client();
    for id in ["first", "second", "third"] {
        client.send(&order(id)).await.expect_err("the answer is lost");
    }
    drop(client);
    let damaged = desk.text().replace("newClientOrderId=second", "newClientOrderId=sec*nd");
    std::fs::write(desk.path(), format!("{damaged}{}", &damaged[..50])).expect("room");
    let notices = Arc::new(Mutex::new(Vec::new()));
    let told = notices.clone();
    let tell = move |notice: &Notice| told.lock().unwrap_or_else(PoisonError::into_inner).push(notice.clone());
    let client = desk.builder().on_notice(tell).build().expect("a client");
    let findings: Vec<_> = notices
        .lock()
        .expect("no panic")
        .iter()
        .map(|notice| match notice {
            Notice::Intents { finding, .. } => {
                assert!(notice.to_string().contains(&finding.to_string()));
                finding.clone()
            }
            other => panic!("{other}"),
        })
        .collect();
    assert!(
        matches!(&findings[..], [Finding::TornTail { .. }, Finding::Damaged { lines: 1, text }] if text.contains("sec*nd")),
        "{findings:?}"
    );
    assert_eq!(settlements(&client.settle_all(patience()).await.expect("answers")), ["accepted", "accepted"]);
    assert!(desk.text().starts_with(&damaged), "what is damaged stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_is_refused_and_told_whose_the_file_is() {
    let desk = Desk::with([]).await;
    let _owner = desk.client();
    let refused = run(sender(desk.sandbox.base_url(), desk.folder.path(), 1, 1)).await;
    let text = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(text.contains(&format!("it belongs to process {}", std::process::id())), "{text}");
    assert_eq!(desk.sandbox.requests().total(), 0);
}

/// A disk that takes nothing more, for this process: what is there can be listed and asked for, and nothing is sent.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_what_is_there_is_settled_and_nothing_leaves() {
    let desk = Desk::with([Fault::new(FaultKind::Lost).method("POST").client_order_id("mine")]).await;
    desk.client().send(&order("mine")).await.expect_err("the answer is lost");
    let (base_url, folder) = (desk.sandbox.base_url(), desk.folder.path());
    std::os::unix::fs::symlink("/dev/null", folder.join("started")).expect("a link");
    let mut full = Command::new("sh");
    // No file may grow, and that is an error of writing instead of the end of the process.
    full.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]);
    let program = env!("CARGO_BIN_EXE_sends_durable_orders");
    full.args([program, base_url, &folder.display().to_string(), "0", "0"]);
    let output = run(full).await;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("not sent: its intent cannot be written to"), "{text}");
    let requests = desk.sandbox.requests();
    assert!(requests.seen().any(|seen| seen.query().contains("origClientOrderId=mine")), "it was asked for");
    let executions = desk.sandbox.executions();
    assert_eq!(executions.into_keys().collect::<Vec<_>>(), ["mine"]);
}
