//! A report as one page of HTML that needs nothing else: no script, no network. Texts are escaped by the types of the template
//! library, whatever a symbol is called.

pub(super) mod breakdown;
pub(super) mod events;
mod pictures;
pub(super) mod proof;
mod summary;
mod table;

pub(super) use table::Cell;

use super::model::{Figures, Zone};
use super::output::Form;
use maud::{Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// What a page shows, and in which time zone.
#[derive(Debug, Clone, Copy)]
struct View<'a> {
    figures: &'a Figures,
    zone: &'a Zone,
}

/// Returns the page; equal figures are equal pages.
pub(super) fn page(figures: &Figures, zone: &Zone) -> String {
    let view = View { figures, zone };
    let body = html! {
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(format!("papi {}", figures.papi_version));
                title { "Forced closes, " (super::words::range(figures.period, zone)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    (summary::summary(view))
                    (events::events(view))
                    (pictures::timeline(view))
                    (pictures::calendar(view))
                    (pictures::prices(view))
                    (breakdown::breakdown(view))
                    (proof::reconciliation(view))
                    (proof::missing(view))
                    (proof::method(view))
                }
            }
        }
    };
    Form::Html.beginning().to_owned() + &body.into_string() + "\n"
}

/// Draws a part of the page below its heading.
fn section(id: &str, heading: &str, content: &Markup) -> Markup {
    let heading_id = format!("{id}-heading");
    html! {
        section id=(id) aria-labelledby=(heading_id) {
            h2 id=(heading_id) { (heading) }
            (content)
        }
    }
}

/// Draws a table that stands behind a picture.
fn behind(table: &Markup) -> Markup {
    html! { details { summary { "Table" } (table) } }
}
