//! What the tests of calls share: a server that gives the same bytes to every request, and a client of it that trusts its
//! own clock.

#![allow(dead_code, reason = "each test file uses its part")]

use papi_runtime::{Call, Client, ClientBuilder, Credentials};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

pub(crate) const SECRET: &str = "a-secret-that-must-not-show";

/// Answers every request with the same bytes and closes; counts the requests.
pub(crate) async fn server(answer: &str) -> (Client, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (answer, seen) = (answer.to_owned(), Arc::new(AtomicU32::new(0)));
    let counter = seen.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            let mut request = vec![0; 8_192];
            let _ = socket.read(&mut request).await;
            let _ = socket.write_all(answer.as_bytes()).await;
            let _ = socket.shutdown().await;
        }
    });
    (client(&format!("http://{address}")), seen)
}

pub(crate) fn client(base_url: &str) -> Client {
    builder(base_url).build().expect("a client")
}

pub(crate) fn builder(base_url: &str) -> ClientBuilder {
    let call = Call { attempts: 2, deadline: Duration::from_secs(5), ..Call::default() };
    let credentials = Credentials::new("a-key-that-must-not-show", SECRET).expect("plain text");
    // Every answer here is counted, and none tells the time.
    Client::builder().base_url(base_url).credentials(credentials).defaults(call).trust_clock()
}

pub(crate) fn http(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}
