//! One connection: requests are taken apart, answers put together, and where something is to go wrong with the
//! connection itself, it does.

use super::Shared;
use super::carried::{Carried, Ending, Endings};
use super::door::Arrival;
use crate::answer::{Answer, CONTENT_TYPE, Carriage};
use crate::exchange::{Asked, FAULT_HEADER};
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
use tokio::net::TcpStream;
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
            // A broken connection is the client's business, and nothing is left to do about it here.
            _ = &mut connection => return,
            Some(ending) = ended.recv() => return end(&connection.into_parts().io.into_inner(), ending),
            // One that is idle ends, one that is busy ends with its answer.
            Ok(()) = closings.changed() => std::pin::Pin::new(&mut connection).graceful_shutdown(),
        }
    }
}

/// Decides how the socket goes when it is dropped.
fn end(stream: &TcpStream, ending: Ending) {
    if ending == Ending::Reset {
        // When the other side has gone already, there is nothing to reset.
        let _ = stream.set_zero_linger();
    }
}

async fn respond(request: Request<Incoming>, shared: &Shared, endings: Endings) -> Response<Carried> {
    let (head, body) = request.into_parts();
    let mut asked = without_body(&head);
    if shared.exchange().resets_unread(&asked) {
        return never(None, &endings).await;
    }
    match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => asked.body = String::from_utf8_lossy(&body.to_bytes()).into_owned(),
        Err(_) => return put_together(StatusCode::PAYLOAD_TOO_LARGE, HeaderMap::new(), Carried::whole(Bytes::new())),
    }
    carry(shared.answer(&asked), endings).await
}

fn without_body(head: &Parts) -> Asked {
    let header = |name: &str| head.headers.get(name).map(|value| value.to_str().unwrap_or_default().to_owned());
    Asked {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body: String::new(),
        // A key that is not even text has the wrong format, as an empty one has.
        key: header("x-mbx-apikey"),
        fault: header(FAULT_HEADER),
    }
}

/// Carries an answer as the exchange wants it carried.
async fn carry(answer: Answer, endings: Endings) -> Response<Carried> {
    let body = Bytes::from(answer.body);
    let half = body.len() / 2;
    let broken = |first, hold, ending| Carried::broken(&body, first, hold, ending, endings.clone());
    let carried = match answer.carriage {
        Carriage::Whole => Carried::whole(body),
        Carriage::Reset => return never(None, &endings).await,
        Carriage::StallBeforeHeaders(hold) => return never(Some(hold), &endings).await,
        Carriage::StallAfterHeaders(hold) => broken(0, Some(hold), Ending::Reset),
        Carriage::StallMidBody(hold) => broken(half, Some(hold), Ending::Reset),
        Carriage::Cut => broken(half, None, Ending::Closed),
    };
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8"));
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(&*name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    put_together(status, headers, carried)
}

/// No answer: the connection is reset, after a while if so wanted.
async fn never(hold: Option<Duration>, endings: &Endings) -> Response<Carried> {
    if let Some(hold) = hold {
        tokio::time::sleep(hold).await;
    }
    let _ = endings.send(Ending::Reset).await;
    pending().await
}

fn put_together(status: StatusCode, headers: HeaderMap, body: Carried) -> Response<Carried> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
