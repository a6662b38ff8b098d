//! `retired.yaml`: calls that the exchange took away and that have no type any more.

use super::endpoint::{Retired, parse_call, read_retired};
use super::keys;
use super::yaml::Node;
use crate::problem::{At, Problems};
use papi_spec::Route;

/// A call that is gone, and what replaces it.
#[derive(Debug, Clone)]
pub(crate) struct RetiredCall {
    pub(crate) call: At<Route>,
    pub(crate) retired: Retired,
}

pub(crate) fn read_retired_calls(node: &Node, problems: &mut Problems) -> Vec<RetiredCall> {
    let entries = keys::entries(node, "`retired.yaml`", problems).unwrap_or_default();
    let mut calls = Vec::new();
    for entry in entries {
        let call = parse_call(&entry.key, problems);
        let retired = read_retired(entry, problems);
        calls.extend(call.zip(retired).map(|(call, retired)| RetiredCall { call, retired }));
    }
    calls
}
