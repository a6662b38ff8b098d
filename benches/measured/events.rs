//! Six events of the user data stream, one at a time: read by ours, and by serde's derive, which is told the key that has the name.

use crate::{Outcome, derived_events};
use binance_papi::AccountEvent;
use std::hint::black_box;

/// Events as they were observed, or documented where none was.
const SAMPLES: [(&str, &str); 6] = [
    (
        "order-event",
        r#"{"e":"ORDER_TRADE_UPDATE","T":1792000001234,"E":1792000001240,"fs":"UM","o":{"s":"BTCUSDT","c":"web_0000000000000191764101","S":"BUY","o":"LIMIT","f":"GTC","q":"0.010","p":"63000.10","ap":"63000.10","sp":"0","x":"TRADE","X":"PARTIALLY_FILLED","i":191764101,"l":"0.002","z":"0.002","L":"63000.10","n":"0.02520004","N":"USDT","T":1792000001234,"t":67880589,"b":"504.00080","a":"0","m":true,"R":false,"ps":"BOTH","rp":"0","V":"EXPIRE_NONE","pm":"PM_NONE","gtd":0}}"#,
    ),
    (
        "account-event",
        r#"{"e":"ACCOUNT_UPDATE","T":1792000000658,"E":1792000000841,"fs":"UM","a":{"B":[{"a":"USDT","wb":"100.00000000","cw":"100.00000000","bc":"0"},{"a":"BNB","wb":"0.25000000","cw":"0.25000000","bc":"0"}],"P":[{"s":"BTCUSDT","pa":"0.010","ep":"63000.1","cr":"0","up":"1.25000000","ps":"BOTH","bep":63025.3}],"m":"ORDER"}}"#,
    ),
    (
        "margin-event",
        r#"{"e":"executionReport","E":1792000013818,"s":"BNBUSDT","c":"web_4293153","S":"BUY","o":"LIMIT","f":"GTC","q":"0.02000000","p":"600.00000000","P":"0.00000000","g":-1,"x":"TRADE","X":"FILLED","i":4293153,"l":"0.02000000","z":"0.02000000","L":"600.00000000","n":"0.00002000","N":"BNB","T":1792000013817,"t":998877,"w":false,"m":true,"O":1792000013717,"Z":"12.00000000","Y":"12.00000000","V":"NONE","I":8641984}"#,
    ),
    (
        "config-event",
        r#"{"e":"ACCOUNT_CONFIG_UPDATE","T":1792000037476,"E":1792000037479,"fs":"UM","ac":{"s":"BTCUSDT","l":25}}"#,
    ),
    (
        "liability-event",
        r#"{"e":"liabilityChange","E":1792000097110,"a":"BTC","t":"BORROW","T":1352286576452864727,"p":"1.03453430","i":"0","l":"1.03476851"}"#,
    ),
    (
        "risk-event",
        r#"{"e":"riskLevelChange","E":1792000087525,"u":"1.99999999","s":"MARGIN_CALL","eq":"30.23416728","ae":"30.23416728","m":"15.11708371"}"#,
    ),
];

/// Reads an event, if that is what the work is.
pub(crate) fn repeat(work: &str, count: u32) -> Option<Outcome> {
    let sample = |name: &str| SAMPLES.iter().find(|(each, _)| *each == name).map(|(_, json)| *json);
    match work.strip_prefix("derived-") {
        Some(name) => sample(name).map(|json| derived(json, count)),
        None => sample(work).map(|json| ours(json, count)),
    }
}

fn ours(json: &str, count: u32) -> Outcome {
    for _ in 0..count {
        black_box(papi_types::decode::<AccountEvent>(black_box(json.as_bytes()))?);
    }
    Ok(())
}

fn derived(json: &str, count: u32) -> Outcome {
    for _ in 0..count {
        black_box(serde_json::from_slice::<derived_events::Event>(black_box(json.as_bytes()))?);
    }
    Ok(())
}
