//! A connection to the server with the scripts loaded.

use super::address::{RedisAddress, Server};
use super::scripts::Script;
use super::trouble::Trouble;
use crate::line::{Line, tcp, tls_to};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, FromRedisValue, RedisConnectionInfo, RedisError};
use rustls::ClientConfig;
use secrecy::ExposeSecret as _;
use std::io;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// An open connection. Clones share it; with the last of them it is closed.
#[derive(Debug, Clone)]
pub(super) struct Connection {
    redis: MultiplexedConnection,
    driver: Arc<Driver>,
    /// The hash under which the server knows each script.
    hashes: Arc<[String; Script::ALL.len()]>,
}

/// The task that moves bytes.
#[derive(Debug)]
struct Driver(JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Connection {
    /// Connects, logs in, and loads the scripts. The caller limits the time.
    pub(super) async fn open(address: &RedisAddress, tls: &Arc<ClientConfig>) -> Result<Self, Trouble> {
        let line = line(&address.server, tls).await.map_err(Trouble::Unreachable)?;
        let mut login = RedisConnectionInfo::default().set_db(address.database).set_skip_set_lib_name();
        if let Some(user) = &address.user {
            login = login.set_username(user);
        }
        if let Some(password) = &address.password {
            login = login.set_password(password.expose_secret());
        }
        let config = AsyncConnectionConfig::new().set_response_timeout(None);
        let (redis, driver) = MultiplexedConnection::new_with_config(&login, line, config).await?;
        let driver = Arc::new(Driver(tokio::spawn(driver)));
        let hashes = Arc::new(load(&redis).await?);
        Ok(Self { redis, driver, hashes })
    }

    /// Whether it has not broken yet, as far as is known.
    pub(super) fn is_open(&self) -> bool {
        !self.driver.0.is_finished()
    }

    /// Runs a script in one round trip. A server that has dropped its scripts gets them once more.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        script: Script,
        keys: &[String],
        arguments: &[String],
    ) -> Result<T, Trouble> {
        let mut command = redis::cmd("EVALSHA");
        command.arg(&self.hashes[script as usize]).arg(keys.len()).arg(keys).arg(arguments);
        let mut redis = self.redis.clone();
        match command.query_async(&mut redis).await {
            Err(error) if error.code() == Some("NOSCRIPT") => {
                load(&self.redis).await?;
                Ok(command.query_async(&mut redis).await?)
            }
            answer => Ok(answer?),
        }
    }

    /// Asks the server for its version.
    pub(super) async fn version(&self) -> Result<String, Trouble> {
        let info: String = redis::cmd("INFO").arg("server").query_async(&mut self.redis.clone()).await?;
        let of = |name: &str| info.lines().find_map(|line| line.strip_prefix(name).map(|text| text.trim().to_owned()));
        let valkey = of("valkey_version:").map(|version| format!("Valkey {version}"));
        let redis = || of("redis_version:").map(|version| format!("Redis {version}"));
        Ok(valkey.or_else(redis).unwrap_or_else(|| "a server without a version".to_owned()))
    }
}

/// Hands the scripts to the server in one round trip; it answers with their hashes.
async fn load(redis: &MultiplexedConnection) -> Result<[String; Script::ALL.len()], RedisError> {
    let mut pipeline = redis::pipe();
    for script in Script::ALL {
        pipeline.cmd("SCRIPT").arg("LOAD").arg(script.text());
    }
    let hashes: Vec<String> = pipeline.query_async(&mut redis.clone()).await?;
    hashes.try_into().map_err(|_| (redis::ErrorKind::UnexpectedReturnType, "SCRIPT LOAD answers otherwise").into())
}

async fn line(server: &Server, tls: &Arc<ClientConfig>) -> io::Result<Box<dyn Line>> {
    match server {
        Server::Plain { host, port } => Ok(Box::new(tcp(host, *port).await?)),
        Server::Encrypted { host, port } => tls_to(Box::new(tcp(host, *port).await?), host, tls).await,
        #[cfg(unix)]
        Server::Socket(path) => Ok(Box::new(tokio::net::UnixStream::connect(path).await?)),
        #[cfg(not(unix))]
        Server::Socket(_) => Err(io::Error::new(io::ErrorKind::Unsupported, "this system has no such sockets")),
    }
}
