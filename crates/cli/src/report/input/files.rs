//! Reads the files of exports into the rows of a report, or says what is wrong with one of them.

use super::super::model::{INCOME_DATASETS, Part, Rows, Source, Walked};
use super::gathered::{Gathered, Taken};
use super::recognise::{check_version, recognise};
use super::table::{Table, unreadable};
use super::value::Names;
use super::{close_row, income_row, marks};
use crate::export::{Proof, proof_of, sha256};
use crate::failure::Failure;
use crate::request::Endpoints;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Reads files of forced closes, and of income and mark prices where they are given.
pub(crate) fn read_files(
    closes: &[PathBuf],
    income: &[PathBuf],
    mark_prices: Option<&Path>,
    endpoints: Endpoints,
) -> Result<Rows, Failure> {
    let mut reading = Reading::default();
    for path in closes {
        reading.closes(path, endpoints)?;
    }
    for path in income {
        reading.income(path, endpoints)?;
    }
    let mut rows = reading.gathered.into_rows(!income.is_empty());
    if rows.closes.is_empty() {
        let names: Vec<_> = closes.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure::bad_input(format!("there is no forced close in {}", names.join(", ")))
            .hint("there is nothing to report; `papi report --from 90d` asks the account itself"));
    }
    rows.sources = reading.sources;
    add_marks(&mut rows, mark_prices)?;
    Ok(rows)
}

/// Adds mark prices to rows, where there is a file of them.
pub(super) fn add_marks(rows: &mut Rows, path: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    let (prices, count) = marks::marks(path)?;
    rows.marks = Some(prices);
    rows.sources.push(source(path, "mark prices", count, 0, None)?);
    Ok(())
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    gathered: Gathered,
    sources: Vec<Source>,
    names: Names,
    /// The first file whose exchange is known, and that exchange.
    origin: Option<(String, String)>,
}

impl Reading {
    fn closes(&mut self, path: &Path, endpoints: Endpoints) -> Result<(), Failure> {
        let proof = self.proof(path)?;
        // An export of JSON lines without rows has no columns to tell it by.
        if let Some(part) = proof.as_ref().filter(|_| is_empty(path)).and_then(|proof| Part::of_dataset(&proof.dataset))
        {
            self.sources.push(source(path, part.dataset(), 0, 0, proof)?);
            return Ok(());
        }
        let table = Table::open(path)?;
        let found = recognise(path, &table, endpoints)?;
        let Some(part) = found.iter().find_map(|name| Part::of_dataset(name)) else {
            let failure =
                Failure::bad_input(format!("{} is {}, which has no forced closes", path.display(), found.join(" or ")));
            let is_income = found.iter().any(|name| INCOME_DATASETS.contains(&name.as_str()));
            let hint = if is_income {
                format!("give it as income: --income {}", path.display())
            } else {
                "a report is made of um-force-orders, cm-force-orders and margin-force-orders".to_owned()
            };
            return Err(failure.hint(hint));
        };
        let (gathered, names) = (&mut self.gathered, &mut self.names);
        let mut repeated = 0;
        let rows = table.each(&close_row::COLUMNS, |values| {
            let close = close_row::close(part, values, names)?;
            let told = format!("order {} of {}", close.order_id, close.symbol);
            count(gathered.close(close), &mut repeated, &told)
        })?;
        self.sources.push(source(path, part.dataset(), rows, repeated, proof)?);
        Ok(())
    }

    fn income(&mut self, path: &Path, endpoints: Endpoints) -> Result<(), Failure> {
        let proof = self.proof(path)?;
        if let Some(dataset) = proof.as_ref().filter(|_| is_empty(path)).map(|proof| proof.dataset.clone()) {
            self.sources.push(source(path, &dataset, 0, 0, proof)?);
            return Ok(());
        }
        let table = Table::open(path)?;
        let found = recognise(path, &table, endpoints)?;
        if !found.iter().any(|name| INCOME_DATASETS.contains(&name.as_str())) {
            let text = format!("{} is {}, which is no income", path.display(), found.join(" or "));
            return Err(Failure::bad_input(text).hint("income is what um-income-history and cm-income-history hold"));
        }
        let (gathered, names) = (&mut self.gathered, &mut self.names);
        let mut repeated = 0;
        let rows = table.each(&income_row::COLUMNS, |values| match income_row::income(values, names)? {
            None => Ok(()),
            Some(income) => {
                let told = format!("transaction {:?}", income.transaction);
                count(gathered.income(income), &mut repeated, &told)
            }
        })?;
        // Both kinds of futures have the same columns; only the export's folder tells them apart.
        let dataset = proof.as_ref().map_or_else(|| found.join(" or "), |proof| proof.dataset.clone());
        self.sources.push(source(path, &dataset, rows, repeated, proof)?);
        Ok(())
    }

    /// Returns what is proven of a file. Two files that are known to be of two exchanges are refused.
    fn proof(&mut self, path: &Path) -> Result<Option<Proof>, Failure> {
        File::open(path).map_err(|error| unreadable(path, &error))?;
        let Some(proof) = proof_of(path)? else { return Ok(None) };
        check_version(path, &proof.schema_version.to_string())?;
        match &self.origin {
            Some((first, known)) if *known != proof.exchange => {
                return Err(Failure::bad_input(format!(
                    "{first} is of {known}, and {} of {}: these are two accounts",
                    path.display(),
                    proof.exchange
                ))
                .hint("a report is about one account; make one of each"));
            }
            Some(_) => {}
            None => self.origin = Some((path.display().to_string(), proof.exchange.clone())),
        }
        Ok(Some(proof))
    }
}

/// Counts a row that was there already, and says so of one that cannot be of the same account.
fn count(taken: Taken, repeated: &mut u64, told: &str) -> Result<(), String> {
    match taken {
        Taken::New => Ok(()),
        Taken::Repeated => {
            *repeated += 1;
            Ok(())
        }
        Taken::Contradicts => Err(format!(
            "{told} is in an earlier row with another time, side, price or amount: the files are of two accounts, or one was changed"
        )),
    }
}

fn is_empty(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.len() == 0)
}

/// Describes a file.
fn source(path: &Path, dataset: &str, rows: u64, repeated: u64, proof: Option<Proof>) -> Result<Source, Failure> {
    let checksum = match &proof {
        Some(proof) => proof.checksum.clone(),
        None => File::open(path).and_then(|mut file| sha256(&mut file)).map_err(|error| unreadable(path, &error))?,
    };
    let walked = proof.and_then(|proof| {
        Some(Walked {
            range: proof.covered?,
            issues: proof.issues,
            quarantined: proof.quarantined,
            narrowed_to: proof.params,
            unfinished: proof.unfinished,
        })
    });
    Ok(Source {
        // Without its folder: the same files give the same report wherever they are.
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        dataset: dataset.to_owned(),
        sha256: Some(checksum.into_digits()),
        rows,
        repeated,
        walked,
    })
}
