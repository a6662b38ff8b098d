//! Work by others that ours is compared with: its count changes with the machine as ours does, and not with our code.

use crate::derived::ForceOrder;
use crate::{Exchange, Outcome};
use sha2::{Digest as _, Sha256};
use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;

/// The bytes that are hashed each time.
const HASHED: usize = 1_024;

pub(crate) fn sha256(count: u32) {
    let bytes = [7; HASHED];
    for _ in 0..count {
        black_box(Sha256::digest(black_box(bytes)));
    }
}

fn client() -> Result<reqwest::Client, Box<dyn Error>> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build()?)
}

pub(crate) fn construct(count: u32) -> Outcome {
    for _ in 0..count {
        client()?;
    }
    Ok(())
}

/// The request as it leaves ours, without the work of making it: signed once, by nobody.
pub(crate) async fn calls(exchange: &Exchange, rows: usize, count: u32) -> Outcome {
    let client = client()?;
    let query = "recvWindow=5000&timestamp=1792000000000&signature=";
    let signature = "0123456789abcdef".repeat(4);
    let url = format!("{}/papi/v1/um/forceOrders?symbol=BTCUSDT&limit={rows}&{query}{signature}", exchange.canned);
    for _ in 0..count {
        let body = client.get(&url).header("X-MBX-APIKEY", papi_sandbox::DEMO_KEY).send().await?.bytes().await?;
        let orders: Vec<ForceOrder> = serde_json::from_slice(&body)?;
        assert_eq!(black_box(orders).len(), rows);
    }
    Ok(())
}
