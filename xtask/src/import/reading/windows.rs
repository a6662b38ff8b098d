//! Sentences about ranges of times.

use super::finding::{Finding, WindowPart};
use super::pattern::{Meaning, Pieces};
use crate::import::facts::Strictness;

pub(super) const MEANINGS: &[Meaning] = &[
    Meaning {
        wordings: &[
            "(the)? (query)? (time|times|interval|time interval|time range|time span|duration|range|span|period|time period|difference) (between|from) {P} (and|to|-) {P} (cannot|can not|can't|must not|should not|may not|must be no|should be no|mustn't) (be)? (longer|greater|more|larger|bigger|exceed|over|beyond)+ (than)? {S}",
            "(the)? (max|maximum|longest|largest) (query)? (time)? (interval|range|span|period|duration|time) (between|from) {P} (and|to|-) {P} (is|of|:)? {S}",
            "{P} (and|to|-) {P} (cannot|can not|can't|must not|should not) be (longer|greater|more|larger|farther|further) than {S} (apart)?",
            "(at most|no more than|not more than|maximum|max|within) {S} between {P} and {P}",
            "(the)? (query)? (time|interval) between {P} and {P} (must|should|has to) be (within|at most|no more than|no longer than) {S}",
            "(参数)? {P} (和|与|到|至|-|\\~|、|及) {P} (之间)? 的? (查询|时间)* (间隔|跨度|时间差|差|范围|区间|时间段|间距|相差|差值)+ (最大|最长|最多)+ (为|是|不能超过|不得超过|不超过|不可超过|:)* {S}",
            "(参数)? {P} (和|与|到|至|-|\\~|、|及) {P} (之间)? 的? (最大|最长|最多)+ 的? (查询|时间)* (间隔|跨度|时间差|差|范围|区间|时间段|间距)+ (为|是|不能超过|不得超过|不超过|:)* {S}",
            "(参数)? {P} (和|与|到|至|-|\\~|、|及) {P} (之间)? 的? (查询|时间)* (间隔|跨度|时间差|差|范围|区间|时间段|间距|相差|差值|最大)* (不能|不得|不可|不可以|不应|不)+ (超过|大于|超出|多于|长于|超) {S}",
        ],
        make: |pieces| Some(window(pieces, WindowPart::Span(Strictness::AtMost, pieces.span(0)?))),
    },
    Meaning {
        wordings: &[
            "(the)? (query)? (time|interval|time interval|time range|duration|range) (between|from) {P} (and|to|-) {P} (must|should|has to|needs to) be (less|shorter|smaller) (than|then) {S}",
            "(less|shorter|smaller) (than|then) {S} between {P} (and|to) {P}",
            "(参数)? {P} (和|与|到|至|-|\\~|、|及) {P} (之间)? 的? (查询|时间)* (间隔|跨度|时间差|差|范围|区间|时间段|间距)+ (需要|需|必须|应|要|须|应该)* (小于|少于|短于|低于) {S}",
        ],
        make: |pieces| Some(window(pieces, WindowPart::Span(Strictness::Under, pieces.span(0)?))),
    },
    Meaning {
        wordings: &[
            "(the)? (query|max query|max|maximum)+ (time|date)? (period|range|interval|span|window|time) (is|:)? (must|should|cannot|can not|can't|must not)? (be)? (longer than|greater than|more than|exceed|at most|within|no more than|no longer than|not exceed|not be longer than|not be more than)? {S}",
            "(the)? time (range|period|interval|span) (cannot|can not|can't|must not) (be)? (longer than|greater than|more than|exceed) {S}",
            "(查询)? (的)? 时间 (范围|区间|跨度|间隔|段|周期)+ (最大|最长|最多)* (不得|不能|不可|不应|为|是|不可以|不)* (超过|大于|超出)? {S}",
            "最 (大|长|多) (支持|可|能|查询)* (查询)? (的)? 时间? (范围|区间|跨度|间隔|段) (为|是|:)? {S}",
            "最 (大|长|多) (支持|可|能)? 查询 {S} (内)? (的)? (数据|记录)?",
        ],
        make: |pieces| Some(window(pieces, WindowPart::Span(Strictness::AtMost, pieces.span(0)?))),
    },
    Meaning {
        wordings: &[
            "(the)? (query)? (time|date)? (period|range|interval|span|window) (must|should|has to|needs to) be (less|shorter|smaller) (than|then) {S}",
            "(两个|两者)? (查询)? (的)? 时间 (范围|区间|跨度|间隔|段|周期)+ (需要|需|必须|应|要|须|应该)* (小于|少于|短于) {S}",
        ],
        make: |pieces| Some(window(pieces, WindowPart::Span(Strictness::Under, pieces.span(0)?))),
    },
    Meaning {
        wordings: &[
            "(by)? default (as|to|is|:|query|queries|returns|return)* (the|data of|data in)* (recent|last|past|latest|most recent) {S} (data|records)?",
            "(by)? default ,? (the)? (data|records|record|rows|trades|orders) (of|from|for|within|in)* (the)? (recent|last|past|latest)+ {S} (is|are|will be)* (returned|queried)?",
            "(return|returns|query|queries) (the|data|records|of|for|from|in|within)* (recent|last|past|latest)+ {S} (s)? (data|records|orders|trades)? by default",
            "(默认|缺省) (查询|返回|为|是)* (最近|过去|近)+ {S} (内|以内|之内)? 的? (数据|记录|交易|订单)?",
            "(若|如果|如|当)? (两者|二者)? (都|均) (没有|未|不) (发送|传|填|提供) (时)? ,? (则|将|会|只|仅|就|默认)* (返回|查询|取)* (最近|过去|近)+ {S} (内|以内|之内)? 的? (数据|记录|交易|订单)*",
            "均不填 ,? (则)? 默认 (返回|查询)? (最近|过去|近)* {S} (内)? 的? (数据|记录)?",
        ],
        make: |pieces| Some(window(pieces, WindowPart::Default(pieces.span(0)?))),
    },
    Meaning {
        wordings: &[
            "(if|when) (both)? {P} (and|or|,) {P} (are|is|were)? (both)? (are)? (not|omitted|absent|empty)+ (sent|provided|passed|set|specified|supplied)? ,? (then)? (will)? (only)? (by default)? (return|returns)? (the|a|only|records of|record of|data of|data for|records for|data from|records from)* (last|recent|past|latest|most recent)* {S} (s)? (of)? (data|records|record|trades|orders|history|rows)? (will|are|is|would)? (be)? (returned|return|queried)? (by default)?",
            "(return|returns|query|queries) (the|data|records|of|for|from|in|within)* (recent|last|past|latest)+ {S} (s)? (data|records)? (if|when) (both|neither)? {P} (and|or|nor) {P} (are|is)? (both)? (not)? (sent|provided|passed)",
            "(if|when) (neither)? {P} (nor|or|and) {P} (is|are|were)? (sent|provided|passed|set|specified|supplied) ,? (then)? (only)? (return|returns)? (the|only|records of|record of|data of|data for|records for|data from|records from)* (last|recent|past|latest|most recent)* {S} (s)? (of)? (data|records|record|trades|orders|history|rows)? (will|are|is|would)? (be)? (returned|return|queried)? (by default)?",
            "(若|如果|如|当)? {P} (和|与|、|,|及|以及|或) {P} (二者|两者)? (都|均|全都|皆)* (没传|未传|没有传|未发送|不传|没有发送|没发送|未提供|不填|不发送|未填|没填|为空|均不填)+ (时)? ,? (则|将|会|只|仅|就|默认)* (返回|查询|取)* (最近|过去|近)* {S} (内|以内|之内)? 的? (数据|记录|交易|订单|成交|历史)*",
            "(若|如果|如|当)? (没有|未|没|都没有|均未|不) (传|发送|提供|填) {P} (和|与|、|,|及|以及|或) {P} (时)? ,? (则|将|会|只|仅|就|默认)* (返回|查询|取)* (最近|过去|近)* {S} (内|以内|之内)? 的? (数据|记录|交易|订单|成交|历史)*",
        ],
        make: |pieces| Some(window(pieces, WindowPart::Default(pieces.span(0)?))),
    },
    Meaning {
        wordings: &[
            "(if|when) {P} is not (sent|provided|passed|set|specified) ,? (only|the|then|data|records|data of|records of|data within|records within|within|in)* {S} before (the)? {P} (can|will|is|are|would)* (be)? (queried|returned|return)?",
            "(若|如果|如|当)? {P} (没有|未|没|不) (被)? (传|发送|提供|填) (时)? ,? (则|将|会|只|仅|就|默认|能|可)* (返回|查询|取)* {P} (之前|以前|前) {S} (内|以内|之内)? 的? (数据|记录|交易|订单|成交|历史)*",
            "(若|如果|如|当)? (没有|未|没|不) (传|发送|提供|填) {P} (时)? ,? (则|将|会|只|仅|就|默认|能|可)* (返回|查询|取)* {P} (之前|以前|前) {S} (内|以内|之内)? 的? (数据|记录|交易|订单|成交|历史)*",
            "(if|when) {P} is not (sent|provided|passed) (and|but|while|,)+ {P} is (sent|provided|passed) ,? (then|the|records|record|data|of|within|only|in|return|returns)* {S} before (the)? {P} (will|is|are|would)* (be)? (returned|return|queried)?",
            "(if|when) (only)? {P} is (sent|provided|passed) (and|but|while|,)+ {P} is not (sent|provided|passed)? ,? (then|the|records|record|data|of|within|only|in|return|returns)* {S} before (the)? {P} (will|is|are|would)* (be)? (returned|return|queried)?",
            "(若|如果|如|当)? (没有|未|没) (传|发送|提供)了? {P} (而|且|但|,|并且)+ (发送|传|提供)了? {P} (时)? ,? (则|将|会|只|仅|就|默认)* (返回|查询)* {P} (之前|以前|前) {S} (内|以内|之内)? 的* (利息|借贷|还款|交易|订单|成交|资金|流水|历史|数据|记录|明细)*",
            "(若|如果|如|当)? {P} (没有|未|没) (被)? (传|发送|提供)了? (而|且|但|,|并且)+ {P} (已|被)? (发送|传|提供)了? (时)? ,? (则|将|会|只|仅|就|默认)* (返回|查询)* {P} (之前|以前|前) {S} (内|以内|之内)? 的* (利息|借贷|还款|交易|订单|成交|资金|流水|历史|数据|记录|明细)*",
        ],
        make: |pieces| Some(window(pieces, WindowPart::DefaultTo(pieces.span(0)?))),
    },
    Meaning {
        wordings: &[
            "{P} (is|will be)? (set)? (as|to)? {P} - {S} by default",
            "{P} (默认|缺省) (为|是)? {P} (-|减|前) {S}",
        ],
        make: |pieces| {
            let (ends, span) = (pieces.ends(), pieces.span(0)?);
            let part = |part| Finding::Window { ends: ends.clone(), part };
            Some(vec![part(WindowPart::Default(span)), part(WindowPart::DefaultTo(span))])
        },
    },
    Meaning {
        wordings: &[
            "{P} (is|will be)? (set)? (as|to)? (the)? current (time|timestamp) by default",
            "{P} (默认|缺省) (为|是)? (当前|现在) (时间)?",
        ],
        make: |_| Some(vec![Finding::Said]),
    },
    Meaning {
        wordings: &[
            "(if|when) {P} is sent (and|but|while|,)+ {P} is not (sent|provided)? ,? (then|the|records|record|data|return|returns)* (from)? {P} to (the)? (present|now|current time|current) (will|is|are|would)* (be)? (returned|return|queried)?",
            "(若|如果|如|当)? (发送|传|提供)了? {P} (而|且|但|,|并且)+ (没有|未|没) (传|发送|提供)了? {P} (时)? ,? (则|将|会|只|仅|就)* (返回|查询)* (从)? {P} (到|至) (现在|当前|今|目前|当前时间|此刻) 的* (利息|借贷|还款|交易|订单|成交|资金|流水|历史|数据|记录|明细)*",
        ],
        // Nothing is cut off, so there is nothing to state.
        make: |_| Some(vec![Finding::Said]),
    },
    Meaning {
        wordings: &[
            "(if|when) {P} is (more|longer|earlier) than {S} ago ,? (then|the|only|return|returns|records|record|data|of|in|for)* (past|last|recent|latest)+ {S} (will|is|are|would)* (be)? (returned|return|queried)?",
            "(若|如果|如|当)? {P} (至今|距今|距现在|到现在|早于)+ (超过|大于|多于)? {S} (前|以前|之前)? ,? (则|将|会|只|仅|就)* (返回|查询)* (过去|最近|近)+ {S} (内)? 的* (利息|借贷|还款|交易|订单|成交|资金|流水|历史|数据|记录|明细)*",
        ],
        make: |pieces| Some(vec![Finding::Window { ends: None, part: WindowPart::DefaultFrom(pieces.span(1)?) }]),
    },
    Meaning {
        wordings: &[
            "(only)? (support|supports|supported) (to)? (query|querying|queries) ~ (in|within|of|for|from|over) (the)? (past|last|recent|latest|most recent)+ {S}",
            "(only)? (support|supports|supported) (to)? (query|querying|queries) ~ (not|no) older than {S}",
            "(only)? (data|records|orders|trades|history) (in|within|of|for|from) (the)? (past|last|recent|latest)+ {S} (is|are|can be|will be)+ (available|supported|kept|queried|stored|returned)",
            "(only)? (the)? (past|last|recent|latest)+ {S} (of)? (data|records)? (is|are|can be) (available|supported|kept|queried|stored)",
            "~ only (contains|contain|keeps|keep|has|have|stores|includes|covers) (the)? (data|records|history)? (for|of|in|within|from)? (the)? (past|last|recent|latest)+ {S}",
            "(仅|只|最多)+ (保留|支持|能|可|可以|提供|存储|保存|包含)+ (查询)? (最近|过去|近)* {S} (内|以内|之内)? 的? (数据|记录|交易|订单|历史|历史数据|历史记录|查询)*",
            "(仅|只|最多)+ (查询|返回) (最近|过去|近) {S} (内|以内|之内)? 的? (数据|记录|交易|订单|历史)*",
        ],
        make: |pieces| Some(window(pieces, WindowPart::History(pieces.span(0)?))),
    },
    Meaning {
        wordings: &[
            "(set)? (to)? (as)? {W} (for|to query|to get)+ (the)? (archived|{P})? (data|records)? (from)? {S} ago",
            "(查询|获取) {S} (前|以前|之前) 的? (归档|存档|历史)? (数据|记录|信息)* ,? (则)? (需要|需|请)? (设|设置)+ (为|成) {W}",
        ],
        make: |pieces| {
            let is_true = pieces.word().is_some_and(|word| word.eq_ignore_ascii_case("true"));
            is_true.then_some(())?;
            Some(vec![Finding::Archive { param: pieces.row()?, span: pieces.span(0)? }])
        },
    },
    Meaning {
        wordings: &[
            "(set)? (the)? {P} (is|to|as|set)* {W} (for|to query|to get)+ (the)? (archived)? (data|records)? (from)? {S} ago",
            "(如果|若)? (想|要|需要|需)* (查询|获取) {S} (前|以前|之前) 的? (归档|存档|历史)? (数据|记录|信息)* ,? (则|可)? (需要|需|请)? (将|把)? (设|设置)? {P} (设|设置)? (为|成) {W}",
        ],
        make: |pieces| {
            let is_true = pieces.word().is_some_and(|word| word.eq_ignore_ascii_case("true"));
            is_true.then_some(())?;
            Some(vec![Finding::Archive { param: pieces.name(0)?, span: pieces.span(0)? }])
        },
    },
    Meaning {
        wordings: &[
            "(it|this|that|which) is (a)? (must|mandatory|required|necessary|needed) to (ensure|guarantee) (the)? data correctness",
            "(这|此|该)? (限制)? 是 (为了|为)? (确保|保证) 数据 (的)? (正确性|准确性|正确) (所)? (必须|必要|必需) 的?",
        ],
        // Why it is so.
        make: |_| Some(vec![Finding::Said]),
    },
];

fn window(pieces: &Pieces<'_>, part: WindowPart) -> Vec<Finding> {
    vec![Finding::Window { ends: pieces.ends(), part }]
}
