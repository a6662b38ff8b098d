//! Dates as specs write them: `2026-10-23`. They stay texts, because such texts are in the order of their dates.

use super::keys;
use super::yaml::Entry;
use crate::problem::{At, Problems};

/// Reads a date that the calendar has.
pub(super) fn read_date(entry: &Entry, problems: &mut Problems) -> Option<At<String>> {
    let text = keys::scalar(&entry.value, &entry.key, problems)?;
    let Some((year, month, day)) = parts(&text) else {
        problems.at(text.place, format!("`{}` is not a date", *text)).help("write it as 2026-10-23");
        return None;
    };
    if day > days_of(year, month) {
        let help = format!("{year}-{month:02} has {} days", days_of(year, month));
        problems.at(text.place, format!("there is no {}", *text)).help(help);
        return None;
    }
    Some(text)
}

/// Returns year, month and day.
fn parts(text: &str) -> Option<(u32, u32, u32)> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: usize, digits: usize, least: u32, most: u32| {
        let part = parts.get(part).filter(|part| part.len() == digits)?;
        part.parse().ok().filter(|number| (least..=most).contains(number))
    };
    let date = (number(0, 4, 2000, 2999)?, number(1, 2, 1, 12)?, number(2, 2, 1, 31)?);
    (parts.len() == 3).then_some(date)
}

fn days_of(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::days_of;

    #[test]
    fn february_is_longer_in_leap_years() {
        let februaries = [2000, 2024, 2025, 2100].map(|year| days_of(year, 2));
        assert_eq!(februaries, [29, 29, 28, 28]);
    }
}
