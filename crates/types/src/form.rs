//! What values look like on the wire, as data: for whoever lays replies out in columns without code per endpoint.

/// What a value of a reply looks like when it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// A text, words of an enum and names included.
    Text,
    /// An exact decimal, printed as a text.
    Decimal,
    /// An instant in milliseconds, printed as a number.
    Time,
    /// A whole number, ids included.
    Integer,
    /// `true` or `false`.
    Switch,
    /// A list of values of one form.
    List(&'static Form),
    /// An object with these fields, in the order in which they are printed.
    Object(&'static [Field]),
    /// Anything else, such as an object whose keys are names.
    Other,
}

/// A field of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// What its value looks like when it is there.
    pub form: Form,
}

impl Form {
    /// The form of a field of an object.
    pub fn field(self, name: &str) -> Option<Form> {
        match self {
            Self::Object(fields) => fields.iter().find(|field| field.name == name).map(|field| field.form),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ENDPOINTS, um};

    #[test]
    fn every_list_that_comes_in_parts_has_rows_with_the_fields_that_its_paging_names() {
        for info in ENDPOINTS.iter().filter(|info| info.paging.is_some()) {
            let (paging, row) = (info.paging.expect("filtered"), info.row_fields().unwrap_or_default());
            for name in paging.key.iter().chain(&paging.time) {
                assert!(row.iter().any(|field| field.name == *name), "{}: no field {name}", info.type_path());
            }
            if let Some(time) = paging.time {
                assert_eq!(Form::Object(row).field(time), Some(Form::Time), "{}: {time}", info.type_path());
            }
        }
    }

    #[test]
    fn fields_stand_in_their_order_and_optional_ones_have_the_form_of_their_value() {
        let row = um::AllOrders::INFO.row_fields().expect("rows");
        let form = |name: &str| Form::Object(row).field(name);
        assert_eq!(row[0], Field { name: "orderId", form: Form::Integer });
        assert_eq!(form("avgPrice"), Some(Form::Decimal));
        assert_eq!(form("reduceOnly"), Some(Form::Switch));
        assert_eq!(form("type"), Some(Form::Text));
        assert_eq!(form("nothing"), None);
    }
}
