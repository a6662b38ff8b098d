//! Nothing secret is printed: not by `Debug` of what the library gives out, not by errors, notices, events or panics.

use binance_papi::{
    Call, Client, ClientBuilder, Credentials, Limits, Pending, Quantity, RawCall, Side, Timestamp, market, um,
};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET, Fault, FaultKind, Sandbox};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

/// The worthless private key of a test, and its passphrase.
const PRIVATE_KEY: &str = include_str!("../../crates/runtime/tests/test_keys/ed25519_aes192.pem");
const PASSPHRASE: &str = "worthless";

/// Everything that was printed somewhere.
#[derive(Debug, Clone, Default)]
struct Printed(Arc<Mutex<String>>);

impl Printed {
    fn add(&self, text: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_str(text);
        all.push('\n');
    }

    fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Asserts that a text holds neither key nor secret nor any signature that the sandbox has seen.
pub(crate) fn assert_nothing_secret(text: &str, sandbox: &Sandbox) {
    let requests = sandbox.requests();
    let signatures = requests.seen().filter_map(|seen| seen.query().split_once("signature=").map(|(_, rest)| rest));
    for secret in [DEMO_KEY, DEMO_SECRET].into_iter().chain(signatures.filter(|signature| !signature.is_empty())) {
        assert!(!text.contains(secret), "a secret is printed: {text}");
    }
    assert!(!text.contains("signature="), "a signed query is printed: {text}");
}

fn builder(sandbox: &Sandbox) -> ClientBuilder {
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    let call = Call {
        deadline: Duration::from_secs(5),
        attempt_timeout: Duration::from_secs(1),
        attempts: 2,
        ..Call::default()
    };
    Client::builder().base_url(sandbox.base_url()).credentials(credentials).defaults(call)
}

fn order() -> um::NewOrder {
    let quantity: Quantity = "0.01".parse().expect("a decimal");
    um::NewOrder::market("BTCUSDT", Side::Buy, quantity)
}

#[tokio::test]
async fn debug_of_what_the_library_gives_out() {
    let sandbox = Sandbox::builder().start().await.expect("a sandbox");
    let client = builder(&sandbox).build().expect("a client");
    let reply = client.send(&order()).await.expect("an order");
    let pending = Pending::new(&order(), Timestamp::from_millis(1));
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    let private = Credentials::with_private_key(DEMO_KEY, PRIVATE_KEY, Some(PASSPHRASE)).expect("a key");
    let proxied = builder(&sandbox).proxy(format!("http://user:{DEMO_SECRET}@10.0.0.1:3128"));
    let shown: [&dyn std::fmt::Debug; 12] = [
        &client,
        &builder(&sandbox),
        &proxied,
        &credentials,
        &private,
        &private.key_type(),
        &reply,
        &pending,
        &client.settle(&pending, binance_papi::Patience { deadline: Duration::ZERO, ..Default::default() }).await,
        &Limits::default(),
        &RawCall::new(binance_papi::Method::Get, "/papi/v1/um/account"),
        &client.clock_offset(),
    ];
    for value in shown {
        let text = format!("{value:?}\n{value:#?}");
        assert_nothing_secret(&text, &sandbox);
        assert!(!text.contains(PASSPHRASE) && !text.contains("PRIVATE KEY"), "{text}");
    }
}

#[tokio::test]
async fn events_notices_errors_and_panics_of_every_fault() {
    let printed = Printed::default();
    let _events = tracing::subscriber::set_default(Listening(printed.clone()));
    for kind in FaultKind::all().filter(|kind| *kind != FaultKind::Answer) {
        let sandbox = Sandbox::builder().start().await.expect("a sandbox");
        let notices = printed.clone();
        let client = builder(&sandbox).on_notice(move |notice| notices.add(&format!("{notice} {notice:?}")));
        let client = client.build().expect("a client");
        client.send(&market::Ping::new()).await.expect("a ping");
        sandbox.inject(Fault::new(kind).always().retry_after(1).holding(Duration::from_secs(3)));
        for result in [client.send(&um::ForceOrders::new()).await.map(drop), client.send(&order()).await.map(drop)] {
            let Err(error) = result else { continue };
            printed.add(&format!("{error}\n{error:?}\n{error:#?}\n{:?}", error.pending()));
            let mut cause = std::error::Error::source(&error);
            while let Some(error) = cause {
                printed.add(&format!("{error}\n{error:?}"));
                cause = error.source();
            }
            let fails = std::panic::AssertUnwindSafe(|| end_with(Err(error)));
            let panic = std::panic::catch_unwind(fails).expect_err("it panics");
            printed.add(panic.downcast_ref::<String>().expect("a message"));
        }
        assert_nothing_secret(&printed.text(), &sandbox);
    }
    let text = printed.text();
    for said in ["POST", "/papi/v1/um/order", "sent again", "outcome unknown", "attempt", "papi-"] {
        assert!(text.contains(said), "the test listens to nothing: {said}");
    }
}

/// What a careless program does with an error.
fn end_with(result: Result<(), binance_papi::Error>) {
    result.expect("an order");
}

/// Writes down every event of every library, with all its fields.
struct Listening(Printed);

impl Subscriber for Listening {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        let mut fields = Fields(span.metadata().name().to_owned());
        span.record(&mut fields);
        self.0.add(&fields.0);
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut fields = Fields(String::new());
        values.record(&mut fields);
        self.0.add(&fields.0);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(event.metadata().name().to_owned());
        event.record(&mut fields);
        self.0.add(&fields.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}
