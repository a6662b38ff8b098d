//! A draft in pieces. One that the checks of codegen refuse gives way to the next one that was thought of, so that a draft is
//! accepted as it stands.

use crate::check;
use crate::problem::Problems;
use crate::spec::Specs;

/// A part of a draft with what can stand in its place.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The key that the piece is an item of, written before the first of them that is no comment: `constraints:`.
    header: Option<&'static str>,
    tries: Vec<String>,
    current: usize,
}

impl Piece {
    pub(super) fn fixed(text: String) -> Self {
        Self { header: None, tries: vec![text], current: 0 }
    }

    /// The first of these that is accepted.
    pub(super) fn first_of(tries: Vec<String>) -> Self {
        Self { header: None, tries, current: 0 }
    }

    /// The first of these, as an item below a key.
    pub(super) fn item(header: &'static str, tries: Vec<String>) -> Self {
        Self { header: Some(header), tries, current: 0 }
    }

    fn text(&self) -> &str {
        self.tries.get(self.current).map_or("", String::as_str)
    }

    fn is_comment(&self) -> bool {
        self.text().lines().all(|line| line.trim_start().starts_with('#'))
    }
}

/// Joins the pieces, and tells where each begins and ends.
fn join(pieces: &[Piece]) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let is_first = |header| {
            let of_header = |piece: &&Piece| piece.header == Some(header);
            !pieces[..index].iter().any(|before| of_header(&before))
                && pieces.iter().filter(of_header).any(|piece| !piece.is_comment())
        };
        if let Some(header) = piece.header.filter(|header| is_first(header)) {
            text.push_str(header);
            text.push('\n');
        }
        let start = text.len();
        text.push_str(piece.text());
        places.push((start, text.len()));
    }
    (text, places)
}

/// Returns the text of a draft that the checks accept beside the other specs, as far as its pieces allow.
pub(super) fn accepted(mut pieces: Vec<Piece>, path: &str, today: &str, specs: &Specs) -> String {
    // Each round gives up one try of one piece, so this ends.
    loop {
        let (text, places) = join(&pieces);
        let wrong = errors(&text, path, today, specs);
        let refused = wrong.iter().find_map(|at| {
            places.iter().enumerate().rev().find(|(index, (start, end))| {
                start <= at && at < end && pieces[*index].current + 1 < pieces[*index].tries.len()
            })
        });
        match refused {
            Some((index, _)) => pieces[index].current += 1,
            None => return text,
        }
    }
}

/// Where the checks find something wrong in a draft.
pub(super) fn errors(text: &str, path: &str, today: &str, specs: &Specs) -> Vec<usize> {
    let mut problems = Problems::default();
    let (specs, source) = specs.with(path, text.to_owned(), &mut problems);
    check::check(&specs, today, &mut problems);
    problems.errors_in(source)
}
