//! The 50xx codes of the matching engine, and the positive 51xxx codes of cross margin and its loans.

super::codes! { EXECUTION:
    FOK_ORDER_REJECT = -5021, "A fill-or-kill order that the book could not fill at once.";
    GTX_ORDER_REJECT = -5022, "A post-only order that would have traded at once.";
    ME_RECVWINDOW_REJECT = -5028, "The order reached the matching engine after its recvWindow. Nothing was executed.";
    TOO_MANY_REQUESTS_IN_QUEUE = -5041, "Too many requests of this account at once; this one waited too long.";
    EXCEED_MAX_BORROWABLE = 51006, "More than the account may borrow.";
    HAS_PENDING_TRANSACTION = 51007, "A loan or repayment of the account is still under way.";
    ASSET_ADMIN_BAN_BORROW = 51014, "Nobody may borrow this asset at present.";
    INSUFFICIENT_LOANABLE_ASSET = 51061, "The exchange has too little of the asset left to lend.";
    LIQUIDATION_IN_PROGRESS = 51068, "The margin account is being liquidated.";
    NET_ASSET_MUST_LTE_RATIO = 51078, "The exchange could not look up the margin assets.";
    EXCEED_PRICE_LIMIT = 51113, "The limit price is more than 15 % worse for the account than the index price.";
    PM_FUNCTION_NOT_SUPPORTED = 51122, "Accounts with Portfolio Margin cannot do this.";
    SYSTEM_BUSY = 51998, "The exchange is too busy.";
    SYSTEM_ABNORMAL = 51999 as "UNKNOWN", "The exchange failed without saying why.";
}
