//! USDⓈ-M futures: requests and their replies.
//!
//! | Request | Call | Weight | Purpose |
//! |---|---|---|---|
//! | [`Account`] | `GET /papi/v1/um/account` | 5 | Assets and positions of the USDⓈ-M futures account, contracts without a position included. |
//! | [`AccountConfig`] | `GET /papi/v1/um/accountConfig` | 5 | Settings and permissions of the USDⓈ-M futures account. |
//! | [`AdlQuantiles`] | `GET /papi/v1/um/adlQuantile` | 5 | Place of the account's USDⓈ-M positions in the queue for auto-deleveraging. |
//! | [`AlgoOrder`] | `GET /papi/v1/um/algo/algoOrder` | 1 | One algo order for a USDⓈ-M contract, whatever became of it. |
//! | [`AllAlgoOrders`] | `GET /papi/v1/um/algo/allAlgoOrders` | 5 | Algo orders for a USDⓈ-M contract: open and ended. |
//! | [`CancelAllAlgoOrders`] | `DELETE /papi/v1/um/algo/allOpenOrders` | 1 | Cancels all open algo orders for a USDⓈ-M contract. |
//! | [`OpenAlgoOrders`] | `GET /papi/v1/um/algo/openAlgoOrders` | 1 with `symbol`, 40 otherwise | All open algo orders for USDⓈ-M contracts. |
//! | [`NewAlgoOrder`] | `POST /papi/v1/um/algo/order` | 1 | Places an algo order for a USDⓈ-M contract, which becomes an order when a price is reached. |
//! | [`CancelAlgoOrder`] | `DELETE /papi/v1/um/algo/order` | 1 | Cancels an open algo order for a USDⓈ-M contract. |
//! | [`CancelAllOrders`] | `DELETE /papi/v1/um/allOpenOrders` | 1 | Cancels all open orders for a USDⓈ-M contract. |
//! | [`AllOrders`] | `GET /papi/v1/um/allOrders` | 5 | Orders for a USDⓈ-M contract: open, filled, cancelled and expired. |
//! | [`TradingStatus`] | `GET /papi/v1/um/apiTradingStatus` | 1 with `symbol`, 10 otherwise | How the account stands against the exchange's quantitative rules for trading USDⓈ-M contracts. |
//! | [`CommissionRate`] | `GET /papi/v1/um/commissionRate` | 20 | Trading fee rates the account pays for a USDⓈ-M contract. |
//! | [`FeeBurn`] | `GET /papi/v1/um/feeBurn` | 30 | Whether fees of USDⓈ-M trades are paid in BNB. |
//! | [`SetFeeBurn`] | `POST /papi/v1/um/feeBurn` | 1 | Sets whether fees of USDⓈ-M trades are paid in BNB, for all symbols. |
//! | [`ForceOrders`] | `GET /papi/v1/um/forceOrders` | 20 with `symbol`, 50 otherwise | Liquidation and ADL orders of the account's USDⓈ-M positions. |
//! | [`IncomeHistory`] | `GET /papi/v1/um/income` | 30 | Changes of the USDⓈ-M wallet's balance, such as funding, fees, realised profits and transfers. |
//! | [`RequestIncomeDownload`] | `GET /papi/v1/um/income/asyn` | 1500 | Asks the exchange to make a file of the account's USDⓈ-M income history. |
//! | [`IncomeDownload`] | `GET /papi/v1/um/income/asyn/id` | 10 | Tells whether a requested file of the USDⓈ-M income history is made, and where to fetch it. |
//! | [`SetLeverage`] | `POST /papi/v1/um/leverage` | 1 | Sets the leverage of a USDⓈ-M contract. |
//! | [`LeverageBrackets`] | `GET /papi/v1/um/leverageBracket` | 1 | How leverage and maintenance margin of USDⓈ-M contracts step with the notional value of a position. |
//! | [`OpenOrder`] | `GET /papi/v1/um/openOrder` | 1 | One order for a USDⓈ-M contract that is still open. |
//! | [`OpenOrders`] | `GET /papi/v1/um/openOrders` | 1 with `symbol`, 40 otherwise | All open orders for USDⓈ-M contracts. |
//! | [`Order`] | `GET /papi/v1/um/order` | 1 | One order for a USDⓈ-M contract, whatever became of it. |
//! | [`NewOrder`] | `POST /papi/v1/um/order` | 1 | Places an order for a USDⓈ-M contract. |
//! | [`AmendOrder`] | `PUT /papi/v1/um/order` | 1 | Changes quantity and price of an open USDⓈ-M limit order. |
//! | [`CancelOrder`] | `DELETE /papi/v1/um/order` | 1 | Cancels an open order for a USDⓈ-M contract. |
//! | [`RequestOrderDownload`] | `GET /papi/v1/um/order/asyn` | 1500 | Asks the exchange to make a file of the account's USDⓈ-M order history. |
//! | [`OrderDownload`] | `GET /papi/v1/um/order/asyn/id` | 10 | Tells whether a requested file of the USDⓈ-M order history is made, and where to fetch it. |
//! | [`Amendments`] | `GET /papi/v1/um/orderAmendment` | 1 | Amendments of a USDⓈ-M order. |
//! | [`PositionRisk`] | `GET /papi/v1/um/positionRisk` | 5 | The account's USDⓈ-M positions, with their mark and liquidation prices. |
//! | [`PositionMode`] | `GET /papi/v1/um/positionSide/dual` | 30 | Whether USDⓈ-M contracts are traded in Hedge Mode or One-way Mode. |
//! | [`SetPositionMode`] | `POST /papi/v1/um/positionSide/dual` | 1 | Switches all USDⓈ-M contracts to Hedge Mode or One-way Mode. |
//! | [`SignStockContract`] | `POST /papi/v1/um/stock/contract` | 5 | Signs the agreement on perpetual contracts of stocks and other traditional assets (TradFi-Perps). |
//! | [`SymbolConfigs`] | `GET /papi/v1/um/symbolConfig` | 5 | The account's settings for USDⓈ-M contracts. |
//! | [`RequestTradeDownload`] | `GET /papi/v1/um/trade/asyn` | 1500 | Asks the exchange to make a file of the account's USDⓈ-M trade history. |
//! | [`TradeDownload`] | `GET /papi/v1/um/trade/asyn/id` | 10 | Tells whether a requested file of the USDⓈ-M trade history is made, and where to fetch it. |
//! | [`Trades`] | `GET /papi/v1/um/userTrades` | 5 | The account's fills of a USDⓈ-M contract. |
//! | [`AccountV2`] | `GET /papi/v2/um/account` | 5 | Assets of the USDⓈ-M futures account, and its positions of contracts with a position or open orders. |
//!
//! @generated by `cargo xtask codegen` from `spec/um/`. Change the specs, not this file.

mod account;
mod account_config;
mod account_v2;
mod adl_quantiles;
mod algo_order;
mod all_algo_orders;
mod all_orders;
mod amend_order;
mod amendments;
mod cancel_algo_order;
mod cancel_all_algo_orders;
mod cancel_all_orders;
mod cancel_order;
mod commission_rate;
mod fee_burn;
mod force_orders;
mod income_download;
mod income_history;
mod leverage_brackets;
mod new_algo_order;
mod new_order;
mod open_algo_orders;
mod open_order;
mod open_orders;
mod order;
mod order_download;
mod position_mode;
mod position_risk;
mod request_income_download;
mod request_order_download;
mod request_trade_download;
mod set_fee_burn;
mod set_leverage;
mod set_position_mode;
mod sign_stock_contract;
mod symbol_configs;
mod trade_download;
mod trades;
mod trading_status;

#[doc(no_inline)]
pub use super::{
    Acknowledgement, AdlQuantile, AdlQuantileBySide, AmendedTerms, AmendedValue, CommissionRates, DownloadJob,
    DownloadLink, FuturesAsset, FuturesIncome, OrderAmendment, PositionModeStatus, UmAlgoOrder, UmOrder,
};
pub use account::*;
pub use account_config::*;
pub use account_v2::*;
pub use adl_quantiles::*;
pub use algo_order::*;
pub use all_algo_orders::*;
pub use all_orders::*;
pub use amend_order::*;
pub use amendments::*;
pub use cancel_algo_order::*;
pub use cancel_all_algo_orders::*;
pub use cancel_all_orders::*;
pub use cancel_order::*;
pub use commission_rate::*;
pub use fee_burn::*;
pub use force_orders::*;
pub use income_download::*;
pub use income_history::*;
pub use leverage_brackets::*;
pub use new_algo_order::*;
pub use new_order::*;
pub use open_algo_orders::*;
pub use open_order::*;
pub use open_orders::*;
pub use order::*;
pub use order_download::*;
pub use position_mode::*;
pub use position_risk::*;
pub use request_income_download::*;
pub use request_order_download::*;
pub use request_trade_download::*;
pub use set_fee_burn::*;
pub use set_leverage::*;
pub use set_position_mode::*;
pub use sign_stock_contract::*;
pub use symbol_configs::*;
pub use trade_download::*;
pub use trades::*;
pub use trading_status::*;
