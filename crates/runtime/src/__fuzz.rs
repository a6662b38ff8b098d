//! What fuzzing reaches of this crate's private readers. It is not part of the public interface: anything here may change in
//! any release. Readers that a public function reaches, such as the one of private keys, have no place here.

pub use crate::intents::fuzzed as intents;
pub use crate::rate_limit::fuzzed as ledger;

use crate::answer::{Answer, Outcome, Usage};
use crate::execution_status::classify;
use papi_types::ErrorCode;
use reqwest::StatusCode;

/// What is made of an answer before its reply is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classified {
    /// What it says about execution, such as `Refused`.
    pub execution: String,
    /// The code of the refusal, if it is one.
    pub code: Option<ErrorCode>,
    /// The text of the refusal, if it is one.
    pub message: Option<String>,
}

/// Returns what is made of an answer; none when the number is no status.
pub fn classify_answer(status: u16, body: &[u8]) -> Option<Classified> {
    let status = StatusCode::from_u16(status).ok()?;
    let answer = Answer::new(status, Usage::default(), body.to_vec().into());
    let (code, message) = (answer.code(), answer.message().map(ToOwned::to_owned));
    Some(Classified { execution: format!("{:?}", classify(&Outcome::Answered(answer))), code, message })
}
