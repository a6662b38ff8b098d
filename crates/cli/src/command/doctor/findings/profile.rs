//! Tells which profile settings and key come from.

use super::super::facts::{Facts, ProfileKey, UsedProfile};
use super::finding::{Check, Finding};

/// Tells of the profile, where one is used.
pub(super) fn profile(facts: &Facts) -> Option<Finding> {
    let UsedProfile { name, named_by, file, key } = facts.profile.as_ref()?;
    let told = format!("{name} (from {named_by}), of {file}.");
    Some(match key {
        ProfileKey::Used(parts) => Finding::ok(Check::Profile, format!("{told} Its key: {}.", parts.join(", "))),
        ProfileKey::None => Finding::ok(Check::Profile, format!("{told} It has no key of its own.")),
        ProfileKey::Overridden(variable) => Finding::warning(
            Check::Profile,
            format!("{told} {variable} is set, so the key is that of the environment and not that of the profile."),
        )
        .next("`unset BINANCE_API_KEY BINANCE_API_SECRET BINANCE_PRIVATE_KEY BINANCE_PRIVATE_KEY_PASSPHRASE` to use the profile's key."),
    })
}
