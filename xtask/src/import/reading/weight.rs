//! What a call costs: one number, or one for each parameter that is sent.

use super::said::Said;
use super::sentence::{Compact, NAME_CLASS, Quoted, sentences};
use crate::import::facts::{Place, WeightCase};
use crate::import::page::{Block, Page, Pool, Section, SectionKind, Table};
use regex::Regex;
use std::sync::LazyLock;

/// The weights that a page tells.
#[derive(Debug, Default)]
pub(super) struct Weights {
    pub(super) weight: Option<Vec<WeightCase>>,
    pub(super) orders: Option<u32>,
}

pub(super) fn read_weights(page: &Page, params: &[String], said: &mut Said) -> Weights {
    let mut weights = Weights::default();
    for section in &page.sections {
        let SectionKind::Weight(pool) = section.kind else { continue };
        let cases = read_section(page, section, params, said);
        match pool {
            Pool::Order => weights.orders = weights.orders.or(cases.last().map(|case| case.weight)),
            Pool::Ip => weights.weight = weights.weight.or((!cases.is_empty()).then_some(cases)),
            Pool::Uid => {
                // No limit of Portfolio Margin counts by account; what the number means is for a person to say.
                let place = Place { file: page.file.clone(), line: section.heading.line };
                for case in cases {
                    said.understood = said.understood.saturating_sub(1);
                    said.note(None, &format!("{}: {}", section.heading.text, case.weight), &place);
                }
            }
        }
    }
    weights
}

fn read_section(page: &Page, section: &Section, params: &[String], said: &mut Said) -> Vec<WeightCase> {
    let mut cases: Vec<WeightCase> = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Prose { text, .. } => {
                let place = Place { file: page.file.clone(), line: text.line };
                for sentence in sentences(&text.text).iter().flat_map(|sentence| without_warning(sentence)) {
                    match read_sentence(&sentence, params) {
                        Some(found) => {
                            said.understood += 1;
                            cases.extend(found.into_iter().filter(|case| !cases.contains(case)).collect::<Vec<_>>());
                        }
                        None => _ = said.read_prose(&sentence, params, &place),
                    }
                }
            }
            Block::Table(table) => read_table(page, table, params, &mut cases, said),
            Block::Example(_) => {}
        }
    }
    // What counts otherwise comes last, and once.
    let (otherwise, mut with): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.with.is_none());
    with.extend(otherwise.into_iter().next());
    with
}

/// Parts a warning from the weights before it, for the vendor puts no full stop between them.
fn without_warning(sentence: &str) -> Vec<String> {
    let start = ["Careful", "careful", "请小心", "请谨慎", "小心"].iter().filter_map(|word| sentence.find(word)).min();
    match start.and_then(|start| sentence.split_at_checked(start)) {
        Some((weights, warning)) if weights.chars().any(char::is_alphanumeric) => {
            vec![weights.to_owned(), warning.to_owned()]
        }
        _ => vec![sentence.to_owned()],
    }
}

/// A table by case: `symbol | 3`, `no symbol | 7`, or by limit, whose steps no spec can say: its highest counts.
fn read_table(page: &Page, table: &Table, params: &[String], cases: &mut Vec<WeightCase>, said: &mut Said) {
    let is_number = |cell: &String| cell.trim_matches(['`', ' ', '*']).parse::<u32>().ok();
    let rows: Vec<(String, u32, usize)> = table
        .rows
        .iter()
        .filter_map(|row| Some((row.cells.first()?.clone(), is_number(row.cells.last()?)?, row.line)))
        .collect();
    let by_case: Option<Vec<WeightCase>> = rows
        .iter()
        .map(|(case, weight, _)| read_sentence(&format!("{case} {weight}"), params)?.into_iter().next())
        .collect();
    if let Some(by_case) = by_case.filter(|cases| cases.iter().any(|case| case.with.is_some())) {
        said.understood += rows.len();
        cases.extend(by_case);
        return;
    }
    if let Some(highest) = rows.iter().map(|(_, weight, _)| *weight).max() {
        cases.push(WeightCase { with: None, weight: highest });
    }
    let header = table.header.join(" | ");
    for row in &table.rows {
        let place = Place { file: page.file.clone(), line: row.line };
        said.note(None, &format!("{header}: {}", row.cells.join(" | ")), &place);
    }
}

/// Wordings of one case: the number with a parameter, without it, or always. The first piece is the number or the name.
static CASES: LazyLock<Vec<(Regex, Side)>> = LazyLock::new(|| {
    let name = format!("({NAME_CLASS})");
    let number = r"(\d+)";
    let table: [(String, Side); 17] = [
        (
            format!(
                "{number}(?:forasingle|foreach|forone|forasinglesymbol|withthe|with|if|when|perasingle|per){name}(?:parameter)?(?:issent|isprovided|isset|ispresent)?"
            ),
            Side::With,
        ),
        (
            format!("{number}(?:ifno|whenno|withoutthe|without){name}(?:parameter)?(?:issent|isprovided|isset)?"),
            Side::Without,
        ),
        (format!("{number}(?:whenthe|when|ifthe|if){name}(?:parameter)?{OMITTED}"), Side::Without),
        (
            format!(
                "(?:forasingle|with(?:asingle|the)?|if|when)?{name}(?:parameter)?(?:issent|isprovided|isset)?[:=,]?(?:is|weight)?{number}"
            ),
            Side::With,
        ),
        (
            format!(
                "(?:withoutthe|without|ifno|no|whenno){name}(?:parameter)?(?:issent|isprovided)?[:=,]?(?:is)?{number}"
            ),
            Side::Without,
        ),
        (format!("(?:whenthe|when|ifthe|if){name}(?:parameter)?{OMITTED}[:=,]?{number}"), Side::Without),
        (
            format!(
                "(?:如果|若|当|参数)?(?:带|传|有|发送|单个|单一|单|传入)(?:参数|单个|单一)?{name}(?:参数)?(?:时)?[:=,为]*{number}"
            ),
            Side::With,
        ),
        (
            format!(
                "(?:如果|若|当|参数)?(?:不带|不传|无|没有|不发送|未传|缺省|省略|所有|全部)(?:参数)?{name}(?:参数)?(?:时)?[:=,为]*{number}"
            ),
            Side::Without,
        ),
        (format!("{number}[(-]*(?:带|传|有|发送|单个|单一|单)(?:参数)?{name}(?:参数)?(?:时)?"), Side::With),
        (
            format!("{number}[(-]*(?:不带|不传|无|没有|不发送|未传|所有|全部)(?:参数)?{name}(?:参数)?(?:时)?"),
            Side::Without,
        ),
        (
            format!("(?:如果|若|当)?{name}(?:参数)?(?:缺省|省略|不传|未传|为空)(?:时)?[:=,为则是]*{number}"),
            Side::Without,
        ),
        (format!("(?:如果|若|当)?(?:不带|不传|不发送)[:=,为]*{number}"), Side::Otherwise),
        (format!("(?:otherwise|else|否则|其他|其它|其余)[:=,为]*{number}"), Side::Otherwise),
        (
            format!("{number}(?:otherwise|else|for(?:all|multiple)symbols|foralltradingpairs|forallsymbols)"),
            Side::Otherwise,
        ),
        (format!("(?:单个|单一|单)?(?:交易对)[:=,为]*{number}"), Side::WithSymbol),
        (format!("(?:所有|全部|多个|不带|不传)(?:交易对)[:=,为]*{number}"), Side::Otherwise),
        (format!("(?:weight|权重|thecurrentweightis)?[:=为]*{number}"), Side::Otherwise),
    ];
    table.into_iter().filter_map(|(regex, side)| Some((Regex::new(&format!("^(?:{regex})")).ok()?, side))).collect()
});

const OMITTED: &str = "(?:isomitted|isnotsent|isnotprovided|isabsent|isnotset|isnotspecified|omitted|notsent)";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    With,
    Without,
    WithSymbol,
    Otherwise,
}

/// Reads a sentence that is nothing but cases.
fn read_sentence(sentence: &str, params: &[String]) -> Option<Vec<WeightCase>> {
    let mut names = params.to_vec();
    names.extend(
        ["symbol", "pair", "symbols", "pairs"].map(str::to_owned).into_iter().filter(|name| !params.contains(name)),
    );
    let compact = Compact::of(&apart(sentence, &names), &names, Quoted::Capitals);
    let mut cases = Vec::new();
    let mut rest = compact.text.as_str();
    loop {
        rest = rest.trim_start_matches([',', '.', ';', ':', '(', ')', '、', '/', '*', '-', '|']);
        rest = rest.strip_prefix("and").or_else(|| rest.strip_prefix("or")).unwrap_or(rest);
        rest = rest.trim_start_matches([',', ';', '、']);
        if rest.is_empty() {
            return (!cases.is_empty()).then_some(cases);
        }
        let (end, case) = CASES
            .iter()
            .filter_map(|(regex, side)| {
                let captures = regex.captures(rest)?;
                let pieces = [captures.get(1)?.as_str(), captures.get(2).map_or("", |piece| piece.as_str())];
                let weight = pieces.iter().find_map(|piece| piece.parse().ok())?;
                let name = pieces.iter().find_map(|piece| compact.names_in(piece).into_iter().next());
                let name = name.map(|name| match name.strip_suffix('s') {
                    Some(one @ ("symbol" | "pair")) => one.to_owned(),
                    _ => name,
                });
                let with = match side {
                    Side::With => Some(name?),
                    Side::WithSymbol => Some("symbol".to_owned()),
                    Side::Without | Side::Otherwise => None,
                };
                // `3 with A` is longer than `3`, and tells more.
                Some((captures.get_match().end(), WeightCase { with, weight }))
            })
            .max_by_key(|(end, _)| *end)?;
        cases.push(case);
        rest = &rest[end..];
    }
}

/// Parts a number from the parameter that it is glued to, where it was bold: `带symbol3`.
fn apart(sentence: &str, names: &[String]) -> String {
    names.iter().filter(|name| !name.is_empty()).fold(sentence.to_owned(), |text, name| {
        let mut apart = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(name.as_str()) {
            let (before, behind) = rest.split_at(at + name.len());
            apart.push_str(before);
            if behind.starts_with(|next: char| next.is_ascii_digit()) {
                apart.push(' ');
            }
            rest = behind;
        }
        apart + rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_in_every_wording() {
        let one = |weight| vec![WeightCase { with: None, weight }];
        let by = |with: u32, otherwise: u32| {
            vec![WeightCase { with: Some("symbol".into()), weight: with }, WeightCase { with: None, weight: otherwise }]
        };
        let cases = [
            ("3", one(3)),
            ("带symbol 3, 不带symbol 7", by(3, 7)),
            ("带 `symbol` 3, 不带 7", by(3, 7)),
            ("带symbol3; 不带7", by(3, 7)),
            ("3 for a single symbol; 7 when the symbol parameter is omitted", by(3, 7)),
            ("3 for a single symbol 7 when the symbol parameter is omitted", by(3, 7)),
            ("3 with symbol, 7 without symbol", by(3, 7)),
            ("单个交易对 3, 所有交易对 7", by(3, 7)),
            ("3(带symbol), 7(不带symbol)", by(3, 7)),
            ("单个symbol 3，symbol缺省则为 7", by(3, 7)),
            ("symbol: 3, otherwise 7", by(3, 7)),
        ];
        for (text, cases) in cases {
            let found: Option<Vec<_>> = sentences(text).iter().map(|sentence| read_sentence(sentence, &[])).collect();
            assert_eq!(found.map(|all| all.concat()), Some(cases), "{text}");
        }
        for text in ["3 with symbol, 5 with pair", "传symbol 3，传pairs 5"] {
            let pair = read_sentence(text, &[]).expect("two cases");
            assert_eq!(
                pair.iter().map(|case| case.with.as_deref()).collect::<Vec<_>>(),
                [Some("symbol"), Some("pair")]
            );
        }
        for text in ["Careful when accessing this with no symbol", "请小心使用不带symbol参数的调用", ""] {
            assert_eq!(read_sentence(text, &[]), None, "{text}");
        }
    }
}
