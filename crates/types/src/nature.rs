//! The nature of a call: which part of the account it is about, how it is sent, and what happens when it arrives twice.

use std::fmt;

/// The parts of an account that endpoints are about; also the modules of request types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Group {
    /// USDⓈ-M futures.
    Um,
    /// COIN-M futures.
    Cm,
    /// Cross margin.
    Margin,
    /// The account as a whole.
    Account,
    /// Nothing of the account.
    Market,
    /// The user data stream.
    Stream,
}

impl Group {
    /// The word used in paths and commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Um => "um",
            Self::Cm => "cm",
            Self::Margin => "margin",
            Self::Account => "account",
            Self::Market => "market",
            Self::Stream => "stream",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// DELETE
    Delete,
}

impl Method {
    /// The method as it stands in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Method {
    type Err = crate::ParseValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Get, Self::Post, Self::Put, Self::Delete]
            .into_iter()
            .find(|method| method.as_str().eq_ignore_ascii_case(text))
            .ok_or(crate::ParseValueError::new("GET, POST, PUT or DELETE"))
    }
}

/// Which credentials a call takes, in the exchange's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// None at all.
    None,
    /// The API key, without a signature.
    UserStream,
    /// Key and signature; reads the account.
    UserData,
    /// Key and signature; trades.
    Trade,
    /// Key and signature; borrows and repays.
    Margin,
}

impl Access {
    /// Whether the API key is sent.
    pub const fn needs_key(self) -> bool {
        !matches!(self, Self::None)
    }

    /// Whether the call is stamped and signed.
    pub const fn is_signed(self) -> bool {
        !matches!(self, Self::None | Self::UserStream)
    }

    /// The exchange's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::UserStream => "USER_STREAM",
            Self::UserData => "USER_DATA",
            Self::Trade => "TRADE",
            Self::Margin => "MARGIN",
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What it means when a call arrives twice. Stated by each spec, never derived from the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Changes nothing; may be sent again freely.
    Read,
    /// Arriving twice leaves the same state as arriving once, though the second answer may differ.
    Idempotent,
    /// Every arrival acts: an order, a loan, a transfer. Sent again only when it provably never arrived.
    Once,
}

impl Effect {
    /// The word used in specs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Idempotent => "idempotent",
            Self::Once => "once",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
