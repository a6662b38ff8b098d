//! What pictures become as text.

use super::super::model::{Amount, Range, Running, SLOTS, Zone};
use super::*;
use jiff::civil::date;
use std::collections::BTreeMap;

const CAPTION: Caption<'_> = Caption { id: "id", title: "A <title>", desc: "What it shows" };

/// One element a line.
fn lines(picture: &Markup) -> String {
    picture.0.replace("><", ">\n<")
}

#[test]
fn bars_stand_beside_each_other_and_the_longest_has_its_number() {
    let bar = |number, text: Option<&str>| Bar { text: text.map(str::to_owned), number, class: "plain" };
    insta::assert_snapshot!(lines(&bars(CAPTION, &[bar(1, Some("00:00")), bar(0, None), bar(1_200, Some("<b>"))])));
}

#[test]
fn a_step_line_ends_at_its_sum() {
    let amount = |text| Amount::read(text).expect("a number");
    let running = Running { unit: "USDT".into(), closes: 2, points: vec![(0, amount("1")), (60, amount("4"))] };
    let range = Range { from: 0, to: 29 * 86_400_000 };
    insta::assert_snapshot!(lines(&steps(CAPTION, &running, &over_time(range, &Zone::default()))));
}

#[test]
fn a_calendar_has_a_column_for_each_week() {
    let days = BTreeMap::from([(date(2026, 9, 30), 1), (date(2026, 10, 4), 120)]);
    insta::assert_snapshot!(lines(&calendar(CAPTION, (date(2026, 9, 30), date(2026, 10, 6)), &days)));
}

#[test]
fn ticks_are_days_or_moments_and_never_many() {
    let texts = |from: i64, to: i64| -> Vec<String> {
        over_time(Range { from, to }, &Zone::default()).into_iter().map(|tick| tick.text).collect()
    };
    let day = 86_400_000;
    assert_eq!(texts(0, 89 * day), ["2 Jan", "20 Jan", "7 Feb", "25 Feb", "15 Mar"]);
    assert_eq!(texts(0, day), ["01-01 00:00", "01-01 06:00", "01-01 12:00", "01-01 18:00", "01-02 00:00"]);
    assert_eq!(texts(0, 900 * day)[..2], ["Jan 1970", "Jul 1970"]);
    assert_eq!(texts(7, 7).len(), 5);
}

#[test]
fn a_share_has_two_digits_after_the_point() {
    assert_eq!([share(1, 3), share(1, 2), share(SLOTS, SLOTS)], ["33.33%", "50%", "100%"]);
}
