//! Codes that Portfolio Margin's page does not have: seen on the wire, or from the pages of the products beneath it.

super::codes! { ELSEWHERE:
    INACTIVE_ACCOUNT = -4109, "The account sleeps for want of use; a transfer wakes it. From the USDⓈ-M page.";
    DUPLICATED_CLIENT_ORDER_ID = -4116, "An open order has this client order id. From the USDⓈ-M page.";
    STOP_ORDER_SWITCH_ALGO = -4120, "Orders of this type go to the algo order call. From the USDⓈ-M page.";
    STOCK_AGREEMENT_NOT_SIGNED = -4408, "The agreement on stock contracts is not signed. Seen on the wire, unnamed.";
    STOCK_AGREEMENT_MISSING = -4411, "The same as -4408. Seen on the wire, unnamed.";
    POSITION_MODE_SYNC_REJECT = -4531,
        "The mode cannot change while COIN-M has open positions or orders. From the USDⓈ-M change log, unnamed.";
    USER_IS_NOT_UNIACCOUNT = -21001, "The account does not have Portfolio Margin. From the Portfolio Margin Pro page.";
    MARGIN_TRADE_COEFF_INSUFFICIENT = 51169, "The asset's value as collateral does not suffice. Seen on the wire.";
}
