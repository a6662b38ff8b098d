//! Which credentials a call takes.

use crate::word_enum::{read_words, word_enum};

word_enum! {
    /// Which credentials a call takes, in the exchange's words.
    Access {
        /// None at all.
        None = "NONE",
        /// The API key, without a signature.
        UserStream = "USER_STREAM",
        /// Key and signature; reads the account.
        UserData = "USER_DATA",
        /// Key and signature; trades.
        Trade = "TRADE",
        /// Key and signature; borrows and repays.
        Margin = "MARGIN",
    }
}

read_words!(Access, "NONE, USER_STREAM, USER_DATA, TRADE or MARGIN");

impl Access {
    /// Returns whether the API key is sent.
    pub const fn needs_key(self) -> bool {
        !matches!(self, Self::None)
    }

    /// Returns whether the call is stamped and signed.
    pub const fn is_signed(self) -> bool {
        !matches!(self, Self::None | Self::UserStream)
    }
}
