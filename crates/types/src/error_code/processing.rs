//! The 20xx codes: keys, balances, and what the matching engine says of orders.

super::codes! { PROCESSING:
    NEW_ORDER_REJECTED = -2010, "The order was refused; the message says why.";
    CANCEL_REJECTED = -2011, "There is nothing to cancel: no such order, or one that has ended.";
    NO_SUCH_ORDER = -2013, "No such order; a call about open orders says it of ended ones too.";
    BAD_API_KEY_FMT = -2014, "The API key does not look like one.";
    REJECTED_MBX_KEY = -2015, "The exchange does not know the key, or not from this address, or not for this.";
    NO_TRADING_WINDOW = -2016, "The symbol had no trading to look at.";
    BALANCE_NOT_SUFFICIENT = -2018, "The balance does not suffice.";
    MARGIN_NOT_SUFFICIENT = -2019 as "MARGIN_NOT_SUFFICIEN", "The available margin does not suffice.";
    UNABLE_TO_FILL = -2020, "The order cannot be filled.";
    ORDER_WOULD_IMMEDIATELY_TRIGGER = -2021, "The trigger price is on the side where the market is already.";
    REDUCE_ONLY_REJECT = -2022, "A reduce-only order that would not reduce, or that open orders leave nothing to.";
    USER_IN_LIQUIDATION = -2023, "The account is being liquidated.";
    POSITION_NOT_SUFFICIENT = -2024, "The position is smaller than what would be closed.";
    MAX_OPEN_ORDER_EXCEEDED = -2025, "As many orders are open as may be.";
    REDUCE_ONLY_ORDER_TYPE_NOT_SUPPORTED = -2026, "Orders of this type cannot be reduce-only.";
    MAX_LEVERAGE_RATIO = -2027, "At this leverage the position may not become that large.";
    MIN_LEVERAGE_RATIO = -2028, "The margin does not suffice for so low a leverage.";
}
