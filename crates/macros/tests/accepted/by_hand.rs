//! An endpoint written by hand, used as a client would.

use binance_papi::{Endpoint, OrderId, Query, Symbol, Timestamp, UnknownWord, either, endpoint, reply};

/// Rows of something.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = Weight::with(&[("symbol", 1)]).otherwise(40),
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().at_most_one(&["symbol", "kind"])],
    reply = Vec<Entry>,
)]
pub struct Rows {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// Which.
    #[param("kind")]
    pub kind: Option<Kind>,
    /// How many.
    #[param("limit", min = "1", max = "10")]
    pub limit: u32,
}

/// Which.
#[derive(Debug, Clone, PartialEq, Eq, binance_papi::OpenEnum)]
pub enum Kind {
    /// One.
    #[word("ONE")]
    One,
    /// Another.
    Unknown(UnknownWord),
}

/// One of two.
#[either]
pub enum Entry {
    /// With a list.
    #[when("listId")]
    List(List),
    /// Alone.
    #[otherwise]
    Row(Row),
}

/// A list.
#[reply]
#[example(r#"{"listId":7}"#)]
pub struct List {
    /// Id.
    #[field("listId")]
    pub id: OrderId,
}

/// A row.
#[reply]
#[example(r#"{"type":"ONE"}"#)]
pub struct Row {
    /// Kind.
    #[field("type")]
    pub kind: Kind,
}

fn main() {
    let rows = Rows::new(11).symbol("BTCUSDT").kind("TWO");
    let refused = rows.check(Timestamp::from_millis(0)).unwrap_err();
    assert_eq!(refused.violations().len(), 2);
    let mut query = Query::new();
    rows.encode(&mut query);
    assert_eq!(query.as_str(), "symbol=BTCUSDT&kind=TWO&limit=11");
    assert_eq!(rows.cost().weight, 1);
    let printed = (Rows::INFO.reprint)(br#"[{"type":"TWO","more":1},{"listId":"7"}]"#).unwrap();
    assert_eq!(printed, r#"[{"type":"TWO"},{"listId":7}]"#);
    assert_eq!(Row::example().kind, Kind::One);
    assert!((Rows::INFO.parse)(&[("limit", "5"), ("symbol", "X")]).is_ok());
}
