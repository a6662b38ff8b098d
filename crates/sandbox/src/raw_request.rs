//! A request as it came over the wire, before anything is known about the call it names.

/// The clock of the exchange. It lives on the USDⓈ-M host, so it costs nothing here and is served even to banned
/// callers.
pub(crate) const TIME_PATH: &str = "/fapi/v1/time";

/// The root of the user data stream, as faults and the log of requests name it; a listen key follows.
pub(crate) const STREAM_PATH: &str = "/pm/ws";

/// The path of a connection that subscribes to listen keys by message, as the exchange's own libraries do.
const COMBINED_STREAM_PATH: &str = "/pm/stream";

/// The header by which a request asks for a fault.
pub(crate) const FAULT_HEADER: &str = "x-sandbox-fault";

/// What a connection of the stream hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hearing {
    /// The events of a listen key, as they are.
    Key(String),
    /// The events of all keys that it subscribes to, each with the key around it.
    Combined,
}

/// A request in parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RawRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) body: String,
    pub(crate) key: Option<String>,
    /// The name under which the sandbox was asked, with the port.
    pub(crate) host: Option<String>,
    /// A fault that the request itself asks for.
    pub(crate) fault: Option<String>,
}

impl RawRequest {
    /// Returns what is to be heard, if the path is that of a stream.
    pub(crate) fn hearing(&self) -> Option<Hearing> {
        // The root of other streams of futures means the same.
        let path = self.path.strip_prefix("/pm").filter(|path| path.starts_with('/')).unwrap_or(&self.path);
        match path.strip_prefix("/ws/") {
            Some(key) => Some(Hearing::Key(key.to_owned())),
            None => (self.path == COMBINED_STREAM_PATH).then_some(Hearing::Combined),
        }
    }

    /// Returns the parameters in the body. Those of a `GET` are in the query, and its body is not read.
    pub(crate) fn form(&self) -> &str {
        if self.method == "GET" { "" } else { &self.body }
    }
}
