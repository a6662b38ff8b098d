//! A call that is about to be sent: what goes over the wire, what the policies need to know, and under which ids it can
//! be found again.

use crate::RawCall;
use papi_types::spec::Value;
use papi_types::{Access, ClientOrderId, Cost, ENDPOINTS, Effect, Endpoint, EndpointInfo, Method, Query};

/// A request ready to be sent, checked or not.
#[derive(Debug)]
pub(crate) struct Prepared<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    /// The description of the endpoint; none for a raw call of a path that this version does not know.
    pub(crate) info: Option<&'static EndpointInfo>,
    pub(crate) access: Access,
    pub(crate) effect: Effect,
    pub(crate) cost: Cost,
    /// The effect by which it is budgeted: what asks on behalf of an order may use the weight that is kept for orders.
    pub(crate) spends_as: Effect,
    pub(crate) query: Query,
    /// The typed call that can be looked up, with the client ids that were made for it. A raw one cannot be looked up,
    /// a read need not be.
    looked_up: Option<LookedUp<'a>>,
}

#[derive(Debug)]
struct LookedUp<'a> {
    request: &'a dyn Endpoint,
    made_ids: Vec<(&'static str, String)>,
}

/// A typed call and the parameters that are sent.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub(crate) info: &'static EndpointInfo,
    pub(crate) sent: Vec<(&'static str, String)>,
}

/// Makes the client ids that a call lacks, as names and values of parameters. A call that has them before it is sent can be
/// asked for, even when its answer is lost.
pub fn missing_client_ids(info: &EndpointInfo, is_sent: impl Fn(&str) -> bool) -> Vec<(&'static str, String)> {
    let missing = info.client_ids.iter().filter(|name| !is_sent(name));
    missing.map(|name| (*name, ClientOrderId::generate().as_str().to_owned())).collect()
}

impl<'a> LookedUp<'a> {
    fn of(request: &'a dyn Endpoint, query: &mut Query) -> Self {
        let made_ids = missing_client_ids(request.info(), |name| value_of(request, name).is_some());
        for (name, id) in &made_ids {
            query.push_display(name, id);
        }
        Self { request, made_ids }
    }
}

fn value_of<'a>(request: &'a dyn Endpoint, name: &str) -> Option<Value<'a>> {
    let mut found = None;
    request.each(&mut |param, value| {
        if param.name == name {
            found = Some(value);
        }
    });
    found
}

impl<'a> Prepared<'a> {
    /// A typed request. Client ids that the caller left out are made here, before anything is sent, so that the
    /// order can be asked for even when the answer is lost.
    pub(crate) fn of(request: &'a dyn Endpoint) -> Self {
        let info = request.info();
        let mut query = Query::new();
        request.encode(&mut query);
        let is_looked_up = info.effect != Effect::Read || !info.client_ids.is_empty();
        let looked_up = is_looked_up.then(|| LookedUp::of(request, &mut query));
        Self {
            method: info.method,
            path: info.path,
            info: Some(info),
            access: info.access,
            effect: info.effect,
            cost: request.cost(),
            spends_as: info.effect,
            query,
            looked_up,
        }
    }

    pub(crate) fn raw(call: &'a RawCall) -> Self {
        Self {
            method: call.method,
            path: &call.path,
            info: ENDPOINTS.iter().copied().find(|info| info.method == call.method && info.path == call.path),
            access: call.access,
            effect: call.effect,
            cost: call.cost,
            spends_as: call.effect,
            query: call.query.clone(),
            looked_up: None,
        }
    }

    /// Whether what it sends are the parameters of a type, and it can be looked up.
    pub(crate) fn is_typed(&self) -> bool {
        self.looked_up.is_some()
    }

    /// What a typed call that can be looked up has sent.
    pub(crate) fn typed(&self) -> Option<Typed> {
        let LookedUp { request, made_ids } = self.looked_up.as_ref()?;
        let mut sent = Vec::new();
        request.each(&mut |param, value| sent.push((param.name, value.to_string())));
        sent.extend(made_ids.iter().cloned());
        Some(Typed { info: request.info(), sent })
    }

    /// The id under which the call can be found: the first of its client ids.
    pub(crate) fn client_order_id(&self) -> Option<ClientOrderId> {
        let LookedUp { request, made_ids } = self.looked_up.as_ref()?;
        let name = *request.info().client_ids.first()?;
        let made = made_ids.iter().find(|(made, _)| *made == name).map(|(_, id)| ClientOrderId::new(id));
        made.or_else(|| value_of(*request, name).map(|id| ClientOrderId::new(id.to_string())))
    }

    /// The call in a line, such as `GET /papi/v1/um/forceOrders`.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}
