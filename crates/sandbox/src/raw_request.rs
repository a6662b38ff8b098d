//! A request as it came over the wire, before anything is known about the call it names.

/// The clock of the exchange. It lives on the USDⓈ-M host, so it costs nothing here and is served even to banned
/// callers.
pub(crate) const TIME_PATH: &str = "/fapi/v1/time";

/// The header by which a request asks for a fault.
pub(crate) const FAULT_HEADER: &str = "x-sandbox-fault";

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
    /// Returns the parameters in the body. Those of a `GET` are in the query, and its body is not read.
    pub(crate) fn form(&self) -> &str {
        if self.method == "GET" { "" } else { &self.body }
    }
}
