//! Which part of the account a call is about.

use crate::word_enum::{read_words, word_enum};

word_enum! {
    /// The parts of an account that endpoints are about, in the order in which they are listed everywhere. The words name
    /// folders, modules of request types, cargo features and commands.
    #[non_exhaustive]
    Group {
        /// USDⓈ-M futures.
        Um = "um",
        /// COIN-M futures.
        Cm = "cm",
        /// Cross margin.
        Margin = "margin",
        /// The account as a whole.
        Account = "account",
        /// Nothing of the account.
        Market = "market",
        /// The user data stream.
        Stream = "stream",
    }
}

read_words!(Group, "um, cm, margin, account, market or stream");

impl Group {
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
