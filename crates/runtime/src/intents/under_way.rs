//! The intent of a call that is being sent: its attempts become durable before they leave, and its end is noted.

use super::record::EndOfIntent;
use super::writer::{Durable, IntentWriter};
use papi_types::Timestamp;
use std::io;
use std::sync::Arc;

/// The intent of a call that is being sent. When it is dropped without an end, nobody sends the call any more and the exchange
/// has to be asked for it.
#[derive(Debug)]
pub(crate) struct UnderWay {
    writer: Arc<IntentWriter>,
    number: u64,
}

impl UnderWay {
    /// Waits until the intent is durable.
    pub(super) async fn begin(writer: Arc<IntentWriter>, number: u64, durable: Durable) -> io::Result<Self> {
        let intent = Self { writer, number };
        match durable.wait().await {
            Ok(()) => Ok(intent),
            Err(error) => {
                intent.writer.take_back(number, None);
                Err(error)
            }
        }
    }

    /// Makes a further attempt durable.
    pub(crate) async fn again(&self, sent_at: Timestamp) -> io::Result<()> {
        let durable = self.writer.stamp(self.number, sent_at).wait().await;
        durable.inspect_err(|_| self.writer.take_back(self.number, Some(sent_at)))
    }

    /// Notes the end.
    pub(crate) fn end(self, how: EndOfIntent, at: Timestamp) {
        self.writer.end(self.number, how, at);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.writer.leave(self.number);
    }
}
