//! One connection: takes requests apart, puts answers together, and carries out the faults of the connection itself.

use super::port::Arrival;
use super::response_body::{Ending, Endings, ResponseBody};
use super::shared::Shared;
use crate::answer::{Answer, CONTENT_TYPE, Delivery};
use crate::raw_request::{FAULT_HEADER, RawRequest};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// No call has a body anywhere near this.
const LARGEST_BODY: usize = 1 << 20;

/// Serves a connection until either side ends it.
pub(super) async fn serve_connection((stream, mut closings): Arrival, shared: Arc<Shared>) {
    // Answers are small and one at a time; waiting to fill a packet only slows tests down.
    let _ = stream.set_nodelay(true);
    let (endings, mut ended) = mpsc::channel(1);
    let service = service_fn(move |request| {
        let (shared, endings) = (Arc::clone(&shared), endings.clone());
        async move { Ok::<_, Infallible>(respond(request, &shared, endings).await) }
    });
    let mut connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    loop {
        tokio::select! {
            // When the client breaks the connection, nothing is left to do here.
            _ = &mut connection => return,
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
}

async fn respond(request: Request<Incoming>, shared: &Shared, endings: Endings) -> Response<ResponseBody> {
    let (head, body) = request.into_parts();
    let mut raw = without_body(&head);
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
    let whole = Bytes::from(answer.body);
    let half = whole.len() / 2;
    let broken = |first, hold, ending| ResponseBody::broken(&whole, first, hold, ending, endings.clone());
    let body = match answer.delivery {
        Delivery::Whole => ResponseBody::whole(whole),
        Delivery::Reset => return never(None, &endings).await,
        Delivery::StallBeforeHeaders(hold) => return never(Some(hold), &endings).await,
        Delivery::StallAfterHeaders(hold) => broken(0, Some(hold), Ending::Reset),
        Delivery::StallMidBody(hold) => broken(half, Some(hold), Ending::Reset),
        Delivery::Cut => broken(half, None, Ending::Closed),
    };
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8"));
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
