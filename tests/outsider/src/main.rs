//! An endpoint that the library does not have, written by hand in a stranger's crate.

use binance_papi::{Client, Credentials, Decimal, Endpoint, Error, OpenEnum, Query, Symbol, Timestamp, UnknownWord, either, endpoint, reply};

/// What the exchange may offer one day.
#[endpoint(
    group = Group::Market,
    call = "GET /papi/v1/colours",
    access = Access::None,
    effect = Effect::Read,
    weight = Weight::with(&[("kind", 1)]).otherwise(5),
    constraints = [
        Constraint::when(&[is("kind", &["RED"])]).need(&["startTime"]),
        Constraint::always().window(Window::between("startTime", "endTime").at_most(days(7)).reaches_back(months(3))),
    ],
    paging = Paging::by_key(&["colour"]).window("startTime", "endTime", days(7)),
    row = Swatch,
    doc_url = "https://example.com/colours",
    verified_on = "2026-10-23",
    reply = Vec<Swatch>,
)]
pub struct Colours {
    /// The contract.
    #[param("symbol")]
    pub symbol: Symbol,
    /// Which.
    #[param("kind")]
    pub kind: Option<Colour>,
    /// First millisecond.
    #[param("startTime")]
    pub start_time: Option<Timestamp>,
    /// Last millisecond.
    #[param("endTime")]
    pub end_time: Option<Timestamp>,
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
    /// Colour. Absent in the dark.
    #[field("colour")]
    pub colour: Option<Colour>,
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
    let refused = Colours::new("BTCUSDT").kind("RED").check(Default::default()).unwrap_err();
    assert_eq!(refused.violations()[0].param(), "startTime");
    assert_eq!(request.cost().weight, 1);
    assert_eq!(Priced::example().price.to_string(), "1.50");
    // The feature that opens encrypted keys is not among the default ones.
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----";
    let refused = Credentials::with_private_key("key", encrypted, Some("passphrase")).unwrap_err().to_string();
    assert!(refused.contains("the feature `encrypted-keys`"), "{refused}");
    let mut query = Query::new();
    request.encode(&mut query);
    println!("{}", query.as_str());
}
