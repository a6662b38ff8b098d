//! An endpoint that the library does not have, written by hand in a stranger's crate.

use binance_papi::{Client, Decimal, Endpoint, Error, OpenEnum, Query, Symbol, UnknownWord, either, endpoint, reply};

/// What the exchange may offer one day.
#[endpoint(
    group = market,
    call = "GET /papi/v1/colours",
    access = NONE,
    effect = read,
    weight = 1,
    page = "https://example.com/colours",
    checked = "2026-10-23",
    reply = Vec<Swatch>,
)]
pub struct Colours {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// Which.
    #[param("kind")]
    pub kind: Option<Colour>,
}

/// A colour.
#[derive(Debug, Clone, PartialEq, Eq, OpenEnum)]
pub enum Colour {
    /// Red.
    #[word("RED")]
    Red,
    /// Any other.
    Unknown(UnknownWord),
}

/// What comes back.
#[either]
pub enum Swatch {
    /// With a price.
    #[when("price")]
    Priced(Priced),
    /// Without.
    #[otherwise]
    Plain(Plain),
}

/// With a price.
#[reply]
#[example(r#"{"price":"1.50"}"#)]
pub struct Priced {
    /// Price.
    #[field("price")]
    pub price: Decimal,
}

/// Without.
#[reply]
pub struct Plain {
    /// Colour. Absent in the dark.
    #[field("colour")]
    pub colour: Option<Colour>,
}

/// Only has to compile: there is no such exchange.
pub async fn ask(client: &Client) -> Result<Vec<Swatch>, Error> {
    Ok(client.send(&Colours::new("BTCUSDT")).await?.data)
}

fn main() {
    let request = Colours::new("BTCUSDT").kind("GREEN");
    assert!(request.check(Default::default()).is_ok());
    assert_eq!(Priced::example().price.to_string(), "1.50");
    let mut query = Query::new();
    request.encode(&mut query);
    println!("{}", query.as_str());
}
