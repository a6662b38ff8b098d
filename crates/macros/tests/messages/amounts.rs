//! Amounts of unlike meanings: none stands for, is added to, or is compared with another.

use binance_papi::{Notional, Price, Quantity};

fn worth(price: Price, quantity: Quantity, notional: Notional) {
    let _ = price + quantity;
    let _ = notional - price;
    let _ = price * price;
    let _ = quantity < price;
    let _: Quantity = [price, price].into_iter().sum();
    let _: Price = price * quantity;
}

fn main() {}
