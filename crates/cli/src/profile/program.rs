//! Runs the program that gives a part of a key. What it prints on stdout is zeroed after use and never shown.

use super::Secret;
use super::source::{Program, text, to_limit};
use super::table::has_secret;
use crate::failure::Failure;
use crate::stderr;
use papi_runtime::is_secret;
use secrecy::zeroize::Zeroizing;
use std::io::{self, ErrorKind, IsTerminal as _, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long to wait before a person is told what is waited for.
const SILENCE: Duration = Duration::from_secs(2);

/// How often to look whether the program has ended.
const PAUSE: Duration = Duration::from_millis(10);

/// How many lines of stderr a message repeats.
const LINES_SHOWN: usize = 5;

type Content = io::Result<Zeroizing<Vec<u8>>>;

/// Returns what a program prints. `of` says what for.
pub(super) fn run(program: &Program, of: &str) -> Result<Secret, Failure> {
    let mut child = start(program)?;
    let stdout = read(child.stdout.take());
    let errors = read(child.stderr.take());
    let end = Instant::now() + program.patience;
    let Some(status) = wait(&mut child, program, of, end)? else {
        // It may have ended by itself just now.
        let _ = child.kill();
        let _ = child.wait();
        return Err(too_slow(program));
    };
    let left = || end.saturating_duration_since(Instant::now()).max(PAUSE);
    if !status.success() {
        let said = errors.recv_timeout(left().min(SILENCE)).ok().and_then(Result::ok);
        return Err(failed(program, status, said.as_deref().map_or(&[], Vec::as_slice)));
    }
    let Ok(printed) = stdout.recv_timeout(left()) else {
        // A program that it started keeps the pipe open.
        return Err(too_slow(program));
    };
    let printed = printed.map_err(|error| Failure::bad_input(format!("{program} cannot be read: {error}")))?;
    if printed.iter().all(u8::is_ascii_whitespace) {
        return Err(Failure::bad_input(format!("the command {program} printed nothing"))
            .hint("run it by itself: it must print the secret on stdout, and nothing else"));
    }
    text(&printed, &format!("the command {program}"))
}

fn start(program: &Program) -> Result<Child, Failure> {
    // A person can answer it; what is piped into papi is not meant for it.
    let stdin = if io::stdin().is_terminal() { Stdio::inherit() } else { Stdio::null() };
    let mut command = Command::new(&program.path);
    command.args(&program.arguments).stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::bad_input(format!("the command {program} was not found")).hint(
            "is it installed, and in PATH? The first text of `command` is the program, each further one an argument",
        ),
        _ => Failure::bad_input(format!("the command {program} cannot be started: {error}")),
    })
}

/// Reads a pipe beside everything else: a program that fills one and is not read never ends.
fn read(pipe: Option<impl Read + Send + 'static>) -> Receiver<Content> {
    let (done, content) = channel();
    thread::spawn(move || {
        if let Some(mut pipe) = pipe {
            let read = to_limit(&mut pipe);
            // Nobody may be waiting any more.
            let _ = done.send(read);
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
    });
    content
}

/// Waits for the end; none when it does not come in time.
fn wait(child: &mut Child, program: &Program, of: &str, end: Instant) -> Result<Option<ExitStatus>, Failure> {
    let begin = Instant::now();
    let mut is_told = false;
    loop {
        let ended = child.try_wait();
        if let Some(status) = ended.map_err(|error| Failure::bad_input(format!("{program} is lost: {error}")))? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            return Ok(None);
        }
        if !is_told && begin.elapsed() >= SILENCE.min(program.patience / 2) {
            is_told = true;
            let seconds = program.patience.as_secs();
            stderr::note(&format!("waiting for {program} to give {of}, {seconds} s at most"));
        }
        thread::sleep(PAUSE);
    }
}

fn too_slow(program: &Program) -> Failure {
    let seconds = program.patience.as_secs();
    Failure::bad_input(format!("the command {program} was stopped: it took longer than {seconds} s")).hint(
        "is it waiting for an answer? Run it by itself; `timeout_seconds = 120` beside `command` gives it more time",
    )
}

fn failed(program: &Program, status: ExitStatus, stderr: &[u8]) -> Failure {
    let end = status.code().map_or_else(|| status.to_string(), |code| format!("exit code {code}"));
    let stderr = String::from_utf8_lossy(stderr);
    let lines: Vec<_> = stderr.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let shown = lines[lines.len().saturating_sub(LINES_SHOWN)..].iter().map(|line| {
        if has_secret(line) || is_secret(line.trim()) && !line.contains(' ') {
            "(a line that may be a secret)"
        } else {
            line
        }
    });
    let said = shown.collect::<Vec<_>>().join("\n  ");
    let failure = Failure::bad_input(if said.is_empty() {
        format!("the command {program} failed ({end})")
    } else {
        format!("the command {program} failed ({end}); it said:\n  {said}")
    });
    failure.hint("run it by itself until it prints the secret, and nothing else")
}
