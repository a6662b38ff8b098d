//! The exchange's error codes: a line each with constant, number and meaning.

use super::ErrorCode;

/// A code with the exchange's name for it.
pub(super) type Named = (ErrorCode, &'static str);

/// Declares codes, a line each: constant, number, and the meaning for the caller. `as` gives the exchange's name when the
/// constant has another one.
macro_rules! codes {
    ($list:ident: $($name:ident = $number:literal $(as $theirs:literal)?, $meaning:literal;)+) => {
        impl ErrorCode {
            $(
                #[doc = concat!("`", stringify!($number), "`: ", $meaning)]
                pub const $name: Self = Self::new($number);
            )+
        }

        pub(super) const $list: &[Named] = &[$((ErrorCode::$name, first!($($theirs,)? stringify!($name)))),+];
    };
}

/// Expands to the first of one or two expressions.
macro_rules! first {
    ($first:expr $(, $second:expr)?) => {
        $first
    };
}

// The codes on Portfolio Margin's page, in its order.
codes! { DOCUMENTED:
    // 10xx: the exchange, the network between, and who may ask how often.
    UNKNOWN = -1000, "The exchange failed without saying why. It may have acted.";
    DISCONNECTED = -1001, "The exchange lost a part of itself on the way. It may have acted.";
    UNAUTHORIZED = -1002, "The key may not do this.";
    TOO_MANY_REQUESTS = -1003, "The weight of this IP address is used up, or the address is banned for a while.";
    DUPLICATE_IP = -1004, "The IP address is on the list already.";
    NO_SUCH_IP = -1005, "The IP address is not on the list.";
    UNEXPECTED_RESP = -1006, "The exchange did not understand its own inside. It may have acted.";
    TIMEOUT = -1007, "The exchange's inside was too slow. It may have acted.";
    REQUEST_THROTTLED = -1008 as "Request Throttled",
        "The exchange is overloaded. With the documented message nothing was executed; with another it may have been.";
    ERROR_MSG_RECEIVED = -1010, "A part of the exchange refused; the message says why.";
    NON_WHITE_LIST = -1011, "This IP address may not use this call.";
    INVALID_MESSAGE = -1013, "The exchange does not accept the request; the message may name a filter of the symbol.";
    UNKNOWN_ORDER_COMPOSITION = -1014, "There is no order of this kind with these options.";
    TOO_MANY_ORDERS = -1015, "The account has used up its orders for the moment.";
    SERVICE_SHUTTING_DOWN = -1016, "The service behind this call is switched off.";
    UNSUPPORTED_OPERATION = -1020, "The exchange does not do this.";
    INVALID_TIMESTAMP = -1021, "The request came too late or from the future. Nothing was executed.";
    INVALID_SIGNATURE = -1022, "The signature does not belong to this key and this query.";
    START_TIME_GREATER_THAN_END_TIME = -1023, "The range of time ends before it starts.";

    // 11xx: what is wrong with the request itself.
    ILLEGAL_CHARS = -1100, "A parameter has characters that it cannot have.";
    TOO_MANY_PARAMETERS = -1101, "The call has fewer parameters, or one was sent twice.";
    MANDATORY_PARAM_EMPTY_OR_MALFORMED = -1102, "A required parameter is missing, empty or unreadable.";
    UNKNOWN_PARAM = -1103, "The call has no such parameter.";
    UNREAD_PARAMETERS = -1104, "The call has no use for some of the parameters.";
    PARAM_EMPTY = -1105, "A parameter has no value.";
    PARAM_NOT_REQUIRED = -1106, "A parameter that the others rule out.";
    BAD_ASSET = -1108, "There is no such asset.";
    BAD_ACCOUNT = -1109, "There is no such account.";
    BAD_INSTRUMENT_TYPE = -1110, "There is no such type of symbol.";
    BAD_PRECISION = -1111, "A number has more decimal places than the symbol or asset has.";
    NO_DEPTH = -1112, "There is no offer in the symbol's order book.";
    WITHDRAW_NOT_NEGATIVE = -1113, "A withdrawal must be written as a negative amount.";
    TIF_NOT_REQUIRED = -1114, "Orders of this type have no time in force.";
    INVALID_TIF = -1115, "There is no such time in force.";
    INVALID_ORDER_TYPE = -1116, "There is no such type of order.";
    INVALID_SIDE = -1117, "A side is BUY or SELL.";
    EMPTY_NEW_CL_ORD_ID = -1118, "The new order's client order id is an empty text.";
    EMPTY_ORG_CL_ORD_ID = -1119, "The client order id that names an order is an empty text.";
    BAD_INTERVAL = -1120, "There is no such interval.";
    BAD_SYMBOL = -1121, "There is no such symbol in this product.";
    INVALID_LISTEN_KEY = -1125, "The listen key has ended or never was; open a new stream.";
    MORE_THAN_XX_HOURS = -1127, "The range of time is longer than one call answers.";
    OPTIONAL_PARAMS_BAD_COMBO = -1128, "Optional parameters that do not go together.";
    INVALID_PARAMETER = -1130, "A parameter has a value that it cannot have.";
    INVALID_NEW_ORDER_RESP_TYPE = -1136, "There is no such type of order reply here.";

    // 20xx: keys, balances, and what the matching engine says of orders.
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

    // 40xx: a symbol's filters, settings of the account, position modes. No call of Portfolio Margin gives the ones about
    // options.
    INVALID_ORDER_STATUS = -4000, "There is no such order status.";
    PRICE_LESS_THAN_ZERO = -4001, "A price below 0.";
    PRICE_GREATER_THAN_MAX_PRICE = -4002, "The price is above the symbol's highest.";
    QTY_LESS_THAN_ZERO = -4003, "A quantity below 0.";
    QTY_LESS_THAN_MIN_QTY = -4004, "The quantity is below the symbol's least.";
    QTY_GREATER_THAN_MAX_QTY = -4005, "The quantity is above the symbol's most.";
    STOP_PRICE_LESS_THAN_ZERO = -4006, "A trigger price below 0.";
    STOP_PRICE_GREATER_THAN_MAX_PRICE = -4007, "The trigger price is above the symbol's highest.";
    TICK_SIZE_LESS_THAN_ZERO = -4008, "A tick size below 0.";
    MAX_PRICE_LESS_THAN_MIN_PRICE = -4009, "The highest price is below the lowest.";
    MAX_QTY_LESS_THAN_MIN_QTY = -4010, "The most is below the least.";
    STEP_SIZE_LESS_THAN_ZERO = -4011, "A step size below 0.";
    MAX_NUM_ORDERS_LESS_THAN_ZERO = -4012, "A number of orders below 0.";
    PRICE_LESS_THAN_MIN_PRICE = -4013, "The price is below the symbol's lowest.";
    PRICE_NOT_INCREASED_BY_TICK_SIZE = -4014, "The price is no multiple of the symbol's tick size.";
    INVALID_CL_ORD_ID_LEN = -4015, "The client order id is too long (36 characters at most) or has wrong characters.";
    PRICE_HIGHER_THAN_MULTIPLIER_UP = -4016 as "PRICE_HIGHTER_THAN_MULTIPLIER_UP",
        "The price is too far above the mark price.";
    MULTIPLIER_UP_LESS_THAN_ZERO = -4017, "An upper price multiplier below 0.";
    MULTIPLIER_DOWN_LESS_THAN_ZERO = -4018, "A lower price multiplier below 0.";
    COMPOSITE_SCALE_OVERFLOW = -4019, "Price and quantity have too many decimal places together.";
    TARGET_STRATEGY_INVALID = -4020, "This order type and reduce-only do not go together.";
    INVALID_DEPTH_LIMIT = -4021, "There is no order book of this depth.";
    WRONG_MARKET_STATUS = -4022, "There is no such market status.";
    QTY_NOT_INCREASED_BY_STEP_SIZE = -4023, "The quantity is no multiple of the symbol's step size.";
    PRICE_LOWER_THAN_MULTIPLIER_DOWN = -4024, "The price is too far below the mark price.";
    MULTIPLIER_DECIMAL_LESS_THAN_ZERO = -4025, "A price multiplier's number of decimal places below 0.";
    COMMISSION_INVALID = -4026, "A commission that is out of range.";
    INVALID_ACCOUNT_TYPE = -4027, "There is no such type of account.";
    INVALID_LEVERAGE = -4028, "The symbol does not offer this leverage, or has it already; the message tells.";
    INVALID_TICK_SIZE_PRECISION = -4029, "The tick size has too many decimal places.";
    INVALID_STEP_SIZE_PRECISION = -4030, "The step size has too many decimal places.";
    INVALID_WORKING_TYPE = -4031, "There is no such price for a trigger to watch.";
    EXCEED_MAX_CANCEL_ORDER_SIZE = -4032, "More orders to cancel than one call takes.";
    INSURANCE_ACCOUNT_NOT_FOUND = -4033, "The exchange did not find its insurance account.";
    INVALID_BALANCE_TYPE = -4044, "There is no such type of balance.";
    MAX_STOP_ORDER_EXCEEDED = -4045, "As many conditional orders are open as may be.";
    NO_NEED_TO_CHANGE_MARGIN_TYPE = -4046, "The margin type is so already.";
    THERE_EXISTS_OPEN_ORDERS = -4047, "The margin type cannot change while orders are open.";
    THERE_EXISTS_QUANTITY = -4048, "The margin type cannot change while a position is open.";
    ADD_ISOLATED_MARGIN_REJECT = -4049, "Margin can be added to isolated positions only.";
    CROSS_BALANCE_INSUFFICIENT = -4050, "The cross balance does not suffice.";
    ISOLATED_BALANCE_INSUFFICIENT = -4051, "The isolated balance does not suffice.";
    NO_NEED_TO_CHANGE_AUTO_ADD_MARGIN = -4052, "Adding margin by itself is switched so already.";
    AUTO_ADD_CROSSED_MARGIN_REJECT = -4053, "Margin is added by itself to isolated positions only.";
    ADD_ISOLATED_MARGIN_NO_POSITION_REJECT = -4054, "There is no position to add margin to.";
    AMOUNT_MUST_BE_POSITIVE = -4055, "The amount must be above 0.";
    INVALID_API_KEY_TYPE = -4056, "There is no such type of API key.";
    INVALID_RSA_PUBLIC_KEY = -4057, "The public key cannot be used.";
    MAX_PRICE_TOO_LARGE = -4058, "The highest price has too many digits.";
    NO_NEED_TO_CHANGE_POSITION_SIDE = -4059, "The position mode is so already.";
    INVALID_POSITION_SIDE = -4060, "There is no such position side.";
    POSITION_SIDE_NOT_MATCH = -4061, "The order's position side does not go with the account's position mode.";
    REDUCE_ONLY_CONFLICT = -4062, "Reduce-only cannot stand here; in Hedge Mode it never can.";
    INVALID_OPTIONS_REQUEST_TYPE = -4063, "Options: there is no such type of request.";
    INVALID_OPTIONS_TIME_FRAME = -4064, "Options: there is no such time frame.";
    INVALID_OPTIONS_AMOUNT = -4065, "Options: an amount that cannot be.";
    INVALID_OPTIONS_EVENT_TYPE = -4066, "Options: there is no such type of event.";
    POSITION_SIDE_CHANGE_EXISTS_OPEN_ORDERS = -4067, "The position mode cannot change while orders are open.";
    POSITION_SIDE_CHANGE_EXISTS_QUANTITY = -4068, "The position mode cannot change while positions are open.";
    INVALID_OPTIONS_PREMIUM_FEE = -4069, "Options: a premium that cannot be.";
    INVALID_CL_OPTIONS_ID_LEN = -4070, "Options: the client id is too long.";
    INVALID_OPTIONS_DIRECTION = -4071, "Options: there is no such direction.";
    OPTIONS_PREMIUM_NOT_UPDATE = -4072, "Options: the premium is out of date.";
    OPTIONS_PREMIUM_INPUT_LESS_THAN_ZERO = -4073, "Options: the premium sent is below 0.";
    OPTIONS_AMOUNT_BIGGER_THAN_UPPER = -4074, "Options: the amount is out of range.";
    OPTIONS_PREMIUM_OUTPUT_ZERO = -4075, "Options: the premium comes out at nothing.";
    OPTIONS_PREMIUM_TOO_DIFF = -4076, "Options: the premium has fallen since.";
    OPTIONS_PREMIUM_REACH_LIMIT = -4077, "Options: no more can be ordered.";
    OPTIONS_COMMON_ERROR = -4078, "Options: the exchange failed.";
    INVALID_OPTIONS_ID = -4079, "Options: an id that cannot be, or that is taken.";
    OPTIONS_USER_NOT_FOUND = -4080, "Options: there is no such user.";
    OPTIONS_NOT_FOUND = -4081, "Options: there is no such option.";
    INVALID_BATCH_PLACE_ORDER_SIZE = -4082, "More orders than one call takes, or none.";
    PLACE_BATCH_ORDERS_FAIL = -4083, "The orders could not be placed together.";
    UPCOMING_METHOD = -4084, "The call is announced and not there yet.";
    INVALID_NOTIONAL_LIMIT_COEF = -4085, "A coefficient of the notional limit that cannot be.";
    INVALID_PRICE_SPREAD_THRESHOLD = -4086, "A threshold of the price spread that cannot be.";
    REDUCE_ONLY_ORDER_PERMISSION = -4087, "The account may place reduce-only orders only.";
    NO_PLACE_ORDER_PERMISSION = -4088, "The account may not place orders at present.";
    INVALID_CONTRACT_TYPE = -4104, "There is no such type of contract.";
    INVALID_CLIENT_TRAN_ID_LEN = -4114, "The client id of a transfer is too long (below 64 characters).";
    DUPLICATED_CLIENT_TRAN_ID = -4115, "A transfer of the last 7 days has this client id.";
    REDUCE_ONLY_MARGIN_CHECK_FAILED = -4118, "Position and open orders leave nothing for a reduce-only order.";
    MARKET_ORDER_REJECT = -4131, "The best price on the other side is too far from the mark price.";
    INVALID_ACTIVATION_PRICE = -4135, "An activation price that cannot be.";
    QUANTITY_EXISTS_WITH_CLOSE_POSITION = -4137, "An order that closes a position has no quantity.";
    REDUCE_ONLY_MUST_BE_TRUE = -4138, "An order that closes a position is reduce-only.";
    ORDER_TYPE_CANNOT_BE_MKT = -4139, "Not a market order where it could not be cancelled.";
    INVALID_OPENING_POSITION_STATUS = -4140, "No position can be opened in the symbol at present.";
    SYMBOL_ALREADY_CLOSED = -4141, "The symbol is no longer traded.";
    STRATEGY_INVALID_TRIGGER_PRICE = -4142, "The conditional order would be set off at once.";
    INVALID_PAIR = -4144, "There is no such pair.";
    ISOLATED_LEVERAGE_REJECT_WITH_POSITION = -4161, "An open isolated position keeps its leverage from falling.";
    MIN_NOTIONAL = -4164, "Price times quantity is below the symbol's least; reduce-only orders may be.";
    INVALID_TIME_INTERVAL = -4165, "The range of time is longer than one call answers, or no range.";
    PRICE_HIGHER_THAN_STOP_MULTIPLIER_UP = -4183 as "PRICE_HIGHTER_THAN_STOP_MULTIPLIER_UP",
        "The limit price is too far above the trigger price.";
    PRICE_LOWER_THAN_STOP_MULTIPLIER_DOWN = -4184, "The limit price is too far below the trigger price.";
    CANNOT_CHANGE_DUAL_SIDE = -4220, "COIN-M has the position mode of USDⓈ-M, and no other.";
    UM_REDUCE_ONLY_ONLY = -4405, "USDⓈ-M takes reduce-only orders only, for the moment.";
    ACCOUNT_REDUCE_ONLY = -4407, "The account may place reduce-only orders only in this symbol.";
    CM_REDUCE_ONLY_ONLY = -4415, "COIN-M takes reduce-only orders only, for the moment.";
    SYMBOL_REDUCE_ONLY = -4517, "The symbol takes reduce-only orders only.";
    SYMBOL_REDUCE_ONLY_BUY = -4518, "The symbol takes no buys but reduce-only ones.";
    SYMBOL_REDUCE_ONLY_SELL = -4519, "The symbol takes no sells but reduce-only ones.";

    // 50xx of the matching engine, and the positive 51xxx of cross margin and its loans.
    FOK_ORDER_REJECT = -5021, "A fill-or-kill order that the book could not fill at once.";
    GTX_ORDER_REJECT = -5022, "A post-only order that would have traded at once.";
    ME_RECVWINDOW_REJECT = -5028, "The order reached the matching engine after its recvWindow. Nothing was executed.";
    TOO_MANY_REQUESTS_IN_QUEUE = -5041, "Too many requests of this account at once; this one waited too long.";
    EXCEED_MAX_BORROWABLE = 51006, "More than the account may borrow.";
    HAS_PENDING_TRANSACTION = 51007, "A loan or repayment of the account is still under way.";
    ASSET_ADMIN_BAN_BORROW = 51014, "This asset cannot be borrowed at present.";
    INSUFFICIENT_LOANABLE_ASSET = 51061, "The exchange has too little of the asset left to lend.";
    LIQUIDATION_IN_PROGRESS = 51068, "The margin account is being liquidated.";
    NET_ASSET_MUST_LTE_RATIO = 51078, "The exchange could not look up the margin assets.";
    EXCEED_PRICE_LIMIT = 51113, "The limit price is more than 15 % worse for the account than the index price.";
    PM_FUNCTION_NOT_SUPPORTED = 51122, "Accounts with Portfolio Margin cannot do this.";
    SYSTEM_BUSY = 51998, "The exchange is too busy.";
    SYSTEM_ABNORMAL = 51999 as "UNKNOWN", "The exchange failed without saying why.";
}

// Codes that its page does not have: seen on the wire, or from the pages of other products.
codes! { ELSEWHERE:
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
