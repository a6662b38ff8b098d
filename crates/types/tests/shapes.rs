//! What a reply may differ in, and that anything else is refused with the place where it differs.

#[test]
fn what_is_not_the_documented_shape_is_refused_with_its_path() {
    let reprint = papi_types::um::ForceOrders::INFO.reprint;
    let error = |body: &str| reprint(body.as_bytes()).expect_err(body).to_string();
    assert!(error("").starts_with("at .: EOF"), "{}", error(""));
    assert!(error("<html>").starts_with("at .: expected value"));
    assert!(error("{}").starts_with("at .: invalid type: map, expected a list"), "{}", error("{}"));
    let example = papi_types::um::ForceOrders::INFO.examples[0];
    let broken = example.replace("\"10871.09\"", "\"a lot\"");
    assert!(
        error(&broken).starts_with("at [0].price: expected a decimal number, found \"a lot\""),
        "{}",
        error(&broken)
    );
    let lacking = example.replace("\"orderId\"", "\"other\"");
    assert!(error(&lacking).starts_with("at [0]: missing field `orderId`"), "{}", error(&lacking));
    let cut = &example[..example.len() / 2];
    assert!(error(cut).contains("EOF"), "{}", error(cut));
    assert!(error(&format!("{example}]")).contains("trailing characters"));
    assert!(error("[[1,2]]").starts_with("at [0]: invalid type: sequence, expected an object"));
}

#[test]
fn fields_that_nobody_knows_are_passed_over() {
    for info in
        [papi_types::um::ForceOrders::INFO, papi_types::um::NewOrder::INFO, papi_types::margin::ForceOrders::INFO]
    {
        let example = info.examples[0];
        let printed = (info.reprint)(example.replace('{', "{\"brandNew\":[1,{}],").as_bytes());
        assert_eq!(printed.expect("reads"), (info.reprint)(example.as_bytes()).expect("reads"));
    }
}

#[test]
fn fields_that_the_exchange_stopped_sending_are_absent() {
    let reprint = papi_types::um::NewOrder::INFO.reprint;
    let [without, with] = papi_types::um::NewOrder::INFO.examples else { panic!("two documented replies") };
    let printed = |example: &str| reprint(example.as_bytes()).expect("reads");
    assert!(!printed(without).contains("avgPrice") && printed(with).contains(r#""avgPrice":"0.00000""#));
}
