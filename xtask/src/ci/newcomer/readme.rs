//! Reads the README as somebody who does what it says: its commands, what they are said to print, and its programs.

/// What a block of the README asks a newcomer to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Type a command; the README may show what it prints.
    Command { line: usize, text: &'a str, transcript: Option<&'a str> },
    /// The same, but an account of the exchange is needed.
    WithAccount { text: &'a str },
    /// Put lines into the manifest of a crate.
    Manifest { text: &'a str },
    /// Put a program into that crate and run it.
    Program { line: usize, text: &'a str },
}

/// A fenced block: the line of its first line of text, what is said behind the fence, and its text.
struct Block<'a> {
    line: usize,
    label: &'a str,
    text: &'a str,
}

/// Returns the steps in their order. A block `text` directly behind a block `sh` is what its last command prints.
pub(super) fn steps(readme: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for block in blocks(readme) {
        let numbered = (block.line..).zip(block.text.lines());
        match block.label {
            "sh" => steps.extend(
                numbered
                    .filter_map(|(line, text)| Some(Step::Command { line, text: command(text)?, transcript: None })),
            ),
            "sh account" => {
                steps.extend(block.text.lines().filter_map(|text| Some(Step::WithAccount { text: command(text)? })));
            }
            "text" => {
                if let Some(Step::Command { transcript: transcript @ None, .. }) = steps.last_mut() {
                    *transcript = Some(block.text);
                }
            }
            "toml" => steps.push(Step::Manifest { text: block.text }),
            "rust" => steps.push(Step::Program { line: block.line, text: block.text }),
            _ => {}
        }
    }
    steps
}

fn blocks(readme: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, &str, usize)> = None;
    let mut offset = 0;
    for (index, line) in readme.split_inclusive('\n').enumerate() {
        let after = offset + line.len();
        match (line.trim_end().strip_prefix("```"), open) {
            (Some(label), None) => open = Some((index + 2, label, after)),
            (Some(_), Some((line, label, start))) => {
                blocks.push(Block { line, label, text: &readme[start..offset] });
                open = None;
            }
            (None, _) => {}
        }
        offset = after;
    }
    blocks
}

/// Returns the command of a line: without its remark, and none when nothing is left.
fn command(line: &str) -> Option<&str> {
    let command = line.split_once(" #").map_or(line, |(command, _)| command).trim();
    (!command.is_empty() && !command.starts_with('#')).then_some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_is_a_step_of_its_kind() {
        let readme = "# Title\n\n```sh\nbuild it      # a remark\n\n# only a remark\nrun it\n```\n```text\nran\n```\nProse.\n\n\
                      ```text\nno transcript of a program\n```\n```sh account\npay\n```\n```toml\n[dependencies]\n```\n\
                      ```rust\nfn main() {}\n```\n";
        assert_eq!(
            steps(readme),
            [
                Step::Command { line: 4, text: "build it", transcript: None },
                Step::Command { line: 7, text: "run it", transcript: Some("ran\n") },
                Step::WithAccount { text: "pay" },
                Step::Manifest { text: "[dependencies]\n" },
                Step::Program { line: 24, text: "fn main() {}\n" },
            ]
        );
    }
}
