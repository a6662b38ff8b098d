//! Every name, id, amount and word reads from its text and prints it back, and maps find names by `&str`. Secrets do not print.

#![expect(clippy::disallowed_types, reason = "users have hash maps")]

use papi_types::*;
use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

/// Calls a check for each type, and returns their names.
macro_rules! of_each {
    ($check:ident: $($name:ident)*) => {{
        $($check::<$name>();)*
        [$(stringify!($name)),*]
    }};
}

fn reads_back<T: FromStr + Display>(text: &str) -> T {
    let Ok(value) = text.parse::<T>() else { panic!("{} does not read {text}", std::any::type_name::<T>()) };
    assert_eq!(value.to_string(), text);
    value
}

const TEXTS: [&str; 3] = ["BTCUSDT", "", "a name of more than twenty-three bytes"];

fn is_found_by_its_text<T: Borrow<str> + Hash + Ord + Clone>(name: T, text: &str) {
    let (hashed, sorted) = (HashMap::from([(name.clone(), 1)]), BTreeMap::from([(name, 1)]));
    assert_eq!((hashed.get(text), sorted.get(text)), (Some(&1), Some(&1)), "{}", std::any::type_name::<T>());
}

fn name<T: FromStr + Display + Borrow<str> + Hash + Ord + Clone>() {
    for text in TEXTS {
        is_found_by_its_text::<T>(reads_back(text), text);
    }
}

fn secret<T: for<'a> From<&'a str> + AsRef<str> + Debug + Borrow<str> + Hash + Ord + Clone>() {
    for text in TEXTS {
        let secret = T::from(text);
        assert_eq!(secret.as_ref(), text);
        assert!(text.is_empty() || !format!("{secret:?}").contains(text), "{secret:?}");
        is_found_by_its_text(secret, text);
    }
}

fn id<T: FromStr + Display>() {
    reads_back::<T>("-9223372036854775808");
    assert!("9223372036854775808".parse::<T>().is_err());
}

fn amount<T: FromStr + Display>() {
    reads_back::<T>("-0.0100");
    assert!("1,5".parse::<T>().is_err());
}

fn word<T: OpenEnum>() {
    for text in T::WORDS {
        assert!(reads_back::<T>(text).is_known(), "{text}");
    }
    assert!(!reads_back::<T>("NEW_TOMORROW").is_known());
}

fn sorted<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().map(Into::into).collect();
    names.sort_unstable();
    names
}

/// The types that a generated file declares, each alone on its line.
fn declared(source: &str) -> Vec<String> {
    sorted(source.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase) && !line.contains(' ')))
}

/// The types that a generated file exports.
fn exported(source: &str) -> Vec<String> {
    sorted(source.lines().filter_map(|line| line.strip_prefix("pub use ")?.strip_suffix(';')?.split("::").nth(1)))
}

#[test]
fn names_and_ids_read_and_names_are_found_by_their_text() {
    of_each!(name: Symbol Pair Asset ClientOrderId);
    of_each!(id: OrderId);
    let names = of_each!(name: ClientAlgoId ClientStrategyId ListClientOrderId DownloadId IncomeId);
    let secrets = of_each!(secret: ListenKey);
    let ids = of_each!(id: AlgoId AmendmentId ModifyId OrderListId PreventedMatchId StrategyId TradeId TransactionId);
    assert_eq!(sorted(names.into_iter().chain(secrets).chain(ids)), declared(include_str!("../src/generated/ids.rs")));
}

#[test]
fn amounts_read() {
    of_each!(amount: Price Quantity Notional);
}

#[test]
fn every_word_reads() {
    let tested = of_each!(word:
        AccountStatus AccountUpdateReason AlgoStatus AlgoType AutoCloseType BusinessUnit ContingencyType DownloadStatus
        ExecutionType FuturesWallet IncomeType InterestType LiabilityChangeType ListOrderStatus ListStatusType
        LoanStatus MarginType NewOrderRespType OrderStatus OrderType PositionSide PriceMatch RateLimitInterval
        RateLimitType SelfTradePreventionMode Side SideEffectType StrategyStatus TimeInForce TradingIndicator
        TransferSide WorkingType
    );
    assert_eq!(sorted(tested), exported(include_str!("../src/generated/words/mod.rs")));
}

#[test]
fn words_of_the_vocabulary_read() {
    assert_eq!("post".parse(), Ok(Method::Post));
    assert!(Access::ALL.iter().all(|access| access.as_str().parse() == Ok(*access)));
    assert!(Effect::ALL.iter().all(|effect| effect.as_str().parse() == Ok(*effect)));
    assert!(Group::ALL.iter().all(|group| group.as_str().parse() == Ok(*group)));
    assert_eq!(
        "futures".parse::<Group>().map_err(|e| e.to_string()),
        Err("um, cm, margin, account, market or stream".into())
    );
}
