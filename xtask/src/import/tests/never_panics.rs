//! No page, however broken, ends in a panic: it is read and drafted, or refused.

use crate::import::draft::{Dictionary, Names, draft};
use crate::import::page;
use crate::import::reading::read;
use crate::spec::Specs;
use proptest::prelude::*;

/// Pieces that pages are made of, whole and broken.
const PIECES: [&str; 36] = [
    "# Query Example Orders(USER_DATA)\n\n",
    "## HTTP Request\n\n",
    "GET `/papi/v1/um/exampleOrders`\n\n",
    "POST /papi/v2/margin/a-b_c.d\n\n",
    "## Request Weight(Order)\n\n",
    "## 请求权重\n\n",
    "**3** 带symbol, 不带 7\n\n",
    "## Request Parameters\n\n",
    "| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n",
    "| symbol | STRING | YES | `A`/`BB`: x，默认 BB |\n",
    "| type | ENUM | NO | For A type, BB as |\n",
    "| limit | INT | NO | Default 30; max 60 min |\n",
    "| startTime | LONG | NO | [1, 2] |\n",
    "| endTime | LONG | NO | |\n",
    "| s | LIST | YES | where each item has |\n",
    "| p | STRING | NO | ^[a-z]{1,3}$ |\n",
    "\n\n> * Either ",
    "`symbol`",
    " or ",
    "symbol",
    " must be sent",
    "。",
    "; ",
    " 99999999999999999999 天",
    "7 days",
    " 默认",
    "(",
    "`",
    "## Response Example\n\n",
    "```\n",
    "[{ \"a\": [], \"aB\": {\"BTCUSDT\": [1, null, \"\"]}, \"type\": \"A\" }]\n",
    "{}",
    "```\n\n",
    "{\"1\": {\"é\": 1e5}}",
    "\u{200B}",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_page_of_any_pieces_is_read_or_refused(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let begin = [0, 1, 2].map(|piece| PIECES[piece]).concat();
        let text: String = begin + &pieces.iter().map(|piece| PIECES[*piece]).collect::<String>();
        if let Ok(readings) = page::read("page.md", text.as_bytes()).map_err(drop).and_then(|pages| read(&pages).map_err(drop)) {
            for reading in readings {
                draft(&reading.facts, &mut Names::default(), "2026-11-01", Dictionary::of(&Specs::default()));
            }
        }
    }
}
