//! One row for each kind of change.

use super::super::{Format, render};
use super::{Edit, Texts, is_breaking, told};

const ORDERS: &str = "\
name: Orders
doc: Orders.
source: { doc: trade, verified_on: 2026-10-23 }
call: GET /papi/v1/um/orders
access: USER_DATA
effect: read
weight: { with symbol: 1, otherwise: 40 }
params:
  symbol: { type: Symbol, required: true, doc: The contract. }
  side:   { type: Side, words: [BUY, SELL], doc: Which way. }
  limit:  { type: u32, default: 50, max: 100, doc: Rows to return. }
constraints:
  - { when: { side: BUY }, need: [limit] }
reply: [Order]
types:
  Order:
    doc: An order.
    fields:
      orderId: { type: OrderId, doc: Its number. }
      side:    { type: Side, doc: Which way. }
";

const TYPES: &str = "\
words:
  Side: { doc: Which way., words: { BUY: Buys., SELL: Sells. } }
ids: { TradeId: A fill. }
names: { ListenKey: A stream. }
shapes:
  Message: { doc: A message., fields: { msg: { type: String, doc: Its text. } } }
";

const UM: &str = "spec/um/orders.yaml";
const SHARED: &str = "spec/types.yaml";

fn texts() -> Texts {
    Texts::of(&[(SHARED, TYPES), (UM, ORDERS)])
}

const MOVED: [Edit; 2] = [
    (
        UM,
        "types:
  Order:
    doc: An order.
    fields:
      orderId: { type: OrderId, doc: Its number. }
      side:    { type: Side, doc: Which way. }
",
        "",
    ),
    (
        SHARED,
        "shapes:\n",
        "shapes:
  Order: { doc: An order., fields: { orderId: { type: OrderId, doc: Its number. }, side: { type: Side, doc: Which way. } } }
",
    ),
];

/// Edits, and what is told of them.
const ROWS: &[(&[Edit], &[&str])] = &[
    (&[], &[]),
    (&[(UM, "doc: Orders.", "doc: All orders.")], &[]),
    (
        &[(UM, "otherwise: 40", "otherwise: 20")],
        &["behaviour um::Orders: the weight was 1 with `symbol`, 40 otherwise and is 1 with `symbol`, 20 otherwise"],
    ),
    (&[(UM, "access: USER_DATA", "access: TRADE")], &["behaviour um::Orders: the access was USER_DATA and is TRADE"]),
    (
        &[(UM, "v1/um", "v2/um")],
        &["behaviour um::Orders: the call was `GET /papi/v1/um/orders` and is `GET /papi/v2/um/orders`"],
    ),
    (
        &[(UM, "max: 100", "max: 1000")],
        &[
            "behaviour um::Orders: what `limit` may be was \"Default 50; at most 100\" and is \"Default 50; at most 1000\"",
        ],
    ),
    (
        &[(UM, "default: 50, max: 100, ", "")],
        &["behaviour um::Orders: what `limit` may be was \"Default 50; at most 100\" and has none"],
    ),
    (
        &[(UM, ", words: [BUY, SELL]", "")],
        &["behaviour um::Orders: what `side` may be was \"One of BUY, SELL\" and has none"],
    ),
    (
        &[(UM, "need: [limit]", "forbid: [limit]")],
        &[
            "behaviour um::Orders: no longer a constraint: when `side` is BUY: `limit` required",
            "behaviour um::Orders: a constraint: when `side` is BUY: `limit` not allowed",
        ],
    ),
    (
        &[(UM, "constraints:", "  page: { type: u32, doc: Which page. }\nconstraints:")],
        &["additive um::Orders: the parameter `page` is new"],
    ),
    (&[(UM, "type: u32", "type: i64")], &["breaking um::Orders: the type of `limit` was `u32` and is `i64`"]),
    (
        &[(UM, "doc: Which way. }\n  limit", "rust: way, doc: Which way. }\n  limit")],
        &["breaking um::Orders: the Rust name of `side` was `side` and is `way`"],
    ),
    (
        &[(UM, "type: u32", "type: u32, required: true")],
        &[
            "breaking um::Orders: the parameter `limit` is required",
            "breaking um::Orders: the constructor `new` was `(symbol)` and is `(symbol, limit)`",
        ],
    ),
    (
        &[(UM, ", required: true", "")],
        &[
            "breaking um::Orders: the parameter `symbol` may be left out",
            "breaking um::Orders: the constructor `new` was `(symbol)` and is `()`",
        ],
    ),
    (
        &[(UM, "constraints:", "  page: { type: u32, required: true, doc: Which page. }\nconstraints:")],
        &[
            "additive um::Orders: the parameter `page` is new",
            "breaking um::Orders: the constructor `new` was `(symbol)` and is `(symbol, page)`",
        ],
    ),
    (
        &[(UM, "type: u32, default: 50, max: 100", "type: u32, removed: 2026-10-28")],
        &["breaking um::Orders: the parameter `limit` is gone, taken away on 2026-10-28"],
    ),
    (
        &[(UM, "constraints:", NEW_KEPT)],
        &[
            "additive um::Orders: the constructor `buys` is new",
            "additive um::Orders: the constructor `new` is deprecated",
        ],
    ),
    (
        &[(UM, "constraints:", NEW_GONE)],
        &[
            "additive um::Orders: the constructor `buys` is new",
            "breaking um::Orders: the constructor `new` is gone with the first form: keep it as a constructor with `deprecated`",
        ],
    ),
    (
        &[(UM, "reply: [Order]", "reply: Order")],
        &["breaking um::Orders: the type of the reply was `[Order]` and is `Order`"],
    ),
    (
        &[(UM, "reply: [Order]", "paging: { from_id: limit, key: [orderId] }\nreply: [Order]")],
        &["additive um::Orders: its history can be walked"],
    ),
    (
        &[(UM, "      side:", "      note: { type: String, optional: Rare., doc: A note. }\n      side:")],
        &["additive um::Order: the field `note` is new"],
    ),
    (
        &[(UM, "      side:", "      note: { type: String, doc: A note. }\n      side:")],
        &["additive um::Order: the field `note` is new, and a reply without it can no longer be read"],
    ),
    (
        &[(UM, "      side:    { type: Side, doc: Which way. }\n", "")],
        &["breaking um::Order: the field `side` is gone"],
    ),
    (&[(UM, "type: OrderId", "type: i64")], &["breaking um::Order: the type of `orderId` was `OrderId` and is `i64`"]),
    (
        &[(UM, "type: OrderId", "type: OrderId, optional: Rare.")],
        &["breaking um::Order: the field `orderId` may be absent, so it is an `Option`"],
    ),
    (&MOVED, &["additive um::Order: is shared now, as `Order`; this path stays"]),
    (
        &[(SHARED, "SELL: Sells.", "SELL: Sells., BOTH: Both.")],
        &["behaviour Side: the word BOTH is `Both`; before, it was read as `Unknown`"],
    ),
    (&[(SHARED, ", SELL: Sells.", "")], &["breaking Side: the word SELL and its `Sell` are gone"]),
    (
        &[(SHARED, "SELL: Sells.", "SELL: { doc: Sells., rust: Sale }")],
        &["breaking Side: the variant of SELL was `Sell` and is `Sale`"],
    ),
    (&[(SHARED, "ids: {", "ids: { LoanId: A loan.,")], &["additive LoanId: the type is new, a number"]),
    (&[(SHARED, "names: { ListenKey: A stream. }\n", "")], &["breaking ListenKey: the type, a text, is gone"]),
    (
        &[("spec/retired.yaml", "", "GET /papi/v1/um/old: { since: 2026-04-28, instead: GET /papi/v1/um/orders }\n")],
        &["behaviour RETIRED: what replaces `GET /papi/v1/um/old` is GET /papi/v1/um/orders; it had none"],
    ),
];

const NEW_KEPT: &str = "constructors:
  buys: { doc: Buys., set: { side: BUY }, take: [symbol, limit] }
  new: { doc: Any., deprecated: call `buys`, take: [symbol] }
constraints:";
const NEW_GONE: &str = "constructors:
  buys: { doc: Buys., set: { side: BUY }, take: [symbol, limit] }
constraints:";
#[test]
fn each_change_has_its_impact() {
    for (edits, expected) in ROWS {
        assert_eq!(told(&texts().changes_by(edits)), *expected, "{edits:?}");
    }
}

#[test]
fn endpoints_come_and_go_and_are_renamed() {
    let more = ORDERS
        .replace("Orders", "Old")
        .replace("um/orders", "um/old")
        .replace("Order:", "OldOrder:")
        .replace("[Order]", "[OldOrder]");
    let (one, two) = (texts(), texts().edited(&[("spec/um/old.yaml", "", more.leak())]));
    let added = super::compare(&one.read(), &two.read());
    assert_eq!(
        told(&added),
        ["additive um::Old: the endpoint `GET /papi/v1/um/old` is new", "additive um::OldOrder: the type is new"]
    );
    assert!(is_breaking(&super::compare(&two.read(), &one.read())));
    let renamed = told(&one.changes_by(&[(UM, "name: Orders", "name: AllOrders")]));
    assert_eq!(
        renamed,
        [
            "additive um::AllOrders: the endpoint `GET /papi/v1/um/orders` is new",
            "breaking um::Orders: is called `um::AllOrders` now",
        ]
    );
}

const EVENT: &str = "\
event: ROW_CHANGED
name: RowChanged
doc: A row changed.
source: { doc: stream, verified_on: 2026-10-23 }
fields:
  E: { type: Timestamp, rust: event_time, doc: When. }
  r: { type: ChangedRow, rust: row, doc: The row. }
types:
  ChangedRow: { doc: A row., fields: { i: { type: OrderId, rust: order_id, doc: Its number. } } }
examples: [{ e: ROW_CHANGED, E: 1, r: { i: 2 } }]
";

#[test]
fn events_come_and_go_and_change() {
    const FILE: &str = "spec/events/row_changed.yaml";
    let (one, two) = (texts(), texts().edited(&[(FILE, "", EVENT)]));
    assert_eq!(
        told(&super::compare(&one.read(), &two.read())),
        [
            "behaviour events::RowChanged: the event `ROW_CHANGED` has a type; before, it was read as `Unknown`",
            "additive events::ChangedRow: the type is new",
            "additive events::RowChanged: the type is new",
        ]
    );
    assert!(is_breaking(&super::compare(&two.read(), &one.read())));
    let edited = |from, to| told(&two.changes_by(&[(FILE, from, to)]));
    assert_eq!(
        edited("event: ROW_CHANGED", "event: rowChanged"),
        ["behaviour events::RowChanged: the name on the wire was ROW_CHANGED and is rowChanged"]
    );
    assert_eq!(
        edited("rust: order_id", "rust: id"),
        ["breaking events::ChangedRow: the Rust name of `i` was `order_id` and is `id`"]
    );
    assert_eq!(
        edited("rust: row,", "rust: row, optional: Absent.,"),
        ["breaking events::RowChanged: the field `r` may be absent, so it is an `Option`"]
    );
}

#[test]
fn a_type_that_moves_back_loses_a_path() {
    let (own, shared) = (texts(), texts().edited(&MOVED));
    assert!(
        told(&super::compare(&shared.read(), &own.read())).contains(&"breaking Order: the type is gone".to_owned())
    );
}

#[test]
fn changes_are_told_to_people_programs_and_the_changelog() {
    let changes = texts().changes_by(&[(UM, "type: u32", "type: i64"), (UM, "otherwise: 40", "otherwise: 20")]);
    insta::assert_snapshot!("as_text", render::render(&changes, "v1", Format::Text));
    insta::assert_snapshot!("as_json", render::render(&changes, "v1", Format::Json));
    insta::assert_snapshot!("as_changelog", render::render(&changes, "v1", Format::Changelog));
    assert_eq!(render::render(&[], "v1", Format::Text), "the specs say what they said at v1\n");
}
