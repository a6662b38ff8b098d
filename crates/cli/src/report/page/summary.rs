//! The head of the page: what a reader wants to know who has ten seconds.

use super::super::model::{Amount, IncomeKind, Kind, Share, Unit, Verdict};
use super::super::words::{self, NOT_GIVEN, count, counted};
use super::View;
use super::events::several;
use super::table::amount;
use maud::{Markup, html};

pub(super) fn summary(view: View<'_>) -> Markup {
    let (figures, zone) = (view.figures, view.zone);
    let class = match figures.coverage {
        Verdict::Proven => "badge proven",
        Verdict::Incomplete => "badge incomplete",
        Verdict::Unknown => "badge unknown",
    };
    html! {
        header {
            h1 { "Forced closes " span class=(class) { (words::verdict(figures.coverage)) } }
            p class="lead" { (words::headline(figures, zone)) }
            p { "Times in " (zone.name()) ". " (parts(view)) }
        }
        dl class="tiles" {
            div class="tile" {
                dt { "Closes" }
                dd { (count(figures.totals.closes)) }
                dd class="more" { (kinds(view)) }
            }
            div class="tile value" {
                dt { "Value closed" }
                @for (unit, value) in figures.totals.notional.iter() {
                    dd { (amount(&value.grouped(), &unit.to_string())) }
                }
                @if figures.totals.notional.len() == 0 { dd class="absent" { "none" } }
                @if figures.totals.without_notional > 0 {
                    dd class="more" { (counted(figures.totals.without_notional, "close")) " without a value" }
                }
            }
            div class="tile" {
                dt { "ADL share" }
                dd { (figures.totals.adl_share().to_string()) }
                dd class="more" { (count(figures.totals.of_kind(Kind::Adl))) " of " (count(figures.totals.closes)) " closes" (adl_value(view)) }
            }
            div class="tile" {
                dt { "Events" }
                dd { (count(several(&figures.clusters))) }
                dd class="more" { (largest(view)) }
            }
            @for kind in IncomeKind::ALL {
                div class="tile" { dt { (title(kind)) } (income(view, kind)) }
            }
        }
    }
}

fn title(kind: IncomeKind) -> &'static str {
    match kind {
        IncomeKind::RealizedPnl => "Realised at closes",
        IncomeKind::Commission => "Fees at closes",
        IncomeKind::InsuranceClear => "Insurance clearance",
    }
}

fn income(view: View<'_>, kind: IncomeKind) -> Markup {
    match words::income(view.figures, kind) {
        None => html! { dd class="absent" { (NOT_GIVEN) } dd class="more" { "income tells it: --income FILE" } },
        Some(amounts) if amounts.is_empty() => html! { dd class="absent" { "none found" } },
        Some(amounts) => html! { @for (number, asset) in &amounts { dd { (amount(&number.grouped(), asset)) } } },
    }
}

fn parts(view: View<'_>) -> String {
    let parts = view.figures.by_part.iter();
    parts
        .map(|group| format!("{} {}", group.key.part.title(), count(group.totals.closes)))
        .collect::<Vec<_>>()
        .join(", ")
        + "."
}

fn kinds(view: View<'_>) -> String {
    let kinds = view.figures.totals.by_kind.iter();
    kinds.map(|(kind, closes)| format!("{} {}", kind.title(), count(*closes))).collect::<Vec<_>>().join(", ")
}

fn adl_value(view: View<'_>) -> String {
    let totals = &view.figures.totals;
    let share = |(unit, value): (&Unit, Amount)| {
        let adl = totals.adl_notional.of(unit)?;
        let thousandths = u64::try_from(adl.thousandths_of(value)?).ok()?;
        Some(format!("{} of {unit}", Share::of(thousandths, 1_000)))
    };
    let shares: Vec<_> = totals.notional.iter().filter_map(share).take(4).collect();
    if shares.is_empty() { String::new() } else { format!("; by value {}", shares.join(", ")) }
}

fn largest(view: View<'_>) -> String {
    let largest = view.figures.clusters.iter().max_by_key(|cluster| cluster.totals.closes);
    largest.map_or_else(
        || "no close at all".to_owned(),
        |event| {
            let (closes, took) = (counted(event.totals.closes, "close"), words::duration(event.duration()));
            format!("the largest: {closes} in {took} from {}", view.zone.second(event.from))
        },
    )
}
