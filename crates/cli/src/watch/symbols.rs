//! Which contracts and pairs an event is about.

use binance_papi::{AccountEvent, Symbol};

/// Returns the symbols of an event, each once: none of an event about assets, the account or the stream, or of one that is not
/// known here.
pub(super) fn symbols(event: &AccountEvent) -> Vec<&Symbol> {
    match event {
        AccountEvent::AccountConfigUpdate(event) => vec![&event.config.symbol],
        AccountEvent::AccountUpdate(event) => {
            let mut symbols: Vec<&Symbol> =
                event.update.positions.iter().flatten().map(|position| &position.symbol).collect();
            symbols.extend(event.update.symbol.as_ref());
            symbols.sort_unstable();
            symbols.dedup();
            symbols
        }
        AccountEvent::AlgoUpdate(event) => vec![&event.order.symbol],
        AccountEvent::ConditionalOrderTradeUpdate(event) => vec![&event.order.symbol],
        AccountEvent::OrderTradeUpdate(event) => vec![&event.order.symbol],
        AccountEvent::ExecutionReport(event) => vec![&event.symbol],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use binance_papi::EVENTS;

    fn example(name: &str) -> AccountEvent {
        let info = EVENTS.iter().find(|info| info.event == name).expect("a known event");
        binance_papi::decode(info.examples[0].as_bytes()).expect("an event")
    }

    /// An event without an arm here has no symbol, or is named.
    #[test]
    fn the_symbols_of_every_documented_event_are_found() {
        let without = [
            "balanceUpdate",
            "liabilityChange",
            "listenKeyExpired",
            "openOrderLoss",
            "outboundAccountPosition",
            "riskLevelChange",
        ];
        for info in EVENTS {
            assert_eq!(symbols(&example(info.event)).is_empty(), without.contains(&info.event), "{}", info.event);
        }
    }

    #[test]
    fn a_symbol_with_two_positions_is_one() {
        assert_eq!(symbols(&example("ACCOUNT_UPDATE")), [&Symbol::new("BTCUSDT")]);
    }
}
