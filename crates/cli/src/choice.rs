//! Options that are one word out of a few, with a line of help for each word.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Reads a word into the value that it stands for. Each choice is the word, its help, and the value.
pub(crate) fn one_of<T: Clone + Send + Sync + 'static>(
    choices: impl IntoIterator<Item = (&'static str, &'static str, T)>,
) -> impl TypedValueParser<Value = T> {
    let choices: Vec<_> = choices.into_iter().collect();
    let words = choices.iter().map(|(word, help, _)| PossibleValue::new(*word).help(*help));
    PossibleValuesParser::new(words).try_map(move |given| {
        choices.iter().find(|(word, ..)| *word == given).map(|(.., value)| value.clone()).ok_or("no such word")
    })
}
