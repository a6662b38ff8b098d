//! How long a simulation may take, as it is typed.

use std::time::Duration;

/// Reads whole seconds, minutes or hours.
pub(super) fn read(text: &str) -> Result<Duration, String> {
    let unit = match text.chars().next_back() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3_600,
        _ => 0,
    };
    let number = text.get(..text.len().saturating_sub(1)).and_then(|number| number.parse::<u64>().ok());
    let seconds = number.filter(|_| unit > 0).and_then(|number| number.checked_mul(unit));
    seconds.map(Duration::from_secs).ok_or_else(|| "write it such as 90s, 2m or 1h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_number_and_a_unit() {
        assert_eq!(read("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(read("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(read("1h"), Ok(Duration::from_secs(3_600)));
        for wrong in ["", "s", "2", "2d", "-1s", "1.5m", "99999999999999999999h"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
