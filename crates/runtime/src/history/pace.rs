//! How dense rows are, guessed from the pages so far: so that a window of which nothing is known is neither full, which
//! wastes a request, nor nearly empty, which wastes another one. No row depends on it.

/// Why a window was chosen as long as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// All its rows are known from a full page, if that was understood rightly.
    Mapped,
    /// Rows have come thick and fast, and probably go on.
    Paced,
    /// As long as is likely to stay below the cap at the usual density.
    Usual,
    /// As long as possible.
    Stepped,
    /// All that is left between two others.
    Rest,
}

/// Two densities: the usual one, and that of a burst while it lasts.
///
/// After a full page, small windows save a request for each page that the burst goes on and cost one when it is over. How
/// long it goes on nobody knows; so small windows are asked only after several full pages, and until a page falls silent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pace {
    /// Rows in a millisecond, over long windows.
    usual: Option<f64>,
    /// Rows in a millisecond at the end of the last full page.
    burst: f64,
    /// How often full pages followed one another.
    credit: u8,
    /// The burst seems over: the next window is a long one.
    leap: bool,
    /// Which part of the windows of which nothing was known were full lately.
    full: f64,
}

/// How much the last window counts among those of late.
const LATELY: f64 = 0.2;
const CONVINCED: u8 = 3;
const MOST_CREDIT: u8 = 6;
/// A density that lasts for this part of the longest window is the usual one, not a burst's.
const PART_OF_STEP: f64 = 16.0;
/// A silence of so many mean gaps ends a burst.
const SILENCE: f64 = 8.0;

/// Where a window begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where the last full page ended.
    AtTheBurst,
    /// Some time before what full pages hold; the burst may reach back to here, or not.
    BeforeTheBurst,
}

/// A page that stayed below the cap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) why: Why,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) rows: usize,
    /// The time of its last row.
    pub(crate) last: Option<i64>,
}

#[allow(clippy::cast_precision_loss, reason = "a guess")]
impl Pace {
    /// How many rows to aim at, so that the usual scatter stays below `most`.
    pub(crate) fn target(most: usize) -> f64 {
        let most = most as f64;
        (most - 1.5 * most.sqrt()).max(most / 2.0)
    }

    /// The density to reckon with where nothing is known.
    pub(crate) fn expected(&self, place: Place) -> (Option<f64>, Why) {
        let convinced = match place {
            Place::AtTheBurst => CONVINCED,
            Place::BeforeTheBurst => MOST_CREDIT,
        };
        if self.credit >= convinced && !self.leap { (Some(self.burst), Why::Paced) } else { (self.usual, Why::Usual) }
    }

    /// Which part of the windows of which nothing was known were full lately.
    pub(crate) fn failures(&self) -> f64 {
        self.full
    }

    /// A full page: the rows and the time of each half, first of the one next to what it left out.
    pub(crate) fn full(&mut self, why: Why, halves: Option<[(usize, i64); 2]>, step: i64) {
        let Some([near, far]) = halves.filter(|_| why != Why::Mapped) else { return };
        self.full += LATELY * (1.0 - self.full);
        let density = near.0 as f64 / near.1.max(1) as f64;
        // Which half is next to what it left out is a guess.
        if near.1.min(far.1) as f64 * PART_OF_STEP >= step as f64 {
            self.usual = Some(density);
        } else {
            self.burst = density;
            self.credit = (self.credit + 1).min(MOST_CREDIT);
            self.leap = false;
        }
    }

    /// A page that said how many rows there are in its window.
    pub(crate) fn told(&mut self, rows: u64, from: i64, to: i64) {
        self.usual = Some(rows as f64 / (to - from + 1) as f64);
    }

    /// A page below the cap.
    pub(crate) fn under(&mut self, seen: &Seen, most: usize, step: i64) {
        let length = (seen.to - seen.from + 1) as f64;
        let (rows, density) = (seen.rows as f64, seen.rows as f64 / length);
        let few = rows * 4.0 < Self::target(most);
        if seen.why != Why::Mapped {
            self.full *= 1.0 - LATELY;
        }
        match seen.why {
            Why::Mapped | Why::Rest => {}
            Why::Paced => {
                let gap = length / rows.max(1.0);
                let silence = seen.last.map_or(length, |last| (seen.to - last) as f64);
                if few || silence > SILENCE * gap {
                    self.credit = self.credit.saturating_sub(2);
                    self.leap = true;
                } else {
                    self.burst += 0.3 * (density - self.burst);
                    self.credit = (self.credit + 1).min(MOST_CREDIT);
                }
            }
            Why::Usual | Why::Stepped => {
                self.leap = false;
                self.credit = self.credit.saturating_sub(1);
                if seen.why == Why::Usual || length * PART_OF_STEP >= step as f64 {
                    self.usual = Some(match self.usual {
                        Some(usual) if !few => f64::midpoint(usual, density),
                        _ => density,
                    });
                }
            }
        }
    }
}
