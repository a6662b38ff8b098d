//! How a call is sent.

use crate::ParseValueError;
use crate::word_enum::word_enum;

word_enum! {
    /// An HTTP method, in the words of a request line.
    Method {
        /// GET
        Get = "GET",
        /// POST
        Post = "POST",
        /// PUT
        Put = "PUT",
        /// DELETE
        Delete = "DELETE",
    }
}

impl std::str::FromStr for Method {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let named = |method: &Self| method.as_str().eq_ignore_ascii_case(text);
        Self::ALL.into_iter().find(named).ok_or(ParseValueError::new("GET, POST, PUT or DELETE"))
    }
}
