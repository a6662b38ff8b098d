//! Breaking what a parameter alone must satisfy: presence, bounds, length, characters, words.

use super::{Expected, Trial};
use crate::requests::{Edit, edge_number, plain_value};
use papi_types::error::ViolationKind;
use papi_types::spec::{Bound, Kind, ParamInfo};
use papi_types::{
    AlgoType, AutoCloseType, Decimal, EndpointInfo, FuturesWallet, IncomeType, NewOrderRespType, OrderType,
    PositionSide, PriceMatch, SelfTradePreventionMode, Side, SideEffectType, TimeInForce, Timestamp, TransferSide,
    WorkingType,
};

/// Characters that some class may leave out.
const SUSPECTS: &str = " !@#;,~'ä币\n";

pub(crate) fn of_param(info: &'static EndpointInfo, param: &'static ParamInfo, now: Timestamp) -> Vec<Trial> {
    let param = Subject { info, param, now };
    let list =
        if param.param.kind == Kind::List { vec![param.broken("USDT,,BTC", ViolationKind::Empty)] } else { vec![] };
    [vec![param.broken("", ViolationKind::Empty)], list, param.absence(), param.range(), param.text(), param.words()]
        .concat()
}

struct Subject {
    info: &'static EndpointInfo,
    param: &'static ParamInfo,
    now: Timestamp,
}

impl Subject {
    fn trial(&self, edit: Edit, kind: Option<ViolationKind>) -> Trial {
        let plain = plain_value(self.info, self.param, self.now);
        Trial {
            rule: self.param.name.to_owned(),
            what: edit.to_string(),
            seed: vec![Edit::Send(self.param.name, plain)],
            edits: vec![edit],
            expected: kind.map(|kind| Expected::of_param(kind, self.param.name)),
        }
    }

    fn broken(&self, value: &str, kind: ViolationKind) -> Trial {
        self.trial(Edit::Send(self.param.name, value.to_owned()), Some(kind))
    }

    fn fine(&self, value: &str) -> Trial {
        self.trial(Edit::Send(self.param.name, value.to_owned()), None)
    }

    fn absence(&self) -> Vec<Trial> {
        let missing = || self.trial(Edit::Omit(self.param.name), Some(ViolationKind::Missing));
        if self.param.required { vec![missing()] } else { Vec::new() }
    }

    /// The smallest difference between two values.
    fn step(&self) -> Decimal {
        if self.param.kind == Kind::Decimal { Decimal::new(1, 8) } else { Decimal::ONE }
    }

    fn range(&self) -> Vec<Trial> {
        let sides = [(self.param.min, -self.step()), (self.param.max, self.step())];
        sides.iter().filter_map(|(edge, outwards)| Some(self.edge((*edge)?, *outwards))).flatten().collect()
    }

    fn edge(&self, edge: Bound, outwards: Decimal) -> [Trial; 2] {
        let number = edge_number(edge, self.now);
        let last = match edge {
            Bound::Closed(_) => number,
            Bound::Open(_) => number - outwards,
        };
        [self.fine(&last.to_string()), self.broken(&(last + outwards).to_string(), ViolationKind::OutOfRange)]
    }

    fn text(&self) -> Vec<Trial> {
        let mut trials = Vec::new();
        let (shortest, longest) = self.param.length.unwrap_or((1, 36));
        if self.param.length.is_some() {
            let filled = |length: u32| "a".repeat(length as usize);
            trials.extend([self.fine(&filled(shortest)), self.fine(&filled(longest))]);
            trials.push(self.broken(&filled(longest + 1), ViolationKind::Length));
            if shortest > 1 {
                trials.push(self.broken(&filled(shortest - 1), ViolationKind::Length));
            }
        }
        if let Some(class) = self.param.chars {
            let allowed: String = class.chars().take(longest as usize).collect();
            trials.push(self.fine(&allowed));
            let refused = SUSPECTS.chars().filter(|suspect| !class.contains(*suspect));
            trials.extend(refused.map(|suspect| self.broken(&format!("a{suspect}z"), ViolationKind::Chars)));
        }
        trials
    }

    fn words(&self) -> Vec<Trial> {
        if self.param.kind != Kind::Word {
            return Vec::new();
        }
        let all = all_words(self.param.type_name).iter().copied();
        let (offered, withheld): (Vec<&str>, Vec<&str>) = all.partition(|word| self.param.words.contains(word));
        assert_eq!(offered.len(), self.param.words.len(), "{}: {}", self.info.type_path(), self.param.name);
        let refused = withheld.iter().map(|word| self.broken(word, ViolationKind::Word));
        // A word that this version does not know is left to the exchange, where no rule is about it.
        refused.chain([self.fine("NO_SUCH_WORD")]).collect()
    }
}

/// The words of a type, offered or not.
fn all_words(type_name: &str) -> &'static [&'static str] {
    match type_name.trim_start_matches("Option<").trim_end_matches('>') {
        "AlgoType" => AlgoType::WORDS,
        "AutoCloseType" => AutoCloseType::WORDS,
        "FuturesWallet" => FuturesWallet::WORDS,
        "IncomeType" => IncomeType::WORDS,
        "NewOrderRespType" => NewOrderRespType::WORDS,
        "OrderType" => OrderType::WORDS,
        "PositionSide" => PositionSide::WORDS,
        "PriceMatch" => PriceMatch::WORDS,
        "SelfTradePreventionMode" => SelfTradePreventionMode::WORDS,
        "Side" => Side::WORDS,
        "SideEffectType" => SideEffectType::WORDS,
        "TimeInForce" => TimeInForce::WORDS,
        "TransferSide" => TransferSide::WORDS,
        "WorkingType" => WorkingType::WORDS,
        other => panic!("a new type of words: {other}"),
    }
}
