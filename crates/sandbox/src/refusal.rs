//! The exchange's refusals in one table: status, code and message exactly as documented, so that nothing else in the
//! sandbox spells an error text.

use std::iter::repeat;

/// A documented refusal; `%s` in its message stands for an argument.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ErrorTemplate {
    status: u16,
    code: i32,
    message: &'static str,
}

/// What the exchange answers instead of doing what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: i32,
    pub(crate) message: String,
    /// Seconds until it makes sense to ask again.
    pub(crate) retry_after: Option<u64>,
}

const fn error(status: u16, code: i32, message: &'static str) -> ErrorTemplate {
    ErrorTemplate { status, code, message }
}

impl ErrorTemplate {
    /// Returns the refusal, for a message without arguments.
    pub(crate) fn plain(self) -> Refusal {
        self.with(&[])
    }

    /// Returns the refusal with each `%s` replaced by the next argument.
    pub(crate) fn with(self, arguments: &[&str]) -> Refusal {
        let arguments = arguments.iter().chain(repeat(&""));
        let message = self.message.split("%s").zip(arguments).flat_map(|(part, argument)| [part, argument]).collect();
        Refusal { status: self.status, code: self.code, message, retry_after: None }
    }
}

impl Refusal {
    /// Returns the refusal with a `Retry-After`.
    pub(crate) fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }
}

/// The refusal for a defect of the sandbox: an endpoint without an example of its reply.
pub(crate) const UNKNOWN: ErrorTemplate = error(500, -1000, "An unknown error occured while processing the request.");

/// The variant of 503 that the documentation lists without a letter.
pub(crate) const INTERNAL_ERROR: ErrorTemplate =
    error(503, -1001, "Internal error; unable to process your request. Please try again.");
pub(crate) const UNEXPECTED_RESPONSE: ErrorTemplate =
    error(400, -1006, "An unexpected response was received from the message bus. Execution status unknown.");
pub(crate) const BACKEND_TIMEOUT: ErrorTemplate = error(
    400,
    -1007,
    "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
);
pub(crate) const THROTTLED: ErrorTemplate = error(
    503,
    -1008,
    "Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.",
);
/// Seen on the wire with an order that was executed.
pub(crate) const THROTTLED_OTHERWISE: ErrorTemplate =
    error(503, -1008, "Server is currently overloaded with other requests. Please try again in a few minutes.");

pub(crate) const TOO_MANY_REQUESTS: ErrorTemplate = error(
    429,
    -1003,
    "Too many requests; current limit is %s requests per minute. Please use the websocket for live updates to avoid \
     polling the API.",
);
pub(crate) const BANNED: ErrorTemplate = error(
    418,
    -1003,
    "Way too many requests; IP banned until %s. Please use the websocket for live updates to avoid bans.",
);
/// No page says what the exchange answers to it; this is what breaking a limit comes to elsewhere.
pub(crate) const TOO_MANY_ATTEMPTS: ErrorTemplate =
    error(429, -1003, "Too many attempts to connect; current limit is %s in 5 minutes.");
/// No page gives a status for it. It breaks a rate limit, so it comes with the status for broken rate limits.
pub(crate) const TOO_MANY_ORDERS: ErrorTemplate =
    error(429, -1015, "Too many new orders; current limit is %s orders per %s.");

pub(crate) const OUTSIDE_RECV_WINDOW: ErrorTemplate =
    error(400, -1021, "Timestamp for this request is outside of the recvWindow.");
pub(crate) const AHEAD_OF_SERVER: ErrorTemplate =
    error(400, -1021, "Timestamp for this request was 1000ms ahead of the server's time.");
pub(crate) const BAD_SIGNATURE: ErrorTemplate = error(400, -1022, "Signature for this request is not valid.");
pub(crate) const BAD_KEY_FORMAT: ErrorTemplate = error(401, -2014, "API-key format invalid.");
pub(crate) const REJECTED_KEY: ErrorTemplate = error(401, -2015, "Invalid API-key, IP, or permissions for action.");
/// The same, as it was seen on the wire.
pub(crate) const REJECTED_KEY_OF: ErrorTemplate =
    error(401, -2015, "Invalid API-key, IP, or permissions for action, request ip: %s");

pub(crate) const ILLEGAL_CHARS: ErrorTemplate = error(400, -1100, "Illegal characters found in a parameter.");
pub(crate) const ILLEGAL_CHARS_IN: ErrorTemplate =
    error(400, -1100, "Illegal characters found in parameter '%s'; legal range is '%s'.");
pub(crate) const DUPLICATE: ErrorTemplate = error(400, -1101, "Duplicate values for a parameter detected.");
pub(crate) const MANDATORY: ErrorTemplate =
    error(400, -1102, "Mandatory parameter '%s' was not sent, was empty/null, or malformed.");
pub(crate) const ONE_OF_TWO: ErrorTemplate =
    error(400, -1102, "Param '%s' or '%s' must be sent, but both were empty/null!");
pub(crate) const UNREAD: ErrorTemplate =
    error(400, -1104, "Not all sent parameters were read; read '%s' parameter(s) but was sent '%s'.");
pub(crate) const EMPTY: ErrorTemplate = error(400, -1105, "Parameter '%s' was empty.");
pub(crate) const NOT_REQUIRED: ErrorTemplate = error(400, -1106, "Parameter '%s' sent when not required.");
pub(crate) const BAD_TIME_IN_FORCE: ErrorTemplate = error(400, -1115, "Invalid timeInForce.");
pub(crate) const BAD_ORDER_TYPE: ErrorTemplate = error(400, -1116, "Invalid orderType.");
pub(crate) const BAD_SIDE: ErrorTemplate = error(400, -1117, "Invalid side.");
pub(crate) const BAD_SYMBOL: ErrorTemplate = error(400, -1121, "Invalid symbol.");
pub(crate) const BAD_COMBINATION: ErrorTemplate = error(400, -1128, "Combination of optional parameters invalid.");
pub(crate) const BAD_VALUE: ErrorTemplate = error(400, -1130, "Data sent for parameter '%s' is not valid.");
pub(crate) const BAD_RESPONSE_TYPE: ErrorTemplate = error(400, -1136, "Invalid newOrderRespType.");
pub(crate) const BAD_POSITION_SIDE: ErrorTemplate = error(400, -4060, "Invalid position side.");

pub(crate) const BAD_CLIENT_ID: ErrorTemplate = error(400, -4015, "Client order id is not valid.");
pub(crate) const CLIENT_ID_TOO_LONG: ErrorTemplate =
    error(400, -4015, "Client order id length should not be more than 36 chars");
/// Not on Portfolio Margin's page of errors, which has no code for it; this is the one of the USDⓈ-M page.
pub(crate) const DUPLICATE_CLIENT_ID: ErrorTemplate = error(400, -4116, "ClientOrderId is duplicated.");

pub(crate) const NO_SUCH_ORDER: ErrorTemplate = error(400, -2013, "Order does not exist.");
pub(crate) const CANCEL_REJECTED: ErrorTemplate = error(400, -2011, "CANCEL_REJECTED");

pub(crate) const SAME_POSITION_MODE: ErrorTemplate = error(400, -4059, "No need to change position side.");
pub(crate) const OPEN_ORDERS_EXIST: ErrorTemplate =
    error(400, -4067, "Position side cannot be changed if there exists open orders.");
pub(crate) const NO_STREAM: ErrorTemplate =
    error(400, -1125, "This listenKey does not exist. Please use POST /papi/v1/listenKey to recreate listenKey");

pub(crate) const START_AFTER_END: ErrorTemplate = error(400, -1023, "Start time is greater than end time.");
pub(crate) const INTERVAL_TOO_BIG: ErrorTemplate = error(400, -1127, "Lookup interval is too big.");
pub(crate) const MORE_THAN_HOURS: ErrorTemplate =
    error(400, -1127, "More than %s hours between startTime and endTime.");
pub(crate) const BAD_PAIR: ErrorTemplate = error(400, -4144, "Invalid pair");
pub(crate) const BAD_INTERVAL: ErrorTemplate = error(400, -4165, "Invalid time interval");
pub(crate) const MORE_THAN_DAYS: ErrorTemplate = error(400, -4165, "Maximum time interval is %s days");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_take_the_places_of_the_message() {
        let refusal = UNREAD.with(&["3", "4"]);
        assert_eq!(refusal.message, "Not all sent parameters were read; read '3' parameter(s) but was sent '4'.");
        assert_eq!((refusal.status, refusal.code), (400, -1104));
        assert_eq!(BAD_SIDE.plain().message, "Invalid side.");
    }

    #[test]
    fn long_messages_have_no_stray_spaces() {
        let limit = TOO_MANY_REQUESTS.with(&["6000"]);
        assert_eq!(
            limit.message,
            "Too many requests; current limit is 6000 requests per minute. Please use the websocket for live updates to avoid polling the API."
        );
    }
}
