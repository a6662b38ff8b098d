//! Journals of exports: one that is whole is read, printed and read again as the same; one with another byte anywhere is damaged.

pub use export::journal_target as journal;

pub(crate) use export::seeds;

#[path = "../../../../crates/cli/src/export"]
#[allow(dead_code, reason = "only what reads and prints a journal is used here")]
mod export {
    mod damage;
    mod fingerprint;
    mod journal;
    mod range;
    mod seal;

    use journal::Journal;

    /// Reads the text of a journal, as it is and with a seal.
    ///
    /// # Panics
    ///
    /// When a journal is printed as another one, or a byte more or less goes unnoticed.
    pub fn journal_target(data: &[u8]) {
        look_through(data);
        let body = data.strip_suffix(b"\n}").unwrap_or(data);
        let hash = seal::sha256_hex(body);
        let sealed = [body, b",\n  \"seal\": \"", hash.as_bytes(), b"\"\n}\n"].concat();
        if !look_through(&sealed) {
            return;
        }
        let at = data.iter().map(|byte| usize::from(*byte)).sum::<usize>() % sealed.len();
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(Journal::parse(&changed).is_err(), "another byte {at} goes unnoticed");
        assert!(Journal::parse(&sealed[..at]).is_err(), "it ends at {at}, and that goes unnoticed");
    }

    /// Looks at everything in a journal; whether it is one that this program writes.
    fn look_through(text: &[u8]) -> bool {
        let Ok(journal) = Journal::parse(text) else { return false };
        let (range, left) = (journal.range(), journal.open.iter().flat_map(journal::OpenRun::left).count());
        assert!(left == 0 || range.is_some(), "what is left to walk has no range");
        if journal.is_unsealed() {
            return false;
        }
        let Ok(printed) = journal.print() else { panic!("a journal can be printed") };
        assert_eq!(Journal::parse(printed.as_bytes()).as_ref(), Ok(&journal), "it is read as another one");
        true
    }

    /// Journals of the three versions, before anything is walked, in the middle of a run and after one.
    pub(crate) fn seeds() -> Vec<Vec<u8>> {
        let texts = [
            include_str!("../../seeds/journal_new.json"),
            include_str!("../../seeds/journal_open.json"),
            include_str!("../../seeds/journal_done.json"),
            include_str!("../../seeds/journal_version_2.json"),
            include_str!("../../seeds/journal_unsealed.json"),
        ];
        texts.map(|text| text.trim_end().as_bytes().to_vec()).into()
    }
}
