//! Why the exchange closed a futures position. No field of a row says it, but the client order id, which the exchange makes,
//! begins differently for each reason.

use crate::ClientOrderId;
use std::fmt;

/// The kind of a UM or CM force order, read from its client order id. Margin rows have no such id.
///
/// ```
/// use papi_types::{ClientOrderId, CloseKind};
///
/// let id = ClientOrderId::new("autoclose-1596107620040000020");
/// assert_eq!(CloseKind::of(&id), CloseKind::Liquidation);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CloseKind {
    /// A liquidation: `autoclose-`.
    Liquidation,
    /// Auto-deleveraging: a profitable position was used to close a bankrupt one. `adl_autoclose`.
    Adl,
    /// A settlement of a contract that ended: `settlement_autoclose-`.
    Settlement,
    /// A delivery of a dated contract: `delivery_autoclose-`.
    Delivery,
    /// The id begins in no known way.
    Unknown,
}

impl CloseKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Liquidation, Self::Adl, Self::Settlement, Self::Delivery, Self::Unknown];

    /// Returns the kind of the order with this client order id.
    pub fn of(id: &ClientOrderId) -> Self {
        Self::of_text(id.as_str())
    }

    /// Returns the kind of the order whose client order id has this text.
    pub fn of_text(id: &str) -> Self {
        let kinds = [
            ("autoclose-", Self::Liquidation),
            ("adl_autoclose", Self::Adl),
            ("settlement_autoclose-", Self::Settlement),
            ("delivery_autoclose-", Self::Delivery),
        ];
        kinds.iter().find(|(beginning, _)| id.starts_with(beginning)).map_or(Self::Unknown, |(_, kind)| *kind)
    }

    /// Returns whether a row of this kind does not belong in the reply to a request for one `autoCloseType`, given as the
    /// exchange's word. An unknown kind contradicts no word, and no kind contradicts a word that this version does not know.
    pub fn contradicts(self, asked: &str) -> bool {
        let expected = match asked {
            "LIQUIDATION" => Self::Liquidation,
            "ADL" => Self::Adl,
            _ => return false,
        };
        self != Self::Unknown && self != expected
    }

    /// Returns the word for files and reports: `liquidation`, `adl`, `settlement`, `delivery`, `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Liquidation => "liquidation",
            Self::Adl => "adl",
            Self::Settlement => "settlement",
            Self::Delivery => "delivery",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for CloseKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_the_id_tells_the_kind() {
        for (id, kind) in [
            ("autoclose-1596107620040000020", CloseKind::Liquidation),
            ("adl_autoclose", CloseKind::Adl),
            ("settlement_autoclose-1", CloseKind::Settlement),
            ("delivery_autoclose-1", CloseKind::Delivery),
            ("autoclose", CloseKind::Unknown),
            ("web_autoclose-1", CloseKind::Unknown),
            ("AUTOCLOSE-1", CloseKind::Unknown),
            ("", CloseKind::Unknown),
        ] {
            assert_eq!(CloseKind::of(&ClientOrderId::new(id)), kind, "{id}");
        }
    }

    #[test]
    fn a_known_kind_contradicts_any_other_word() {
        use CloseKind::{Adl, Delivery, Liquidation, Settlement, Unknown};
        for kind in [Adl, Settlement, Delivery] {
            assert!(kind.contradicts("LIQUIDATION"), "{kind}");
        }
        assert!(Liquidation.contradicts("ADL"));
        assert!(!Adl.contradicts("ADL") && !Unknown.contradicts("ADL"));
        assert!(!Adl.contradicts("EXPIRY"));
    }
}
