//! A Redis server of a test: on a free port of this machine, ended with the test.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
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
    tls_port: u16,
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
        let (port, tls_port) = (free_port(), free_port());
        let mut server = Self { process: process(port, tls_port, keeps, &folder), port, tls_port, keeps, folder };
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

    /// The same with TLS, by a certificate for 127.0.0.1.
    pub(crate) fn encrypted_url(&self, exit: &str) -> String {
        format!("rediss://127.0.0.1:{}/0?exit={exit}", self.tls_port)
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

    /// Returns the number behind a name in an answer of several lines; 0 when it is not there.
    pub(crate) fn number(&self, line: &str, name: &str) -> u64 {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it runs");
        stream.write_all(format!("{line}\r\nQUIT\r\n").as_bytes()).expect("sent");
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        let found = lines.find_map(|line| line.strip_prefix(name).map(ToOwned::to_owned));
        let digits = found.map(|text| text.chars().take_while(char::is_ascii_digit).collect::<String>());
        digits.map_or(0, |digits| digits.parse().expect("a number"))
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Starts it again at the same place, with what it kept.
    pub(crate) fn revive(&mut self) {
        self.process = process(self.port, self.tls_port, self.keeps, &self.folder);
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

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("bound").port()
}

fn process(port: u16, tls_port: u16, keeps: Keeps, folder: &TempDir) -> Child {
    let log = if keeps == Keeps::Log { "yes" } else { "no" };
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", log]);
    command.arg("--dir").arg(folder.path()).arg("--unixsocket").arg(folder.path().join("socket"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|folder| folder.join("Cargo.lock").exists());
    let root = root.expect("the workspace");
    command.args(["--tls-port", &tls_port.to_string(), "--tls-auth-clients", "no", "--tls-cert-file"]);
    command.arg(root.join("tests/promises/redis_budget/certificate.pem")).arg("--tls-key-file");
    command.arg(root.join("crates/runtime/tests/test_keys/rsa_2048.pem"));
    command.stdout(Stdio::null()).spawn().expect("it is installed")
}
