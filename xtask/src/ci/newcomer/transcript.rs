//! Compares what the README says that a command prints with what it prints. Times and counts may differ, and so may the
//! width of the columns that hold them; a line `..` stands for any number of lines.

/// The line of a transcript that stands for any number of lines.
const LEFT_OUT: &str = "..";

/// Returns the first line of the transcript that is not in the output, or is in another place; none when all are there.
pub(super) fn first_difference<'a>(transcript: &'a str, output: &str) -> Option<&'a str> {
    let printed: Vec<String> = output.lines().map(shape).filter(|line| !line.is_empty()).collect();
    let mut rest = printed.as_slice();
    let mut may_skip = false;
    for line in transcript.lines().filter(|line| !line.trim().is_empty()) {
        if line.trim() == LEFT_OUT {
            may_skip = true;
            continue;
        }
        let expected = shape(line);
        let found = if may_skip {
            rest.iter().position(|printed| *printed == expected)
        } else {
            (rest.first() == Some(&expected)).then_some(0)
        };
        let Some(found) = found else { return Some(line) };
        rest = &rest[found + 1..];
        may_skip = false;
    }
    (!may_skip && !rest.is_empty()).then_some("(the end)")
}

/// Returns a line with each number as `0`, and each run of blanks or of one drawn character as one.
fn shape(line: &str) -> String {
    let mut shape = String::new();
    for character in line.trim().chars() {
        let character = if character.is_ascii_digit() { '0' } else { character };
        let repeats = matches!(character, '0' | ' ' | '-' | '─' | '═');
        if !(repeats && shape.ends_with(character)) {
            shape.push(character);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str =
        "note: asked at 2026-11-26T03:35:47.761Z\n\n2033 rows in demo.csv\n   118 adl\n   99 liquidation\ndone\n";

    #[test]
    fn times_counts_and_widths_may_differ() {
        let transcript = "note: asked at 2026-10-01T00:00:00.001Z\n7 rows in demo.csv\n  1 adl\n..\ndone\n";
        assert_eq!(first_difference(transcript, OUTPUT), None);
    }

    #[test]
    fn words_their_order_and_lines_that_are_not_shown_may_not() {
        for (transcript, difference) in [
            ("note: asked at 2026-10-01T00:00:00.001Z\n7 lines in demo.csv\n..\n", "7 lines in demo.csv"),
            ("..\n1 liquidation\n1 adl\n..\n", "1 adl"),
            ("7 rows in demo.csv\n..\n", "7 rows in demo.csv"),
            ("..\n1 liquidation\n", "(the end)"),
            ("..\nnever printed\n", "never printed"),
        ] {
            assert_eq!(first_difference(transcript, OUTPUT), Some(difference), "{transcript}");
        }
    }
}
