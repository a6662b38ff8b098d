//! Finds the name that was probably meant, so that a typing error is corrected quickly. All messages that suggest a name share
//! this measure.

/// Returns the most similar of the names, if it differs by a typing error only: at most a third of its letters. Case does
/// not count. The first of several that are equally similar is returned.
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let folded = written.to_lowercase();
    let (distance, name) = names
        .into_iter()
        .filter(|name| *name != written)
        .map(|name| (strsim::damerau_levenshtein(&folded, &name.to_lowercase()), name))
        .min_by_key(|(distance, _)| *distance)?;
    let longest = folded.chars().count().max(name.chars().count());
    (distance * 3 <= longest).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let names = ["symbol", "startTime", "endTime"];
        assert_eq!(nearest("symbl", names), Some("symbol"));
        assert_eq!(nearest("starttime", names), Some("startTime"));
        assert_eq!(nearest("quantity", names), None);
    }
}
