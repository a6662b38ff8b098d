//! Compares the parameters of an endpoint.

use super::change::{Changes, Impact};
use super::specs::both;
use crate::model::prose;
use crate::rust_name::field_name;
use crate::spec::{Endpoint, Param};
use std::collections::BTreeMap;

pub(super) fn compare(before: &Endpoint, after: &Endpoint, changes: &mut Changes<'_>) {
    fn by_wire(params: &[Param]) -> BTreeMap<&str, &Param> {
        params.iter().map(|param| (param.wire.as_str(), param)).collect()
    }
    for (wire, old, new) in both(&by_wire(&before.params), &by_wire(&after.params)) {
        match (old, new) {
            (Some(old), Some(new)) => param(wire, old, new, changes),
            // Whether that breaks a constructor is said there.
            (None, Some(_)) => changes.add(Impact::Additive, format!("the parameter `{wire}` is new")),
            (Some(_), None) => {
                let removed = after.removed.iter().find(|removed| *removed.wire == **wire);
                let since = removed.and_then(|removed| removed.removed.as_ref());
                let since = since.map(|date| format!(", taken away on {}", **date)).unwrap_or_default();
                changes.add(Impact::Breaking, format!("the parameter `{wire}` is gone{since}"));
            }
            (None, None) => {}
        }
    }
}

fn param(wire: &str, before: &Param, after: &Param, changes: &mut Changes<'_>) {
    let rust = |param: &Param| field_name(&param.wire, param.rust.as_ref()).value;
    changes.name(&format!("the type of `{wire}`"), &before.ty.to_string(), &after.ty.to_string());
    changes.name(&format!("the Rust name of `{wire}`"), &rust(before), &rust(after));
    match (before.required, after.required) {
        (false, true) => changes.add(Impact::Breaking, format!("the parameter `{wire}` is required")),
        (true, false) => changes.add(Impact::Breaking, format!("the parameter `{wire}` may be left out")),
        _ => {}
    }
    changes.value(&format!("what `{wire}` may be"), values(before), values(after));
}

fn values(param: &Param) -> Option<String> {
    prose::values(param).map(|text| format!("\"{}\"", text.trim_end_matches('.')))
}
