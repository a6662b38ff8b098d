//! The exchange that is asked: canned answers, which cost the same every time, and a sandbox for what asks for ranges of time.

use crate::{Outcome, samples};
use papi_sandbox::rows::{GivenRows, Product};
use papi_sandbox::{Limits, Sandbox};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

/// The milliseconds between two rows of the sandbox.
const STEP: i64 = 100_000;
const ROWS: i64 = 10_000;
const DAY: i64 = 86_400_000;

/// Prints `CANNED-URL SANDBOX-URL BEGIN STEP` and serves until its standard input is closed.
pub(crate) fn serve() -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let canned = format!("http://{}", listener.local_addr()?);
    let answers = Arc::new([answer(&samples::force_orders(1)), answer(&samples::force_orders(100))]);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answers = answers.clone();
            // A connection that its client closes has no more to tell.
            thread::spawn(move || answer_all(&stream, &answers));
        }
    });

    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let begin = (now - 70 * DAY) / DAY * DAY;
    let given_rows = GivenRows::new().force_orders(Product::Um, (0..ROWS).map(|row| begin + row * STEP));
    let limits = Limits { weight: u32::MAX, ..Limits::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut sandbox = runtime.block_on(Sandbox::builder().given_rows(given_rows).limits(limits).start())?;
    println!("{canned} {} {begin} {STEP}", sandbox.base_url());
    thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    runtime.block_on(sandbox.wait());
    Ok(())
}

/// Headers and body leave in one piece, so that a client always needs the same number of reads.
fn answer(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-mbx-used-weight-1m: 20\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn answer_all(stream: &TcpStream, [one, page]: &[String; 2]) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let answer = if line.contains("limit=100&") { page } else { one };
        while line != "\r\n" {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
        }
        writer.write_all(answer.as_bytes())?;
    }
}
