//! Words that the vocabulary does not have: the compiler knows it, each mistake is one message at its place.

use binance_papi::{Symbol, endpoint};

/// Rows.
#[endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    orderz = 1,
    reply = Vec<bool>,
)]
pub struct UnknownArgument {
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
    constraints = [Constraint::always().exactly_two(&["symbol"])],
    reply = Vec<bool>,
)]
pub struct UnknownRequirement {
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
    constraints = [Constraint::when(&[sent("symbol")])],
    reply = Vec<bool>,
)]
pub struct NothingRequired {
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
    caps = [CallCap::of(1).per("7d")],
    reply = Vec<bool>,
)]
pub struct SpanOfText {
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
    orders = "one",
    reply = Vec<bool>,
)]
pub struct CountOfText {
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
    settle = [Question::ask("GET /papi/v1/um/row")],
    reply = Vec<bool>,
)]
pub struct NothingShown {
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
    settle = [Question::ask("GET /papi/v1/um/row").found()],
    reply = Vec<bool>,
)]
pub struct ForHowLong {
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
    settle = [Question::ask("GET /papi/v1/um/row").state(StateWords::of("status").opened(&["NEW"]))],
    reply = Vec<bool>,
)]
pub struct UnknownWord {
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
    paging = Paging::by_key(&["id"]).narow_by(&["symbol"]),
    row = bool,
    reply = Vec<bool>,
)]
pub struct UnknownField {
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
    reply = Vec<bool>,
)]
pub struct UnknownFact {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
    /// How many.
    #[param("limit", mim = "1")]
    pub limit: Option<u32>,
}

fn main() {}
