//! Every cause as it really comes out of the client, from servers on this machine.

use super::*;
use binance_papi::{Call, Client, market};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

const KEY: &[u8] = include_bytes!("../../../../../runtime/tests/test_keys/rsa_2048.pem");
const OF_ANOTHER_HOST: &[u8] = include_bytes!("../../../../tests/test_certificates/elsewhere.pem");
const OF_THE_PAST: &[u8] = include_bytes!("../../../../tests/test_certificates/past.pem");

/// Which certificates the client trusts beside the usual ones.
enum Trust<'a> {
    Usual,
    Also(&'a [u8]),
}

async fn cause_at(base_url: &str, trust: Trust<'_>) -> Cause {
    let second = Duration::from_secs(1);
    let call = Call { attempts: 1, attempt_timeout: second, deadline: second, ..Call::default() };
    let mut builder = Client::builder().base_url(base_url).defaults(call).trust_clock();
    if let Trust::Also(pem) = trust {
        builder = builder.root_certificates(pem);
    }
    let client = builder.build().expect("an address");
    Cause::of(&client.send(&market::Ping::new()).await.expect_err("trouble"))
}

/// A server that lets `serve` deal with each connection; its port.
fn server(serve: impl Fn(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    // It ends with the test.
    thread::spawn(move || listener.incoming().flatten().for_each(serve));
    port
}

/// A server that sends this to every client, and closes.
fn sending(text: String) -> u16 {
    server(move |mut stream| {
        let _ = stream.read(&mut [0; 4_096]);
        let _ = stream.write_all(text.as_bytes());
    })
}

fn answering(status: &str, headers: &str, body: &str) -> u16 {
    sending(format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()))
}

/// A server that speaks TLS with this certificate as far as the client lets it.
fn with_certificate(pem: &[u8]) -> u16 {
    let certificate = CertificateDer::from_pem_slice(pem).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("a key");
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(vec![certificate], key))
        .map(Arc::new)
        .expect("settings");
    server(move |stream| {
        let connection = rustls::ServerConnection::new(config.clone()).expect("a connection");
        let _ = rustls::StreamOwned::new(connection, stream).read(&mut [0; 4_096]);
    })
}

#[tokio::test]
async fn what_stands_in_the_way_of_a_connection_is_told_apart() {
    let closed_port = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("bound").port();
    let plain = answering("400 Bad Request", "", "");
    let at = |port: u16| format!("https://127.0.0.1:{port}");
    for (base_url, trust, failure) in [
        (at(closed_port), Trust::Usual, ConnectError::Refused),
        (at(plain), Trust::Usual, ConnectError::NotTls),
        (at(with_certificate(OF_ANOTHER_HOST)), Trust::Usual, ConnectError::UnknownIssuer),
        (at(with_certificate(OF_ANOTHER_HOST)), Trust::Also(OF_ANOTHER_HOST), ConnectError::OtherName),
        (at(with_certificate(OF_THE_PAST)), Trust::Also(OF_THE_PAST), ConnectError::NotValidNow),
    ] {
        assert_eq!(cause_at(&base_url, trust).await, Cause::NoConnection(failure), "{base_url}");
    }
}

#[tokio::test]
async fn a_connection_without_an_answer_is_not_taken_for_no_connection() {
    // Says nothing for longer than the client waits.
    let silent = server(|mut stream| while stream.read(&mut [0; 4_096]).is_ok_and(|count| count > 0) {});
    for (port, cause) in [
        (silent, Cause::NoAnswer),
        (sending(String::new()), Cause::Broken),
        (sending("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_owned()), Cause::Broken),
        (sending("no HTTP\r\n\r\n".to_owned()), Cause::Broken),
    ] {
        assert_eq!(cause_at(&format!("http://127.0.0.1:{port}"), Trust::Usual).await, cause);
    }
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_told_apart() {
    /// Knows no name, and asks no server.
    struct NoNames;

    impl reqwest::dns::Resolve for NoNames {
        fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
            Box::pin(async { Err(io::Error::other("no such name").into()) })
        }
    }

    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map(|config| config.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
        .expect("settings");
    let http = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().dns_resolver(Arc::new(NoNames));
    let error = http.build().expect("a client").get("https://nobody.invalid").send().await.expect_err("no such name");
    assert_eq!(ConnectError::of(&error), ConnectError::NoSuchName);
}

#[tokio::test]
async fn an_answer_tells_who_gives_it_and_why() {
    let page = "<html>";
    for (status, headers, body, cause) in [
        ("403 Forbidden", "", page, Cause::Firewall),
        ("451 Unavailable", "", r#"{"code":0,"msg":"Not there."}"#, Cause::Restricted),
        ("301 Moved", "location: https://127.0.0.1\r\n", "", Cause::Redirect(301)),
        ("404 Not Found", "", page, Cause::NotPortfolioMargin(404)),
        ("202 Accepted", "", "", Cause::NotPortfolioMargin(202)),
        ("200 OK", "", page, Cause::NotPortfolioMargin(200)),
        ("502 Bad Gateway", "", page, Cause::Server(502)),
    ] {
        let base_url = format!("http://127.0.0.1:{}", answering(status, headers, body));
        assert_eq!(cause_at(&base_url, Trust::Usual).await, cause, "{status}");
    }
}

#[tokio::test]
async fn a_closed_exchange_says_until_when() {
    let banned = answering("418 I'm a teapot", "retry-after: 300\r\n", "");
    let throttled = answering("429 Too Many Requests", "retry-after: 7\r\n", "");
    let cause = cause_at(&format!("http://127.0.0.1:{banned}"), Trust::Usual).await;
    assert!(matches!(cause, Cause::Banned { until: Some(_) }), "{cause:?}");
    let cause = cause_at(&format!("http://127.0.0.1:{throttled}"), Trust::Usual).await;
    assert!(matches!(cause, Cause::Throttled { until: Some(_) }), "{cause:?}");
}

#[tokio::test]
async fn a_refusal_keeps_its_code_and_message() {
    let refusal = answering("400 Bad Request", "", r#"{"code":-1102,"msg":"Something is missing."}"#);
    let cause = cause_at(&format!("http://127.0.0.1:{refusal}"), Trust::Usual).await;
    let Cause::Code { code, message, .. } = cause else { panic!("{cause:?}") };
    assert_eq!((code.get(), message.as_str()), (-1102, "Something is missing."));
}
