//! The pictures of the page, each with its table.

use super::super::model::{Lane, Series, Spread, Step};
use super::super::svg::{self, Bar, Caption, LEVELS};
use super::super::words::{self, count, counted};
use super::table::{Cell, table};
use super::{View, behind, section};
use maud::{Markup, html};

/// Draws a picture with its caption, and its table behind it.
fn figure(title: &str, explained: &str, picture: &Markup, legend: &Markup, table: &Markup) -> Markup {
    html! {
        figure {
            figcaption { strong { (title) } (explained) }
            (picture)
            (legend)
            (behind(table))
        }
    }
}

/// So many units have a line of their own.
const MOST_LINES: usize = 4;

pub(super) fn timeline(view: View<'_>) -> Markup {
    let timeline = &view.figures.timeline;
    let ticks = svg::over_time(timeline.range, view.zone);
    let of_series =
        |lane: &Lane, series: Series| lane.dots.iter().filter(|dot| dot.series == series).map(|dot| dot.closes).sum();
    let row = |lane: &Lane| {
        let mut cells =
            vec![Cell::Text(lane.name.clone()), Cell::Text(lane.part.map_or("", |part| part.title()).to_owned())];
        cells.extend(Series::ALL.map(|series| Cell::Number(count(of_series(lane, series)))));
        cells
    };
    let rows: Vec<_> = timeline.lanes.iter().map(row).collect();
    let legend = html! {
        ul class="legend" {
            li class="liquidation" { (Series::Liquidation.title()) }
            li class="adl" { (Series::Adl.title()) }
            li { (Series::Other.title()) }
        }
    };
    let dots = svg::dots(
        Caption {
            id: "timeline",
            title: "Closes over time, by symbol",
            desc: "A lane for each symbol. Each dot is the closes of one kind in a part of the period; a larger dot is more closes. The table below has the numbers.",
        },
        timeline,
        &ticks,
    );
    let content = html! {
        (figure(
            "When, and which symbols",
            "A dot is the closes of one kind within a 120th of the period: 1, up to 3, 9, 29, 99, or more.",
            &dots,
            &legend,
            &table("Closes by symbol and kind", &["Symbol", "Part", Series::Liquidation.title(), Series::Adl.title(), Series::Other.title()], &rows),
        ))
        div class="pair" {
            @for (index, running) in timeline.running.iter().take(MOST_LINES).enumerate() {
                @let end = running.points.last().map_or_else(String::new, |(_, sum)| sum.grouped());
                @let title = format!("Value closed, running total in {}", running.unit);
                @let explained = format!("{}, {end} {} in the end.", counted(running.closes, "close"), running.unit);
                @let caption = Caption { id: &format!("running-{index}"), title: &title, desc: &explained };
                @let rows: Vec<_> = running.points.iter().map(|(slot, sum)| vec![
                    Cell::Text(view.zone.brief(slot_start(view, *slot))),
                    Cell::Amounts(vec![(*sum, running.unit.clone())]),
                ]).collect();
                (figure(&title, &explained, &svg::steps(caption, running, &ticks), &html! {}, &table(
                    &format!("Running total in {} at the end of each 120th of the period that has closes", running.unit), &["From", "Total"], &rows)))
            }
        }
        @if timeline.running.len() > MOST_LINES {
            p class="note" { "Amounts in " (counted((timeline.running.len() - MOST_LINES) as u64, "further unit")) " stand in the tables below." }
        }
    };
    section("time", "Over time", &content)
}

fn slot_start(view: View<'_>, slot: i64) -> i64 {
    let range = view.figures.timeline.range;
    let length = i128::from(range.to) - i128::from(range.from) + 1;
    let after = (length * i128::from(slot)).div_euclid(i128::from(super::super::model::SLOTS));
    range.from + i64::try_from(after).unwrap_or(0)
}

pub(super) fn calendar(view: View<'_>) -> Markup {
    let figures = view.figures;
    let ends = (view.zone.day(figures.period.from), view.zone.day(figures.period.to));
    let explained = format!("Closes of each day, in {}.", view.zone.name());
    let picture = svg::calendar(
        Caption {
            id: "calendar",
            title: "Closes by day",
            desc: "A column for each week and a row for each day of the week; darker days have more closes. The table below has the numbers.",
        },
        ends,
        &figures.days,
    );
    let levels = (0..).zip(LEVELS).map(|(index, least)| match LEVELS.get(index + 1) {
        Some(next) if next - 1 == least => count(least),
        Some(next) => format!("{}\u{2013}{}", count(least), count(next - 1)),
        None => format!("{} or more", count(least)),
    });
    let legend = html! {
        ul class="legend" {
            li class="level level0" { "0" }
            @for (index, text) in levels.enumerate() { li class=(format!("level level{}", index + 1)) { (text) } }
        }
    };
    let days: Vec<_> = figures
        .days
        .iter()
        .map(|(day, closes)| vec![Cell::Text(day.to_string()), Cell::Number(count(*closes))])
        .collect();
    let hours = figures.hours.iter().enumerate();
    let bars: Vec<_> = hours
        .clone()
        .map(|(hour, closes)| Bar {
            text: (hour % 6 == 0).then(|| format!("{hour:02}:00")),
            number: *closes,
            class: "plain",
        })
        .collect();
    let hour_rows: Vec<_> = hours
        .map(|(hour, closes)| vec![Cell::Text(format!("{hour:02}:00 to {hour:02}:59")), Cell::Number(count(*closes))])
        .collect();
    let of_hours = Caption {
        id: "hours",
        title: "Closes by hour of the day",
        desc: "A bar for each hour from 0 to 23. The table below has the numbers.",
    };
    let content = html! {
        div class="pair" {
            (figure("By day", &explained, &picture, &legend, &table("Closes by day", &["Day", "Closes"], &days)))
            (figure("By hour of the day", &explained.replace("each day", "each hour, all days together"), &svg::bars(of_hours, &bars), &html! {}, &table("Closes by hour", &["Hour", "Closes"], &hour_rows)))
        }
    };
    section("calendar-and-hours", "Days and hours", &content)
}

pub(super) fn prices(view: View<'_>) -> Markup {
    let content = html! {
        div class="pair" {
            (spread(&view.figures.against_limit, "limit", "Fill price against limit"))
            @if let Some(marks) = &view.figures.against_mark { (spread(marks, "mark", "Fill price against mark price")) }
        }
        @if view.figures.against_mark.is_none() {
            p class="note" { "Mark prices were not given (--marks FILE): whether fills were far from the market is not told." }
        }
    };
    section("prices", "Prices", &content)
}

fn spread(spread: &Spread, id: &str, title: &str) -> Markup {
    if spread.fills == 0 {
        return html! { p class="note" { (title) ": no fill could be compared." } };
    }
    let explained = format!(
        "Basis points, right of 0 is better for the account. Of {}: {} better, {} equal, {} worse; least {}, median {}, most {}.",
        count(spread.fills),
        count(spread.better),
        count(spread.equal),
        count(spread.worse),
        words::basis_points(spread.least),
        words::basis_points(spread.median),
        words::basis_points(spread.most),
    );
    let number = spread.steps.len();
    let bars: Vec<_> = spread
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| Bar {
            text: (index % number.div_ceil(5) == 0).then(|| words::basis_points(step.from)),
            number: step.fills,
            class: if step.below <= 0 { "worse" } else { "plain" },
        })
        .collect();
    let row = |step: &Step| {
        vec![
            Cell::Text(format!("{} to below {}", words::basis_points(step.from), words::basis_points(step.below))),
            Cell::Number(count(step.fills)),
        ]
    };
    let rows: Vec<_> = spread.steps.iter().map(row).collect();
    html! {
        div {
            (figure(title, &explained, &svg::bars(Caption { id, title, desc: &explained }, &bars), &html! {}, &table(title, &["Basis points", "Fills"], &rows)))
            p class="note" {
                "Price difference times quantity: " (words::sums(&spread.gain)) ", without COIN-M."
                @if spread.not_compared > 0 { " " (counted(spread.not_compared, "fill")) " had no price to compare with." }
            }
        }
    }
}
