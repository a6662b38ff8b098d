//! Every kind of key signs what the exchange verifies with the public half alone, whatever is in the query.

use binance_papi::{Access, Client, Credentials, Effect, Error, ErrorCode, KeyType, Method, RawCall, um};
use papi_sandbox::rows::GivenRows;
use papi_sandbox::{DEMO_KEY, Sandbox, StartError};

macro_rules! test_key {
    ($file:literal) => {
        include_str!(concat!("../../crates/runtime/tests/test_keys/", $file))
    };
}

/// Symbols with characters that a query has to encode. Only the first is one that the sandbox trades by itself.
const AWKWARD: [&str; 4] = ["币安人生USDT", "A+B", "a/b=c&d", "10 %"];

/// A sandbox that verifies with a public key, and knows the awkward symbols.
async fn sandbox(public: &str) -> Sandbox {
    let income = AWKWARD.map(|name| format!(r#"{{"symbol":"{name}","time":1790000000000}}"#));
    let given = GivenRows::new().rows("/papi/v1/um/income", income).expect("rows of a history");
    Sandbox::builder().public_key(public).given_rows(given).start().await.expect("a loopback port")
}

/// A client of it that signs with a private key.
fn client(sandbox: &Sandbox, private: &str, passphrase: Option<&str>) -> Client {
    let credentials = Credentials::with_private_key(DEMO_KEY, private, passphrase).expect("a private key");
    Client::builder().base_url(sandbox.base_url()).credentials(credentials).build().expect("a client")
}

#[tokio::test]
async fn rsa_and_ed25519_signatures_are_accepted() {
    let (rsa, ed25519) = (test_key!("rsa_2048.public.pem"), test_key!("ed25519.public.pem"));
    for (public, private, passphrase) in [
        (rsa, test_key!("rsa_2048.pem"), None),
        (rsa, test_key!("rsa_2048_aes256.pem"), Some("worthless")),
        (test_key!("rsa_4096.public.pem"), test_key!("rsa_4096.pem"), None),
        (ed25519, test_key!("ed25519.pem"), None),
        (ed25519, test_key!("ed25519_v2.pem"), None),
        (ed25519, test_key!("ed25519_scrypt.pem"), Some("worthless")),
    ] {
        let sandbox = sandbox(public).await;
        let client = client(&sandbox, private, passphrase);
        client.send(&um::ForceOrders::new().symbol("BTCUSDT")).await.expect("accepted");
        // A signature has characters to be encoded in most calls, and each of these has another.
        for name in AWKWARD {
            let call = RawCall::new(Method::Get, "/papi/v1/um/forceOrders").param("symbol", name);
            client.send_raw(&call.access(Access::UserData).effect(Effect::Read)).await.expect("accepted");
        }
    }
}

#[tokio::test]
async fn another_key_is_refused_as_a_bad_signature() {
    let sandbox = sandbox(test_key!("ed25519.public.pem")).await;
    let refused = |client: Client| async move { client.send(&um::ForceOrders::new()).await.expect_err("refused") };
    for private in [test_key!("rfc8032.pem"), test_key!("rsa_2048.pem")] {
        let error: Error = refused(client(&sandbox, private, None)).await;
        assert_eq!((error.status(), error.code()), (Some(400), Some(ErrorCode::INVALID_SIGNATURE)), "{error}");
    }
    let secret = Credentials::new(DEMO_KEY, papi_sandbox::DEMO_SECRET).expect("plain text");
    let client = Client::builder().base_url(sandbox.base_url()).credentials(secret).build().expect("a client");
    assert_eq!(refused(client).await.code(), Some(ErrorCode::INVALID_SIGNATURE));
}

#[tokio::test]
async fn a_private_key_is_no_public_key() {
    let error = Sandbox::builder().public_key(test_key!("ed25519.pem")).start().await.expect_err("no public key");
    assert!(matches!(error, StartError::PublicKey), "{error}");
}

#[test]
fn credentials_tell_the_kind_of_their_key_and_nothing_else() {
    for (private, key_type, printed) in [
        (test_key!("rsa_2048.pem"), KeyType::Rsa { bits: 2_048 }, "RSA, 2048 bits"),
        (test_key!("ed25519.pem"), KeyType::Ed25519, "Ed25519"),
    ] {
        let credentials = Credentials::with_private_key(DEMO_KEY, private, None).expect("a private key");
        assert_eq!((credentials.key_type(), key_type.to_string().as_str()), (key_type, printed));
        assert_eq!(format!("{credentials:?}"), format!("Credentials {{ key_type: {key_type:?}, .. }}"));
    }
    let secret = Credentials::new(DEMO_KEY, papi_sandbox::DEMO_SECRET).expect("plain text");
    assert_eq!((secret.key_type(), KeyType::Hmac.to_string().as_str()), (KeyType::Hmac, "HMAC"));
    assert_eq!(format!("{secret:?}"), "Credentials { key_type: Hmac, .. }");
}
