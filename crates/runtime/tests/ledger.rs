//! A shared ledger that cannot be used is an error when the client is built, and a notice when it fails later.

mod support;

use papi_runtime::{Client, Error};
use papi_types::market;
use std::path::Path;
use std::sync::{Arc, Mutex};
use support::{builder, http, server};

fn build(path: impl AsRef<Path>) -> Result<Client, Error> {
    builder("http://127.0.0.1:9").shared_ledger(path.as_ref()).build()
}

/// Why a path is refused, with all causes.
fn refused(path: impl AsRef<Path>) -> String {
    let error = build(path).expect_err("it cannot be used");
    assert!(error.is_invalid() && error.attempts() == 0, "{error}");
    papi_runtime::with_causes(&error)
}

#[test]
fn what_cannot_be_a_ledger_is_an_error_when_the_client_is_built() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let said = refused(folder.path());
    assert!(said.contains(&*folder.path().to_string_lossy()) && said.contains("it is not a file"), "{said}");
    let said = refused(at("missing/ledger"));
    assert!(said.contains("missing/ledger") && said.contains("its folder does not exist"), "{said}");
    assert!(!at("missing").exists());
    for foreign in ["something else", "papi-ledger 2 0000000000000000 00000000 0000000000000000\n"] {
        std::fs::write(at("foreign"), foreign).expect("room on the disk");
        let said = refused(at("foreign"));
        assert!(said.contains("foreign") && said.contains("it is no ledger"), "{said}");
        assert_eq!(std::fs::read_to_string(at("foreign")).expect("a file"), foreign);
    }
    assert!(refused(at("foreign").join("ledger")).contains("cannot be used"));
    assert!(refused("").contains("cannot be used"));
}

#[cfg(unix)]
#[test]
fn neither_a_pipe_nor_a_device_nor_what_may_not_be_written_is_a_ledger() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    for path in [&*pipe, Path::new("/dev/null"), Path::new("/dev/zero")] {
        let said = refused(path);
        assert!(said.contains("it is not a file"), "{said}");
    }
    let ledger = folder.path().join("ledger");
    std::fs::write(&ledger, "").expect("room on the disk");
    std::fs::set_permissions(&ledger, std::fs::Permissions::from_mode(0o000)).expect("our file");
    // Some users may do everything.
    if std::fs::File::open(&ledger).is_err() {
        let said = refused(&ledger);
        assert!(said.contains("ermission denied"), "{said}");
    }
}

#[test]
fn what_may_be_a_secret_becomes_no_file_and_no_message() {
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab";
    let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----";
    let with_slashes = format!("{}/{}", &letters[..20], &letters[20..]);
    for secret in [letters, pem, &with_slashes, "http://user:hunter2@10.0.0.1:3128"] {
        let said = refused(secret);
        assert!(!said.contains(secret) && !said.contains("hunter2") && !said.contains(&letters[..10]), "{said}");
        assert!(!Path::new(secret).exists());
    }
}

#[test]
fn a_ledger_that_another_process_holds_can_be_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("ledger");
    build(&ledger).expect("a new one");
    let held = std::fs::File::open(&ledger).expect("a file");
    held.lock().expect("nobody has it");
    build(&ledger).expect("one that is used");
}

#[tokio::test]
async fn one_that_fails_later_costs_one_notice_and_the_sharing() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("inner/ledger");
    std::fs::create_dir(ledger.parent().expect("inner")).expect("room on the disk");
    let (client, _) = server(&http("200 OK", "", "{}")).await;
    let notices = Arc::new(Mutex::new(Vec::new()));
    let told = notices.clone();
    let sharing = builder(client.base_url()).shared_ledger(&ledger);
    let sharing = sharing.on_notice(move |notice| told.lock().expect("not poisoned").push(notice.to_string()));
    let sharing = sharing.build().expect("a client");
    sharing.send(&market::Ping::new()).await.expect("answered");
    std::fs::remove_dir_all(ledger.parent().expect("inner")).expect("ours");
    for _ in 0..2 {
        sharing.send(&market::Ping::new()).await.expect("answered");
    }
    let notices = notices.lock().expect("not poisoned").clone();
    assert!(notices.len() == 1 && notices[0].contains("budget of its own"), "{notices:?}");
}
