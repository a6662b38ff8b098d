//! How a call is sent.

use crate::word_enum::{read_words, word_enum};

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

read_words!(Method, "GET, POST, PUT or DELETE");
