//! The documented error codes are those of the vendor's page, by number and name, and in its order.

use binance_papi::ErrorCode;

const FACTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/facts/error_codes.json");

fn page() -> Vec<(i64, String)> {
    let json = std::fs::read_to_string(FACTS).expect("the facts about error codes");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).expect("a list of codes");
    let row = |row: &serde_json::Value| Some((row["code"].as_i64()?, row["name"].as_str()?.to_owned()));
    rows.iter().map(|each| row(each).unwrap_or_else(|| panic!("no number and name: {each}"))).collect()
}

#[test]
fn every_documented_code_has_its_number_and_name() {
    let ours = ErrorCode::documented().map(|code| (code.get(), code.name().expect("a name").to_owned()));
    let (ours, page): (Vec<_>, _) = (ours.collect(), page());
    assert_eq!(page.len(), 180);
    assert_eq!(ours, page);
}

#[test]
fn a_code_is_documented_when_the_page_has_it() {
    let page: Vec<i64> = page().into_iter().map(|(code, _)| code).collect();
    let wrong: Vec<_> = (-60_000..60_000)
        .map(ErrorCode::new)
        .filter(|code| code.is_documented() != page.contains(&code.get()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
