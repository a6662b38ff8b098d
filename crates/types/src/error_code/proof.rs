//! What some codes prove about what was done, and what they do not prove.
//!
//! After an attempt whose answer was lost, the refusal of the next attempt may be the effect of the first: a cancel is told "no
//! such order" because the attempt before it cancelled the order.

use crate::ErrorCode;

impl ErrorCode {
    /// Returns whether it says that there is no such order: cancelled, filled or expired, no longer kept, or never there.
    pub const fn says_no_such_order(self) -> bool {
        matches!(self, Self::CANCEL_REJECTED | Self::NO_SUCH_ORDER)
    }

    /// Returns whether it says that the setting already has the requested value. [`INVALID_LEVERAGE`](Self::INVALID_LEVERAGE)
    /// may mean it too, but only its message says so.
    pub const fn says_already_so(self) -> bool {
        matches!(
            self,
            Self::NO_NEED_TO_CHANGE_MARGIN_TYPE
                | Self::NO_NEED_TO_CHANGE_AUTO_ADD_MARGIN
                | Self::NO_NEED_TO_CHANGE_POSITION_SIDE
        )
    }

    /// Returns whether it says that there is no such listen key: closed, expired or never there.
    pub const fn says_no_such_listen_key(self) -> bool {
        matches!(self, Self::INVALID_LISTEN_KEY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_attempt_may_have_caused_is_recognised() {
        let said = |says: fn(ErrorCode) -> bool| {
            ErrorCode::documented().filter(|code| says(*code)).map(ErrorCode::get).collect::<Vec<_>>()
        };
        assert_eq!(said(ErrorCode::says_no_such_order), [-2011, -2013]);
        assert_eq!(said(ErrorCode::says_already_so), [-4046, -4052, -4059]);
        assert_eq!(said(ErrorCode::says_no_such_listen_key), [-1125]);
    }
}
