//! Private keys from the environment: what signs, and what is said when it cannot.

mod common;

use common::{SOME_SECRET, command, finish};
use papi_sandbox::{DEMO_KEY, Sandbox};

const PUBLIC: &str = include_str!("../../runtime/tests/test_keys/rsa_2048.public.pem");

fn test_key(file: &str) -> String {
    format!("{}/../runtime/tests/test_keys/{file}", env!("CARGO_MANIFEST_DIR"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_key_signs_from_a_file_and_from_a_variable() {
    let sandbox = Sandbox::builder().public_key(PUBLIC).start().await.expect("a free port");
    let pem = std::fs::read_to_string(test_key("rsa_2048.pem")).expect("a fixture").replace('\n', "\\n");
    for (key, passphrase) in [(test_key("rsa_2048_aes256.pem"), "worthless"), (pem, "")] {
        let mut papi = command(&["um", "force-orders", "--format", "json", "--base-url", sandbox.base_url()]);
        papi.env("BINANCE_API_KEY", DEMO_KEY).env("BINANCE_PRIVATE_KEY", key);
        papi.env("BINANCE_PRIVATE_KEY_PASSPHRASE", passphrase);
        finish(papi).expect(0, &[]);
    }
}

#[test]
fn what_is_wrong_with_a_private_key_is_said_before_sending() {
    let run = |variables: &[(&str, &str)]| {
        let mut papi = command(&["um", "force-orders", "--base-url", "http://127.0.0.1:1"]);
        papi.env("BINANCE_API_KEY", DEMO_KEY).envs(variables.iter().copied());
        finish(papi)
    };
    let file = test_key("rsa_2048_aes256.pem");
    run(&[("BINANCE_PRIVATE_KEY", &file)]).expect(2, &[&file, "give its passphrase"]);
    let wrong = [("BINANCE_PRIVATE_KEY", file.as_str()), ("BINANCE_PRIVATE_KEY_PASSPHRASE", "seven words")];
    let run_with_wrong = run(&wrong).expect(2, &["does not open"]);
    assert!(!run_with_wrong.stderr.contains("seven words"), "{run_with_wrong:?}");
    run(&[("BINANCE_PRIVATE_KEY", &file), ("BINANCE_API_SECRET", SOME_SECRET)]).expect(2, &["are both set"]);
    run(&[("BINANCE_PRIVATE_KEY", "no/such.pem")]).expect(2, &["no/such.pem: No such file"]);
}
