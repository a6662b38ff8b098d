//! The cause of a failed call, as data: what its error shows about the host, the network and the key.

#[cfg(test)]
mod tests;

use binance_papi::{Error, ErrorCode, ErrorKind, Timestamp};
use papi_runtime::causes;
use rustls::CertificateError;
use std::error::Error as StdError;
use std::io;

/// Why a call failed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cause {
    NoConnection(ConnectError),
    /// Connected, and no whole answer in time.
    NoAnswer,
    /// Connected, and no whole answer.
    Broken,
    /// Too much was asked (429, -1003).
    Throttled {
        until: Option<Timestamp>,
    },
    /// Too much was asked for too long (418).
    Banned {
        until: Option<Timestamp>,
    },
    /// 403 without a code: a firewall before the exchange.
    Firewall,
    /// 451: not for this country.
    Restricted,
    /// 3xx, which is never followed.
    Redirect(u16),
    /// An answer that Portfolio Margin does not give, by its status.
    NotPortfolioMargin(u16),
    /// 5xx.
    Server(u16),
    /// Refused with a code.
    Code {
        code: ErrorCode,
        message: String,
        advice: Option<&'static str>,
    },
    /// Anything else, in words.
    Other(String),
}

/// Why no connection could be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ConnectError {
    /// The name of the host does not resolve.
    NoSuchName,
    /// No program listens there.
    Refused,
    /// Nothing came back.
    TimedOut,
    /// There is no way to that address.
    NoRoute,
    /// A program listens there, and does not speak TLS.
    NotTls,
    /// The certificate is signed by an issuer that is not known.
    UnknownIssuer,
    /// The certificate is of another name.
    OtherName,
    /// The certificate is not valid now.
    NotValidNow,
    /// Anything else, in words.
    Other(String),
}

impl Cause {
    pub(super) fn of(error: &Error) -> Self {
        let until = error.retry_after();
        match (error.kind(), error.status(), error.code()) {
            (ErrorKind::NotSent, ..) => Self::NoConnection(ConnectError::of(error)),
            (ErrorKind::Throttled, Some(418), _) => Self::Banned { until },
            (ErrorKind::Throttled, ..) => Self::Throttled { until },
            (ErrorKind::Unknown, None, _) if causes(error).any(is_timeout) => Self::NoAnswer,
            (ErrorKind::Unknown, None, _) => Self::Broken,
            (_, Some(451), _) => Self::Restricted,
            (_, Some(status @ 300..=399), _) => Self::Redirect(status),
            (_, Some(403), None) => Self::Firewall,
            (_, Some(status @ 500..), _) => Self::Server(status),
            (_, _, Some(code)) => {
                Self::Code { code, message: error.message().unwrap_or_default().to_owned(), advice: error.advice() }
            }
            (_, Some(status @ (202 | 404)), None) => Self::NotPortfolioMargin(status),
            (ErrorKind::Decode, Some(status), None) if !is_json(error) => Self::NotPortfolioMargin(status),
            _ => Self::Other(words(error)),
        }
    }
}

fn is_json(error: &Error) -> bool {
    error.body().is_some_and(|body| serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok())
}

impl ConnectError {
    /// Takes the first cause that tells. TLS and the operating system have types for it; the rest has only words.
    fn of(error: &(dyn StdError + 'static)) -> Self {
        causes(error)
            .find_map(Self::of_cause)
            .unwrap_or_else(|| Self::Other(causes(error).last().map(ToString::to_string).unwrap_or_default()))
    }

    fn of_cause(cause: &(dyn StdError + 'static)) -> Option<Self> {
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return Some(Self::of_tls(tls));
        }
        if cause.to_string() == "dns error" {
            return Some(Self::NoSuchName);
        }
        if is_timeout(cause) {
            return Some(Self::TimedOut);
        }
        match cause.downcast_ref::<io::Error>()?.kind() {
            io::ErrorKind::ConnectionRefused => Some(Self::Refused),
            io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => Some(Self::NoRoute),
            _ => None,
        }
    }

    fn of_tls(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidMessage(_) => Self::NotTls,
            rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => Self::UnknownIssuer,
            rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            ) => Self::OtherName,
            rustls::Error::InvalidCertificate(
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. },
            ) => Self::NotValidNow,
            other => Self::Other(other.to_string()),
        }
    }
}

fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    let of_the_system = error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut);
    of_the_system || ["operation timed out", "deadline has elapsed"].contains(&error.to_string().as_str())
}

/// Returns an error in words, without the phase that the client puts before it.
pub(super) fn words(error: &Error) -> String {
    let text = error.to_string();
    let text = text.strip_prefix("not sent, invalid: ").or_else(|| text.strip_prefix("not sent: ")).unwrap_or(&text);
    match causes(error).last().map(ToString::to_string) {
        Some(cause) if !error.to_string().contains(&cause) => format!("{text} ({cause})"),
        _ => text.to_owned(),
    }
}
