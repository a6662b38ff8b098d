//! The lists of `llms.txt`, one line an entry.

use crate::failure::Failure;
use crate::model::{EventType, Model, Module, Request};
use crate::spec::Paging;
use papi_spec::Effect;
use std::fmt::Write as _;

/// Every endpoint under the heading of its group: type, constructors, call, weight, effect and purpose.
pub(super) fn endpoints(model: &Model<'_>) -> String {
    let groups = model.groups.iter().map(|module| {
        let lines: String = module.requests.iter().map(|request| endpoint(module, request)).collect();
        format!("### `{}`: {}\n\n{lines}", module.group, module.group.about())
    });
    groups.collect::<Vec<_>>().join("\n")
}

fn endpoint(module: &Module<'_>, request: &Request<'_>) -> String {
    let endpoint = request.endpoint;
    let mut facts = vec![request.call.clone(), format!("weight {}", request.weight.replace('`', ""))];
    if endpoint.effect != Effect::Read {
        facts.push(format!("effect {}", endpoint.effect));
    }
    if let Some(retired) = &endpoint.retired {
        facts.push(format!("retired, call {}", retired.instead_text()));
    }
    let doc = endpoint.doc.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("- `{}::{}` {} · {} · {doc}\n", module.group, *endpoint.name, constructors(request), facts.join(" · "))
}

/// Returns how a request is made: by its constructors, without those that are only kept. When it has none, `new` takes what
/// the exchange requires, in the order of the parameters.
fn constructors(request: &Request<'_>) -> String {
    let field = |wire: &str| request.fields.iter().find(|field| field.wire == wire).map(|field| field.name.as_str());
    let endpoint = request.endpoint;
    if endpoint.constructors.is_empty() {
        let required = endpoint.params.iter().filter(|param| param.required);
        return call("new", required.filter_map(|param| field(&param.wire)));
    }
    let named = endpoint.constructors.iter().filter(|constructor| constructor.deprecated.is_none());
    let named = named.map(|form| call(&form.name, form.take.iter().filter_map(|wire| field(wire))));
    named.collect::<Vec<_>>().join(" ")
}

fn call<'a>(name: &str, arguments: impl Iterator<Item = &'a str>) -> String {
    format!("`{name}({})`", arguments.collect::<Vec<_>>().join(", "))
}

/// Every list that comes in parts, by the name that `papi export` takes, with how its parts are asked for.
pub(super) fn datasets(model: &Model<'_>) -> String {
    let mut lines = String::new();
    for module in &model.groups {
        for request in &module.requests {
            let (Some(paging), Some(row)) = (&request.endpoint.paging, &request.row) else { continue };
            let _ = writeln!(
                lines,
                "- `{}-{}`: `{}::{}`, rows `{row}`, {}",
                module.group,
                request.endpoint.file.stem.replace('_', "-"),
                module.group,
                *request.endpoint.name,
                walk(paging)
            );
        }
    }
    lines
}

fn walk(paging: &Paging) -> String {
    let window =
        paging.window.as_ref().map(|window| format!("windows of {} ({}, {})", window.step, *window.from, *window.to));
    let from_id = paging.from_id.as_ref().map(|param| format!("from an id on ({})", **param));
    let page = paging.page.as_ref().map(|param| format!("numbered pages ({})", **param));
    let cap = paging.cap.as_ref().map(|param| format!("page size `{}`", **param));
    let parts: Vec<String> = [window, from_id, page, cap].into_iter().flatten().collect();
    if parts.is_empty() { "all rows at once".to_owned() } else { parts.join(", ") }
}

/// Every event of the user data stream: type, name on the wire and purpose.
pub(super) fn events(model: &Model<'_>) -> String {
    let line = |event: &EventType| format!("- `events::{}` {} · {}\n", event.name, event.wire, event.about.first());
    model.events.iter().map(line).collect()
}

/// The cargo features, from the table of a manifest: the comment above one or more of them says what they do.
pub(super) fn features(manifest: &str) -> String {
    let table =
        manifest.lines().skip_while(|line| *line != "[features]").skip(1).take_while(|line| !line.starts_with('['));
    let (mut lines, mut about, mut is_open) = (String::new(), String::new(), false);
    for line in table {
        if let Some(comment) = line.strip_prefix('#') {
            if !is_open {
                about.clear();
            }
            let _ = write!(about, "{}{}", if is_open { " " } else { "" }, comment.trim());
            is_open = true;
        } else if let Some((name, enables)) = line.split_once(" = ") {
            is_open = false;
            let about = if name == "default" { enables.replace(['[', ']', '"'], "") } else { about.clone() };
            let _ = writeln!(lines, "- `{name}`: {about}");
        }
    }
    lines
}

/// The kinds of errors, from the documentation of the variants in the source that defines them.
pub(super) fn error_kinds(source: &str, file: &str) -> Result<String, Failure> {
    let parsed = syn::parse_file(source).map_err(|error| Failure::Template { file: file.to_owned(), error })?;
    let variants = parsed.items.into_iter().find_map(|item| match item {
        syn::Item::Enum(item) if item.ident == "ErrorKind" => Some(item.variants),
        _ => None,
    });
    let mut lines = String::new();
    for variant in variants.ok_or_else(|| Failure::Check(format!("{file} has no enum ErrorKind")))? {
        let doc: Vec<String> = variant.attrs.iter().filter_map(doc_line).collect();
        let _ = writeln!(lines, "- `{}`: {}", variant.ident, doc.join(" "));
    }
    Ok(lines)
}

fn doc_line(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return None };
    pair.path.is_ident("doc").then(|| text.value().trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_tells_of_the_features_below_it() {
        let manifest = "[package]\n\n[features]\ndefault = [\"a\", \"b\"]\n# Parts,\n# each alone.\na = [\"x/a\"]\nb = []\n# Events.\nc = []\n\n[dependencies]\nd = \"1\"\n";
        assert_eq!(
            features(manifest),
            "- `default`: a, b\n- `a`: Parts, each alone.\n- `b`: Parts, each alone.\n- `c`: Events.\n"
        );
    }

    #[test]
    fn a_kind_is_told_by_its_documentation() {
        let source =
            "enum Other { A }\n/// Kinds.\npub enum ErrorKind {\n    /// Nothing\n    /// was sent.\n    Invalid,\n}\n";
        assert_eq!(error_kinds(source, "kind.rs").expect("kinds"), "- `Invalid`: Nothing was sent.\n");
        assert!(error_kinds("struct ErrorKind;", "kind.rs").is_err());
    }
}
