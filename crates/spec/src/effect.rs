//! What a call changes when it arrives, and when it arrives twice.

use crate::word_enum::{read_words, word_enum};

word_enum! {
    /// What it means when a call arrives twice. Each spec states it with one of these words; it never follows from the method.
    Effect {
        /// The call changes nothing, and may be sent again freely.
        Read = "read",
        /// Arriving twice leaves the same state as arriving once, though the second answer may differ.
        Idempotent = "idempotent",
        /// Every arrival acts: an order, a loan, a transfer. The call is sent again only when it provably never arrived.
        Once = "once",
    }
}
read_words!(Effect, "read, idempotent or once");
