//! An account at a sandbox whose clock stands, with a connection of its stream.

use super::{Answer, HandClock, Stream, assert_silent, connect, next_text, send, signed};
use papi_sandbox::{Sandbox, SandboxBuilder};
use papi_types::Clock as _;
use serde_json::Value;
use std::sync::Arc;

/// When the clock stands at first.
pub(crate) const NOW: i64 = 1_790_000_012_345;

/// A sandbox with its clock, and a connection of the stream.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) key: String,
    pub(crate) stream: Stream,
}

impl Account {
    pub(crate) async fn open() -> Self {
        Self::with(Sandbox::builder()).await
    }

    pub(crate) async fn with(builder: SandboxBuilder) -> Self {
        let clock = Arc::new(HandClock::at(NOW));
        let sandbox = builder.clock(clock.clone()).start().await.unwrap();
        let key = post_key(&sandbox).await;
        let stream = connect(sandbox.addr(), &key).await.unwrap();
        Self { sandbox, clock, key, stream }
    }

    pub(crate) async fn call(&self, method: &str, path: &str, params: &str) -> Answer {
        let answer = send(self.sandbox.addr(), method, &signed(path, params, self.clock.now()), "").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer
    }

    /// Calls, and returns as many events.
    pub(crate) async fn events(&mut self, count: usize, method: &str, path: &str, params: &str) -> Vec<Value> {
        self.call(method, path, params).await;
        let mut events = Vec::new();
        for _ in 0..count {
            events.push(serde_json::from_str(&next_text(&mut self.stream).await.unwrap()).unwrap());
        }
        assert_silent(&mut self.stream).await;
        events
    }
}

pub(crate) async fn key_call(sandbox: &Sandbox, method: &str) -> Answer {
    send(sandbox.addr(), method, "/papi/v1/listenKey", "").await
}

pub(crate) async fn post_key(sandbox: &Sandbox) -> String {
    let answer = key_call(sandbox, "POST").await;
    let reply: Value = serde_json::from_str(&answer.body).unwrap();
    reply["listenKey"].as_str().unwrap().to_owned()
}
