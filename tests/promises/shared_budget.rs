//! All clones of a client share one budget, and what does not fit waits or fails without being sent.

use binance_papi::{Call, Client, Credentials, ErrorKind, Limits, Quantity, Side, um};
use papi_sandbox::{DEMO_KEY, DEMO_SECRET};
use papi_tests::World;
use std::time::Duration;

fn client(world: &World, limits: Limits, deadline: Duration) -> Client {
    let credentials = Credentials::new(DEMO_KEY, DEMO_SECRET).expect("plain text");
    let builder = Client::builder().base_url(world.sandbox.base_url()).clock(world.clock.clone());
    let call = Call { deadline, ..Call::default() };
    builder.credentials(credentials).limits(limits).defaults(call).build().expect("a client")
}

#[tokio::test]
async fn what_does_not_fit_before_the_deadline_is_not_sent() {
    let world = World::new().await;
    let limits = Limits { weight: 100, order_share: Some(0), ..Limits::default() };
    let first = client(&world, limits, Duration::from_secs(1));
    let second = first.clone();
    first.send(&um::ForceOrders::new()).await.expect("50 of 100");
    second.send(&um::ForceOrders::new()).await.expect("100 of 100");
    let error = first.send(&um::ForceOrders::new().symbol("BTCUSDT")).await.expect_err("no room");
    assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::Throttled, None, 0));
    assert_eq!(world.sandbox.requests().total(), 2);
    world.clock.advance(Duration::from_secs(60));
    first.send(&um::ForceOrders::new()).await.expect("a new minute");
}

#[tokio::test]
async fn what_others_use_at_the_same_address_counts() {
    let world = World::new().await;
    let limits = Limits { weight: 100, order_share: Some(0), ..Limits::default() };
    world.client().send(&um::ForceOrders::new()).await.expect("somebody else");
    let ours = client(&world, limits, Duration::from_secs(1));
    ours.send(&um::ForceOrders::new().symbol("BTCUSDT")).await.expect("learns of 70 used");
    let error = ours.send(&um::ForceOrders::new()).await.expect_err("120 of 100");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Throttled, None));
}

#[tokio::test]
async fn a_call_waits_for_room() {
    let world = World::new().await;
    let limits = Limits { weight: 50, ..Limits::default() };
    let waiting = client(&world, limits, Duration::from_secs(120));
    waiting.send(&um::ForceOrders::new()).await.expect("50 of 50");
    let clock = world.clock.clone();
    // The hand-set clock passes a minute while the call sleeps in real time; half a second is what is left of it then.
    clock.advance(Duration::from_millis(59_500));
    let request = um::ForceOrders::new();
    let (reply, ()) = tokio::join!(waiting.send(&request), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        clock.advance(Duration::from_millis(500));
    });
    assert_eq!(reply.expect("room again").meta.attempts, 1);
}

#[tokio::test]
async fn reads_leave_room_for_orders() {
    let world = World::new().await;
    let limits = Limits { weight: 60, ..Limits::default() };
    let client = client(&world, limits, Duration::from_secs(1));
    // The rest beside a fifth is 48, but the share of nobody's choice refuses no call that fits the limit.
    client.send(&um::ForceOrders::new()).await.expect("50 of 60");
    let error = client.send(&um::Account::new()).await.expect_err("the rest is for orders");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Throttled, None), "{error}");
    let order = um::NewOrder::market("BTCUSDT", Side::Buy, "1".parse::<Quantity>().expect("a number"));
    client.send(&order).await.expect("an order");
}

#[tokio::test]
async fn a_read_that_the_order_share_leaves_no_room_for_is_told_so() {
    let world = World::new().await;
    let limits = Limits { weight: 60, order_share: Some(20), ..Limits::default() };
    let error = client(&world, limits, Duration::from_secs(1)).send(&um::ForceOrders::new()).await;
    let error = error.expect_err("50 of 40");
    assert!(error.is_invalid() && error.to_string().contains("the order share of 20"), "{error}");
}
