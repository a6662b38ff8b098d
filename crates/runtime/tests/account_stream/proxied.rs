//! A host behind a proxy, over TLS with a root certificate of one's own.

use crate::server::{Server, event, next_number};
use crate::support;
use papi_runtime::{ErrorKind, with_causes};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const CERTIFICATE: &[u8] = include_bytes!("../test_certificates/stream.pem");
const PRIVATE_KEY: &[u8] = include_bytes!("../test_keys/rsa_2048.pem");

fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(PRIVATE_KEY).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a server");
    TlsAcceptor::from(Arc::new(config))
}

/// A proxy that is the host behind it as well. Returns its address and the heads of all requests.
async fn proxy(server: Server, answer: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = heads.clone();
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            let (server, seen) = (server.clone(), seen.clone());
            tokio::spawn(async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    let Ok(byte) = line.read_u8().await else { return };
                    head.push(byte);
                }
                seen.lock().expect("heads").push(String::from_utf8(head).expect("ASCII"));
                let _ = line.write_all(format!("HTTP/1.1 {answer}\r\n\r\n").as_bytes()).await;
                if let Ok(line) = acceptor().accept(line).await {
                    server.serve(line).await;
                }
            });
        }
    });
    (address.to_string(), heads)
}

#[tokio::test]
async fn a_stream_goes_through_the_proxy_of_the_calls_and_trusts_their_roots() {
    let server = Server::new();
    let (address, heads) = proxy(server.clone(), "200 Connection established").await;
    let client = support::builder("https://stream.invalid")
        .proxy(format!("http://me:p%40ss@{address}"))
        .root_certificates(CERTIFICATE)
        .build()
        .expect("a client");
    assert_eq!(client.stream_url(), "wss://stream.invalid/pm");
    let mut stream = match client.account_stream().open().await {
        Ok(stream) => stream,
        Err(error) => panic!("{}", with_causes(&error)),
    };
    server.send(event(1));
    assert_eq!(next_number(&mut stream).await, 1);
    let heads = heads.lock().expect("heads");
    assert!(heads.len() >= 2);
    for head in heads.iter() {
        assert!(head.starts_with("CONNECT stream.invalid:443 HTTP/1.1\r\n"), "{head}");
        // me:p@ss
        assert!(head.to_lowercase().contains("proxy-authorization: basic bwu6cebzcw=="), "{head}");
    }
}

#[tokio::test]
async fn a_proxy_that_does_not_connect_is_named_and_its_password_is_not() {
    let server = Server::start().await;
    let (address, _) = proxy(server.clone(), "403 Forbidden").await;
    // The calls go to this machine and so past the proxy; the stream does not.
    let client = server
        .builder()
        .proxy(format!("http://me:a-password@{address}"))
        .stream_url("wss://stream.invalid/pm")
        .build()
        .expect("a client");
    let error = client.account_stream().open().await.expect_err("no stream");
    assert_eq!(error.kind(), ErrorKind::NotSent);
    let shown = with_causes(&error);
    assert!(shown.contains("the proxy refused to connect (HTTP 403)"), "{shown}");
    assert!(!format!("{shown}{error:?}{client:?}").contains("a-password"));
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_refused() {
    let server = Server::start().await;
    let (address, _) = proxy(Server::new(), "200 OK").await;
    let client = server
        .builder()
        .proxy(format!("http://{address}"))
        .stream_url("wss://stream.invalid")
        .build()
        .expect("a client");
    let error = client.account_stream().open().await.expect_err("no stream");
    assert!(error.to_string().contains("TLS failed"), "{}", with_causes(&error));
}
