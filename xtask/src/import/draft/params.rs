//! The parameters of a draft: types by name and by the vendor's word, and of what the page says as much as fits them.

use super::dictionary::{Dictionary, named};
use super::yaml;
use crate::import::facts::{CallFacts, ParamFacts};
use crate::rust_name::{is_free, is_identifier, snake_case};
use crate::spec::{Notation, Param, TypeUse, is_decimal, reserved};
use papi_spec::{Group, RUNTIME_PARAMS};

/// A parameter as the draft declares it.
#[derive(Debug, Clone)]
pub(super) struct DraftParam {
    pub(super) wire: String,
    pub(super) ty: String,
    pub(super) notation: Notation,
    /// The words that it offers; none when it is no enum.
    pub(super) words: Option<Vec<String>>,
    pub(super) required: bool,
    pub(super) text: String,
}

/// Writes the parameters that the caller sends, in the order of the page.
pub(super) fn params(facts: &CallFacts, group: Group, dictionary: Dictionary<'_>) -> Vec<DraftParam> {
    let sent = facts.params.iter().flatten().filter(|param| is_sent(&param.name));
    sent.map(|param| draft(param, facts, group, dictionary)).collect()
}

/// Returns whether the caller sends a parameter; the others belong to the runtime, or are no names.
pub(super) fn is_sent(name: &str) -> bool {
    !RUNTIME_PARAMS.contains(&name) && is_identifier(name)
}

fn draft(param: &ParamFacts, facts: &CallFacts, group: Group, dictionary: Dictionary<'_>) -> DraftParam {
    let known = dictionary.params(facts.method, &facts.path, group, &param.name);
    let (ty, notation) = type_of(param, &facts.path, &known, dictionary);
    let mut comments = Vec::new();
    let set = dictionary.words(&ty);
    let mut entries = vec![("type", ty.clone())];
    if param.required {
        entries.push(("required", "true".to_owned()));
    }
    let words = set.map(|set| {
        let all: Vec<String> = set.words.iter().map(|word| word.wire.value.clone()).collect();
        let (known, new): (Vec<String>, Vec<String>) =
            param.words.iter().flatten().cloned().partition(|word| all.contains(word));
        if !new.is_empty() {
            comments.push(format!("TODO: `{ty}` of types.yaml has no {}; add it, and list it here.", new.join(", ")));
        }
        if known.is_empty() { all } else { known }
    });
    if let (None, Some(words)) = (&words, &param.words)
        && notation == Notation::Text
    {
        comments.push(format!("TODO: a choice of {}: declare its words in types.yaml.", words.join(", ")));
    }
    default(param, notation, words.as_deref(), &mut entries, &mut comments);
    bounds(param, &ty, notation, &mut entries, &mut comments);
    if let Some(pattern) = &param.pattern {
        match length_and_class(pattern).filter(|_| notation == Notation::Text && words.is_none()) {
            Some((length, class)) => {
                entries.push(("length", length));
                entries.push(("chars", yaml::quoted(&class)));
            }
            None => comments.push(format!("TODO: its form is {pattern}")),
        }
    }
    // What the page lists is said, all of the type's words as well.
    if let (Some(words), Some(_)) = (&words, &param.words) {
        entries.push(("words", yaml::list(words)));
    }
    if let Some(rust) =
        rust_name(&param.name, known.iter().find_map(|known| known.rust.as_ref().map(|name| name.value.as_str())))
    {
        entries.push(("rust", rust));
    }
    entries.push(("doc", yaml::prose(&doc(param, facts, group, dictionary))));
    let mut text: String = comments.iter().map(|comment| yaml::comment(2, comment)).collect();
    text.push_str(&yaml::entry(2, &param.name, &entries));
    DraftParam { wire: param.name.clone(), ty, notation, words, required: param.required, text }
}

/// What the page says, to be said in own words; or what specs say of the same parameter; or a mark.
fn doc(param: &ParamFacts, facts: &CallFacts, group: Group, dictionary: Dictionary<'_>) -> String {
    let notes: Vec<&str> = facts
        .notes
        .iter()
        .filter(|note| note.of_param.as_deref() == Some(param.name.as_str()))
        .map(|note| note.text.trim_end_matches(['.', '。', ':', '：', ' ']))
        .collect();
    if !notes.is_empty() {
        return format!("TODO: {}.", notes.join(". "));
    }
    let doc = dictionary.param_doc(facts.method, &facts.path, group, &param.name, param.required);
    doc.unwrap_or("TODO: what it means, and what its absence means.").to_owned()
}

/// The type that specs give the parameter, when the vendor's word allows it; otherwise one by name and word.
fn type_of(param: &ParamFacts, path: &str, known: &[&Param], dictionary: Dictionary<'_>) -> (String, Notation) {
    let is_truth = |text: &String| text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
    let is_bool = match &param.words {
        Some(words) => words.iter().all(is_truth),
        None => param.page_type == "BOOLEAN" || param.default.as_ref().is_some_and(is_truth),
    };
    if is_bool {
        return ("bool".to_owned(), Notation::Bool);
    }
    if param.is_comma_list || param.page_type == "LIST" {
        return ("[String]".to_owned(), Notation::Text);
    }
    let fitting: Vec<&&Param> = known.iter().filter(|known| named(&known.ty).is_some()).collect();
    // Where siblings disagree, the path may tell: `TradeId` goes with `userTrades`.
    let by_path = fitting.iter().filter(|known| {
        let stem = named(&known.ty).unwrap_or_default().trim_end_matches("Id").to_lowercase();
        !stem.is_empty() && path.to_lowercase().contains(&stem)
    });
    let disagree = fitting.iter().any(|one| fitting.iter().any(|other| named(&one.ty) != named(&other.ty)));
    let first: Vec<&Param> = if disagree { by_path.map(|known| **known).collect() } else { Vec::new() };
    for known in first.iter().chain(known) {
        if let Some(name) = named(&known.ty)
            && let Some(notation) = dictionary.vocabulary().notation(&known.ty)
            && allows(&param.page_type, notation)
            && offers(param, name, dictionary)
        {
            return (name.to_owned(), notation);
        }
        if matches!(known.ty, TypeUse::List(_)) && param.page_type == "STRING" {
            return ("[String]".to_owned(), Notation::Text);
        }
    }
    if let Some(words) = &param.words
        && let Some(set) = dictionary.with_words(words).first()
    {
        return (set.name.value.clone(), Notation::Text);
    }
    if let Some((name, notation)) = dictionary.same_name(&param.name)
        && allows(&param.page_type, notation)
        && offers(param, name, dictionary)
    {
        return (name.to_owned(), notation);
    }
    by_word(param)
}

/// An enum must have one of the words that the page lists.
fn offers(param: &ParamFacts, name: &str, dictionary: Dictionary<'_>) -> bool {
    match (dictionary.words(name), &param.words) {
        (Some(set), Some(words)) => words.iter().any(|word| set.words.iter().any(|known| *known.wire == **word)),
        (None, Some(words)) => words.is_empty() || param.page_type != "ENUM",
        _ => true,
    }
}

/// Returns whether the vendor's word for a type allows a notation.
fn allows(page_type: &str, notation: Notation) -> bool {
    match page_type {
        "LONG" => matches!(notation, Notation::Integer | Notation::Time | Notation::Count),
        "INT" => matches!(notation, Notation::Integer | Notation::Count | Notation::Time),
        "DECIMAL" => notation == Notation::Decimal,
        "ENUM" => notation == Notation::Text,
        "BOOLEAN" => notation == Notation::Bool,
        // Amounts and numbers are texts on some pages.
        "STRING" => true,
        _ => true,
    }
}

fn by_word(param: &ParamFacts) -> (String, Notation) {
    let name = param.name.to_ascii_lowercase();
    let is_time = name.ends_with("time") || name.ends_with("timestamp") || name.ends_with("date");
    let (ty, notation) = match param.page_type.as_str() {
        "LONG" | "INT" if is_time => ("Timestamp", Notation::Time),
        "LONG" if ["limit", "size", "current", "page"].contains(&name.as_str()) => ("u32", Notation::Count),
        "LONG" if name == "orderid" => ("OrderId", Notation::Integer),
        "LONG" => ("i64", Notation::Integer),
        "INT" => ("u32", Notation::Count),
        "DECIMAL" if name.ends_with("price") => ("Price", Notation::Decimal),
        "DECIMAL" if (name.ends_with("quantity") || name.ends_with("qty")) && !name.starts_with("quote") => {
            ("Quantity", Notation::Decimal)
        }
        "DECIMAL" => ("Decimal", Notation::Decimal),
        _ if name == "symbol" => ("Symbol", Notation::Text),
        _ if name == "pair" => ("Pair", Notation::Text),
        _ if name.ends_with("asset") => ("Asset", Notation::Text),
        _ if name.ends_with("clientorderid") => ("ClientOrderId", Notation::Text),
        _ => ("String", Notation::Text),
    };
    (ty.to_owned(), notation)
}

fn default(
    param: &ParamFacts,
    notation: Notation,
    words: Option<&[String]>,
    entries: &mut Vec<(&'static str, String)>,
    comments: &mut Vec<String>,
) {
    let Some(default) = &param.default else { return };
    let default = if notation == Notation::Bool { default.to_lowercase() } else { default.clone() };
    let fits = fits(&default, notation) && words.is_none_or(|words| words.contains(&default));
    if fits && !param.required {
        entries.push(("default", yaml::value(&default)));
    } else if param.required {
        comments.push(format!("TODO: the page calls it mandatory and gives a default: {default}."));
    } else {
        comments.push(format!("TODO: the page gives a default that does not fit: {default}."));
    }
}

fn fits(value: &str, notation: Notation) -> bool {
    match notation {
        Notation::Count => value.parse::<u32>().is_ok(),
        Notation::Integer | Notation::Time => value.parse::<i64>().is_ok(),
        Notation::Decimal => is_decimal(value),
        Notation::Bool => matches!(value, "true" | "false"),
        Notation::Text => !value.is_empty(),
    }
}

/// Bounds, and that an amount is above 0, which specs say of each.
fn bounds(
    param: &ParamFacts,
    ty: &str,
    notation: Notation,
    entries: &mut Vec<(&'static str, String)>,
    comments: &mut Vec<String>,
) {
    let least = param.min.as_deref().and_then(|text| bound(text, notation, ("min", "above")));
    let most = param.max.as_deref().and_then(|text| bound(text, notation, ("max", "below")));
    for (text, found) in [(&param.min, &least), (&param.max, &most)] {
        if let (Some(text), None) = (text, found) {
            comments.push(format!("TODO: the page gives a bound that does not fit: {text}."));
        }
    }
    let name = param.name.to_ascii_lowercase();
    let is_amount = matches!(ty, "Price" | "Quantity")
        || (ty == "Decimal" && (name.ends_with("amount") || name.ends_with("qty") || name.ends_with("quantity")));
    match least {
        Some(least) => entries.push(least),
        None if is_amount => entries.push(("above", "0".to_owned())),
        None => {}
    }
    entries.extend(most);
}

/// `100`, `> now + 600000 ms` or `< 100`, under the key for a bound that belongs to the range or the one for a bound that does not.
fn bound(text: &str, notation: Notation, keys: (&'static str, &'static str)) -> Option<(&'static str, String)> {
    let is_open = text.starts_with(['<', '>']);
    let plain = text.trim_start_matches(['<', '>', ' ']);
    let key = if is_open { keys.1 } else { keys.0 };
    if let Some(millis) = plain.strip_prefix("now + ").and_then(|rest| rest.strip_suffix(" ms")) {
        let millis: i64 = millis.parse().ok()?;
        let seconds = (millis % 1000 == 0).then_some(millis / 1000)?;
        return (notation == Notation::Time).then(|| (key, format!("now + {seconds}s")));
    }
    (notation.is_number() && fits(plain, notation)).then(|| (key, plain.to_owned()))
}

/// `^[\.A-Z\:/a-z0-9_-]{1,32}$` is a length and a class.
fn length_and_class(pattern: &str) -> Option<(String, String)> {
    let inner = pattern.strip_prefix("^[")?.strip_suffix("}$")?;
    let (class, length) = inner.rsplit_once("]{")?;
    let (least, most) = length.split_once(',')?;
    let class: String = class.chars().filter(|letter| *letter != '\\').collect();
    let (least, most): (u32, u32) = (least.parse().ok()?, most.parse().ok()?);
    (least <= most && !class.is_empty()).then(|| (format!("{least}..{most}"), class))
}

/// The name in Rust, where that of the wire cannot be it.
pub(super) fn rust_name(wire: &str, known: Option<&str>) -> Option<String> {
    let snake = snake_case(wire);
    let known = known.filter(|known| *known != snake).map(str::to_owned);
    known.or_else(|| (!is_free(&snake) || reserved::is_method(&snake)).then(|| format!("{snake}_value")))
}
