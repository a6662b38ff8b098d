//! Words, ids and names: the small types of `types.yaml`.

use super::code::{Code, attribute};
use super::{doc, each, header};
use crate::model::{Doc, Model, StructField, Words};
use crate::spec::{Named, Printing};

const SPEC: &str = "spec/types.yaml";

/// The file of one open enum.
pub(crate) fn file(words: &Words) -> String {
    let header = header(&doc::lines("//!", &words.doc), SPEC);
    let docs = doc::comment("///", &words.doc);
    let variants: String = words.variants.iter().map(variant).collect();
    format!(
        "{header}use crate::{{OpenEnum, UnknownWord}};

{docs}#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, OpenEnum)]
#[non_exhaustive]
pub enum {} {{
{variants}    /// A word this version does not know, as it was received.
    Unknown(UnknownWord),
}}
",
        words.name
    )
}

fn variant(variant: &StructField) -> String {
    let docs = doc::comment("    ///", &variant.doc);
    let annotation = attribute("    ", "word", vec![Code::text(&variant.wire)]);
    format!("{docs}{annotation}    {},\n", variant.name)
}

/// `words/mod.rs`
pub(crate) fn index(words: &[Words]) -> String {
    let header = header(&["//! The exchange's words, one open enum for each meaning.".to_owned()], SPEC);
    let modules = each(words, |set| format!("mod {};\n", set.module));
    let names = each(words, |set| format!("pub use {}::{};\n", set.module, set.name));
    format!("{header}{modules}\n{names}")
}

/// `ids.rs`
pub(crate) fn ids(model: &Model<'_>) -> String {
    let header = header(&["//! Ids and names: numbers and texts with types of their own.".to_owned()], SPEC);
    let (secrets, names): (Vec<&Named>, Vec<&Named>) =
        model.names.iter().partition(|named| named.printing == Printing::Hidden);
    let makers = [
        ("client_id", "client_id", &model.client_ids),
        ("number", "integer_id", &model.ids),
        ("text", "secret_text", &secrets),
        ("text", "text_name", &names),
    ];
    let used = makers.iter().filter(|(.., scalars)| !scalars.is_empty());
    let imports: String = used.clone().map(|(module, maker, _)| format!("use crate::{module}::{maker};\n")).collect();
    let items: String = used.map(|(_, maker, scalars)| each(scalars, |one| scalar(maker, one))).collect();
    format!("{header}{imports}{items}")
}

fn scalar(maker: &str, named: &Named) -> String {
    let docs = doc::comment("    ///", &Doc::text(&named.doc));
    format!("\n{maker}! {{\n{docs}    {}\n}}\n", *named.name)
}
