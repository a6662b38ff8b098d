//! Facts that contradict each other or their types, as the generator refuses them in a spec. Each stops compilation with one
//! message, at the argument or the parameter that it is about.

use binance_papi::{OrderId, Pair, Side, Symbol, Timestamp, endpoint, reply};

/// A row.
#[reply]
pub struct Row {
    /// Exchange's number of the order.
    #[field("id")]
    pub id: OrderId,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct MinAboveMax {
    /// One.
    #[param("limit", min = "10", max = "5")]
    pub one: Option<u32>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct OpenAndClosed {
    /// One.
    #[param("limit", min = "5", below = "5")]
    pub one: Option<u32>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct MinAndAbove {
    /// One.
    #[param("limit", min = "1", above = "1")]
    pub one: Option<u32>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct BoundOfText {
    /// One.
    #[param("symbol", min = "1")]
    pub one: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct NowOfNumber {
    /// One.
    #[param("limit", min = "now + 600s")]
    pub one: Option<u32>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct FractionOfCount {
    /// One.
    #[param("limit", max = "1.5")]
    pub one: Option<u32>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct DefaultOutside {
    /// One.
    #[param("limit", default = "500", max = "100")]
    pub one: Option<u32>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct DefaultOfCount {
    /// One.
    #[param("limit", default = "-1")]
    pub one: Option<u32>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct DefaultOfWords {
    /// One.
    #[param("side", default = "HOLD")]
    pub one: Option<Side>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct DefaultOfFewerWords {
    /// One.
    #[param("side", default = "SELL", words = ["BUY"])]
    pub one: Option<Side>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct DefaultOfBool {
    /// One.
    #[param("archived", default = "yes")]
    pub one: Option<bool>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct DefaultOfRequired {
    /// One.
    #[param("limit", default = "5")]
    pub one: u32,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct WordOfAnother {
    /// One.
    #[param("side", words = ["BUY", "LONG"])]
    pub one: Option<Side>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct WordTwice {
    /// One.
    #[param("side", words = ["BUY", "BUY"])]
    pub one: Option<Side>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct WordsOfText {
    /// One.
    #[param("symbol", words = ["BTCUSDT"])]
    pub one: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct LengthOfNumber {
    /// One.
    #[param("limit", length = 1..=5)]
    pub one: Option<u32>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct CharsBackwards {
    /// One.
    #[param("symbol", chars = "z-a")]
    pub one: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct NoName {
    /// One.
    #[param("symbol name")]
    pub one: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
#[constructor(buy, doc = "Buys.", set(side = "BYE"))]
pub struct SetToNoWord {
    /// One.
    #[param("side")]
    pub side: Side,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().at_most_one(&["symbol", "pair"])],
    reply = Vec<Row>,
)]
pub struct AlreadyRequired {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// Its pair.
    #[param("pair")]
    pub pair: Option<Pair>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::when(&[sent("symbol")]).need(&["pair"])],
    reply = Vec<Row>,
)]
pub struct AlwaysSent {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// Its pair.
    #[param("pair")]
    pub pair: Option<Pair>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().together(&["symbol"])],
    reply = Vec<Row>,
)]
pub struct OneAlone {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().need(&[])],
    reply = Vec<Row>,
)]
pub struct NoOne {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().forbid(&["symbol", "symbol"])],
    reply = Vec<Row>,
)]
pub struct ListedTwice {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::when(&[]).need(&["symbol"])],
    reply = Vec<Row>,
)]
pub struct NoCondition {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::when(&[is("side", &["BYE"])]).need(&["symbol"])],
    reply = Vec<Row>,
)]
pub struct ConditionOfNoWord {
    /// Which way.
    #[param("side", words = ["BUY"])]
    pub side: Option<Side>,
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().only("side", &["SELL"])],
    reply = Vec<Row>,
)]
pub struct OnlyOfNoWord {
    /// Which way.
    #[param("side", words = ["BUY"])]
    pub side: Option<Side>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    constraints = [Constraint::always().window(Window::between("symbol", "pair"))],
    reply = Vec<Row>,
)]
pub struct WindowOfText {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// Its pair.
    #[param("pair")]
    pub pair: Option<Pair>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = Weight::with(&[("symbol", 1), ("symbol", 2)]).otherwise(40),
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct WeighedTwice {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    caps = [CallCap::of(0)],
    reply = Vec<Row>,
)]
pub struct CapOfNone {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    orders = 1,
    reply = Vec<Row>,
)]
pub struct OrderThatReads {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::None,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    orders = 1,
    reply = Vec<Row>,
)]
pub struct OrderWithoutKey {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct EmptyPath {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
pub struct NoPage {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-13-01",
    reply = Vec<Row>,
)]
pub struct NoDay {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    retired = Retired::since("2026-04-28"),
    reply = Vec<Row>,
)]
pub struct RetiredForNothing {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    client_ids = ["limit"],
    reply = Vec<Row>,
)]
pub struct IdOfNumber {
    /// One.
    #[param("limit")]
    pub one: Option<u32>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    settle = [Question::ask("GET /papi/v1/um/row").nothing_left()],
    reply = Vec<Row>,
)]
pub struct ReadThatSettles {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    shown_by = "GET /papi/v1/um/row",
    reply = Vec<Row>,
)]
pub struct ReadThatIsShown {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    settle = [Question::ask("GET /papi/v1/um/row").nothing_left()],
    shown_by = "GET /papi/v1/um/row",
    reply = Vec<Row>,
)]
pub struct SettledAndShown {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    settle = [Question::ask("GET /papi/v1/um/row").each("orders").nothing_left()],
    reply = Vec<Row>,
)]
pub struct EachOfNothing {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    settle = [Question::ask("GET /papi/v1/um/row").same(&[])],
    reply = Vec<Row>,
)]
pub struct SameAsNothing {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Once,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    settle = [
        Question::ask("GET /papi/v1/um/row").state(StateWords::of("status").acted(&["NEW"]).open(&["NEW"])),
    ],
    reply = Vec<Row>,
)]
pub struct SortedTwice {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    paging = Paging::by_key(&["id"]),
    row = Row,
    reply = Vec<Row>,
)]
pub struct WalkedByNothing {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(7)).cap("symbol"),
    row = Row,
    reply = Vec<Row>,
)]
pub struct CapOfText {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    paging = Paging::by_key(&["id"])
        .window("startTime", "endTime", days(7))
        .names("GET /papi/v1/um/account"),
    row = Row,
    reply = Vec<Row>,
)]
pub struct NamesOfNothing {
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    paging = Paging::by_key(&["orderId"]).window("startTime", "endTime", days(7)),
    row = Row,
    reply = Vec<Row>,
)]
pub struct KeyOfNoField {
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(7)).time("id"),
    row = Row,
    reply = Vec<Row>,
)]
pub struct TimeOfNoTime {
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(7)),
    row = Row,
    reply = Row,
)]
pub struct NoList {
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    paging = Paging::by_key(&["id"]).window("startTime", "endTime", days(7)).rows("rows"),
    row = Row,
    reply = Row,
)]
pub struct RowsOfNoField {
    /// First.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
}

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
)]
#[constructor(old, doc = "Old rows.", set(archived = "5"))]
pub struct SetToNoBool {
    /// Old rows.
    #[param("archived")]
    pub archived: bool,
}

fn main() {}
