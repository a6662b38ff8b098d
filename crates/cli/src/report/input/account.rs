//! Asks the account for the rows of a report: forced closes of all its parts, and the income of futures.

use super::super::model::{INCOME_DATASETS, Part, Rows, Source, Walked};
use super::files::add_marks;
use super::gathered::{Gathered, Taken};
use super::value::Names;
use super::{close_row, income_row};
use crate::export::{ReadHistory, RowTexts, read_account};
use crate::failure::Failure;
use crate::global_options::GlobalOptions;
use crate::request::Endpoints;
use std::path::Path;

/// Reads what the account had in a range.
pub(crate) async fn ask_account(
    global: &GlobalOptions,
    endpoints: Endpoints,
    range: (&str, &str),
    mark_prices: Option<&Path>,
) -> Result<Rows, Failure> {
    let datasets: Vec<_> = Part::ALL.map(Part::dataset).into_iter().chain(INCOME_DATASETS).collect();
    let (mut gathered, mut names, mut repeated) = (Gathered::default(), Names::default(), vec![0; datasets.len()]);
    let take = |dataset: &str, row: &RowTexts<'_>| {
        let taken = match Part::of_dataset(dataset) {
            Some(part) => {
                let values = close_row::COLUMNS.map(|column| row.get(column));
                gathered.close(close_row::close(part, &values, &mut names)?)
            }
            None => match income_row::income(&income_row::COLUMNS.map(|column| row.get(column)), &mut names)? {
                Some(income) => gathered.income(income),
                None => Taken::New,
            },
        };
        match taken {
            Taken::New => {}
            Taken::Repeated => {
                if let Some(place) = datasets.iter().position(|name| *name == dataset) {
                    repeated[place] += 1;
                }
            }
            Taken::Contradicts => return Err("it contradicts an earlier row with its number".to_owned()),
        }
        Ok(())
    };
    let read = read_account(global, endpoints, &datasets, range, take).await?;
    let mut rows = gathered.into_rows(true);
    rows.sources =
        read.into_iter().zip(repeated).map(|(history, repeated)| source(global, history, repeated)).collect();
    add_marks(&mut rows, mark_prices)?;
    Ok(rows)
}

fn source(global: &GlobalOptions, history: ReadHistory, repeated: u64) -> Source {
    let ReadHistory { dataset, range, issues, rows, bad_rows } = history;
    Source {
        name: if global.sandbox { "demo account" } else { "account" }.to_owned(),
        dataset,
        sha256: None,
        rows,
        repeated,
        walked: Some(Walked { range, issues, quarantined: bad_rows, narrowed_to: Vec::new(), unfinished: None }),
    }
}
