//! Prints problems for people: file, line and column, the words they are about, and what to do.

use super::{Problem, Problems, Severity, Source};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// All problems as one text, in the order of files and lines.
pub(crate) fn render(sources: &[Source], problems: &Problems, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for problem in problems.in_order() {
        text.push_str(&one(&renderer, sources, problem));
        text.push_str("\n\n");
    }
    text
}

fn one(renderer: &Renderer, sources: &[Source], problem: &Problem) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let Some(source) = sources.get(problem.place.source) else { return format!("error: {}", problem.title) };
    let mark = AnnotationKind::Primary.span(problem.place.start..problem.place.end);
    let snippet = Snippet::source(source.text.as_str()).path(source.path.as_str()).annotation(mark);
    let mut group = level.primary_title(problem.title.as_str()).element(snippet);
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}
