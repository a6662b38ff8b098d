//! Pins what the macros expand to, formatted, so that a reader can see it and a reviewer sees it change.

use proc_macro2::TokenStream;

fn pretty(tokens: TokenStream) -> String {
    let file = syn::parse2(tokens).expect("expansions are items");
    prettyplease::unparse(&file)
}

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("a token stream")
}

#[test]
fn request_with_every_kind_of_argument() {
    let arguments = r#"
        group = Group::Margin,
        call = "POST /papi/v1/margin/example",
        access = Access::Trade,
        effect = Effect::Once,
        weight = Weight::with(&[("symbol", 20), ("pair", 40)]).otherwise(50),
        orders = 2,
        caps = [CallCap::of(10).per(minutes(10)), CallCap::of(20).per(months(1))],
        doc_url = "https://example.com/example",
        verified_on = "2026-10-23",
        client_ids = ["newClientOrderId"],
        constraints = [
            Constraint::when(&[is("type", &["LIMIT", "STOP"]), sent("price"), not_sent("pair")]).need(&["pair"]),
            Constraint::always().only("type", &["LIMIT"]),
        ],
        settle = [
            Question::ask("GET /papi/v1/margin/openOrder").with(&[("origId", "newClientOrderId")]).found(Retention::OpenOnly),
            Question::ask("GET /papi/v1/margin/openOrders").nothing_left(),
        ],
        shown_by = "GET /papi/v1/margin/marginLoan",
        retired = Retired::since("2026-04-28").instead("POST /papi/v1/other"),
        paging = Paging::by_key(&["txId"]).window("startTime", "endTime", days(30)).cap("size"),
        row = Row,
        reply = BTreeMap<Symbol, Vec<Row>>,
    "#;
    let item = r#"
        /// What it is for,
        /// in one paragraph.
        ///
        /// More.
        #[constructor(market, doc = "At once.", set(type = "MARKET"), take(symbol))]
        #[constructor(limit, doc = "At a price.", set(type = "LIMIT"), take(symbol, price))]
        #[constructor(new, doc = "Of any kind.", deprecated = "call `limit` or `market`", take(symbol, type))]
        #[example(r"{}")]
        pub struct Example {
            /// The contract.
            #[param("symbol")]
            pub symbol: Symbol,
            /// Its pair.
            #[param("pair")]
            pub pair: Option<Pair>,
            /// Kind.
            #[param("type", words = ["LIMIT", "MARKET"])]
            pub order_type: OrderType,
            /// Price.
            #[param("price", above = "0", max = "1.5")]
            pub price: Option<Price>,
            /// Name.
            #[param("newClientOrderId", length = 1..=32, chars = "A-Z")]
            pub new_client_order_id: Option<ClientOrderId>,
            /// Start.
            #[param("startTime", min = "now + 10m")]
            pub start_time: Option<Timestamp>,
            /// End.
            #[param("endTime", above = "now + 600s")]
            pub end_time: Option<Timestamp>,
            /// Old.
            #[param("archived", default = "false")]
            pub archived: Option<bool>,
            /// Rows.
            #[param("size", default = "10", min = "1", max = "100")]
            pub size: Option<u32>,
            /// Page.
            #[param("current")]
            pub current: Option<u32>,
            /// Id.
            #[param("fromId")]
            pub from_id: Option<i64>,
        }
    "#;
    insta::assert_snapshot!(pretty(crate::endpoint::expand(tokens(arguments), tokens(item))));
}

#[test]
fn request_without_parameters_in_another_crate() {
    let arguments = r#"
        group = Group::Market, call = "GET /papi/v1/ping", access = Access::None, effect = Effect::Read, weight = 1,
        doc_url = "https://example.com/ping", verified_on = "2026-10-23", reply = Pong, crate = ::renamed::papi,
    "#;
    insta::assert_snapshot!(pretty(crate::endpoint::expand(
        tokens(arguments),
        tokens("/// Nothing.\npub struct Ping {}")
    )));
}

#[test]
fn reply_with_required_optional_and_nested_fields() {
    let item = r#"
        /// A row.
        #[example(r"{}")]
        pub struct Row {
            /// Id.
            #[field("orderId")]
            pub order_id: OrderId,
            /// Price. Absent for market orders.
            #[field("avgPrice")]
            pub avg_price: Option<Decimal>,
            /// Steps.
            #[field("brackets")]
            pub brackets: Vec<Bracket>,
        }
    "#;
    insta::assert_snapshot!(pretty(crate::reply::expand(TokenStream::new(), tokens(item))));
}

#[test]
fn reply_that_is_an_event() {
    let item = r#"
        /// A change.
        #[event("rowChanged")]
        #[example(r"{}")]
        pub struct RowChanged {
            /// When it was sent.
            #[field("E")]
            pub event_time: Timestamp,
            /// Price. Absent for market orders.
            #[field("e2")]
            pub tag: Option<Decimal>,
        }
    "#;
    insta::assert_snapshot!(pretty(crate::reply::expand(TokenStream::new(), tokens(item))));
}

#[test]
fn reply_of_two_kinds() {
    let item = r#"
        /// Cancelled.
        #[example(r"{}")]
        pub enum Cancelled {
            /// A list.
            #[when("contingencyType")]
            List(CancelledList),
            /// A single order.
            #[otherwise]
            Single(CancelledSingle),
        }
    "#;
    insta::assert_snapshot!(pretty(crate::either::expand(TokenStream::new(), tokens(item))));
}

#[test]
fn words_of_an_open_enum() {
    let item = r#"
        pub enum Side {
            /// Buys.
            #[word("BUY")]
            Buy,
            /// Sells.
            #[word("SELL")]
            Sell,
            /// Anything else.
            Unknown(UnknownWord),
        }
    "#;
    insta::assert_snapshot!(pretty(crate::word::expand(tokens(item))));
}

#[test]
fn a_request_with_a_mistake_still_has_its_constructors() {
    let arguments = r#"group = Group::Um, call = "GET /papi/v1/um/example", access = Access::Trade, weight = 1,
        doc_url = "x", verified_on = "2026-10-23", reply = Vec<Row>"#;
    let item = r#"
        /// Example.
        pub struct Example {
            /// The contract.
            #[param("symbol")]
            pub symbol: Symbol,
            /// Rows.
            #[param("limit")]
            pub limit: Option<u32>,
        }
    "#;
    insta::assert_snapshot!(pretty(crate::endpoint::expand(tokens(arguments), tokens(item))));
}

/// Takes out the attribute of one of these names.
fn taken(attributes: &mut Vec<syn::Attribute>, names: &[&str]) -> Option<syn::Attribute> {
    let is_named = |attribute: &syn::Attribute| names.iter().any(|name| attribute.path().is_ident(name));
    Some(attributes.remove(attributes.iter().position(is_named)?))
}

/// Expands every annotated item of a generated file.
fn expanded_file(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../types/src/generated").join(path);
    let source = std::fs::read_to_string(path).expect("a generated file");
    let file = syn::parse_file(&source).expect("generated code parses");
    let items = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Struct(mut item) => {
            let attribute = taken(&mut item.attrs, &["endpoint", "reply"])?;
            let arguments = attribute.meta.require_list().map(|list| list.tokens.clone()).unwrap_or_default();
            let item = quote::quote!(#item);
            Some(if attribute.path().is_ident("endpoint") {
                crate::endpoint::expand(arguments, item)
            } else {
                crate::reply::expand(arguments, item)
            })
        }
        syn::Item::Enum(mut item) => {
            taken(&mut item.attrs, &["either"])?;
            Some(crate::either::expand(TokenStream::new(), quote::quote!(#item)))
        }
        _ => None,
    });
    pretty(items.collect())
}

#[test]
fn an_endpoint_that_is_paged() {
    insta::assert_snapshot!(expanded_file("um/force_orders.rs"));
}

#[test]
fn an_endpoint_that_is_settled_by_the_state_of_an_order() {
    insta::assert_snapshot!(expanded_file("um/amend_order.rs"));
}

#[test]
fn an_endpoint_that_is_answered_with_objects_of_two_kinds() {
    insta::assert_snapshot!(expanded_file("margin/cancel_all_orders.rs"));
}

#[test]
fn an_endpoint_with_forms() {
    insta::assert_snapshot!(expanded_file("um/new_order.rs"));
}
