//! Which credentials a call takes.

use std::fmt;

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
    /// Every kind of access.
    pub const ALL: [Self; 5] = [Self::None, Self::UserStream, Self::UserData, Self::Trade, Self::Margin];

    /// Returns whether the API key is sent.
    pub const fn needs_key(self) -> bool {
        !matches!(self, Self::None)
    }

    /// Returns whether the call is stamped and signed.
    pub const fn is_signed(self) -> bool {
        !matches!(self, Self::None | Self::UserStream)
    }

    /// Returns the exchange's word.
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
