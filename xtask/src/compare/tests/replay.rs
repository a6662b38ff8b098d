//! Ten changes that the vendor made between April and October 2026, one after the other, on specs as they would have been
//! before. CONTRIBUTING.md lists which of them needed a major version.

use super::{Edit, Texts, is_breaking, told};

/// One change: its day, what it was, the edits, whether it breaks programs, and what is told of it.
struct Step {
    day: &'static str,
    what: &'static str,
    edits: &'static [Edit],
    needs_major: bool,
    told: &'static [&'static str],
}

const PAGE: &str = include_str!("../../../../CONTRIBUTING.md");

const TYPES: &str = "\
words:
  Side: { doc: Which way., words: { BUY: Buys., SELL: Sells. } }
  IncomeType: { doc: A kind., words: { TRANSFER: A transfer., AUTO_EXCHANGE: An exchange. } }
ids: { StrategyId: A conditional order. }
shapes:
  UmOrder:
    doc: An order.
    fields:
      orderId:  { type: OrderId, doc: Its number. }
      avgPrice: { type: Decimal, doc: Average price of the fills. }
      cumQuote: { type: Decimal, doc: Value of the fills. }
  FuturesIncome:
    doc: A change of the balance.
    fields: { incomeType: { type: IncomeType, doc: Its kind. } }
";

const HEAD: &str = "source: { doc: trade, verified_on: 2026-04-01 }\naccess: TRADE\nweight: 1\n";

const FORCE_ORDERS: &str = "spec/um/force_orders.yaml";
const INCOME: &str = "spec/um/income_history.yaml";
const CONDITIONAL: &str = "spec/um/new_conditional_order.yaml";
const ALGO: &str = "spec/um/new_algo_order.yaml";
const AMEND: &str = "spec/um/amend_order.yaml";
const COLLECT: &str = "spec/account/collect_asset.yaml";
const SHARED: &str = "spec/types.yaml";

fn before_all() -> Texts {
    let spec = |path: &str, rest: &str| (path.to_owned(), format!("{HEAD}{rest}"));
    let texts = [
        (SHARED.to_owned(), TYPES.to_owned()),
        spec(
            FORCE_ORDERS,
            "name: ForceOrders
doc: Liquidations.
call: GET /papi/v1/um/forceOrders
effect: read
params:
  startTime: { type: Timestamp, doc: The first. }
  endTime:   { type: Timestamp, doc: The last. }
constraints:
  - window: { from: startTime, to: endTime, span: at most 7d }
reply: [UmOrder]
",
        ),
        spec(
            INCOME,
            "name: IncomeHistory
doc: Income.
call: GET /papi/v1/um/income
effect: read
params:
  incomeType: { type: IncomeType, words: [TRANSFER, AUTO_EXCHANGE], doc: One kind. }
  page:       { type: u32, doc: Which page. }
reply: [FuturesIncome]
",
        ),
        spec(
            CONDITIONAL,
            "name: NewConditionalOrder
doc: Places a conditional order.
call: POST /papi/v1/um/conditional/order
effect: once
nothing_tells: Nothing here.
params: { quantity: { type: Quantity, required: true, doc: How much. } }
reply: NewStrategy
types:
  NewStrategy: { doc: The order., fields: { strategyId: { type: StrategyId, doc: Its number. } } }
",
        ),
        spec(
            AMEND,
            "name: AmendOrder
doc: Amends an order.
call: PUT /papi/v1/um/order
effect: once
nothing_tells: Nothing here.
params: { quantity: { type: Quantity, required: true, doc: How much. } }
reply: UmOrder
",
        ),
        spec(
            COLLECT,
            "name: CollectAsset
doc: Collects an asset.
call: POST /papi/v1/asset-collection
effect: once
nothing_tells: Nothing here.
params: { asset: { type: Asset, required: true, doc: Which. } }
reply: UmOrder
",
        ),
    ];
    Texts(texts.into())
}

const STEPS: [Step; 10] = [
    Step {
        day: "2026-04-06",
        what: "liquidations reach back 90 days",
        edits: &[(FORCE_ORDERS, "at most 7d }", "at most 7d, history: 90d }")],
        needs_major: false,
        told: &[
            "behaviour um::ForceOrders: no longer a constraint: `startTime` not after `endTime`, span at most 7 days",
            "behaviour um::ForceOrders: a constraint: `startTime` not after `endTime`, span at most 7 days, not older than 90 days",
        ],
    },
    Step {
        day: "2026-04-08",
        what: "a contract for stocks can be signed",
        edits: &[(
            "spec/um/sign_stock_contract.yaml",
            "",
            "name: SignStockContract
doc: Signs.
source: { doc: trade, verified_on: 2026-04-08 }
call: POST /papi/v1/um/stock/contract
access: TRADE
effect: idempotent
weight: 5
nothing_tells: Nothing here.
reply: UmOrder
",
        )],
        needs_major: false,
        told: &["additive um::SignStockContract: the endpoint `POST /papi/v1/um/stock/contract` is new"],
    },
    Step {
        day: "2026-04-14",
        what: "algo orders come",
        edits: &[(
            ALGO,
            "",
            "name: NewAlgoOrder
doc: Places an algo order.
source: { doc: trade, verified_on: 2026-04-14 }
call: POST /papi/v1/um/algo/order
access: TRADE
effect: once
weight: 1
nothing_tells: Nothing here.
params:
  quantity:     { type: Quantity, required: true, doc: How much. }
  callbackRate: { type: Decimal, min: 0.1, max: 10, doc: How far it trails. }
reply: NewAlgo
types:
  NewAlgo: { doc: The order., fields: { algoId: { type: i64, doc: Its number. } } }
",
        )],
        needs_major: false,
        told: &[
            "additive um::NewAlgoOrder: the endpoint `POST /papi/v1/um/algo/order` is new",
            "additive um::NewAlgo: the type is new",
        ],
    },
    Step {
        day: "2026-04-28",
        what: "conditional orders of USDⓈ-M go",
        edits: &[
            (CONDITIONAL, "", ""),
            (
                "spec/retired.yaml",
                "",
                "POST /papi/v1/um/conditional/order: { since: 2026-04-28, instead: POST /papi/v1/um/algo/order }\n",
            ),
        ],
        needs_major: true,
        told: &[
            "breaking um::NewConditionalOrder: the endpoint `POST /papi/v1/um/conditional/order` is gone",
            "breaking um::NewStrategy: the type is gone",
            "behaviour RETIRED: what replaces `POST /papi/v1/um/conditional/order` is POST /papi/v1/um/algo/order; it had none",
        ],
    },
    Step {
        day: "2026-07-14",
        what: "replies to orders lose their average price and value",
        edits: &[
            (SHARED, "avgPrice: { type: Decimal,", "avgPrice: { type: Decimal, optional: Not told of new orders.,"),
            (SHARED, "cumQuote: { type: Decimal,", "cumQuote: { type: Decimal, optional: Not told of new orders.,"),
        ],
        needs_major: true,
        told: &[
            "breaking UmOrder: the field `avgPrice` may be absent, so it is an `Option`",
            "breaking UmOrder: the field `cumQuote` may be absent, so it is an `Option`",
        ],
    },
    Step {
        day: "2026-07-22",
        what: "orders tell the number of their amendment",
        edits: &[(
            SHARED,
            "      avgPrice",
            "      modifyId: { type: i64, optional: Only of amended orders., doc: The last amendment. }\n      avgPrice",
        )],
        needs_major: false,
        told: &["additive UmOrder: the field `modifyId` is new"],
    },
    Step {
        day: "2026-08-26",
        what: "algo orders can close a position, without a quantity",
        edits: &[(
            ALGO,
            "type: Quantity, required: true, doc: How much. }",
            "type: Quantity, doc: How much. }\n  closePosition: { type: bool, doc: Closes all. }",
        )],
        needs_major: true,
        told: &[
            "additive um::NewAlgoOrder: the parameter `closePosition` is new",
            "breaking um::NewAlgoOrder: the parameter `quantity` may be left out",
            "breaking um::NewAlgoOrder: the constructor `new` was `(quantity)` and is `()`",
        ],
    },
    Step {
        day: "2026-09-28",
        what: "AUTO_EXCHANGE can no longer be asked for",
        edits: &[(INCOME, ", AUTO_EXCHANGE]", "]")],
        needs_major: false,
        told: &[
            "behaviour um::IncomeHistory: what `incomeType` may be was \"One of TRANSFER, AUTO_EXCHANGE\" and is \"One of TRANSFER\"",
        ],
    },
    Step {
        day: "2026-10-15",
        what: "collecting an asset takes an amount",
        edits: &[(
            COLLECT,
            "doc: Which. } }",
            "doc: Which. }, amount: { type: Quantity, above: 0, doc: How much. }, futureType: { type: String, doc: From where. } }",
        )],
        needs_major: false,
        told: &[
            "additive account::CollectAsset: the parameter `amount` is new",
            "additive account::CollectAsset: the parameter `futureType` is new",
        ],
    },
    Step {
        day: "2026-10-28",
        what: "income has no pages any more",
        edits: &[(INCOME, "page:       { type: u32,", "page:       { type: u32, removed: 2026-10-28,")],
        needs_major: true,
        told: &["breaking um::IncomeHistory: the parameter `page` is gone, taken away on 2026-10-28"],
    },
];

#[test]
fn each_change_of_the_vendor_is_told_as_what_it_was() {
    let mut texts = before_all();
    for step in &STEPS {
        let changes = texts.changes_by(step.edits);
        assert_eq!(told(&changes), step.told, "{} {}", step.day, step.what);
        assert_eq!(is_breaking(&changes), step.needs_major, "{} {}", step.day, step.what);
        texts = texts.edited(step.edits);
    }
}

#[test]
fn contributing_lists_the_changes_and_what_they_needed() {
    let rows = STEPS.iter().map(|step| {
        let version = if step.needs_major { "major" } else { "minor" };
        format!("| {} | {} | {version} |", step.day, step.what)
    });
    let missing: Vec<String> = rows.filter(|row| !PAGE.contains(row.as_str())).collect();
    assert!(missing.is_empty(), "not in CONTRIBUTING.md:\n{}", missing.join("\n"));
}
