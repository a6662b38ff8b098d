//! How dense rows are, guessed from the pages so far: so that a window about which nothing is known is neither full, which
//! wastes a request, nor nearly empty, which wastes another one. No row depends on it.
//!
//! Requests for the five histories of `tests/requests.rs`, for pages of the earliest rows and for pages of the latest:
//!
//! | | quiet | one burst | near the cap | busy | 100,000 rows |
//! |---|---|---|---|---|---|
//! | with | 13, 13 | 17, 22 | 16, 16 | 87, 105 | 1313, 1375 |
//! | without | 13, 13 | 17, 19 | 23, 29 | 91, 89 | 2021, 2077 |
//!
//! Both densities are needed: the usual one saves 7 of 23 requests near the cap, that of a burst 698 of 2021 for
//! 100,000 rows.

/// Why a window was chosen as long as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// All its rows are known from a full page, if that was understood rightly.
    Mapped,
    /// Rows were dense lately, and probably still are.
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
/// long it goes on is not known; so small windows are asked only after several full pages, and until one is nearly empty.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pace {
    /// Rows in a millisecond, over long windows.
    usual: Option<f64>,
    /// Rows in a millisecond at the end of the last full page.
    burst: f64,
    /// How many full pages followed one another, up to a bound; less when pages were nearly empty.
    credit: u8,
    /// Which part of the windows without known rows were full lately.
    pub(super) full: f64,
}

/// How much the last window counts, compared with those before it.
const LATELY: f64 = 0.2;
const CONVINCED: u8 = 3;
const MOST_CREDIT: u8 = 6;
/// A density that lasts for a sixteenth of the longest window is the usual one, not that of a burst.
const PART_OF_STEP: f64 = 16.0;

#[allow(clippy::cast_precision_loss, reason = "a guess")]
impl Pace {
    /// How many rows to aim at, so that the usual scatter stays below `most`.
    pub(crate) fn target(most: usize) -> f64 {
        let most = most as f64;
        (most - 1.5 * most.sqrt()).max(most / 2.0)
    }

    /// The density to reckon with where nothing is known.
    pub(crate) fn expected(&self) -> (Option<f64>, Why) {
        if self.credit >= CONVINCED { (Some(self.burst), Why::Paced) } else { (self.usual, Why::Usual) }
    }

    /// A full page: the rows and the time of the half next to what it left out.
    pub(crate) fn full(&mut self, why: Why, near_half: Option<(usize, i64)>, step: i64) {
        let Some((rows, time)) = near_half.filter(|_| why != Why::Mapped) else { return };
        self.full += LATELY * (1.0 - self.full);
        let density = rows as f64 / time.max(1) as f64;
        if time as f64 * PART_OF_STEP >= step as f64 {
            self.usual = Some(density);
        } else {
            self.burst = density;
            self.credit = (self.credit + 1).min(MOST_CREDIT);
        }
    }

    /// A page that said how many rows there are in its window; `length` is in milliseconds.
    pub(crate) fn told(&mut self, rows: u64, length: i64) {
        self.usual = Some(rows as f64 / length as f64);
    }

    /// A page below the cap: the rows and the milliseconds of its window.
    pub(crate) fn under(&mut self, why: Why, (rows, length): (usize, i64), most: usize, step: i64) {
        let (rows, length) = (rows as f64, length as f64);
        let density = rows / length;
        let few = rows * 4.0 < Self::target(most);
        if why != Why::Mapped {
            self.full *= 1.0 - LATELY;
        }
        match why {
            Why::Mapped | Why::Rest => {}
            Why::Paced => {
                if few {
                    self.credit = self.credit.saturating_sub(2);
                } else {
                    self.burst += 0.3 * (density - self.burst);
                    self.credit = (self.credit + 1).min(MOST_CREDIT);
                }
            }
            Why::Usual | Why::Stepped => {
                self.credit = self.credit.saturating_sub(1);
                if why == Why::Usual || length * PART_OF_STEP >= step as f64 {
                    self.usual = Some(match self.usual {
                        Some(usual) if !few => f64::midpoint(usual, density),
                        _ => density,
                    });
                }
            }
        }
    }
}
