//! An exchange in memory that has a history, and walks through it.

use crate::history::identity::Id;
use crate::history::question::{Ask, Finding, IgnoredWindow, WalkConfig, What, WindowRequest};
use crate::history::remark::Remark;
use crate::history::rows::ReadPage;
use crate::history::saturated_instant::Dimension;
use crate::history::shape::{ReplyKind, Shape};
use crate::history::span_issue::{SpanIssue, SpanIssueKind};
use crate::history::walk::Walk;
use std::collections::BTreeSet;

pub(super) const DAY: i64 = 86_400_000;
pub(super) const HOUR: i64 = 3_600_000;
/// A moment like any other.
pub(super) const START: i64 = 1_784_224_000_123;

/// One row: symbols and kinds are small numbers, ids follow from the place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) time: i64,
    pub(super) id: i64,
    pub(super) symbol: u8,
    /// Kind 2 cannot be asked for.
    pub(super) kind: u8,
}

/// Which rows of a window a page holds when it cannot hold all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Picks {
    Earliest,
    Latest,
    /// Some here, some there.
    Any,
}

/// In which order rows stand in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Ascending,
    Descending,
    Shuffled,
}

#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) rows: Vec<Row>,
    pub(super) cap: usize,
    pub(super) numbered: bool,
    pub(super) picks: Picks,
    pub(super) order: Order,
    pub(super) requests: u64,
    /// All symbols that the account lists.
    pub(super) listed: Vec<u8>,
    pub(super) habit: Habit,
}

/// The rule that a server does not keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    KeepsTheRules,
    /// Its pages hold what they like, whatever the window.
    IgnoresTheWindow,
    /// Its windows go on to the present.
    IgnoresTheEnd,
    /// The page of each window has one row more, of this place in the list, which its own window lacks.
    Misplaces(usize),
    /// The page of each window has one row more, of this place in the list.
    Repeats(usize),
    /// Its pages have no more rows than this, whatever is asked.
    CapsAt(usize),
    /// Its windows do not include their first millisecond, or their last one, or both.
    Excludes {
        first: i64,
        last: i64,
    },
}

impl Server {
    pub(super) fn new(times: &[i64], cap: usize) -> Self {
        let mut times = times.to_vec();
        times.sort_unstable();
        let row = |(id, time): (i64, &i64)| Row {
            time: *time,
            id,
            symbol: u8::try_from(id % 7).unwrap_or(0),
            kind: u8::try_from(id % 11 / 5).unwrap_or(0),
        };
        let rows = (0..).zip(&times).map(row).collect();
        let (picks, order) = (Picks::Earliest, Order::Ascending);
        Self { rows, cap, numbered: false, picks, order, requests: 0, listed: Vec::new(), habit: Habit::KeepsTheRules }
    }

    fn answer(&mut self, ask: &Ask) -> Finding {
        self.requests += 1;
        let What::Window(WindowRequest { from, to, page, filter }) = &ask.what else {
            let symbols = self.listed.iter().map(u8::to_string).collect();
            return Finding::Names(vec![BTreeSet::new(), symbols]);
        };
        let asked_for = |row: &&Row| {
            let mut filters = filter.iter();
            filters.all(|(index, value)| *value == [row.kind, row.symbol][*index].to_string())
        };
        let (begin, end) = match self.habit {
            Habit::KeepsTheRules
            | Habit::CapsAt(_)
            | Habit::Excludes { .. }
            | Habit::Misplaces(_)
            | Habit::Repeats(_) => (*from, *to),
            Habit::IgnoresTheWindow => (i64::MIN, i64::MAX),
            Habit::IgnoresTheEnd => (*from, i64::MAX),
        };
        let (begin, end) =
            if let Habit::Excludes { first, last } = self.habit { (begin + first, end - last) } else { (begin, end) };
        let first = self.rows.partition_point(|row| row.time < begin);
        let last = self.rows.partition_point(|row| row.time <= end).max(first);
        let mut found: Vec<Row> = self.rows[first..last].iter().filter(asked_for).copied().collect();
        if let Habit::Misplaces(place) | Habit::Repeats(place) = self.habit {
            let row = self.rows[place];
            let is_inside = (*from..=*to).contains(&row.time);
            match self.habit {
                Habit::Misplaces(_) if is_inside => found.retain(|other| other.id != row.id),
                _ if is_inside => {}
                _ => found.push(row),
            }
        }
        let total = found.len();
        let cap = if let Habit::CapsAt(cap) = self.habit { cap } else { self.cap };
        if self.numbered {
            // Newest first.
            found.reverse();
            let skipped = (page.unwrap_or(1) as usize - 1) * self.cap;
            found = found.into_iter().skip(skipped).take(self.cap).collect();
        } else if total > cap {
            match self.picks {
                Picks::Earliest => found.truncate(cap),
                Picks::Latest => drop(found.drain(..total - cap)),
                Picks::Any => {
                    shuffle(&mut found, self.requests);
                    found.truncate(cap);
                }
            }
        }
        match self.order {
            _ if self.numbered => {}
            Order::Ascending => found.sort_unstable(),
            Order::Descending => {
                found.sort_unstable();
                found.reverse();
            }
            Order::Shuffled => shuffle(&mut found, self.requests),
        }
        let symbols = found.iter().map(|row| row.symbol.to_string()).collect();
        let rows = found.iter().map(|row| {
            let text = format!("{{\"id\":{}}}", row.id);
            (Id::of(Some(row.time), &[Some(row.id.to_string())], &text), text.into())
        });
        let total = self.numbered.then_some(total as u64);
        Finding::Page {
            from: *from,
            page: ReadPage { rows: rows.collect(), total, names: vec![BTreeSet::new(), symbols] },
        }
    }
}

fn shuffle(rows: &mut [Row], seed: u64) {
    rows.sort_unstable_by_key(|row| {
        let mixed = (row.id.cast_unsigned() ^ seed.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ (mixed >> 29)
    });
}

/// What a walk came to.
#[derive(Debug)]
pub(super) struct Walked {
    pub(super) ids: Vec<i64>,
    pub(super) times: Vec<i64>,
    /// Rows that were found when everything was handed out.
    pub(super) late: Vec<i64>,
    pub(super) issues: Vec<SpanIssue>,
    pub(super) requests: u64,
    /// The most rows that were held at once.
    pub(super) most_held: usize,
    pub(super) edges: Vec<i64>,
    /// The window that ended the walk.
    pub(super) ignored: Option<IgnoredWindow>,
    pub(super) remarks: Vec<Remark>,
}

impl Walked {
    pub(super) fn issues_of(&self, kind: SpanIssueKind) -> Vec<i64> {
        self.issues.iter().filter(|issue| issue.kind == kind).map(|issue| issue.from.as_millis()).collect()
    }
}

pub(super) fn config(server: &Server, step: i64, concurrency: usize) -> WalkConfig {
    let reply =
        if server.numbered { ReplyKind::Numbered { size: server.cap } } else { ReplyKind::Capped { cap: server.cap } };
    let dimension = |param, values: &[&str]| Dimension { param, values: values.iter().map(|v| (*v).into()).collect() };
    WalkConfig {
        shape: Shape::test(reply, step),
        dimensions: vec![dimension("kind", &["0", "1"]), dimension("symbol", &[])],
        has_names: !server.listed.is_empty(),
        concurrency,
        reprint: |_| Ok(String::new()),
    }
}

/// Walks from one millisecond to another, answering what is under way in an order that the seed decides.
pub(super) fn walk(server: &mut Server, step: i64, concurrency: usize, from: i64, to: i64) -> Walked {
    let mut walk = Walk::new(config(server, step, concurrency), from, to);
    let mut walked = Walked {
        ids: Vec::new(),
        times: Vec::new(),
        late: Vec::new(),
        issues: Vec::new(),
        requests: 0,
        most_held: 0,
        edges: vec![from],
        ignored: None,
        remarks: Vec::new(),
    };
    let mut under_way: Vec<Ask> = Vec::new();
    let mut chance = 7_u64;
    loop {
        while let Some(ask) = walk.next_ask() {
            under_way.push(ask);
            assert!(under_way.len() <= concurrency, "no more than {concurrency} at a time");
        }
        while let Some(batch) = walk.delivery.next() {
            let is_late = walked.edges.last().is_some_and(|edge| batch.from.as_millis() < *edge);
            walked.edges.push(batch.resume_at.as_millis());
            walked.issues.extend(&batch.issues);
            for row in batch.rows {
                let id: i64 = row.identity().key().next().expect("an id").parse().expect("a number");
                if is_late {
                    walked.late.push(id);
                    continue;
                }
                walked.ids.push(id);
                walked.times.push(row.time().expect("a time").as_millis());
            }
        }
        if under_way.is_empty() {
            break;
        }
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let index = usize::try_from(chance >> 33).expect("a small number") % under_way.len();
        let ask = under_way.swap_remove(index);
        if let What::Window(WindowRequest { from, to, .. }) = ask.what {
            assert!(from <= to && to - from <= step, "{from} to {to} is longer than {step}");
        }
        let answer = server.answer(&ask);
        if let Err(ignored) = walk.answer(ask.number, answer) {
            walked.ignored = Some(ignored);
            break;
        }
        walked.most_held = walked.most_held.max(walk.held());
        assert!(server.requests < 50_000, "it ends");
    }
    walked.requests = server.requests;
    walked.remarks.clone_from(&walk.remarks);
    walked
}
