//! What requests leave through: HTTP over TLS, with or without a proxy; in a simulation a function that plays the network.

use crate::answer::{Loss, Outcome};
use crate::error::Error;
#[cfg(papi_simulation)]
use crate::simulation::Network;
use reqwest::header::HeaderValue;
use reqwest::{Request, Response};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// What requests leave through.
#[derive(Debug, Clone)]
pub(crate) enum Connection {
    Http(reqwest::Client),
    #[cfg(papi_simulation)]
    Simulated(Network),
}

impl Connection {
    pub(crate) fn http(
        user_agent: HeaderValue,
        proxy: Option<&SecretString>,
        tls: &rustls::ClientConfig,
    ) -> Result<Self, Error> {
        let mut http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.clone())
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .user_agent(user_agent)
            .no_proxy();
        if let Some(proxy) = proxy {
            let proxy = reqwest::Proxy::all(proxy.expose_secret())
                .map_err(|error| Error::setting("the proxy address is not one", error.without_url()))?;
            http = http.proxy(proxy);
        }
        let http = http.build();
        http.map(Self::Http).map_err(|error| Error::setting("the HTTP client cannot be set up", error.without_url()))
    }

    /// Sends a request and waits for the head of its answer. Without one, says how far the request got.
    pub(crate) async fn send(&self, request: Request) -> Result<Response, Outcome> {
        match self {
            Self::Http(http) => http.execute(request).await.map_err(|error| {
                // Only the connect phase. An error of the builder's kind proves nothing here: the HTTP library gives one
                // after the answer to a redirect whose address it cannot read.
                let never_sent = error.is_connect();
                let error = error.without_url();
                if never_sent { Outcome::NeverSent(error) } else { Outcome::Lost(Loss::Broken(error)) }
            }),
            #[cfg(papi_simulation)]
            Self::Simulated(network) => network.send(&request).await,
        }
    }
}

/// The usual root certificates are built in; further ones are PEM. Clones share their sessions, each under the name of its server.
pub(crate) fn tls(root_certificates: &[Vec<u8>]) -> Result<rustls::ClientConfig, Error> {
    // They are many and always the same.
    static USUAL: LazyLock<Arc<RootCertStore>> =
        LazyLock::new(|| Arc::new(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }));
    let mut roots = USUAL.clone();
    for pem in root_certificates {
        let mut found = false;
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| Error::setting("a root certificate is not PEM", error))?;
            Arc::make_mut(&mut roots)
                .add(certificate)
                .map_err(|error| Error::setting("a root certificate cannot be used", error))?;
            found = true;
        }
        if !found {
            return Err(Error::invalid("a root certificate is not PEM: it contains no certificate"));
        }
    }
    rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map(|config| config.with_root_certificates(roots).with_no_client_auth())
        .map_err(|error| Error::setting("TLS cannot be set up", error))
}
