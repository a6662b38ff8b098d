//! The 10xx codes: the exchange, the network between, and who may ask how often.

super::codes! { SERVER:
    UNKNOWN = -1000, "The exchange failed without saying why. Nobody knows whether it acted.";
    DISCONNECTED = -1001, "The exchange lost a part of itself on the way. Nobody knows whether it acted.";
    UNAUTHORIZED = -1002, "The key may not do this.";
    TOO_MANY_REQUESTS = -1003, "The weight of this IP address is used up, or the address is banned for a while.";
    DUPLICATE_IP = -1004, "The IP address is on the list already.";
    NO_SUCH_IP = -1005, "The IP address is not on the list.";
    UNEXPECTED_RESP = -1006, "The exchange did not understand its own inside. Nobody knows whether it acted.";
    TIMEOUT = -1007, "The exchange's inside was too slow. Nobody knows whether it acted.";
    REQUEST_THROTTLED = -1008 as "Request Throttled",
        "The exchange is overloaded. With the documented message nothing was executed; with another nobody knows.";
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
}
