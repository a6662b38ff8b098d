//! Sentences that are understood and need no rule, and caps on calls.

use super::finding::Finding;
use super::pattern::Meaning;
use crate::import::facts::Remark;
use papi_spec::{CallCap, Span, days, hours, minutes, months};

/// Makes a meaning of a cap per one of a unit.
macro_rules! cap_per {
    ($per:expr, $($wording:literal),+ $(,)?) => {
        Meaning {
            wordings: &[$($wording),+],
            make: |pieces| cap(&pieces.number(0)?, $per),
        }
    };
}

pub(super) const MEANINGS: &[Meaning] = &[
    Meaning {
        wordings: &[
            "(if|when) (the|an|a)? {P} is (not sent|not provided|omitted|not set|not specified|absent|not passed) ,? ~ (all|both|every) ~ (will|is|are|would)* (be)? returned (in an array|as an array|in an array of objects)?",
            "(如果|若|如|当)? (没有|未|没|不) (传|带|发送|提供|填) (参数)? {P} (参数)? (时)? ,? ~ (都|均|全部) (会|将)? (被)? (返回)",
            "(如果|若|如|当)? (没有|未|没|不) (传|带|发送|提供|填) (参数)? {P} (参数)? (时)? ,? (则|会|将)* 返回 (所有|全部) ~",
            "(如果|若|如|当)? (参数)? {P} (没有|未|没|不) (被)? (传|带|发送|提供|填) (时)? ,? (则|会|将)* 返回 (所有|全部) ~",
            "(如果|若|如|当)? (参数)? {P} (没有|未|没|不) (被)? (传|带|发送|提供|填) (时)? ,? ~ (都|均|全部) (会|将)? (被)? (返回)",
        ],
        make: |pieces| Some(vec![Finding::Remark(Remark::AllWithout(pieces.name(0)?))]),
    },
    Meaning {
        wordings: &[
            "(if|when) (the)? {P} is (set|sent|provided|specified) ,? (it)? (will)? (get|gets|return|returns|be returned)* ~ >= (that|the|this)? {P} ~",
            "(如果|若|如|当)? (设置|设定|传|发送|提供)? 了? {P} (参数)? ,? (则|会|将|只会|只)* (返回|查询|获取) (该|大于等于|>=)? {P} (及|以及|和|与)? (之后|以后|此后) 的? ~",
            "返回 (该|此|从)? {P} (及|以及|和|与)? (之后|以后) 的? ~",
            "(如果|若|如|当)? (设置|设定|传|发送|提供) 了? {P} ,? ~ (将|会)? >= {P} ~",
            "(如果|若|如|当)? (设置|设定|传|发送|提供) 了? {P} ,? ~ (大于等于|>=) (该|此)? {P} ~",
        ],
        make: |pieces| Some(vec![Finding::Remark(Remark::RowsFrom(pieces.name(0)?))]),
    },
    Meaning {
        wordings: &[
            "otherwise ,? (the|it will get|gets|get|returns)* (most)? (recent|latest|last|newest) ~",
            "(否则|不然|缺省|默认) (将|则|会)* (返回|查询|获取) (最近|最新|近期) 的? [^,.;\u{E800}-\u{EBFF}]*",
        ],
        // The other half of the sentence before; with a length of time it is one of its own.
        make: |_| Some(vec![Finding::Said]),
    },
    Meaning {
        wordings: &[
            "(by)? default (gets|get|returns|return) (the)? (most)? (recent|latest) ~",
            "(默认|缺省) (获取|查询|返回) (最近|最新) 的? ~",
            "从 ~ 开始 (返回|查询|获取) ,? (缺省|默认) (返回|查询) (最近|最新) 的? ~",
            "获取 ~ ,? (缺省|默认) (返回|查询|获取) (最近|最新|近期) 的? ~",
        ],
        make: |pieces| Some(vec![Finding::Remark(Remark::RowsFrom(pieces.row()?))]),
    },
    Meaning {
        wordings: &[
            "(the)? (response|responses|results|result|data|rows|records) (is|are|will be|returned|sorted)* in (a)? descending order (by ~)?",
            "(响应|结果|数据|返回)+ (返回|结果|数据)? (为|按|以)* (时间)? (降序|倒序) (排列|返回|排序)?",
        ],
        make: |_| Some(vec![Finding::Remark(Remark::NewestFirst)]),
    },
    Meaning {
        wordings: &[
            "(the)? (response|responses|results|result|data|rows|records) (is|are|will be|returned|sorted)* in (an)? ascending order (by ~)?",
            "(响应|结果|数据|返回)+ (返回|结果|数据)? (为|按|以)* (时间)? (升序|正序) (排列|返回|排序)?",
        ],
        make: |_| Some(vec![Finding::Remark(Remark::OldestFirst)]),
    },
    Meaning {
        wordings: &["~ inclusive", "(包含|包括|含) (该|此|本)? (时刻|时间|时间点|边界)"],
        make: |pieces| Some(vec![Finding::Remark(Remark::Inclusive(pieces.row()?))]),
    },
    Meaning {
        wordings: &[
            "(the)? (request|rate)? (limitation|limit) (is|:)? {N} (times|requests|calls) (per|every|in|each) {S} (in a rolling manner|on a rolling basis)?",
            "~ can (only)? (be called|be requested|be used|call|use|use this function|be queried)+ (only)? (up to|at most)? {N} (times|requests|calls) (per|every|in|each|within) {S} (in a rolling manner|on a rolling basis)?",
            "(at most|maximum|max|up to) {N} (times|requests|calls) (per|every|in|each|within) {S}",
        ],
        make: |pieces| cap(&pieces.number(0)?, pieces.span(0)?),
    },
    Meaning {
        wordings: &[
            "(该|此|本)? (接口|功能)? (存在)? (滚动)? (每|任意|在) {S} (内)? (仅|只|最多|至多|可|能|可以|允许|只能|仅能)* (调用|请求|使用|访问) {N} 次 ~",
            "(存在)? (滚动)? (每|任意|在) {S} (内)? (的)? {N} 次 (的)? (请求|调用)? (限制|上限) ~",
        ],
        make: |pieces| cap(&pieces.number(0)?, pieces.span(0)?),
    },
    cap_per!(
        months(1),
        "(the)? (request|rate)? (limitation|limit) (is|:)? {N} (times|requests|calls) (per|every|a|each) month (in a rolling manner)?",
        "~ can (only)? ~ {N} (times|requests|calls) (per|every|a|each) month (in a rolling manner)?",
        "(该|此|本)? (接口|功能)? (请求|调用|访问)? (次数)? (限制|限频|频率)? (为|是|:)? (存在)? (滚动)? 每 (个)? 月 (内)? (仅|只|最多|可|能|可以|允许)* (调用|请求|使用|的)* {N} 次 (的)? (请求|调用|限制|上限)*",
    ),
    cap_per!(
        days(1),
        "(the)? (request|rate)? (limitation|limit) (is|:)? {N} (times|requests|calls) (per|every|a|each) day (in a rolling manner)?",
        "~ can (only)? ~ {N} (times|requests|calls) (per|every|a|each) day (in a rolling manner)?",
        "(该|此|本)? (接口|功能)? (请求|调用|访问)? (次数)? (限制|限频|频率)? (为|是|:)? (存在)? (滚动)? 每 (天|日) (内)? (仅|只|最多|可|能|可以|允许)* (调用|请求|使用|的)* {N} 次 (的)? (请求|调用|限制|上限)*",
    ),
    cap_per!(
        hours(1),
        "(the)? (request|rate)? (limitation|limit) (is|:)? {N} (times|requests|calls) (per|every|an|each) hour (in a rolling manner)?",
        "~ can (only)? ~ {N} (times|requests|calls) (per|every|an|each) hour (in a rolling manner)?",
        "(该|此|本)? (接口|功能)? (请求|调用|访问)? (次数)? (限制|限频|频率)? (为|是|:)? (存在)? (滚动)? 每 (个)? 小时 (内)? (仅|只|最多|可|能|可以|允许)* (调用|请求|使用|的)* {N} 次 (的)? (请求|调用|限制|上限)*",
    ),
    cap_per!(
        minutes(1),
        "(the)? (request|rate)? (limitation|limit) (is|:)? {N} (times|requests|calls) (per|every|a|each) minute (in a rolling manner)?",
        "~ can (only)? ~ {N} (times|requests|calls) (per|every|a|each) minute (in a rolling manner)?",
        "(该|此|本)? (接口|功能)? (请求|调用|访问)? (次数)? (限制|限频|频率)? (为|是|:)? (存在)? (滚动)? 每 分钟 (内)? (仅|只|最多|可|能|可以|允许)* (调用|请求|使用|的)* {N} 次 (的)? (请求|调用|限制|上限)*",
    ),
    Meaning {
        wordings: &["(is)? shared (by|with|between) ~", "(与|和|由) ~ 共享 ~", "~ (共享|共用) ~"],
        // With whom a cap is shared stays beyond what a client counts.
        make: |_| Some(vec![]),
    },
];

fn cap(calls: &str, per: Span) -> Option<Vec<Finding>> {
    Some(vec![Finding::Cap(CallCap { calls: calls.parse().ok()?, per })])
}
