//! What is counted: pieces of work, and the rows that compare them.

/// A piece of work that a program does as often as it is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    pub(super) name: &'static str,
    pub(super) program: Program,
    pub(super) times: Times,
}

/// The program that does a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    /// `benches/measured`
    Measured,
    /// `benches/peers`
    Peers,
    /// `papi` with these words
    Papi(&'static [&'static str]),
    /// `papi export` of as many rows
    PapiExport,
}

/// How often it is done.
#[derive(Debug, Clone, Copy)]
pub(super) enum Times {
    /// A few times and many times: the difference knows nothing of starting and of what is done once.
    FewAndMany(u32, u32),
    /// The whole program counts, from its start to its end.
    Whole,
}

/// A line of the table: what is done, beside reference work of the same run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) work: &'static str,
    /// Work that does the same but for what the row is about.
    pub(super) less: Option<&'static str>,
    pub(super) reference: &'static str,
}

/// A line of the table of peers: the same work, done by each of them that can.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparison {
    pub(super) name: &'static str,
    /// In the order of [`PEERS`].
    pub(super) works: [Option<&'static str>; 4],
}

/// The heads of the columns of a [`Comparison`].
pub(super) const PEERS: [&str; 4] = ["binance-papi", "binance-sdk", "reqwest and serde", "hyper, nothing decoded"];

const fn measured(name: &'static str, few: u32, many: u32) -> Work {
    Work { name, program: Program::Measured, times: Times::FewAndMany(few, many) }
}

const fn peer(name: &'static str, few: u32, many: u32) -> Work {
    Work { name, program: Program::Peers, times: Times::FewAndMany(few, many) }
}

const fn papi(name: &'static str, words: &'static [&'static str]) -> Work {
    Work { name, program: Program::Papi(words), times: Times::Whole }
}

/// All works. The counts of repetitions are as small as leaves the noise below one percent.
pub(super) const WORKS: &[Work] = &[
    Work { name: "papi-export", program: Program::PapiExport, times: Times::FewAndMany(1_000, 3_000) },
    measured("walk", 1_000, 3_000),
    measured("at-once", 1_024, 3_072),
    measured("ledger-memory", 10, 210),
    measured("ledger-file", 10, 210),
    measured("call", 50, 450),
    measured("page", 10, 60),
    measured("signed", 50, 450),
    measured("unsigned", 50, 450),
    measured("client", 10, 60),
    measured("reqwest-call", 50, 450),
    measured("reqwest-page", 10, 60),
    measured("reqwest-client", 10, 60),
    measured("force-orders", 5, 25),
    measured("orders", 5, 25),
    measured("balances", 5, 25),
    measured("positions", 5, 25),
    measured("trades", 5, 25),
    measured("brackets", 5, 25),
    measured("derived-force-orders", 5, 25),
    measured("derived-orders", 5, 25),
    measured("derived-balances", 5, 25),
    measured("derived-positions", 5, 25),
    measured("derived-trades", 5, 25),
    measured("derived-brackets", 5, 25),
    measured("order-event", 100, 2_100),
    measured("account-event", 100, 2_100),
    measured("margin-event", 100, 2_100),
    measured("config-event", 100, 2_100),
    measured("liability-event", 100, 2_100),
    measured("risk-event", 100, 2_100),
    measured("derived-order-event", 100, 2_100),
    measured("derived-account-event", 100, 2_100),
    measured("derived-margin-event", 100, 2_100),
    measured("derived-config-event", 100, 2_100),
    measured("derived-liability-event", 100, 2_100),
    measured("derived-risk-event", 100, 2_100),
    measured("check", 100, 2_100),
    measured("encode", 100, 2_100),
    measured("sha256", 100, 600),
    papi("papi-version", &["--version"]),
    papi("papi-endpoints", &["endpoints"]),
    peer("sdk-call", 50, 250),
    peer("sdk-page", 10, 60),
    peer("sdk-client", 1, 3),
    peer("hyper-call", 50, 450),
    peer("hyper-page", 10, 60),
];

const fn row(name: &'static str, work: &'static str, reference: &'static str) -> Row {
    Row { name, work, less: None, reference }
}

/// The table, top to bottom. A name is the key of the baseline.
pub(super) const ROWS: &[Row] = &[
    row("signed call, 1 row", "call", "reqwest-call"),
    row("signed call, page of 100 rows", "page", "reqwest-page"),
    row("a call of 512 at once", "at-once", "reqwest-call"),
    row("call, ledger in memory, 240 slots in use", "ledger-memory", "reqwest-call"),
    row("call, ledger file, 240 slots in use", "ledger-file", "reqwest-call"),
    row("decode 100 force orders", "force-orders", "derived-force-orders"),
    row("decode 100 orders", "orders", "derived-orders"),
    row("decode 100 balances", "balances", "derived-balances"),
    row("decode 100 positions", "positions", "derived-positions"),
    row("decode 100 trades", "trades", "derived-trades"),
    row("decode 100 brackets", "brackets", "derived-brackets"),
    row("decode ORDER_TRADE_UPDATE", "order-event", "derived-order-event"),
    row("decode ACCOUNT_UPDATE", "account-event", "derived-account-event"),
    row("decode executionReport", "margin-event", "derived-margin-event"),
    row("decode ACCOUNT_CONFIG_UPDATE", "config-event", "derived-config-event"),
    row("decode liabilityChange", "liability-event", "derived-liability-event"),
    row("decode riskLevelChange", "risk-event", "derived-risk-event"),
    row("check an order", "check", "sha256"),
    row("encode an order", "encode", "sha256"),
    Row { name: "sign", work: "signed", less: Some("unsigned"), reference: "sha256" },
    row("a row of a history walk", "walk", "derived-force-orders"),
    row("a row of an export, CSV", "papi-export", "derived-force-orders"),
    row("a further client", "client", "reqwest-client"),
    row("papi --version", "papi-version", "sha256"),
    row("papi endpoints", "papi-endpoints", "sha256"),
];

/// The table of peers.
pub(super) const COMPARISONS: &[Comparison] = &[
    Comparison {
        name: "signed call, 1 row",
        works: [Some("call"), Some("sdk-call"), Some("reqwest-call"), Some("hyper-call")],
    },
    Comparison {
        name: "signed call, page of 100 rows",
        works: [Some("page"), Some("sdk-page"), Some("reqwest-page"), Some("hyper-page")],
    },
    Comparison { name: "a further client", works: [Some("client"), Some("sdk-client"), Some("reqwest-client"), None] },
];

impl Row {
    /// Returns the works that it needs.
    pub(super) fn works(&self) -> impl Iterator<Item = &'static str> {
        [Some(self.work), self.less, Some(self.reference)].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str) -> Option<&'static Work> {
        WORKS.iter().find(|work| work.name == name)
    }

    #[test]
    fn every_name_is_a_work_and_every_work_is_named() {
        let compared = COMPARISONS.iter().flat_map(|comparison| comparison.works.into_iter().flatten());
        let named: Vec<_> = ROWS.iter().flat_map(Row::works).chain(compared).collect();
        for name in &named {
            assert!(find(name).is_some(), "{name}");
        }
        for work in WORKS {
            assert!(named.contains(&work.name), "{}", work.name);
        }
    }

    #[test]
    fn rows_of_ci_need_no_peers() {
        for name in ROWS.iter().flat_map(Row::works) {
            assert_ne!(find(name).map(|work| work.program), Some(Program::Peers), "{name}");
        }
    }
}
