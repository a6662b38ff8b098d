//! Client ids that are made here are valid wherever one is taken, and a request tells which of its own it lacks.

mod requests;

use papi_types::{ClientOrderId, ENDPOINTS, EndpointInfo, Timestamp};
use requests::{Edit, minimal_requests};

const NOW: Timestamp = Timestamp::from_millis(1_792_000_000_000);

/// What the exchange begins the ids of its own orders with.
const OF_THE_EXCHANGE: [&str; 4] = ["autoclose-", "adl_autoclose", "settlement_autoclose-", "delivery_autoclose-"];

fn with_client_ids() -> impl Iterator<Item = &'static EndpointInfo> {
    ENDPOINTS.iter().copied().filter(|info| !info.client_ids.is_empty())
}

#[test]
fn an_id_that_is_made_here_is_valid_for_every_product() {
    let ids = [[0; 16], [0x5a; 16], [0xff; 16]].map(ClientOrderId::from_random);
    let mut places = 0;
    for info in with_client_ids() {
        for name in info.client_ids {
            for request in minimal_requests(info, NOW) {
                for id in &ids {
                    let named = request.edited(&Edit::Send(name, id.to_string()));
                    assert!(named.is_valid(NOW), "{}: {named:?}", info.type_path());
                }
            }
            places += 1;
        }
    }
    assert!(places > 0);
    for id in &ids {
        assert!(id.as_str().len() <= 32 && id.as_str().starts_with("papi-"), "{id}");
        assert!(id.as_str().bytes().all(|byte| b"-0123456789abcdefghijklmnopqrstuvwxyz".contains(&byte)), "{id}");
        assert!(!OF_THE_EXCHANGE.iter().any(|theirs| id.as_str().starts_with(theirs)), "{id}");
    }
}
