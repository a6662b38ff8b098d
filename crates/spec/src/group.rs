//! Which part of the account a call is about.

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
    /// Every group, in the order in which they are listed everywhere.
    pub const ALL: [Self; 6] = [Self::Um, Self::Cm, Self::Margin, Self::Account, Self::Market, Self::Stream];

    /// Returns the word used for folders, modules, features and commands.
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

    /// Returns what its endpoints are about, as a heading.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Um => "USDⓈ-M futures",
            Self::Cm => "COIN-M futures",
            Self::Margin => "Cross margin",
            Self::Account => "The account as a whole",
            Self::Market => "Nothing of the account",
            Self::Stream => "The user data stream",
        }
    }

    /// Returns whether a cargo feature of its name switches it. Calls that need no account are always there.
    pub const fn is_optional(self) -> bool {
        !matches!(self, Self::Market)
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
