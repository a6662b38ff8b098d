//! Does one piece of work a given number of times, for `cargo xtask bench` to count the instructions of.
//!
//! `measured serve` is the exchange that the others ask, in a process of its own so that its work is not counted.

mod calls;
mod decode;
mod derived;
mod derived_events;
mod events;
mod reference;
mod requests;
mod samples;
mod serve;
mod walk;

use std::error::Error;
use std::process::ExitCode;

type Outcome = Result<(), Box<dyn Error>>;

/// The exchange that `measured serve` told of, on one line.
struct Exchange {
    /// Answers every call with the same rows.
    canned: String,
    /// A sandbox with a long history of forced closes.
    sandbox: String,
    /// The milliseconds of its first row.
    begin: i64,
    /// The milliseconds from one row to the next.
    step: i64,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["serve"] => serve::serve(),
        [work, count, canned, sandbox, begin, step] => repeat(work, count, [canned, sandbox], [begin, step]),
        _ => Err("usage: measured serve | measured WORK COUNT CANNED-URL SANDBOX-URL BEGIN STEP".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn repeat(work: &str, count: &str, [canned, sandbox]: [&str; 2], [begin, step]: [&str; 2]) -> Outcome {
    let count: u32 = count.parse()?;
    let exchange =
        Exchange { canned: canned.to_owned(), sandbox: sandbox.to_owned(), begin: begin.parse()?, step: step.parse()? };
    if let Some(done) = decode::repeat(work, count).or_else(|| events::repeat(work, count)) {
        return done;
    }
    match work {
        "check" => requests::check(count),
        "encode" => requests::encode(count),
        "sha256" => {
            reference::sha256(count);
            Ok(())
        }
        "client" => calls::construct(&exchange, count),
        "reqwest-client" => reference::construct(count),
        _ => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(asynchronous(work, count, &exchange))
        }
    }
}

async fn asynchronous(work: &str, count: u32, exchange: &Exchange) -> Outcome {
    match work {
        "call" => calls::one_after_another(exchange, 1, count).await,
        "page" => calls::one_after_another(exchange, 100, count).await,
        "at-once" => calls::at_once(exchange, count).await,
        "signed" => calls::raw(exchange, binance_papi::Access::UserData, count).await,
        "unsigned" => calls::raw(exchange, binance_papi::Access::None, count).await,
        "ledger-memory" => calls::with_full_ledger(exchange, calls::Ledger::InMemory, count).await,
        "ledger-file" => calls::with_full_ledger(exchange, calls::Ledger::InFile, count).await,
        "walk" => walk::walk(exchange, count).await,
        "reqwest-call" => reference::calls(exchange, 1, count).await,
        "reqwest-page" => reference::calls(exchange, 100, count).await,
        _ => Err(format!("there is no work {work}").into()),
    }
}
