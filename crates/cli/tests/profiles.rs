//! Profiles: where a key comes from, what is said when it cannot be fetched, and which setting counts.

#![cfg(unix)]

mod common;

use common::{Run, SOME_KEY, SOME_SECRET, command, finish};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Sandbox};
use std::fmt::Write as _;
use std::fs::{Permissions, set_permissions, write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A secret that must never show; none of the form that is looked for.
const HIDDEN: &str = "hunter2";

/// A folder with a file of profiles.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new(config: &str) -> Self {
        let home = Self { folder: common::exchange::folder() };
        home.file("config.toml", config, 0o644);
        home
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file. `FOLDER` in it stands for this folder. Programs in it are run by `sh`: one that was just written may
    /// still be open in a process that another test has just forked, and could not be run itself.
    fn file(&self, name: &str, content: &str, mode: u32) {
        let path = self.path().join(name);
        write(&path, content.replace("FOLDER", self.path().to_str().expect("text"))).expect("written");
        set_permissions(path, Permissions::from_mode(mode)).expect("a file");
    }

    /// The program with this file of profiles, away from its folder.
    fn papi(&self, args: &[&str]) -> Command {
        let mut papi = command(args);
        papi.env("PAPI_CONFIG", self.path().join("config.toml"));
        papi
    }

    /// What a run said, without the names of folders.
    fn said(&self, run: &Run) -> String {
        run.stderr.replace(self.path().to_str().expect("text"), "FOLDER")
    }
}

/// The end of a file of profiles: where the parts of the key come from.
fn key_from(api_key: &str, signing: &str) -> String {
    format!("[profile.main.key]\napi_key = {api_key}\n{signing}\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_source_gives_a_key_that_signs() {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let rows = [
        key_from(r#"{ env = "MAIN_KEY" }"#, r#"api_secret = { env = "MAIN_SECRET" }"#),
        key_from(r#"{ file = "key" }"#, r#"api_secret = { file = "secret" }"#),
        key_from(
            r#"{ command = ["cat", "FOLDER/key"] }"#,
            r#"api_secret = { command = ["sh", "FOLDER/secret.sh"], timeout_seconds = 9 }"#,
        ),
        key_from(r#"{ env = "MAIN_KEY" }"#, r#"api_secret = { file = "secret" }"#),
    ];
    for key in rows {
        let home = Home::new("");
        home.file("key", &format!("{DEMO_KEY}\n"), 0o600);
        home.file("secret", &format!("{DEMO_SECRET}\r\n"), 0o400);
        home.file("secret.sh", &format!("echo {DEMO_SECRET}\n"), 0o600);
        home.file("config.toml", &format!("[profile.main]\nbase_url = \"{}\"\n{key}", sandbox.base_url()), 0o644);
        let mut papi = home.papi(&["--profile", "main", "um", "force-orders"]);
        papi.env("MAIN_KEY", DEMO_KEY).env("MAIN_SECRET", DEMO_SECRET);
        let run = finish(papi).expect(0, &[]);
        assert!(run.stdout.starts_with("[{"), "{key}: {run:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_key_and_its_passphrase_have_sources_of_their_own() {
    let key = include_str!("../../runtime/tests/test_keys/rsa_2048_aes256.pem");
    let public = include_str!("../../runtime/tests/test_keys/rsa_2048.public.pem");
    let sandbox = Sandbox::builder().public_key(public).start().await.expect("a sandbox");
    let signing =
        "private_key = { file = \"main.pem\" }\npassphrase = { command = [\"sh\", \"FOLDER/passphrase.sh\"] }";
    let home = Home::new(&format!("default_profile = \"main\"\n{}", key_from(r#"{ env = "MAIN_KEY" }"#, signing)));
    home.file("main.pem", key, 0o600);
    home.file("passphrase.sh", "echo worthless\n", 0o600);
    let mut papi = home.papi(&["um", "force-orders", "--base-url", sandbox.base_url()]);
    papi.env("MAIN_KEY", DEMO_KEY);
    finish(papi).expect(0, &[]);
    let mut check = home.papi(&["profile", "check", "--format", "json"]);
    check.env("MAIN_KEY", DEMO_KEY);
    let run = finish(check).expect(0, &["nothing was sent"]);
    assert!(run.stdout.contains(r#""keyType":"RSA, 2048 bits""#), "{run:?}");
}

/// What stands in the file, and what is said.
#[test]
fn a_key_that_cannot_be_fetched_is_told_and_never_shown() {
    let file = |name: &str| key_from(r#"{ env = "MAIN_KEY" }"#, &format!("api_secret = {{ file = \"{name}\" }}"));
    let program = |words: &str| key_from(r#"{ env = "MAIN_KEY" }"#, &format!("api_secret = {{ command = {words} }}"));
    let rows = [
        ("a variable that is not set", key_from(r#"{ env = "NO_SUCH" }"#, r#"api_secret = { env = "MAIN_KEY" }"#)),
        ("a file that others can read", file("open")),
        ("a file that is missing", file("missing.key")),
        ("a folder", file(".")),
        ("an empty file", file("empty")),
        ("a file of two lines", file("lines")),
        ("a file that is no text", file("binary")),
        ("a command that is not installed", program(r#"["no-such-program", "x"]"#)),
        ("a command that may not be run", program(r#"["./lines"]"#)),
        ("a command that fails", program(r#"["sh", "FOLDER/fails"]"#)),
        ("a command that fails in silence", program(r#"["false"]"#)),
        ("a command that prints nothing", program(r#"["true"]"#)),
        ("a command that takes too long", program(r#"["sleep", "60"], timeout_seconds = 1"#)),
        ("a command whose child takes too long", program(r#"["sh", "-c", "sleep 60 & exit 0"], timeout_seconds = 1"#)),
        ("a command that prints two lines", program(r#"["sh", "FOLDER/entry"]"#)),
        ("a key with a space", key_from(r#"{ env = "SPACED" }"#, r#"api_secret = { env = "SPACED" }"#)),
        (
            "a secret that is no private key",
            key_from(r#"{ env = "MAIN_KEY" }"#, r#"private_key = { file = "secret" }"#),
        ),
        ("no key", String::new()),
    ];
    let mut table = String::new();
    for (name, key) in rows {
        let home = Home::new(&format!("[profile.main]\n{key}"));
        home.file("open", HIDDEN, 0o640);
        home.file("secret", HIDDEN, 0o600);
        home.file("empty", "\n", 0o600);
        home.file("lines", &format!("{HIDDEN}\nuser: me\n"), 0o600);
        write(home.path().join("binary"), [0xff, 0xfe]).expect("written");
        set_permissions(home.path().join("binary"), Permissions::from_mode(0o600)).expect("a file");
        home.file("entry", &format!("echo {HIDDEN}\necho user: me\n"), 0o600);
        let stderr = format!("gpg: no secret key\\n{SOME_SECRET}");
        home.file("fails", &format!("echo {HIDDEN}\nprintf '{stderr}\\n' >&2\nexit 3\n"), 0o600);
        let mut said = Vec::new();
        // Both fetch the key, and say the same.
        for line in [&["profile", "check", "main"][..], &["--profile", "main", "um", "force-orders"]] {
            let mut papi = home.papi(&[line, &["--base-url", "http://127.0.0.1:1"]].concat());
            let run = finish({
                papi.env("MAIN_KEY", SOME_KEY).env("SPACED", format!("{HIDDEN} {HIDDEN}"));
                papi
            })
            .expect(2, &[]);
            assert!(run.stdout.is_empty() && !run.stderr.contains(HIDDEN), "{name}: {run:?}");
            said.push(home.said(&run));
        }
        assert_eq!(said[0], said[1], "{name}");
        writeln!(table, "## {name}\n{}", said[0]).expect("a string");
    }
    insta::assert_snapshot!(table);
}

#[test]
fn what_is_wrong_with_the_file_is_told_with_its_line() {
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab";
    let pem = include_str!("../../runtime/tests/test_keys/ed25519.pem");
    let text = |signing: &str| format!("[profile.main]\n{}", key_from(r#"{ env = "K" }"#, signing));
    let rows = [
        ("an unknown key", "[profile.main]\nbase_ulr = \"https://papi.binance.com\"\n".to_owned()),
        ("an unknown key without a likeness", "[profile.main]\n\nxyz = 1\n".to_owned()),
        ("an unknown table", "[profiles.main]\n".to_owned()),
        (
            "wrong types",
            "[profile.main]\nbase_url = 5\nlimits = { weight = \"3000\", orders = 0 }\ncolumns = []\n".to_owned(),
        ),
        ("an address without a scheme", "[profile.main]\nbase_url = \"papi.binance.com\"\n".to_owned()),
        ("an address with a password", format!("[profile.main]\nbase_url = \"https://me:{HIDDEN}@host\"\n")),
        ("columns of nothing", "[profile.main]\ncolumns = { \"um force-order\" = [\"time\"] }\n".to_owned()),
        ("no syntax", format!("[profile.main]\nledger = {HIDDEN}\n")),
        ("the same twice", "[profile.main]\nledger = \"a\"\nledger = \"b\"\n".to_owned()),
        ("an open text", format!("[profile.main]\nledger = \"{HIDDEN}\n")),
        ("an empty name", "[profile.\"\"]\n".to_owned()),
        ("a name with a space", "[profile.\"my own\"]\n".to_owned()),
        ("a default that is missing", "default_profile = \"mian\"\n[profile.main]\n".to_owned()),
        ("an API key alone", text("")),
        ("two things that sign", text("api_secret = { env = \"S\" }\nprivate_key = { env = \"P\" }")),
        ("a passphrase for nothing", text("api_secret = { env = \"S\" }\npassphrase = { env = \"P\" }")),
        ("no source", text("api_secret = {}")),
        ("two sources", text("api_secret = { env = \"S\", file = \"s\" }")),
        ("a time for a file", text("api_secret = { file = \"s\", timeout_seconds = 3 }")),
        ("a time that is too long", text("api_secret = { command = [\"x\"], timeout_seconds = 601 }")),
        ("a command in one text", text("api_secret = { command = \"pass show papi\" }")),
        ("an unknown source", text("api_secret = { comand = [\"pass\"] }")),
        ("a secret", text(&format!("api_secret = \"{HIDDEN}\""))),
        ("a secret as a variable", text(&format!("api_secret = {{ env = \"{letters}\" }}"))),
        ("a passphrase as a variable", text(&format!("api_secret = {{ env = \"{HIDDEN} {HIDDEN}\" }}"))),
        ("a secret as a file", text(&format!("api_secret = {{ file = \"{letters}\" }}"))),
        ("a secret as a command", text(&format!("api_secret = {{ command = [\"sh\", \"-c\", \"echo {letters}\"] }}"))),
        ("a short secret as a command", text(&format!("api_secret = {{ command = [\"echo\", \"{HIDDEN}\"] }}"))),
        ("a PEM as a file", text(&format!("private_key = {{ file = '''{pem}''' }}"))),
        ("a secret as a ledger", format!("[profile.main]\nledger = \"{letters}\"\n")),
        ("a password for a ledger", format!("[profile.main]\nledger = \"redis://:{HIDDEN}@10.0.0.7\"\n")),
        ("no such server", format!("[profile.main]\nledger = \"redis://10.0.0.7?pass={HIDDEN}\"\n")),
        ("a password for a file", "[profile.main]\nledger = \"a\"\nledger_password = { env = \"P\" }\n".to_owned()),
        ("a secret as a key", format!("[profile.main]\n{letters} = 1\n")),
        ("a secret as a line", format!("{letters}\n")),
        ("a secret as a name", format!("[profile.{letters}]\n")),
        ("a secret as a column", format!("[profile.main]\ncolumns = {{ \"um trades\" = [\"{letters}\"] }}\n")),
    ];
    let mut table = String::new();
    for (name, config) in rows {
        let home = Home::new(&config);
        let run = finish(home.papi(&["profile", "list"])).expect(2, &["line "]);
        let printed = format!("{}{}", run.stdout, run.stderr);
        for secret in [HIDDEN, &letters[3..20], "MC4CAQAw"] {
            assert!(!printed.contains(secret), "{name} prints a secret: {run:?}");
        }
        assert!(run.stdout.is_empty(), "{name}: {run:?}");
        writeln!(table, "## {name}\n{}", home.said(&run)).expect("a string");
        // Nothing is sent with settings that are not understood, whichever command it is.
        for line in [&["um", "force-orders"][..], &["--sandbox", "um", "force-orders"], &["doctor"]] {
            finish(home.papi(line)).expect(2, &["line "]);
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_profile_or_file_that_is_not_there_is_told() {
    let home = Home::new("[profile.main]\n[profile.alt]\n");
    let show = ["profile", "show"];
    finish(home.papi(&["profile", "show", "mian"]))
        .expect(2, &["config.toml has no profile `mian`", "did you mean `main`?"]);
    finish(home.papi(&["--profile", "", "doctor"])).expect(2, &["the name of the profile is empty"]);
    let with = |name: &str, value: &str| {
        let mut papi = home.papi(&show);
        papi.env(name, value);
        finish(papi)
    };
    with("PAPI_PROFILE", "mian").expect(2, &["did you mean `main`?", "PAPI_PROFILE names it"]);
    with("PAPI_PROFILE", "").expect(2, &["the name of the profile is empty"]);
    with("PAPI_CONFIG", "").expect(2, &["PAPI_CONFIG is empty"]);
    let missing = home.path().join("none.toml");
    with("PAPI_CONFIG", missing.to_str().expect("text")).expect(2, &["none.toml, does not exist"]);
    home.file("config.toml", "[profile.main]\n", 0o646);
    finish(home.papi(&show)).expect(2, &["can be written by everyone", "chmod"]);
}

#[test]
fn without_a_home_or_a_file_everything_else_works() {
    finish(command(&["profile", "list"])).expect(0, &["no profiles: HOME is not set"]);
    finish(command(&["--sandbox", "um", "force-orders"])).expect(0, &[]);
    finish(command(&["--profile", "main", "um", "force-orders"])).expect(2, &["set HOME or XDG_CONFIG_HOME"]);
    let home = Home::new("");
    let in_home = |args: &[&str]| {
        let mut papi = command(args);
        papi.env("HOME", home.path());
        finish(papi)
    };
    in_home(&["profile", "list"]).expect(0, &[".config/papi/config.toml does not exist"]);
    std::fs::create_dir_all(home.path().join(".config/papi")).expect("a folder");
    home.file(".config/papi/config.toml", "[profile.main]\n", 0o644);
    let run = in_home(&["profile", "list", "--format", "csv"]).expect(0, &[]);
    assert_eq!(run.stdout, "profile,default,base_url,key\nmain,false,https://papi.binance.com,\n");
}

#[test]
fn show_tells_what_decided_each_setting_and_nothing_secret() {
    let key = key_from(r#"{ env = "MAIN_KEY" }"#, r#"api_secret = { command = ["pass", "hunter2"] }"#);
    let home = Home::new(&format!(
        "default_profile = \"main\"\n[profile.main]\nbase_url = \"https://of.profile\"\nledger = \"ledger\"\nlimits.weight = 3000\n\
         columns = {{ \"um force-orders\" = [\"time\", \"symbol\"] }}\n{key}"
    ));
    let mut table = String::new();
    let rows: [(&[&str], Variables<'_>); 4] = [
        (&[], &[]),
        (&["--weight-limit", "7", "--base-url", "https://of.argument"], &[("PAPI_BASE_URL", "https://of.variable")]),
        (&[], &[("BINANCE_API_KEY", SOME_KEY), ("BINANCE_API_SECRET", HIDDEN), ("PAPI_LEDGER", HIDDEN)]),
        (&["--sandbox"], &[("BINANCE_API_KEY", SOME_KEY)]),
    ];
    for (args, variables) in rows {
        let mut papi = home.papi(&[&["profile", "show", "--format", "table"], args].concat());
        papi.envs(variables.iter().copied()).env("MAIN_KEY", SOME_KEY);
        let run = finish(papi).expect(0, &[]);
        assert!(!run.stdout.contains(HIDDEN) && !run.stdout.contains(SOME_KEY), "{run:?}");
        let names: Vec<_> = variables.iter().map(|(name, _)| *name).collect();
        let shown = run.stdout.replace(home.path().to_str().expect("text"), "FOLDER");
        // Columns are as wide as the name of the folder.
        let shown: String = shown.lines().map(|line| words(line) + "\n").collect();
        writeln!(table, "## {} {}\n{shown}", args.join(" "), names.join(" ")).expect("a string");
    }
    insta::assert_snapshot!(table);
}

/// Variables and their values.
type Variables<'a> = &'a [(&'a str, &'a str)];

/// The cells of a line.
fn words(line: &str) -> String {
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ")
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_in_the_environment_wins_and_is_told() {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let key = key_from(r#"{ env = "MAIN_KEY" }"#, r#"api_secret = { command = ["false"] }"#);
    let home = Home::new(&format!("[profile.main]\nbase_url = \"{}\"\n{key}", sandbox.base_url()));
    let with = |args: &[&str], variables: &[(&str, &str)]| {
        let mut papi = home.papi(&[&["--profile", "main"], args].concat());
        papi.envs(variables.iter().copied());
        finish(papi)
    };
    let said = "BINANCE_API_KEY is set, so the key is that of the environment and not that of profile main";
    let whole = [("BINANCE_API_KEY", DEMO_KEY), ("BINANCE_API_SECRET", DEMO_SECRET)];
    with(&["um", "force-orders"], &whole).expect(0, &[said]);
    with(&["um", "force-orders"], &whole[..1]).expect(2, &["but neither BINANCE_API_SECRET nor", said]);
    let run = with(&["doctor"], &whole).expect(0, &[]);
    assert!(run.stdout.starts_with("warning  profile  main (from --profile), of "), "{run:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_which_profile_and_source_it_used() {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let home = Home::new("");
    let doctor = |secret: &str, secret_of_file: &str| {
        home.file("secret", secret_of_file, 0o600);
        let key = key_from(r#"{ env = "MAIN_KEY" }"#, &format!("api_secret = {secret}"));
        home.file("config.toml", &format!("[profile.main]\nbase_url = \"{}\"\n{key}", sandbox.base_url()), 0o644);
        let mut papi = home.papi(&["doctor"]);
        papi.env("PAPI_PROFILE", "main").env("MAIN_KEY", DEMO_KEY);
        let run = finish(papi);
        Run { stdout: run.stdout.split_whitespace().collect::<Vec<_>>().join(" "), ..run }
    };
    let well = doctor(r#"{ file = "secret" }"#, DEMO_SECRET).expect(0, &[]);
    for said in [
        "ok profile main (from PAPI_PROFILE), of ",
        "Its key: api_key from the variable MAIN_KEY, api_secret from the file ",
    ] {
        assert!(well.stdout.contains(said), "{well:?}");
    }
    let short = doctor(r#"{ file = "secret" }"#, HIDDEN).expect(4, &[]);
    assert!(
        short.stdout.contains("api_secret of profile main does not look like a secret: it has 7 characters"),
        "{short:?}"
    );
    let failing = doctor(r#"{ command = ["false"] }"#, "").expect(2, &[]);
    assert!(
        failing.stdout.contains("problem key The key cannot be used: api_secret of profile main: the command"),
        "{failing:?}"
    );
    assert!(!short.stdout.contains(HIDDEN), "{short:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_ledger_of_a_profile_hold() {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let home = Home::new(&format!(
        "[profile.main]\nbase_url = \"{}\"\nledger = \"ledger\"\nlimits = {{ weight = 3 }}\n{}",
        sandbox.base_url(),
        key_from(r#"{ env = "MAIN_KEY" }"#, r#"api_secret = { env = "MAIN_SECRET" }"#)
    ));
    let with = |args: &[&str]| {
        let mut papi = home.papi(&[args, &["--profile", "main"]].concat());
        papi.env("MAIN_KEY", DEMO_KEY).env("MAIN_SECRET", DEMO_SECRET);
        finish(papi)
    };
    with(&["um", "force-orders"]).expect(2, &["more than the limits of 3 and 1200"]);
    assert!(home.path().join("ledger").exists());
    with(&["um", "force-orders", "--weight-limit", "6000"]).expect(0, &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_that_asks_what_became_of_an_order_names_the_profile() {
    let lost = papi_sandbox::Fault::new(papi_sandbox::FaultKind::Lost).method("POST");
    let sandbox = Sandbox::builder().faults([lost]).start().await.expect("a sandbox");
    let home = Home::new(&format!(
        "[profile.main]\nbase_url = \"{}\"\n{}",
        sandbox.base_url(),
        key_from(r#"{ env = "MAIN_KEY" }"#, r#"api_secret = { env = "MAIN_SECRET" }"#)
    ));
    let order = ["um", "new-order", "--symbol", "BTCUSDT", "--side", "BUY", "--type", "MARKET", "--quantity", "1"];
    let mut papi = home.papi(&[&["--profile", "main"], &order[..]].concat());
    papi.env("MAIN_KEY", DEMO_KEY).env("MAIN_SECRET", DEMO_SECRET);
    finish(papi).expect(6, &["papi settle ", " --profile main"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_of_the_account_of_the_profile() {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let home = Home::new(&format!(
        "[profile.main]\nbase_url = \"{}\"\n{}",
        sandbox.base_url(),
        key_from(r#"{ env = "MAIN_KEY" }"#, r#"api_secret = { env = "MAIN_SECRET" }"#)
    ));
    let out = home.path().join("out.csv");
    let line = ["export", "um-force-orders", "--from", "2d", "--to", "1d", "--out", out.to_str().expect("text")];
    let mut by_profile = home.papi(&[&["--profile", "main"], &line[..]].concat());
    by_profile.env("MAIN_KEY", DEMO_KEY).env("MAIN_SECRET", DEMO_SECRET);
    finish(by_profile).expect(0, &[]);
    // The same account, named another way: the same fingerprint.
    let mut by_variables = command(&[&["--base-url", sandbox.base_url()], &line[..]].concat());
    by_variables.env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_API_SECRET", DEMO_SECRET);
    finish(by_variables).expect(0, &[]);
}
