//! Reads spans of time as specs write them, into calls of `Span`'s constructors.

use crate::root::Root;
use proc_macro2::TokenStream;
use quote::quote;

/// A span such as `7d`, read but not yet quoted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct SpanText {
    count: u32,
    unit: Unit,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
    Months,
}

impl SpanText {
    pub(crate) const EXPECTED: &'static str = "a span is a whole number and a unit: 30s, 10m, 24h, 7d, 3mo or 1y";

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let count: u32 = count.parse().ok()?;
        let (count, unit) = match unit {
            "s" => (count, Unit::Seconds),
            "m" => (count, Unit::Minutes),
            "h" => (count, Unit::Hours),
            "d" => (count, Unit::Days),
            "mo" => (count, Unit::Months),
            "y" => (count.checked_mul(12)?, Unit::Months),
            _ => return None,
        };
        Some(Self { count, unit })
    }

    pub(crate) fn quote(self, root: &Root) -> TokenStream {
        let count = proc_macro2::Literal::u32_unsuffixed(self.count);
        match self.unit {
            Unit::Seconds => quote!(#root::Span::seconds(#count)),
            Unit::Minutes => quote!(#root::Span::minutes(#count)),
            Unit::Hours => quote!(#root::Span::hours(#count)),
            Unit::Days => quote!(#root::Span::days(#count)),
            Unit::Months => quote!(#root::Span::months(#count)),
        }
    }
}
