//! What an annotated request says, as data. Identifiers keep their place in the source, for messages.

use crate::root::Root;
use crate::span::SpanText;
use syn::{Ident, ItemStruct, LitInt, LitStr, Type};

/// An annotated request.
pub(super) struct Model {
    pub(super) root: Root,
    /// The struct without our attributes.
    pub(super) item: ItemStruct,
    pub(super) arguments: Arguments<Option<LitStr>, Option<Ident>, Option<Weight>, Option<Type>>,
    pub(super) params: Vec<Param>,
    pub(super) forms: Vec<Form>,
    pub(super) rules: Vec<Rule>,
    pub(super) paging: Option<Paging>,
    pub(super) examples: Vec<LitStr>,
}

/// The arguments of `#[endpoint(..)]`; the parameters of this type are those that must be given.
#[derive(Clone, Default)]
pub(super) struct Arguments<Text, Word, W, Reply> {
    pub(super) group: Word,
    pub(super) call: Text,
    pub(super) access: Word,
    pub(super) effect: Word,
    pub(super) weight: W,
    pub(super) page: Text,
    pub(super) checked: Text,
    pub(super) reply: Reply,
    pub(super) orders: Option<LitInt>,
    pub(super) caps: Vec<Cap>,
    pub(super) client_id: Vec<Ident>,
    pub(super) settle: Vec<Ask>,
    pub(super) shown_by: Option<LitStr>,
    pub(super) retired: Option<Retired>,
}

/// Arguments of which none is missing.
pub(super) type CompleteArguments = Arguments<LitStr, Ident, Weight, Type>;

impl Arguments<Option<LitStr>, Option<Ident>, Option<Weight>, Option<Type>> {
    pub(super) fn complete(&self) -> Option<CompleteArguments> {
        let all = self.clone();
        Some(Arguments {
            group: all.group?,
            call: all.call?,
            access: all.access?,
            effect: all.effect?,
            weight: all.weight?,
            page: all.page?,
            checked: all.checked?,
            reply: all.reply?,
            orders: all.orders,
            caps: all.caps,
            client_id: all.client_id,
            settle: all.settle,
            shown_by: all.shown_by,
            retired: all.retired,
        })
    }
}

#[derive(Clone)]
pub(super) enum Weight {
    Fixed(LitInt),
    ByParam { with: Vec<(Ident, LitInt)>, otherwise: LitInt },
}

#[derive(Clone)]
pub(super) struct Cap {
    pub(super) calls: LitInt,
    pub(super) per: SpanText,
}

/// A question about a lost call.
#[derive(Clone)]
pub(super) struct Ask {
    pub(super) call: LitStr,
    /// The asking call's parameter and ours that gives the value; with `each`, the field that does.
    pub(super) with: Vec<(Ident, Ident)>,
    pub(super) each: Option<Ident>,
    pub(super) since: Option<Ident>,
    pub(super) shows: Shows,
}

#[derive(Clone)]
pub(super) enum Shows {
    Found(Keeps),
    NothingLeft,
    Fields {
        /// Their field and our parameter.
        same: Vec<(Ident, Ident)>,
        state: Option<StateWords>,
    },
}

#[derive(Clone, Copy)]
pub(super) enum Keeps {
    For(SpanText),
    OpenOnly,
}

#[derive(Clone)]
pub(super) struct StateWords {
    pub(super) field: Ident,
    pub(super) acted: Vec<LitStr>,
    pub(super) open: Vec<LitStr>,
    pub(super) ended: Vec<LitStr>,
}

#[derive(Clone)]
pub(super) struct Retired {
    pub(super) since: LitStr,
    pub(super) instead: LitStr,
}

/// A field that is a parameter.
pub(super) struct Param {
    pub(super) field: Ident,
    pub(super) wire: LitStr,
    /// The value's type, without `Option`.
    pub(super) ty: Type,
    pub(super) required: bool,
    pub(super) doc: String,
    pub(super) docs: Vec<syn::Attribute>,
    pub(super) default: Option<LitStr>,
    pub(super) min: Option<Edge>,
    pub(super) max: Option<Edge>,
    pub(super) length: Option<(u32, u32)>,
    pub(super) chars: Option<LitStr>,
    pub(super) words: Vec<LitStr>,
}

pub(super) struct Edge {
    pub(super) limit: Limit,
    pub(super) open: Openness,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Openness {
    Closed,
    Open,
}

pub(super) enum Limit {
    Number(String),
    FromNow(SpanText),
}

/// A named constructor.
pub(super) struct Form {
    pub(super) name: Ident,
    pub(super) doc: LitStr,
    pub(super) set: Vec<(Ident, LitStr)>,
    pub(super) take: Vec<Ident>,
}

pub(super) struct Rule {
    pub(super) when: Vec<Condition>,
    pub(super) demands: Vec<Demand>,
}

pub(super) struct Condition {
    pub(super) param: Ident,
    pub(super) state: State,
}

pub(super) enum State {
    Present,
    Absent,
    OneOf(Vec<LitStr>),
}

pub(super) enum Demand {
    AtLeastOne(Vec<Ident>),
    ExactlyOne(Vec<Ident>),
    AtMostOne(Vec<Ident>),
    Together(Vec<Ident>),
    Need(Vec<Ident>),
    Forbid(Vec<Ident>),
    Only(Ident, Vec<LitStr>),
    Window(Window),
}

pub(super) struct Window {
    pub(super) from: Ident,
    pub(super) to: Ident,
    pub(super) span: Option<SpanLimit>,
    pub(super) default: Option<SpanText>,
    pub(super) default_from: Option<SpanText>,
    pub(super) default_to: Option<SpanText>,
    pub(super) history: Option<History>,
}

pub(super) enum SpanLimit {
    AtMost(SpanText),
    Under(SpanText),
}

pub(super) struct History {
    pub(super) reach: SpanText,
    pub(super) unless: Vec<Condition>,
}

#[derive(Default)]
pub(super) struct Paging {
    pub(super) window: Option<(Ident, Ident, SpanText)>,
    pub(super) cap: Option<Ident>,
    pub(super) from_id: Option<Ident>,
    pub(super) page: Option<Ident>,
    pub(super) rows: Option<Ident>,
    pub(super) total: Option<Ident>,
    pub(super) key: Vec<Ident>,
    pub(super) time: Option<Ident>,
    pub(super) narrow_by: Vec<Ident>,
    pub(super) names: Option<LitStr>,
    pub(super) row: Option<Type>,
}
