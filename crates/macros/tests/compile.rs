//! Pins the messages of the macros, and that a mistake gives its own message and no others.

#[test]
fn messages() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/accepted/*.rs");
    cases.compile_fail("tests/messages/*.rs");
}
