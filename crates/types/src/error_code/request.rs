//! The 11xx codes: what is wrong with the request itself.

super::codes! { REQUEST:
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
    NO_DEPTH = -1112, "Nobody offers anything in the symbol's order book.";
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
}
