//! A Redis server of a test: on a free port of this machine, ended with the test.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What a server keeps of its data when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    Nothing,
    /// A log of changes, forced to the disk once a second.
    Log,
}

/// A server that runs.
pub(crate) struct Server {
    process: Child,
    port: u16,
    keeps: Keeps,
    folder: TempDir,
}

impl Server {
    /// Starts a server; none where the program is not installed, which is said.
    pub(crate) fn start(keeps: Keeps) -> Option<Self> {
        if Command::new("redis-server").arg("--version").stdout(Stdio::null()).status().is_err() {
            eprintln!("skipped: redis-server is not installed");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("bound").port();
        let mut server = Self { process: process(port, keeps, &folder), port, keeps, folder };
        server.wait_until_it_answers();
        Some(server)
    }

    /// The address of a ledger there.
    pub(crate) fn url(&self, exit: &str, host: &str) -> String {
        format!("redis://127.0.0.1:{}/0?exit={exit}&host={host}", self.port)
    }

    /// The same through its socket.
    pub(crate) fn socket_url(&self, exit: &str) -> String {
        format!("redis+unix://{}?exit={exit}", self.folder.path().join("socket").display())
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Sends a command and returns the first line of its answer.
    pub(crate) fn command(&self, line: &str) -> String {
        self.try_command(line).expect("an answer")
    }

    fn try_command(&self, line: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        stream.write_all(format!("{line}\r\n").as_bytes()).ok()?;
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer).ok()?;
        Some(answer.trim_end().to_owned())
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Starts it again at the same place, with what it kept.
    pub(crate) fn revive(&mut self) {
        self.process = process(self.port, self.keeps, &self.folder);
        self.wait_until_it_answers();
    }

    /// Stops it in the middle of what it does, or lets it go on.
    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill").arg(format!("-{name}")).arg(self.process.id().to_string()).status();
        assert!(status.expect("a program").success());
    }

    fn wait_until_it_answers(&mut self) {
        let patience = Instant::now() + Duration::from_secs(10);
        while self.try_command("PING").as_deref() != Some("+PONG") {
            assert!(Instant::now() < patience, "redis-server does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn process(port: u16, keeps: Keeps, folder: &TempDir) -> Child {
    let log = if keeps == Keeps::Log { "yes" } else { "no" };
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", log]);
    command.arg("--dir").arg(folder.path()).arg("--unixsocket").arg(folder.path().join("socket"));
    command.stdout(Stdio::null()).spawn().expect("it is installed")
}
