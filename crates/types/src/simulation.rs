//! Chance in a simulation, for programs that are built with `--cfg papi_simulation`: one seed decides all client ids of a
//! thread.

use std::cell::Cell;

thread_local! {
    static STATE: Cell<u64> = const { Cell::new(0) };
}

/// Makes the client ids of this thread follow from a seed.
pub fn seed_client_ids(seed: u64) {
    STATE.set(seed);
}

pub(crate) fn random() -> [u8; 16] {
    let mut bits = [0; 16];
    for half in bits.chunks_exact_mut(8) {
        half.copy_from_slice(&next().to_be_bytes());
    }
    bits
}

/// The next number of a `SplitMix64` generator.
fn next() -> u64 {
    STATE.set(STATE.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
    let state = STATE.get();
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
