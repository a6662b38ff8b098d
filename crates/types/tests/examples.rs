//! Every documented reply and event reads into its type, and what is printed from the typed value equals it, digit for digit.

mod normal;

use normal::normal;
use papi_types::{ENDPOINTS, EVENTS};

#[test]
fn documented_replies_print_back_equal() {
    for info in ENDPOINTS {
        for example in info.examples {
            let printed = (info.reprint)(example.as_bytes());
            let printed = printed.unwrap_or_else(|error| panic!("{}: {error}", info.type_path()));
            assert_eq!(normal(&printed), normal(example), "{}", info.type_path());
            // Printed once, it is in the one form: printing again changes nothing.
            assert_eq!((info.reprint)(printed.as_bytes()).expect("reads again"), printed, "{}", info.type_path());
        }
    }
}

#[test]
fn documented_events_print_back_equal() {
    for info in EVENTS {
        for example in info.examples {
            let printed = (info.reprint)(example.as_bytes());
            let printed = printed.unwrap_or_else(|error| panic!("{}: {error}", info.name));
            assert_eq!(normal(&printed), normal(example), "{}", info.name);
            assert_eq!((info.reprint)(printed.as_bytes()).expect("reads again"), printed, "{}", info.name);
        }
    }
}

#[test]
fn a_word_that_nobody_knows_is_kept() {
    for info in ENDPOINTS {
        for example in info.examples {
            let changed = example.replace("\"FILLED\"", "\"HALF_FILLED\"").replace("\"SELL\"", "\"SELL_SHORT\"");
            let printed = (info.reprint)(changed.as_bytes());
            let printed = printed.unwrap_or_else(|error| panic!("{}: {error}", info.type_path()));
            assert_eq!(normal(&printed), normal(&changed), "{}", info.type_path());
        }
    }
}
