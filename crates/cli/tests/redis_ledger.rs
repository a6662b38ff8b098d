//! A shared ledger on a server, named on the command line, in a variable or in a profile. With a real server.

#![cfg(unix)]

mod common;
#[path = "../../../tests/promises/redis_budget/server.rs"]
#[allow(dead_code, reason = "the promises use the rest of it")]
mod server;

use common::{Run, command, finish};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};
use server::{Keeps, Server};
use std::path::Path;

const PASSWORD: &str = "hunter2";

struct Desk {
    server: Server,
    sandbox: Sandbox,
    folder: tempfile::TempDir,
}

impl Desk {
    async fn start() -> Option<Self> {
        let server = Server::start(Keeps::Nothing)?;
        let folder = tempfile::tempdir().expect("a folder");
        Some(Self { server, sandbox: Sandbox::builder().start().await.expect("a free port"), folder })
    }

    fn papi(&self, args: &[&str], variables: &[(&str, &str)]) -> Run {
        let mut papi = command(args);
        papi.env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
        papi.env("PAPI_BASE_URL", self.sandbox.base_url()).envs(variables.iter().copied());
        let run = finish(papi);
        assert!(!format!("{run:?}").contains(PASSWORD), "{run:?}");
        run
    }

    fn profile(&self, password: &str) -> String {
        let config = self.folder.path().join("config.toml");
        let url = self.server.url("nat", "a");
        let text =
            format!("default_profile = \"main\"\n[profile.main]\nledger = \"{url}\"\nledger_password = {password}\n");
        write_mine(&config, &text);
        config.to_str().expect("text").to_owned()
    }
}

fn write_mine(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, text).expect("written");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("our file");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn runs_on_many_hosts_share_the_limits() {
    let Some(desk) = Desk::start().await else { return };
    let url = desk.server.url("nat", "a");
    let said = "reads wait for 60 s at most";
    desk.papi(&["um", "force-orders", "--ledger", &url, "--timeout", "1"], &[]).expect(5, &["throttled", said]);
    let other = desk.server.url("nat", "b");
    desk.papi(&["um", "force-orders", "--timeout", "1"], &[("PAPI_LEDGER", &other)]).expect(5, &["throttled"]);
    desk.papi(&["call", "DELETE", "um/allOpenOrders", "symbol=BTCUSDT", "--yes", "--ledger", &other], &[])
        .expect(0, &[]);
    let unnamed = url.replace("exit=nat&", "");
    let said = "give all hosts behind one IP address one name";
    desk.papi(&["um", "force-orders", "--ledger", &unnamed, "--timeout", "1"], &[]).expect(5, &[said]);

    let doctor = desk.papi(&["doctor", "--ledger", &url, "--format", "json"], &[]).expect(0, &[]);
    let told: serde_json::Value = serde_json::from_str(&doctor.stdout).expect("JSON");
    let ledger = &told["ledger"];
    assert_eq!((&ledger["exit"], &ledger["weight"]["used"]), (&"nat".into(), &4_801.into()), "{told:#}");
    assert_eq!(ledger["weight"]["hosts"], serde_json::json!(["a", "b"]));
    let finding = told["findings"].as_array().expect("a list").iter().find(|finding| finding["check"] == "ledger");
    assert_eq!(finding.expect("one of the ledger")["verdict"], "ok", "{told:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_password_comes_from_where_the_variable_or_the_profile_says() {
    let Some(desk) = Desk::start().await else { return };
    assert_eq!(desk.server.command(&format!("CONFIG SET requirepass {PASSWORD}")), "+OK");
    let url = desk.server.url("nat", "a");
    let refused = ["cannot be used", "it refuses the password"];
    desk.papi(&["um", "force-orders", "--ledger", &url], &[]).expect(2, &refused);
    let right = [("PAPI_LEDGER_PASSWORD", PASSWORD)];
    desk.papi(&["um", "force-orders", "--ledger", &url, "--timeout", "1"], &right).expect(5, &["throttled"]);
    let doctor = desk.papi(&["doctor", "--ledger", &url], &[]).expect(2, &[]);
    assert!(doctor.stdout.contains("problem  ledger"), "{doctor:?}");

    write_mine(&desk.folder.path().join("password"), PASSWORD);
    for source in ["{ file = \"password\" }", "{ command = [\"cat\", \"password\"] }", "{ env = \"DESK_PASSWORD\" }"] {
        let source =
            source.replace("\"cat\", \"password\"", &format!("\"cat\", \"{}/password\"", desk.folder.path().display()));
        let config = desk.profile(&source);
        let variables = [("PAPI_CONFIG", config.as_str()), ("DESK_PASSWORD", PASSWORD)];
        let doctor = desk.papi(&["doctor"], &variables).expect(0, &[]);
        assert!(doctor.stdout.contains("Exit nat: "), "{source}: {doctor:?}");
        let shown = desk.papi(&["profile", "show", "main", "--format", "csv"], &variables).expect(0, &[]);
        assert!(shown.stdout.contains(&url) && shown.stdout.contains("ledger_password"), "{source}: {shown:?}");
        // What stands in a profile is for its own server.
        let other = [&variables[..], &[("PAPI_LEDGER", url.as_str())]].concat();
        desk.papi(&["um", "force-orders", "--timeout", "1"], &other).expect(2, &refused);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_password_in_an_address_is_refused_with_a_hint() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    let url = format!("redis://:{PASSWORD}@127.0.0.1/0?exit=nat");
    let hint = ["has a password in it", "PAPI_LEDGER_PASSWORD", "ledger_password = "];
    let asked = |args: &[&str], variables: &[(&str, &str)]| {
        let mut papi = command(&[&["um", "force-orders", "--base-url", "http://127.0.0.1:1"], args].concat());
        papi.envs(variables.iter().copied());
        let run = finish(papi).expect(2, &hint);
        assert!(!format!("{run:?}").contains(PASSWORD), "{run:?}");
    };
    asked(&["--ledger", &url], &[]);
    asked(&[], &[("PAPI_LEDGER", &url)]);
    write_mine(&config, &format!("[profile.main]\nledger = \"{url}\"\n"));
    asked(&["--profile", "main"], &[("PAPI_CONFIG", config.to_str().expect("text"))]);
}
