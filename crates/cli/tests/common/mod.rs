//! What the tests of the built program share: running it without this machine's settings, and bounded in time; and a
//! server that gives one answer to everything.

#![allow(dead_code, reason = "each test file uses its part")]

pub(crate) mod exchange;
pub(crate) mod read_back;

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Longer than anything here takes, shorter than anyone waits.
const PATIENCE: Duration = Duration::from_secs(60);

/// A key and a secret of the right form that no account has.
pub(crate) const SOME_KEY: &str = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";
pub(crate) const SOME_SECRET: &str = "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss";

/// How a run ended and what it said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Checks the exit code and that stderr has each of the texts; nothing may ever have panicked.
    #[track_caller]
    pub(crate) fn expect(self, code: i32, said: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        for text in said {
            assert!(self.stderr.contains(text), "stderr lacks {text:?}: {self:#?}");
        }
        assert!(!self.stderr.contains("panicked"), "{self:#?}");
        assert!(!self.stderr.contains(SOME_SECRET) && !self.stderr.contains("signature="), "{self:#?}");
        self
    }
}

/// The program with a clean environment.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_papi"));
    for variable in [
        "BINANCE_API_KEY",
        "BINANCE_API_SECRET",
        "BINANCE_PRIVATE_KEY",
        "BINANCE_PRIVATE_KEY_PASSPHRASE",
        "PAPI_BASE_URL",
        "PAPI_INTENTS",
        "PAPI_LEDGER",
        "PAPI_LEDGER_PASSWORD",
        "PAPI_PROXY",
        "PAPI_TIME_URL",
        "PAPI_CONFIG",
        "PAPI_PROFILE",
        "XDG_CONFIG_HOME",
        "HOME",
        "COLUMNS",
    ] {
        command.env_remove(variable);
    }
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program to its end.
pub(crate) fn papi(args: &[&str]) -> Run {
    finish(command(args))
}

/// Runs the program with credentials that no account has.
pub(crate) fn papi_with_key(args: &[&str]) -> Run {
    papi_as(SOME_KEY, SOME_SECRET, args)
}

/// Runs the program with credentials.
pub(crate) fn papi_as(key: &str, secret: &str, args: &[&str]) -> Run {
    let mut command = command(args);
    command.env("BINANCE_API_KEY", key).env("BINANCE_API_SECRET", secret);
    finish(command)
}

/// Runs a command to its end.
pub(crate) fn finish(mut command: Command) -> Run {
    end_of(command.spawn().expect("the program starts"))
}

/// Waits for a program to end.
pub(crate) fn end_of(mut child: Child) -> Run {
    let stdout = read_all(child.stdout.take().expect("piped"));
    let stderr = read_all(child.stderr.take().expect("piped"));
    let end = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break status;
        }
        if Instant::now() > end {
            child.kill().expect("a child");
            panic!("still running after {PATIENCE:?}");
        }
        thread::sleep(Duration::from_millis(5));
    };
    let text = |reader: thread::JoinHandle<String>| reader.join().expect("a reader");
    Run { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

fn read_all(mut pipe: impl std::io::Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        pipe.read_to_string(&mut text).expect("text");
        text
    })
}

/// Stands for no answer at all.
const SILENCE: &str = "silence";

/// A server that gives the same bytes to every request and closes the connection. A request for the time is
/// answered with the time, and is not counted.
pub(crate) struct Canned {
    pub(crate) url: String,
    requests: Arc<AtomicUsize>,
}

impl Canned {
    /// Answers with a status line, a length and a body.
    pub(crate) fn answering(status: &str, body: &str) -> Self {
        Self::sending(format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()))
    }

    /// Sends these bytes as they are.
    pub(crate) fn sending(bytes: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        // It ends with the test.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, bytes.as_bytes(), &counter);
            }
        });
        Self { url, requests }
    }

    /// Takes requests and never answers.
    pub(crate) fn silent() -> Self {
        Self::sending(SILENCE.to_owned())
    }

    /// How many requests arrived.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn answer(mut stream: TcpStream, bytes: &[u8], counter: &AtomicUsize) {
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(count) if count > 0 => request.extend_from_slice(&chunk[..count]),
            _ => return,
        }
    }
    // The other side may have gone; the test sees that by itself.
    if request.starts_with(b"GET /fapi/v1/time ") {
        let _ = stream.write_all(the_time().as_bytes());
        return;
    }
    counter.fetch_add(1, Ordering::SeqCst);
    if bytes == SILENCE.as_bytes() {
        // Until the other side closes.
        let _ = stream.read(&mut chunk);
        return;
    }
    let _ = stream.write_all(bytes);
}

fn the_time() -> String {
    let millis = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let body = format!("{{\"serverTime\":{millis}}}");
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}
