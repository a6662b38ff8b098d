//! One connection: takes requests apart, puts answers together, and carries out the faults of the connection itself.

use super::port::Arrival;
use super::response_body::{Ending, Endings, ResponseBody};
use super::shared::Shared;
use super::stream_socket::serve_stream;
use super::streams::Attached;
use crate::answer::{Answer, CONTENT_TYPE, Delivery, JSON};
use crate::raw_request::{FAULT_HEADER, Hearing, RawRequest};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderMap, HeaderName, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::pending;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// No call has a body anywhere near this.
const LARGEST_BODY: usize = 1 << 20;

/// Serves a connection until either side ends it.
pub(super) async fn serve_connection((stream, mut closings): Arrival, shared: Arc<Shared>) {
    // Answers are small and one at a time; waiting to fill a packet only slows tests down.
    let _ = stream.set_nodelay(true);
    let (endings, mut ended) = mpsc::channel(1);
    let opened = Opened::default();
    let into = Arc::clone(&opened);
    let service = service_fn(move |request| {
        let (shared, endings, opened) = (Arc::clone(&shared), endings.clone(), Arc::clone(&into));
        async move { Ok::<_, Infallible>(respond(request, &shared, endings, &opened).await) }
    });
    let mut connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    loop {
        tokio::select! {
            // When the client breaks the connection, nothing is left to do here.
            _ = &mut connection => break,
            Some(ending) = ended.recv() => {
                if ending == Ending::Reset {
                    // When the other side has gone already, there is nothing to reset.
                    let _ = connection.into_parts().io.into_inner().set_zero_linger();
                }
                return;
            }
            // An idle connection ends now, a busy one after its answer.
            Ok(()) = closings.changed() => std::pin::Pin::new(&mut connection).graceful_shutdown(),
        }
    }
    let attached = opened.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(attached) = attached {
        let parts = connection.into_parts();
        serve_stream(parts.io.into_inner(), parts.read_buf, attached).await;
    }
}

/// The stream that a connection turns into, once a request asked for it.
type Opened = Arc<Mutex<Option<Attached>>>;

async fn respond(
    request: Request<Incoming>,
    shared: &Shared,
    endings: Endings,
    opened: &Opened,
) -> Response<ResponseBody> {
    let (head, body) = request.into_parts();
    let mut raw = without_body(&head);
    if let Some(hearing) = raw.hearing() {
        return match open_stream(&head, &raw, hearing, shared) {
            Ok((attached, response)) => {
                *opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(attached);
                response
            }
            Err(answer) => deliver(answer, endings).await,
        };
    }
    if shared.resets_unread(&raw) {
        return never(None, &endings).await;
    }
    match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => raw.body = String::from_utf8_lossy(&body.to_bytes()).into_owned(),
        Err(_) => {
            return put_together(StatusCode::PAYLOAD_TOO_LARGE, HeaderMap::new(), ResponseBody::whole(Bytes::new()));
        }
    }
    deliver(shared.answer(&raw), endings).await
}

/// Opens a connection of the stream, or refuses it.
fn open_stream(
    head: &Parts,
    raw: &RawRequest,
    hearing: Hearing,
    shared: &Shared,
) -> Result<(Attached, Response<ResponseBody>), Answer> {
    let asks = head.headers.get(UPGRADE).is_some_and(|asked| asked.as_bytes().eq_ignore_ascii_case(b"websocket"));
    let challenge = head.headers.get(SEC_WEBSOCKET_KEY).filter(|_| asks);
    let challenge =
        challenge.ok_or_else(|| Answer::not_understood(400, "a stream is opened by a WebSocket upgrade"))?;
    let accepted = HeaderValue::try_from(derive_accept_key(challenge.as_bytes()));
    let attached = shared.open_stream(raw, hearing)?;
    let mut headers = HeaderMap::new();
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    if let Ok(accepted) = accepted {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accepted);
    }
    Ok((attached, put_together(StatusCode::SWITCHING_PROTOCOLS, headers, ResponseBody::whole(Bytes::new()))))
}

fn without_body(head: &Parts) -> RawRequest {
    let header = |name: &str| head.headers.get(name).map(|value| value.to_str().unwrap_or_default().to_owned());
    RawRequest {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body: String::new(),
        // A key that is not even text has the wrong format, as an empty one has.
        key: header("x-mbx-apikey"),
        host: header("host"),
        fault: header(FAULT_HEADER),
    }
}

/// Delivers an answer as the exchange wants it delivered.
async fn deliver(answer: Answer, endings: Endings) -> Response<ResponseBody> {
    if let Delivery::Late(pause) = answer.delivery {
        tokio::time::sleep(pause).await;
    }
    let whole = Bytes::from(answer.body);
    let half = whole.len() / 2;
    let broken = |first, hold, ending| ResponseBody::broken(&whole, first, hold, ending, endings.clone());
    let body = match answer.delivery {
        Delivery::Whole | Delivery::Late(_) => ResponseBody::whole(whole),
        Delivery::Reset => return never(None, &endings).await,
        Delivery::StallBeforeHeaders(hold) => return never(Some(hold), &endings).await,
        Delivery::StallAfterHeaders(hold) => broken(0, Some(hold), Ending::Reset),
        Delivery::StallMidBody(hold) => broken(half, Some(hold), Ending::Reset),
        Delivery::Cut => broken(half, None, Ending::Closed),
    };
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(&*name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    put_together(status, headers, body)
}

/// Gives no answer: the connection is reset, after a pause if there is one.
async fn never(hold: Option<Duration>, endings: &Endings) -> Response<ResponseBody> {
    if let Some(hold) = hold {
        tokio::time::sleep(hold).await;
    }
    let _ = endings.send(Ending::Reset).await;
    pending().await
}

fn put_together(status: StatusCode, headers: HeaderMap, body: ResponseBody) -> Response<ResponseBody> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
