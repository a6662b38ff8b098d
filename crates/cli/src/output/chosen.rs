//! The fields that `--columns` chooses, of each row or of the one object that a reply is.

use super::flat::{DOT, flat};
use super::rows::{Shape, columns};
use crate::exit_code::ExitCode;
use crate::failure::Failure;
use binance_papi::json::Json;
use binance_papi::spec::nearest;

/// Refuses a column that is not among the known ones, with the one that was probably meant. `exit` tells whether something was
/// sent before.
pub(super) fn check(chosen: &[String], known: &[String], exit: ExitCode) -> Result<(), Failure> {
    let names = || known.iter().map(String::as_str);
    let Some(unknown) = chosen.iter().find(|name| !names().any(|known| known == *name)) else { return Ok(()) };
    let failure = Failure::new(exit, format!("there is no column {unknown:?}"));
    Err(failure
        .hints(nearest(unknown, names()).map(|name| format!("did you mean {name}?")))
        .hint(format!("the columns are {}", known.join(", "))))
}

/// Returns the columns that the rows themselves have, those inside nested objects included.
pub(super) fn columns_of(reply: &Json, rows_field: Option<&str>) -> Vec<String> {
    let rows = match Shape::of(reply, rows_field) {
        Shape::Rows { rows, .. } => rows,
        Shape::Single(value) => std::slice::from_ref(value),
    };
    let flat: Vec<_> = rows.iter().map(flat).collect();
    let mut names: Vec<_> = columns(rows).into_iter().map(str::to_owned).collect();
    let nested: Vec<_> = columns(&flat).into_iter().filter(|name| !names.iter().any(|known| known == name)).collect();
    let nested: Vec<_> = nested.into_iter().map(str::to_owned).collect();
    names.extend(nested);
    names
}

/// Returns the reply with these fields of each row only, in this order. A row that lacks one has `null` there.
pub(super) fn choose(reply: Json, rows_field: Option<&str>, chosen: &[String]) -> Json {
    let each = |rows: &[Json]| Json::List(rows.iter().map(|row| of_row(row, chosen)).collect());
    let (rows, field) = match Shape::of(&reply, rows_field) {
        Shape::Single(value) => return of_row(value, chosen),
        Shape::Rows { rows, .. } if matches!(reply, Json::List(_)) => return each(rows),
        Shape::Rows { rows, list, .. } => (each(rows), list.unwrap_or_default().to_owned()),
    };
    let mut reply = reply;
    reply.replace(&field, rows);
    reply
}

fn of_row(row: &Json, chosen: &[String]) -> Json {
    let member = |name: &String| (name.clone().into(), at(row, name).unwrap_or_else(Json::null));
    Json::Object(chosen.iter().map(member).collect())
}

/// Returns the value under a name, or inside an object or list under a name with dots.
fn at(value: &Json, name: &str) -> Option<Json> {
    if let Some(value) = value.get(name) {
        return Some(value.clone());
    }
    if let Some((object, inside)) = name.split_once(DOT)
        && let Some(value) = value.get(object).and_then(|value| at(value, inside))
    {
        return Some(value);
    }
    flat(value).get(name).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    fn chosen(reply: &str, rows_field: Option<&str>, columns: &str) -> String {
        choose(Json::parse(reply).expect("valid"), rows_field, &names(columns)).to_string()
    }

    #[test]
    fn the_chosen_fields_come_in_the_order_of_choice() {
        assert_eq!(chosen(r#"[{"a":1,"b":2},{"b":3}]"#, None, "b,a"), r#"[{"b":2,"a":1},{"b":3,"a":null}]"#);
        assert_eq!(chosen(r#"{"a":{"b":[1],"c":2}}"#, None, "a.b"), r#"{"a.b":[1]}"#);
        assert_eq!(chosen(r#"[{"d":[{"e":4}]}]"#, None, "d.1.e"), r#"[{"d.1.e":4}]"#);
        assert_eq!(
            chosen(r#"{"rows":[{"a":1,"b":2}],"total":7}"#, Some("rows"), "b"),
            r#"{"rows":[{"b":2}],"total":7}"#
        );
    }

    #[test]
    fn an_unknown_column_is_refused_with_the_nearest() {
        let known = columns_of(&Json::parse(r#"[{"symbol":"A","a":{"b":1}}]"#).expect("valid"), None);
        assert_eq!(known, ["symbol", "a", "a.b"]);
        assert!(check(&names("a.b,symbol"), &known, ExitCode::Other).is_ok());
        let refused = format!("{:?}", check(&names("symbl"), &known, ExitCode::Other).expect_err("unknown"));
        assert!(refused.contains("did you mean symbol?") && refused.contains("symbol, a, a.b"), "{refused}");
    }
}
