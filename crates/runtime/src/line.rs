//! Connections of bytes that are not HTTP: TCP, and TLS with the certificates that calls trust.

use crate::transport::bare_host;
use rustls::pki_types::ServerName;
use std::io;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// What bytes travel through: TCP or TLS, with or without a proxy.
pub(crate) trait Line: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

/// Connects to this machine's side of a host.
pub(crate) async fn tcp(host: &str, port: u16) -> io::Result<TcpStream> {
    let line = TcpStream::connect((bare_host(host), port)).await?;
    line.set_nodelay(true)?;
    Ok(line)
}

/// Encrypts a line to this host.
pub(crate) async fn tls_to(
    line: Box<dyn Line>,
    host: &str,
    config: &Arc<rustls::ClientConfig>,
) -> io::Result<Box<dyn Line>> {
    let name = ServerName::try_from(bare_host(host).to_owned())
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    Ok(Box::new(TlsConnector::from(config.clone()).connect(name, line).await?))
}
