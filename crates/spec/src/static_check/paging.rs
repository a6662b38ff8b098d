//! What must be so of the walk through a list: its parameters exist, and so do the fields of the reply.

use super::{fail, is_same, known, require_known, require_time};
use crate::{Kind, Paging, ParamInfo, Schema};

impl Paging {
    /// Stops compilation when it names a parameter, or a field of the reply, that does not exist or is of another kind.
    #[track_caller]
    pub const fn require_sound(&self, params: &[ParamInfo], reply: &Schema) {
        if self.window.is_none() && self.from_id.is_none() && self.page.is_none() {
            fail(&["`paging` has neither `window` nor `from_id` nor `page`"]);
        }
        if let Some(window) = self.window {
            require_time(window.from, params);
            require_time(window.to, params);
        }
        let named = [self.cap, self.from_id, self.page];
        let mut index = 0;
        while index < named.len() {
            if let Some(name) = named[index]
                && !matches!(known(name, params).kind, Kind::Integer)
            {
                fail(&["`", name, "` is not a whole number"]);
            }
            index += 1;
        }
        if !self.narrow_by.is_empty() {
            require_known("narrow_by", self.narrow_by, params);
        }
        if let Some(call) = self.names {
            call.require_sound();
            if self.narrow_by.is_empty() {
                fail(&["`names` lists values for `narrow_by`, which is not given"]);
            }
        }
        self.require_fields(reply);
    }

    #[track_caller]
    const fn require_fields(&self, reply: &Schema) {
        if let Some(total) = self.total
            && !matches!(field(reply, total), Schema::Integer)
        {
            fail(&["`", total, "` is not a whole number"]);
        }
        let list = match self.rows {
            Some(rows) => field(reply, rows),
            None => reply,
        };
        let (Schema::List(row) | Schema::OneOrMany(row)) = list else {
            fail(&["the rows are not a list: `rows(..)` names the field of the reply that has them"])
        };
        if self.key.is_empty() {
            fail(&["the key of a row names nothing"]);
        }
        let mut index = 0;
        while index < self.key.len() {
            field(row, self.key[index]);
            index += 1;
        }
        if let Some(time) = self.time
            && !matches!(field(row, time), Schema::Time)
        {
            fail(&["`", time, "` is not a time"]);
        }
    }
}

/// Returns a field of an object; when there are several kinds of objects, each of them must have it.
#[track_caller]
const fn field<'s>(object: &'s Schema, name: &str) -> &'s Schema {
    match object {
        Schema::Object(fields) => {
            let mut index = 0;
            while index < fields.len() {
                if is_same(fields[index].name, name) {
                    return &fields[index].schema;
                }
                index += 1;
            }
            fail(&["the reply has no field `", name, "`"])
        }
        Schema::Either { kinds, otherwise } => {
            let mut index = 0;
            while index < kinds.len() {
                field(&kinds[index].1, name);
                index += 1;
            }
            field(otherwise, name)
        }
        _ => fail(&["`", name, "` is not a field: nothing here has fields"]),
    }
}
