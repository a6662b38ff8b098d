//! Sentences about the values that one parameter can have. Most stand in its cell.

use super::finding::Finding;
use super::pattern::{Meaning, Pieces};
use papi_spec::Span;

pub(super) const MEANINGS: &[Meaning] = &[
    Meaning {
        wordings: &["(the)? default(s)? (value)? (is|as|to|of|:|=|to be)* {N}", "(默认|缺省) (值|为|是|:|=)* {N}"],
        make: |pieces| default(pieces, pieces.number(0)?),
    },
    Meaning {
        wordings: &[
            "(the)? default(s)? (value)? (is|as|to|of|:|=|to be)* {W} (for one-way mode|in one-way mode)?",
            "(默认|缺省) (值|为|是|:|=|且仅可填|且仅可选|且仅能填)* {W}",
            "(在)? (非双开|单向持仓|单向) 模式 (下|中)? (非必填)? ,? (默认|缺省) (值|为|是|:|=|且仅可填|且仅可选|且仅能填)* {W}",
        ],
        make: |pieces| default(pieces, pieces.word()?),
    },
    Meaning {
        wordings: &[
            "max(imum)? (value|limit|size)? (is|of|:|=)* {N}",
            "(the)? (value|number|amount)? (of {P})? (cannot|can not|can't|must not|should not) (be)? (greater|larger|more|bigger|exceed|higher|over)+ (than)? {N}",
            "(no more than|not more than|not greater than|not exceeding|up to|at most|less than or equal to|<=) {N}",
            "最 (大|多) (值|可|为|是|:|=|不超过|不能超过|支持|返回|限制)* {N} (条|个)?",
            "(赋值|数值|取值|值|数量)? (不能|不可|不得|不可以|不应|不) (超过|大于|超出|多于|高于) (最大值)? {N}",
        ],
        make: |pieces| Some(vec![Finding::Max { param: pieces.row()?, value: pieces.number(0)? }]),
    },
    Meaning {
        wordings: &[
            "min(imum)? (value)? (is|of|:|=)* {N}",
            "(page|number|id)? (start|starts|starting|begin|begins|count|counted|counting)+ (from|at|with) {N}",
            "(cannot|can not|can't|must not|should not) be (less|smaller|lower) than {N}",
            "(no less than|not less than|at least|greater than or equal to|>=) {N}",
            "最 (小|少) (值|为|是|:|=|不低于|不能低于)* {N}",
            "(不能|不可|不得|不) (小于|少于|低于) {N}",
            "(从|由) {N} (开始|起)",
            "(开始|起始) (值|为|是|页|:|页码)* {N}",
        ],
        make: |pieces| Some(vec![Finding::Min { param: pieces.row()?, value: pieces.number(0)? }]),
    },
    Meaning {
        wordings: &[
            "(an)? (int|integer|value|range|number|value range|valid range)? (is|:)? (from|between)? {N} (to|and|-|\\~|-to-) {N} (inclusive)?",
            "(可)? (取值)? (范围)? (range|between|in|value range)? (为|是|:)? \\[ {N} , {N} \\]",
            "(取值|数值|范围|取值范围|整数|可选)* (为|是|:|在)* (从)? {N} (到|至|-|\\~) {N} (之间)? (的)? (整数|整型)?",
        ],
        make: |pieces| {
            let (param, least, most) = (pieces.row()?, pieces.number(0)?, pieces.number(1)?);
            Some(vec![Finding::Min { param: param.clone(), value: least }, Finding::Max { param, value: most }])
        },
    },
    Meaning {
        wordings: &[
            "(must|should|has to)? (be)? (greater|larger|more|bigger) than {N}",
            "(需|须|必须|应)? (要)? 大于 {N}",
        ],
        make: |pieces| Some(vec![Finding::Min { param: pieces.row()?, value: format!("> {}", pieces.number(0)?) }]),
    },
    Meaning {
        wordings: &[
            "(must|should|has to)? (be)? (less|smaller|lower) (than|then) {N}",
            "(需|须|必须|应)? (要)? 小于 {N}",
        ],
        make: |pieces| Some(vec![Finding::Max { param: pieces.row()?, value: format!("< {}", pieces.number(0)?) }]),
    },
    Meaning {
        wordings: &["where {N} (for|is|means|=) {N}%", "(其中)? {N} (代表|表示|为|是|for|means|=) {N}%"],
        // What the number means is in the documentation; it bounds nothing.
        make: |_| Some(vec![Finding::Said]),
    },
    Meaning {
        wordings: &[
            "~ (must|should|has to|needs to) be (greater|later|larger) than (the)? current time (plus|\\+) {S} and (must be|should be)? (smaller|less|earlier) than {N} (mode)?",
            "(时间戳|时间)* (需|须|必须|需要|要|应)* (大于|晚于) 当前时间 (\\+|加|加上) {S} (且|并且|并|,|,且)* (需|必须)? (小于|早于) {N}",
        ],
        make: |pieces| {
            let Span::Millis(millis) = pieces.span(0)? else { return None };
            let (param, last) = (pieces.row()?, pieces.number(0)?);
            let first = Finding::Min { param: param.clone(), value: format!("> now + {millis} ms") };
            Some(vec![first, Finding::Max { param, value: format!("< {last}") }])
        },
    },
    Meaning {
        wordings: &[
            "(can be)? (added|sent|passed)? (in batch)? ,? (separated|separate|split|divided|joined) (by|with) (a)? (commas|comma|,)+",
            "(multiple|several)? ~ (separated|separate|split) (by|with) (a)? (commas|comma)",
            "(comma|commas)-?(separated|delimited) (list|values)? ~",
            "~ (用|以|使用|通过|由) (英文|半角)? (逗号|,) (分隔|隔开|分割|间隔|分开)",
        ],
        make: |pieces| Some(vec![Finding::CommaList(pieces.row()?)]),
    },
];

fn default(pieces: &Pieces<'_>, value: String) -> Option<Vec<Finding>> {
    Some(vec![Finding::Default { param: pieces.row()?, value }])
}
