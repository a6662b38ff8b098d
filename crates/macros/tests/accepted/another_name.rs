//! The library under another path.

use renamed::papi::{Symbol, UnknownWord};

mod renamed {
    pub use binance_papi as papi;
}

/// Rows.
#[renamed::papi::endpoint(
    group = Group::Um,
    call = "GET /papi/v1/um/rows",
    access = Access::UserData,
    effect = Effect::Read,
    weight = 1,
    doc_url = "https://example.com/rows",
    verified_on = "2026-10-23",
    reply = Vec<Row>,
    crate = crate::renamed::papi,
)]
pub struct Rows {
    /// The contract.
    #[param("symbol")]
    pub symbol: Option<Symbol>,
}

/// A row.
#[renamed::papi::reply(crate = crate::renamed::papi)]
pub struct Row {
    /// Kind.
    #[field("kind")]
    pub kind: Option<Kind>,
}

/// Kind.
#[derive(Debug, Clone, PartialEq, Eq, renamed::papi::OpenEnum)]
#[papi(crate = crate::renamed::papi)]
pub enum Kind {
    /// Any.
    Unknown(UnknownWord),
}

fn main() {
    assert_eq!((Rows::INFO.reprint)(br#"[{"kind":"A"}]"#).unwrap(), r#"[{"kind":"A"}]"#);
}
