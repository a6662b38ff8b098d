//! A way through an HTTP proxy, as calls have it: `CONNECT`, with the name and password of the proxy's address.

use crate::line::{Line, tcp, tls_to};
use crate::percent::percent_decoded;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::Url;
use std::io;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// The head of the proxy's answer is a few lines.
const LONGEST_ANSWER: usize = 8 * 1_024;

/// Connects to this host and port through the proxy.
pub(super) async fn connect(
    proxy: &str,
    host: &str,
    port: u16,
    tls: &Arc<rustls::ClientConfig>,
) -> io::Result<Box<dyn Line>> {
    let proxy = address(proxy)?;
    let proxy_host = proxy.host_str().unwrap_or_default();
    let is_encrypted = proxy.scheme() == "https";
    let proxy_port = proxy.port().unwrap_or(if is_encrypted { 443 } else { 80 });
    let mut line: Box<dyn Line> = Box::new(tcp(proxy_host, proxy_port).await?);
    if is_encrypted {
        line = tls_to(line, proxy_host, tls).await?;
    }
    line.write_all(request(&proxy, host, port).as_bytes()).await?;
    line.flush().await?;
    let head = answer_head(&mut line).await?;
    match status(&head) {
        Some(200..=299) => Ok(line),
        Some(407) => Err(io::Error::other("the proxy wants another name or password (HTTP 407)")),
        Some(status) => Err(io::Error::other(format!("the proxy refused to connect (HTTP {status})"))),
        None => Err(io::Error::other("the proxy does not speak HTTP")),
    }
}

/// The proxy's address. Without a scheme it is plain HTTP, as for calls.
fn address(text: &str) -> io::Result<Url> {
    let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("http://{text}")) };
    let url = url.ok().filter(|url| url.host_str().is_some() && matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the stream needs an HTTP proxy"))
}

fn request(proxy: &Url, host: &str, port: u16) -> String {
    let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
    if !proxy.username().is_empty() || proxy.password().is_some() {
        let mut login = percent_decoded(proxy.username());
        login.push(b':');
        login.extend(percent_decoded(proxy.password().unwrap_or_default()));
        request.push_str(&format!("Proxy-Authorization: Basic {}\r\n", BASE64_STANDARD.encode(login)));
    }
    request.push_str("\r\n");
    request
}

/// Reads to the empty line and no further: what follows belongs to the connection.
async fn answer_head(line: &mut Box<dyn Line>) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() >= LONGEST_ANSWER {
            return Err(io::Error::other("the proxy does not speak HTTP"));
        }
        head.push(line.read_u8().await?);
    }
    Ok(head)
}

fn status(head: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(head.split(|byte| *byte == b'\r').next()?).ok()?;
    let (version, rest) = line.split_once(' ')?;
    version.starts_with("HTTP/1.").then(|| rest.get(..3)?.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_carries_the_login_of_the_address() {
        let plain = request(&address("10.0.0.1:3128").expect("an address"), "example.com", 443);
        assert_eq!(plain, "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n");
        let login = request(&address("http://me:p%40ss%2@10.0.0.1").expect("an address"), "h", 1);
        assert!(login.contains(&format!("Proxy-Authorization: Basic {}\r\n", BASE64_STANDARD.encode("me:p@ss%2"))));
        let sign = request(&address("http://me:p%+1@10.0.0.1").expect("an address"), "h", 1);
        assert!(sign.contains(&format!("Basic {}\r\n", BASE64_STANDARD.encode("me:p%+1"))), "{sign}");
        assert!(address("socks5://10.0.0.1:1080").is_err());
    }

    #[test]
    fn a_status_is_read_from_http_alone() {
        assert_eq!(status(b"HTTP/1.1 200 Connection established\r\n\r\n"), Some(200));
        assert_eq!(status(b"HTTP/1.0 407\r\n\r\n"), Some(407));
        assert_eq!(status(b"SSH-2.0-OpenSSH\r\n\r\n"), None);
    }
}
