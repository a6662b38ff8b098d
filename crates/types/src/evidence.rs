//! Judges an answer about a lost call: has the exchange done what the call asked for? The functions are pure and work on the
//! text of the reply, so that decimals and ids are compared exactly.

use crate::Timestamp;
use crate::json::{elements, fields};
use crate::page::scalar;
use crate::spec::{EvidenceRule, LostCall, Question, StateWords};
use papi_spec::exact_decimal;
use std::borrow::Cow;

/// What an answer says about a lost call.
///
/// It is about the state that the call was to reach. When several callers want the same state, such as two that cancel one
/// order, it does not tell whose call reached it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// The state that the call asked for is reached.
    Acted,
    /// The state is not reached. It can still be reached while the call may still arrive.
    NotYet,
    /// The state is not reached and cannot be reached any more: the thing that the call was about ended in another way.
    TooLate,
    /// The answer does not tell. Ask the next question, or ask again.
    Unclear,
}

impl Evidence {
    /// Returns what this answer and another say together, when the call was to act on both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        [Self::TooLate, Self::NotYet, Self::Unclear]
            .into_iter()
            .find(|weaker| [self, other].contains(weaker))
            .unwrap_or(Self::Acted)
    }

    /// Returns what two rows say together, when at most one of them is about the call.
    fn or(self, other: Self) -> Self {
        [Self::Acted, Self::Unclear, Self::NotYet]
            .into_iter()
            .find(|stronger| [self, other].contains(stronger))
            .unwrap_or(Self::TooLate)
    }
}

impl LostCall {
    /// Returns the requests that ask a question about this call, each as name and value pairs for
    /// [`EndpointInfo::parse`](crate::EndpointInfo::parse).
    ///
    /// There is one request, unless [`each`](Question::each) asks for one per row of `before`. That is the reply to the
    /// question before, as [`EndpointInfo::reprint`](crate::EndpointInfo::reprint) prints it.
    pub fn requests(&self, question: &Question, before: Option<&[u8]>) -> Vec<Vec<(&'static str, String)>> {
        let pairs = |value: &dyn Fn(&str) -> Option<String>| {
            question.with.iter().filter_map(|&(theirs, ours)| Some((theirs, value(ours)?))).collect()
        };
        let Some(field) = question.each else {
            return vec![pairs(&|ours| self.param(ours).map(str::to_owned))];
        };
        let reply = before.and_then(|reply| std::str::from_utf8(reply).ok()).and_then(Object::read);
        let rows = reply.as_ref().and_then(|reply| rows(reply.raw(field)?));
        rows.unwrap_or_default().iter().map(|row| pairs(&|field| row.text(field))).collect()
    }

    /// Judges the reply to a question, as [`EndpointInfo::reprint`](crate::EndpointInfo::reprint) prints it.
    pub fn judge(&self, question: &Question, reply: &[u8]) -> Evidence {
        let Ok(reply) = std::str::from_utf8(reply) else { return Evidence::Unclear };
        match (&question.shows, rows(reply)) {
            (EvidenceRule::NothingLeft, Some(rows)) => {
                let newer = |row| time(question, row).zip(self.last_taken()).is_some_and(|(made, last)| made > last);
                // A row without a time counts as older than the call.
                if rows.iter().all(newer) { Evidence::Acted } else { Evidence::NotYet }
            }
            (EvidenceRule::NothingLeft, None) => Evidence::Unclear,
            (_, Some(rows)) => {
                let judged = rows.iter().map(|row| self.judge_object(question, row));
                judged.reduce(Evidence::or).unwrap_or(Evidence::Unclear)
            }
            (_, None) => Object::read(reply).map_or(Evidence::Unclear, |reply| self.judge_object(question, &reply)),
        }
    }

    /// Judges the answer that the exchange does not know what a question asked for (-2013, "Order does not exist"), at
    /// exchange time `now`.
    ///
    /// The answer is clear only when the call was to make it, and while the query still finds everything of that age. An
    /// order that was to be cancelled or amended may have been cancelled and deleted since.
    pub fn judge_missing(&self, question: &Question, now: Timestamp) -> Evidence {
        match (question.shows, self.first_taken()) {
            (EvidenceRule::Found { keeps }, Some(first)) if keeps.reaches(first, now) => Evidence::NotYet,
            _ => Evidence::Unclear,
        }
    }

    fn judge_object(&self, question: &Question, reply: &Object<'_>) -> Evidence {
        let by_words =
            |state: &Option<StateWords>, otherwise| state.map_or(otherwise, |words| judge_word(&words, reply));
        let evidence = match &question.shows {
            EvidenceRule::Fields { same, state } => match compare(reply, same, self) {
                Comparison::Same => Evidence::Acted,
                Comparison::Incomparable => Evidence::Unclear,
                Comparison::Different => by_words(state, Evidence::NotYet),
                Comparison::Nothing => by_words(state, Evidence::Unclear),
            },
            EvidenceRule::Found { .. } => Evidence::Acted,
            _ => Evidence::Unclear,
        };
        // A thing that is certainly older than the call shows nothing about the call.
        let is_older = time(question, reply).zip(self.first_taken()).is_some_and(|(made, first)| made < first);
        if evidence == Evidence::Acted && is_older { Evidence::Unclear } else { evidence }
    }
}

/// Returns when what an answer is about was made or changed.
fn time(question: &Question, reply: &Object<'_>) -> Option<Timestamp> {
    reply.text(question.since?)?.parse().ok().map(Timestamp::from_millis)
}

fn judge_word(words: &StateWords, reply: &Object<'_>) -> Evidence {
    let Some(word) = reply.text(words.field) else { return Evidence::Unclear };
    let is_one_of = |words: &[&str]| words.contains(&word.as_str());
    if is_one_of(words.acted) {
        Evidence::Acted
    } else if is_one_of(words.open) {
        Evidence::NotYet
    } else if is_one_of(words.ended) {
        Evidence::TooLate
    } else {
        Evidence::Unclear
    }
}

/// The result of comparing the fields of a reply with the parameters of a lost call.
enum Comparison {
    /// There was nothing to compare.
    Nothing,
    /// Each field has the value of its parameter, as far as those were sent.
    Same,
    /// One field has another value.
    Different,
    /// No field has another value, but one is missing in the reply, or none of the parameters was sent.
    Incomparable,
}

fn compare(reply: &Object<'_>, same: &[(&str, &str)], lost: &LostCall) -> Comparison {
    if same.is_empty() {
        return Comparison::Nothing;
    }
    let sent: Vec<_> = same.iter().filter_map(|(field, param)| Some((reply.text(field), lost.param(param)?))).collect();
    if sent.iter().any(|(told, sent)| told.as_ref().is_some_and(|told| !is_same(told, sent))) {
        Comparison::Different
    } else if sent.is_empty() || sent.iter().any(|(told, _)| told.is_none()) {
        Comparison::Incomparable
    } else {
        Comparison::Same
    }
}

/// Returns whether two texts are equal, or are numbers of the same value, such as `1` and `1.00`.
fn is_same(told: &str, sent: &str) -> bool {
    told == sent || exact_decimal(told).zip(exact_decimal(sent)).is_some_and(|(told, sent)| told == sent)
}

/// An object of a reply.
struct Object<'j>(Vec<(Cow<'j, str>, &'j str)>);

impl<'j> Object<'j> {
    fn read(json: &'j str) -> Option<Self> {
        fields(json).ok().map(Self)
    }

    fn raw(&self, field: &str) -> Option<&'j str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, value)| *value)
    }

    fn text(&self, field: &str) -> Option<String> {
        self.raw(field).and_then(scalar)
    }
}

/// Returns the objects of a list; none for any other text.
fn rows(json: &str) -> Option<Vec<Object<'_>>> {
    elements(json).ok()?.into_iter().map(Object::read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EndpointInfo, cm, margin, um};
    use Evidence::{Acted, NotYet, TooLate, Unclear};
    use std::time::Duration;

    const SENT_AT: Timestamp = Timestamp::from_millis(1_792_000_000_000);
    const DAY: Duration = Duration::from_secs(86_400);

    fn lost(pairs: &[(&str, &str)]) -> LostCall {
        LostCall::from_pairs(pairs).stamped(SENT_AT, Duration::from_secs(5))
    }

    /// The documented reply to a question, with some texts replaced, as the runtime prints it.
    fn reply(info: &EndpointInfo, changes: &[(&str, &str)]) -> String {
        let mut body = info.examples[0].to_owned();
        for (from, to) in changes {
            assert!(body.contains(from), "{from} is not in {body}");
            body = body.replace(from, to);
        }
        (info.reprint)(body.as_bytes()).expect("reads")
    }

    /// What the question of this number says of a reply.
    fn judged(info: &EndpointInfo, question: usize, reply: &str, lost: &LostCall) -> Evidence {
        lost.judge(&info.settle[question], reply.as_bytes())
    }

    #[test]
    fn an_order_that_is_found_was_placed() {
        let old = reply(um::Order::INFO, &[]);
        let new = reply(um::Order::INFO, &[(r#""time":1579276756075"#, r#""time":1792000000100"#)]);
        assert_eq!(judged(um::NewOrder::INFO, 0, &new, &lost(&[])), Acted);
        assert_eq!(judged(um::NewOrder::INFO, 0, &old, &lost(&[])), Unclear, "an older order of the same name");
        assert_eq!(judged(um::NewOrder::INFO, 0, &old, &LostCall::from_pairs(&[])), Acted, "nothing says when");
        assert_eq!(judged(um::NewOrder::INFO, 0, "<html>", &lost(&[])), Unclear);
    }

    #[test]
    fn a_stamp_ahead_of_the_exchange_does_not_make_an_order_older() {
        let at = |millis: i64| {
            let time = format!(r#""time":{}"#, SENT_AT.as_millis() + millis);
            judged(um::NewOrder::INFO, 0, &reply(um::Order::INFO, &[(r#""time":1579276756075"#, &time)]), &lost(&[]))
        };
        assert_eq!([at(-1_001), at(-1_000), at(60_000)], [Unclear, Acted, Acted]);
    }

    #[test]
    fn a_cancelled_order_has_a_word_for_it() {
        for (word, says) in [
            ("CANCELED", Acted),
            ("NEW", NotYet),
            ("PARTIALLY_FILLED", NotYet),
            ("FILLED", TooLate),
            ("EXPIRED_IN_MATCH", TooLate),
            ("HALF_FILLED", Unclear),
        ] {
            for (info, asked) in [
                (um::CancelOrder::INFO, um::Order::INFO),
                (cm::CancelOrder::INFO, cm::Order::INFO),
                (margin::CancelOrder::INFO, margin::Order::INFO),
            ] {
                let status = format!(r#""status":"{word}""#);
                let reply = reply(asked, &[(r#""status":"NEW""#, &status)]);
                assert_eq!(judged(info, 0, &reply, &lost(&[])), says, "{}: {word}", info.type_path());
            }
        }
        assert_eq!(judged(um::CancelAlgoOrder::INFO, 0, &reply(um::AlgoOrder::INFO, &[]), &lost(&[])), Acted);
    }

    #[test]
    fn both_spellings_of_a_cancelled_conditional_order_count() {
        let triggered = reply(cm::ConditionalOrder::INFO, &[]);
        assert_eq!(judged(cm::CancelConditionalOrder::INFO, 1, &triggered, &lost(&[])), TooLate);
        for word in ["CANCELED", "CANCELLED"] {
            let reply = reply(cm::ConditionalOrder::INFO, &[("\"TRIGGERED\"", &format!("\"{word}\""))]);
            assert_eq!(judged(cm::CancelConditionalOrder::INFO, 1, &reply, &lost(&[])), Acted, "{word}");
        }
    }

    #[test]
    fn a_list_that_is_done_is_judged_by_each_of_its_orders() {
        let [whole, orders] = margin::CancelOrderList::INFO.settle else { panic!("two questions") };
        let open = reply(margin::OrderList::INFO, &[]);
        assert_eq!(lost(&[]).judge(whole, open.as_bytes()), NotYet);
        let done = reply(margin::OrderList::INFO, &[("\"EXECUTING\"", "\"ALL_DONE\"")]);
        assert_eq!(lost(&[]).judge(whole, done.as_bytes()), Unclear);
        let asked = lost(&[]).requests(orders, Some(done.as_bytes()));
        let order = |id: &str| vec![("symbol", "LTCBTC".to_owned()), ("orderId", id.to_owned())];
        assert_eq!(asked, [order("4"), order("5")]);
        assert!(lost(&[]).requests(orders, None).is_empty());
        assert_eq!(Acted.and(Acted), Acted);
        assert_eq!(Acted.and(TooLate), TooLate, "one of them was filled");
        assert_eq!(Acted.and(NotYet), NotYet);
        assert_eq!(NotYet.and(Unclear), NotYet);
        assert_eq!(Unclear.and(Acted), Unclear);
    }

    #[test]
    fn a_cancel_all_leaves_nothing_that_was_there_before() {
        let judged = |reply: &str| judged(um::CancelAllOrders::INFO, 0, reply, &lost(&[("symbol", "BTCUSDT")]));
        let row_of = |time: i64| {
            let time = format!(r#""time":{time}"#);
            reply(um::OpenOrders::INFO, &[(r#""time":1579276756075"#, &time)])
        };
        assert_eq!(judged("[]"), Acted);
        assert_eq!(judged(&row_of(1_579_276_756_075)), NotYet);
        assert_eq!(
            judged(&row_of(SENT_AT.as_millis() + 5_000)),
            NotYet,
            "it may have been there when the call arrived"
        );
        assert_eq!(judged(&row_of(SENT_AT.as_millis() + 5_001)), Acted, "placed afterwards");
        assert_eq!(judged("{}"), Unclear);
    }

    #[test]
    fn an_amended_order_has_what_was_asked() {
        let amend = |status: &str, pairs: &[(&str, &str)]| {
            let changes = [
                (r#""price":"0""#, r#""price":"30005.00""#),
                (r#""status":"NEW""#, &format!(r#""status":"{status}""#)),
                (r#""updateTime":1579276756075"#, r#""updateTime":1792000000100"#),
            ];
            judged(um::AmendOrder::INFO, 0, &reply(um::Order::INFO, &changes), &lost(pairs))
        };
        let asked = [("quantity", "0.4"), ("price", "30005")];
        assert_eq!(amend("NEW", &asked), Acted, "numbers are compared by value");
        assert_eq!(amend("FILLED", &asked), Acted);
        let other = [("quantity", "0.4"), ("price", "30006")];
        for (status, says) in [("NEW", NotYet), ("FILLED", TooLate), ("CANCELED", Unclear), ("EXPIRED", Unclear)] {
            assert_eq!(amend(status, &other), says, "{status}");
        }
        assert_eq!(amend("NEW", &[("quantity", "0.40"), ("priceMatch", "NONE")]), Acted);
        assert_eq!(amend("NEW", &[("quantity", "0.40"), ("priceMatch", "QUEUE")]), NotYet);
        assert_eq!(amend("NEW", &[]), Unclear, "nothing to compare");
    }

    #[test]
    fn an_order_that_did_not_change_since_shows_no_amendment() {
        let pegged = reply(um::Order::INFO, &[(r#""priceMatch":"NONE""#, r#""priceMatch":"QUEUE""#)]);
        let asked = [("quantity", "0.40"), ("priceMatch", "QUEUE")];
        assert_eq!(judged(um::AmendOrder::INFO, 0, &pegged, &lost(&asked)), Unclear);
    }

    #[test]
    fn a_field_that_the_reply_lacks_cannot_be_compared() {
        let order = reply(cm::Order::INFO, &[]);
        let asked = [("quantity", "0.40"), ("priceMatch", "QUEUE")];
        assert_eq!(judged(cm::AmendOrder::INFO, 0, &order, &lost(&asked)), Unclear);
        let more = [("quantity", "0.41"), ("priceMatch", "QUEUE")];
        assert_eq!(judged(cm::AmendOrder::INFO, 0, &order, &lost(&more)), NotYet);
    }

    #[test]
    fn a_setting_is_read_back() {
        let mode = |on| {
            judged(um::SetPositionMode::INFO, 0, r#"{"dualSidePosition":true}"#, &lost(&[("dualSidePosition", on)]))
        };
        assert_eq!([mode("true"), mode("false")], [Acted, NotYet]);
        let leverage = |symbol, leverage| {
            let sent = lost(&[("symbol", symbol), ("leverage", leverage)]);
            judged(um::SetLeverage::INFO, 0, &reply(um::SymbolConfigs::INFO, &[]), &sent)
        };
        assert_eq!(leverage("BTCUSDT", "21"), Acted);
        assert_eq!([leverage("BTCUSDT", "20"), leverage("ETHUSDT", "21")], [NotYet, NotYet]);
        assert_eq!(judged(um::SetLeverage::INFO, 0, "[]", &lost(&[("leverage", "21")])), Unclear);
    }

    #[test]
    fn nothing_found_means_something_only_of_what_was_to_be_made_and_is_kept() {
        let missing = |info: &EndpointInfo, question: usize, lost: &LostCall, after: Duration| {
            lost.judge_missing(&info.settle[question], SENT_AT.plus(after))
        };
        assert_eq!(missing(um::NewOrder::INFO, 0, &lost(&[]), DAY), NotYet);
        assert_eq!(missing(um::NewOrder::INFO, 0, &lost(&[]), DAY * 3), Unclear, "no longer kept");
        assert_eq!(missing(um::NewOrder::INFO, 0, &LostCall::from_pairs(&[]), DAY), Unclear, "nothing says when");
        assert_eq!(missing(cm::NewConditionalOrder::INFO, 0, &lost(&[]), DAY), Unclear, "only open ones are found");
        assert_eq!(missing(cm::NewConditionalOrder::INFO, 1, &lost(&[]), DAY * 2), NotYet);
        assert_eq!(missing(cm::NewConditionalOrder::INFO, 1, &lost(&[]), DAY * 3), Unclear, "no longer kept");
        assert_eq!(missing(um::CancelOrder::INFO, 0, &lost(&[]), DAY), Unclear, "cancelled, and forgotten since");
    }

    #[test]
    fn every_attempt_widens_the_time_at_which_the_call_can_have_acted() {
        let later = SENT_AT.plus(Duration::from_secs(10));
        let lost = lost(&[]).stamped(later, Duration::from_secs(2));
        assert_eq!(lost.first_taken().map(Timestamp::as_millis), Some(SENT_AT.as_millis() - 1_000));
        assert_eq!(lost.last_taken(), Some(later.plus(Duration::from_secs(2))));
    }
}
