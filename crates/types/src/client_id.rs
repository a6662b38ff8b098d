//! Client ids: the caller's names for orders. An id that is made here is valid for every product and unlike any other.

use smol_str::SmolStr;
#[cfg(not(papi_simulation))]
use std::hash::BuildHasher as _;

/// The beginning of every id that is made here. The exchange's own orders begin differently (`autoclose-`, `adl_autoclose`,
/// `settlement_autoclose-`, `delivery_autoclose-`).
const PREFIX: &str = "papi-";

/// Letters and digits without those that look like others, each worth five bits.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Declares the newtype of an id that the caller chooses.
macro_rules! client_id {
    ($(#[$doc:meta])* $name:ident) => {
        $crate::text::text_name! { $(#[$doc])* $name }

        impl $name {
            /// Returns a new id such as `papi-3v8k2m0q9xw4t7c5n1h6d0bzr2`: 31 characters that every product accepts,
            /// from 128 random bits of the operating system.
            ///
            /// A caller who made the id still has it when the future of the call is dropped, and can ask for the order.
            /// The id does not make it safe to send an order again.
            pub fn generate() -> Self {
                Self::from_random($crate::client_id::random())
            }

            /// Returns the id of these 128 bits, always the same one: for tests, and for callers who have such a number
            /// already. Bits that are used twice give two orders the same id.
            pub fn from_random(bits: [u8; 16]) -> Self {
                Self($crate::client_id::text(bits))
            }
        }
    };
}
#[allow(unused_imports, reason = "the spec decides whether there are further ones")]
pub(crate) use client_id;

client_id! {
    /// The caller's name for an order. The exchange refuses duplicates among open orders only, so it identifies an
    /// order but does not make placing one twice safe.
    ClientOrderId
}

/// Returns the prefix, then the bits in digits of five bits each, the highest first.
pub(crate) fn text(bits: [u8; 16]) -> SmolStr {
    let number = u128::from_be_bytes(bits);
    let digit = |place: u32| {
        let [lowest, ..] = (number >> (5 * place)).to_le_bytes();
        char::from(DIGITS[usize::from(lowest & 31)])
    };
    let mut text = String::with_capacity(PREFIX.len() + 26);
    text.push_str(PREFIX);
    text.extend((0..26).rev().map(digit));
    text.into()
}

/// Returns the bits that a simulation has planned.
#[cfg(papi_simulation)]
pub(crate) fn random() -> [u8; 16] {
    crate::simulation::random()
}

/// Returns 128 random bits of the operating system. If it gives none, they come from the seeds of the standard library's hash
/// maps: an id must be unlike any other, but it is no secret.
#[expect(clippy::disallowed_methods, reason = "the ids of those who give no bits of their own")]
#[cfg(not(papi_simulation))]
pub(crate) fn random() -> [u8; 16] {
    let mut bits = [0; 16];
    if getrandom::fill(&mut bits).is_ok() { bits } else { hashed() }
}

#[expect(clippy::disallowed_types, reason = "the seeds of hash maps are what is wanted here")]
#[cfg(not(papi_simulation))]
fn hashed() -> [u8; 16] {
    let half = || u128::from(std::hash::RandomState::new().hash_one(()));
    (half() << 64 | half()).to_be_bytes()
}

#[cfg(all(test, not(papi_simulation)))]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_same_bits_give_the_same_id() {
        assert_eq!(ClientOrderId::from_random([0; 16]), "papi-00000000000000000000000000");
        assert_eq!(ClientOrderId::from_random([0xff; 16]), "papi-7zzzzzzzzzzzzzzzzzzzzzzzzz");
        let bits = *b"\x01\x23\x45\x67\x89\xab\xcd\xef\xfe\xdc\xba\x98\x76\x54\x32\x10";
        assert_eq!(ClientOrderId::from_random(bits), "papi-014d2pf2dbsqqzxq5tk1v58cgg");
    }

    #[test]
    fn every_bit_counts() {
        let ids = (0..128).map(|bit| text((1_u128 << bit).to_be_bytes()));
        assert_eq!(ids.collect::<BTreeSet<_>>().len(), 128);
    }

    #[test]
    fn no_two_are_alike() {
        let fresh: BTreeSet<_> = (0..10_000).map(|_| ClientOrderId::generate()).collect();
        let hashed: BTreeSet<_> = (0..10_000).map(|_| hashed()).collect();
        assert_eq!((fresh.len(), hashed.len()), (10_000, 10_000));
    }
}
