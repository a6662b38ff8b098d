//! Types as specs write them: `[ForceOrder]`, `{ Symbol: [Indicator] }`, `Balance | [Balance]`, and their declarations.

use super::keys::{self, Keys};
use super::yaml::{Entry, Kind, Node};
use crate::problem::{At, Problems};
use std::fmt;

/// A type where one is used.
#[derive(Debug, Clone, Default)]
pub(crate) enum TypeUse {
    Named(At<String>),
    List(Box<TypeUse>),
    Map(Box<TypeUse>, Box<TypeUse>),
    OneOrMany(Box<TypeUse>),
    /// Stands in for what could not be read; already reported.
    #[default]
    Unreadable,
}

impl fmt::Display for TypeUse {
    /// Writes it as specs do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::List(inner) => write!(f, "[{inner}]"),
            Self::Map(key, value) => write!(f, "{{ {key}: {value} }}"),
            Self::OneOrMany(inner) => write!(f, "{inner} | [{inner}]"),
            Self::Unreadable => f.write_str("?"),
        }
    }
}

impl TypeUse {
    pub(crate) fn read(node: &Node, problems: &mut Problems) -> Self {
        match &node.kind {
            Kind::Text(text) => Self::from_text(text, node, problems),
            Kind::List(list) if list.len() == 1 => Self::List(Box::new(Self::read(&list[0], problems))),
            Kind::Map(entries) if entries.len() == 1 => {
                let Entry { key, value } = &entries[0];
                Self::Map(Box::new(Self::Named(key.clone())), Box::new(Self::read(value, problems)))
            }
            _ => {
                problems
                    .at(node.place, format!("a type cannot be {}", node.describe()))
                    .help("write `Name`, `[Name]`, `{ Key: Name }` or `Name | [Name]`");
                Self::Unreadable
            }
        }
    }

    fn from_text(text: &str, node: &Node, problems: &mut Problems) -> Self {
        let named = |name: &str| Self::Named(At::new(name.trim().to_owned(), node.place));
        let Some((one, many)) = text.split_once('|') else { return named(text) };
        let many = many.trim().strip_prefix('[').and_then(|many| many.strip_suffix(']')).map(str::trim);
        if many != Some(one.trim()) {
            problems.at(node.place, format!("`{text}` is not a type")).help(instead_of_bar(text));
            return Self::Unreadable;
        }
        Self::OneOrMany(Box::new(named(one)))
    }

    /// Returns the type of a list's elements; none when it is no list.
    pub(crate) fn rows(&self) -> Option<&Self> {
        match self {
            Self::List(row) | Self::OneOrMany(row) => Some(row),
            _ => None,
        }
    }

    /// Visits each name in the type.
    pub(crate) fn names<'t>(&'t self, visit: &mut dyn FnMut(&'t At<String>)) {
        match self {
            Self::Named(name) => visit(name),
            Self::List(inner) | Self::OneOrMany(inner) => inner.names(visit),
            Self::Map(key, value) => {
                key.names(visit);
                value.names(visit);
            }
            Self::Unreadable => {}
        }
    }
}

/// What to write in the place of a `|` that does not join one and many of a type.
fn instead_of_bar(text: &str) -> String {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let name = |part: &str| part.trim_start_matches('[').trim_end_matches(']').trim().to_owned();
    match parts.as_slice() {
        [many, one] if many.starts_with('[') && name(many) == *one => format!("the single one comes first: `{one} | {many}`"),
        [one, other] if one == other && !one.is_empty() => format!("for one or a list of them write `{one} | [{one}]`"),
        _ => "`|` stands in `Name | [Name]` only, for one or a list of the same; objects of several kinds are a type with \
              `either`, and words are an enum in `types.yaml`"
            .to_owned(),
    }
}

/// A type of a reply or an event, declared in its file or shared.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) name: At<String>,
    pub(crate) doc: At<String>,
    pub(crate) body: Body,
    /// The name that its key `e` has, when it is an event.
    pub(crate) event: Option<At<String>>,
}

#[derive(Debug, Clone)]
pub(crate) enum Body {
    Fields(Vec<Field>),
    Either(Either),
}

/// A field of a reply type.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) wire: At<String>,
    pub(crate) ty: TypeUse,
    /// Why it may be absent.
    pub(crate) optional: Option<At<String>>,
    pub(crate) rust: Option<At<String>>,
    pub(crate) doc: At<String>,
}

/// Objects of several kinds, told apart by a key that only one kind has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Either {
    /// Keys with the type of the objects that have them.
    pub(crate) cases: Vec<(At<String>, At<String>)>,
    /// The type of all others.
    pub(crate) otherwise: At<String>,
}

impl Either {
    /// The names of all types.
    pub(crate) fn types(&self) -> impl Iterator<Item = &At<String>> {
        self.cases.iter().map(|(_, ty)| ty).chain([&self.otherwise])
    }
}

/// Reads a map of declarations.
pub(crate) fn read_shapes(node: &Node, what: &str, problems: &mut Problems) -> Vec<Shape> {
    let entries = keys::entries(node, what, problems).unwrap_or_default();
    entries.iter().filter_map(|entry| read_shape(entry, problems)).collect()
}

fn read_shape(Entry { key, value }: &Entry, problems: &mut Problems) -> Option<Shape> {
    let what = format!("the type `{}`", key.value);
    let mut keys = Keys::open(value, &what, key.place, problems)?;
    let doc = keys.must_text("doc", problems);
    let body = match (keys.may("fields"), keys.may("either")) {
        (Some(fields), None) => Body::Fields(read_fields(&fields.value, &what, problems)),
        (None, Some(either)) => Body::Either(read_either(either, problems)),
        (Some(_), Some(either)) => {
            problems.at(either.key.place, format!("{what} has both `fields` and `either`"));
            Body::Fields(Vec::new())
        }
        (None, None) => {
            problems.at(key.place, format!("{what} has neither `fields` nor `either`"));
            Body::Fields(Vec::new())
        }
    };
    keys.done(problems);
    Some(Shape { name: key.clone(), doc, body, event: None })
}

pub(super) fn read_fields(node: &Node, what: &str, problems: &mut Problems) -> Vec<Field> {
    let entries = keys::entries(node, &format!("`fields` of {what}"), problems).unwrap_or_default();
    let mut fields = Vec::new();
    for Entry { key, value } in entries {
        let Some(mut keys) = Keys::open(value, &format!("the field `{}`", key.value), key.place, problems) else {
            continue;
        };
        let ty = keys.must("type", problems).map(|entry| TypeUse::read(&entry.value, problems)).unwrap_or_default();
        let optional = keys.may_text("optional", problems);
        let rust = keys.may_text("rust", problems);
        let doc = keys.must_text("doc", problems);
        keys.done(problems);
        fields.push(Field { wire: key.clone(), ty, optional, rust, doc });
    }
    fields
}

fn read_either(Entry { key, value }: &Entry, problems: &mut Problems) -> Either {
    let mut either = Either::default();
    let entries = keys::entries(value, "`either`", problems).unwrap_or_default();
    for (index, entry) in entries.iter().enumerate() {
        let Some(ty) = keys::text(&entry.value, &entry.key, problems) else { continue };
        if *entry.key != "otherwise" {
            either.cases.push((entry.key.clone(), ty));
            continue;
        }
        if index + 1 < entries.len() {
            problems.at(entry.key.place, "`otherwise` comes last");
        }
        either.otherwise = ty;
    }
    if either.cases.is_empty() || !entries.iter().any(|entry| *entry.key == "otherwise") {
        problems.at(key.place, "`either` has one key or more, then `otherwise`");
    }
    either
}
