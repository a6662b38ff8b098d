//! Sentences about which parameters are sent together, in both languages and in the vendor's spelling.

use super::finding::Finding;
use super::pattern::{Meaning, Pieces};
use crate::import::facts::{Remark, RuleKind};

pub(super) const MEANINGS: &[Meaning] = &[
    Meaning {
        wordings: &[
            "either {L} (must|should|has to|needs to|need to|shall) be (sent|provided|passed|specified|given|set)",
            "either {L} (is|are) (required|mandatory|needed)",
            "{P} or {P} (must|should|has to|needs to|need to) be (sent|provided|passed|specified|given)",
            "{P} or {P} (is|are) (required|mandatory)",
            "(at least)? one of (the)? (parameters|params)? {L} (must|should|has to|needs to) be (sent|provided|passed|specified)",
            "(at least)? one of (the)? (parameters|params)? {L} is (required|mandatory)",
            "(参数)? {L} (中|之中|二者|两者)? (必须|需要|需|至少|必需)+ (至少)? (发送|提供|传|传入|填|上传|有) (其中)? (一个|一项|之一|其一)",
            "(参数)? {L} (二者|两者|其中|中|之中|参数)? 之?一? (的)? (必须|需) (发送|提供|传|传入|填)",
            "(参数)? {L} 之一 (必须|需|必需|需要) (发送|提供|传|传入|填|被发送|被提供)",
            "(参数)? {L} (中|之中)? 的?一个 (为|是)? (必填|必传|必需|必须) (参数)?",
            "(参数)? {L} 必须 (被)? (提供|发送|传)",
            "(参数)? {L} (中)? (其中|任意|至少)? (一个|之一|其一|一项) (必传|必填|必须传|必须发送|必须提供|必须填)",
            "(至少)? (必须|需要|需)? (至少)? (发送|提供|传) (参数)? {L} (中的|其中|中|之中|其中的)? (至少)? (一个|之一)",
            "必须 (发送|提供|传) (参数)? {P} 或 (者)? {P}",
        ],
        make: |pieces| Some(rule(RuleKind::AtLeastOne(pieces.names(0).into_iter().chain(pieces.names(1)).collect()))),
    },
    Meaning {
        wordings: &[
            "(exactly|only|and only) one of {L} (must|should|has to) be (sent|provided|passed|specified)",
            "one of {L} (must|should) be (sent|provided|passed) ,? (but)? not both",
            "either {L} (must|should) be (sent|provided|passed) ,? (but)? (not both|not together|not at the same time)",
            "{P} or {P} (must|should) be (sent|provided|passed) ,? (but)? (not both|not together|not at the same time)",
            "either {L} (must|should) be (sent|provided|passed) ,? (but)? (both)? cannot be (both)? (sent|provided|passed) (both|together|at the same time|simultaneously)",
            "(参数)? {L} 必须 (传|发送|提供|填) (其中)? 一个 ,? (且|但)? (二者|两者)? (不能|不可|不得|不可以) 同时 (传|发送|提供|填|传入)",
            "(参数)? {L} (必须|需) 且 (仅|只) (能)? (传|发送|提供|填) (其中)? (一个|之一)",
            "(参数)? {L} (必须|需)? (二选一|二者选其一|二者必选其一)",
        ],
        make: |pieces| Some(rule(RuleKind::ExactlyOne(pieces.names(0).into_iter().chain(pieces.names(1)).collect()))),
    },
    Meaning {
        wordings: &[
            "both {L} (must|should|have to|need to) be (sent|provided|passed)",
            "both {L} are (required|mandatory)",
            "{L} are both (required|mandatory|needed)",
            "{L} must both be (sent|provided|passed)",
            "{P} and {P} must be (sent|provided|passed)",
            "(参数)? {L} (均|都|必须全部|全部|两者都|二者都)+ (必须|需要|需)+ (发送|提供|传|填)",
            "(参数)? {L} 必须 (全部|都|均|全都) (发送|提供|传|填)",
            "必须 (全部|都|均|全都) (发送|提供|传|填) {L}",
        ],
        make: |pieces| Some(rule(RuleKind::Need(pieces.names(0).into_iter().chain(pieces.names(1)).collect()))),
    },
    Meaning {
        wordings: &[
            "{L} (must|should|need to) (both)? be (sent|provided|passed) (together|at the same time|simultaneously)",
            "(参数)? {L} (必须|需|需要) (同时|一起) (发送|提供|传|填|传入)",
        ],
        make: |pieces| Some(rule(RuleKind::Together(pieces.names(0)))),
    },
    Meaning {
        wordings: &[
            "(the)? (parameter)? {P} (cannot|can not|can't|cant|must not|should not) be (sent|passed|provided|used) (together|along|at the same time|simultaneously)? with (the)? {M}",
            "{P} (is)? mutually exclusive with {M}",
            "(不能|不可|不可以|不得) 同时 (传|发送|使用|提供) {P} (与|和) {P} 或 {P}",
            "(参数)? {P} (不能|不可|不可以|不得) (与|和|跟|同) {M} (一起|同时|一同|共同)? (发送|传|使用|提供|传入|填)",
            "(参数)? {P} (与|和) {P} 互斥",
        ],
        make: |pieces| excluding(&pieces.name(0)?, pieces.names(1).into_iter().chain(pieces.names(2)).collect()),
    },
    Meaning {
        wordings: &[
            "(the)? (parameters|parameter)? {L} (cannot|can not|can't|cant|must not|should not|may not) (both)? be (both)? (sent|passed|provided|used|set) (together|at the same time|simultaneously|both)",
            "{L} are mutually exclusive",
            "(the)? (parameters)? {L} (cannot|can not|can't|cant|must not|should not) both be (sent|passed|provided|used|set)",
            "only one of {L} (can|may) be (sent|passed|provided)",
            "(at most|no more than) one of {L} (can|may)? (be)? (sent|passed|provided)",
            "(参数)? {L} (参数)? (不能|不可|不可以|不得|不允许|无法|不要|请勿|勿) (同时|一起) (传|发送|使用|传入|提供|存在|填|设置|上传)",
            "(不能|不可|不可以|不得) 同时 (传|发送|使用|提供) {L}",
            "(参数)? {L} (互斥|不可共存|只能传一个|只能发送一个|只能传其中一个|最多(只能)?传一个)",
        ],
        make: |pieces| Some(rule(RuleKind::AtMostOne(pieces.names(0)))),
    },
    Meaning {
        wordings: &[
            "(cannot|can not|can't|cant|must not|should not) be (sent|passed|provided|used) (together|along|at the same time|simultaneously)? with (the)? {M}",
            "mutually exclusive with {M}",
            "if (supplied|provided|sent|passed|set) ,? neither {L} (can|may) be (provided|sent|supplied|passed)",
            "if (supplied|provided|sent|passed|set) ,? (neither)? {P} (or|nor) {P} (can|may) be (provided|sent|supplied|passed)",
            "if (supplied|provided|sent|passed|set) ,? neither {P} nor {P} (can|may) be (provided|sent|supplied|passed)",
            "if (supplied|provided|sent|passed|set) ,? {M} (cannot|can not|can't|must not) be (provided|sent|supplied|passed)",
            "(不能|不可|不可以|不得) (与|和|跟|同) {M} (一起|同时|一同|共同)? (发送|传|使用|提供|传入|填)",
            "(与|和) {M} 互斥",
            "(不|不能|不可) (与|和) {M} (合用|同用|并用|共用|同时使用|一起使用)",
            "(提供|发送|传|填写|传入|设置)了? 该项 (后|时)? ,? {M} (都|均|则)? (不可|不能|不可以|不得) (提供|发送|传|填)",
        ],
        make: |pieces| {
            let others = pieces.names(0).into_iter().chain(pieces.names(1)).collect();
            excluding(&pieces.row()?, others)
        },
    },
    Meaning {
        wordings: &[
            "(cannot|can not|can't|cant|must not|should not) be (sent|passed|provided|used) (together|along)? with {P} (=|==|is|as|set to|:) {W} ~",
            "(不能|不可|不可以|不得) (与|和|跟|同) {P} (=|==|为|是) {W} (一起|同时)? (发送|传|使用|提供|传入)",
            "{P} (=|==|为|是) {W} (时|的时候)? ,? (不能|不可|不可以|不得) (发送|传|使用|提供|传入|填)",
        ],
        make: |pieces| when_value(pieces, 0, RuleKind::Forbid(vec![pieces.row()?])),
    },
    Meaning {
        wordings: &["使用 {P} (时)? ,? (则)? (不支持|不接受|不能发送|不可发送) (此|该)? (参数|项)"],
        make: |pieces| {
            let when = vec![(pieces.name(0)?, vec!["true".to_owned()])];
            Some(vec![Finding::Rule { when, requirement: RuleKind::Forbid(vec![pieces.row()?]) }])
        },
    },
    Meaning {
        wordings: &[
            "{P} (cannot|can not|can't|must not|should not) be (sent|passed|provided|used) (together|along)? (with|when|if) {P} (=|==|is|as|set to|is set to) {W}",
        ],
        make: |pieces| when_value(pieces, 1, RuleKind::Forbid(vec![pieces.name(0)?])),
    },
    Meaning {
        wordings: &[
            "(the)? (parameter)? {P} (must|should|needs to|can only|only can) be (sent|provided|passed|used) (together|along)? with {M}",
            "(参数)? {P} (必须|必须要|需|需要|只能|仅能) (和|与|跟|同) (参数)? {M} (一起|同时|配合)? (提供|发送|传|使用|传入)",
            "(参数)? {P} (仅|只) (支持|能) (配合|与|和) {M} (一起|同时)? (使用|发送|传)?",
        ],
        make: |pieces| {
            let (what, needed) = (pieces.names(0), pieces.names(1));
            implied(what.first()?.clone(), needed)
        },
    },
    Meaning {
        wordings: &[
            "(if|when) {P} is (sent|provided|passed|set|supplied|not empty) ,? (then)? (the)? {M} (must|should|has to|needs to|need to|have to) (also)? be (sent|provided|passed)",
            "(if|when) {P} is (sent|provided|passed|set|supplied) ,? (then)? (the)? {M} (is|are) (also)? (required|mandatory)",
            "(如果|若|如|当)? (传|发送|提供|填写|设置|传入) 了? (参数)? {P} (时)? ,? (则|就)? (必须|需|需要)? (同时|也)? (必须|需|需要|须) (同时|也|配合|一起|一并)? (传|发送|提供|提交|填|传入) {M}",
            "(如果|若|如|当) {P} (不为空|被发送|已传|被提供) (时)? ,? (则)? {M} (必须|必传|必填|必须发送|为必填)+",
        ],
        make: |pieces| implied(pieces.name(0)?, pieces.names(1)),
    },
    Meaning {
        wordings: &[
            "if (supplied|provided|sent|passed|set) ,? {M} (is|are) (also)? (required|mandatory)",
            "if (supplied|provided|sent|passed|set) ,? {M} (must|should) (also)? be (sent|provided|passed)",
            "(must|should|needs to|can only|only can) be (sent|provided|passed|used) (together|along)? with {M}",
            "(only)? (valid|used|works|effective|supported|available) (only)? (together)? with {M}",
            "(如果|若|如) (提供|发送|传|填写|传入)了?(该项|此项|该参数)? ,? (则)? (必须|须|需|需要) (同时|也|配合|一起|一并)? (传|发送|提供|提交|填|传入) {M}",
            "(仅|只) (支持|能|可) (配合|与|和) {M} (一起|同时)? (使用|发送|传)?",
            "(必须|需|需要|须) (和|与|跟|同|配合) {M} (一起|同时|配合)? (提供|发送|传|使用|传入|提交)",
            "(需|须|需要|必须) 配合 (提交|发送|使用)? {M} (使用|一起使用)?",
        ],
        make: |pieces| implied(pieces.row()?, pieces.names(0)),
    },
    Meaning {
        wordings: &[
            "(mandatory|required|must be sent|must be provided|needed) (when|if|for) (the)? {P} (is)? (set to|set as|=|==|is|as|:)? {W} (is sent|orders|order)?",
            "(当|若|如果|在) {P} (设置)? (为|是|=|==) {W} (时|的时候|订单)? ,? (则)? (该参数|此参数)? (必传|必填|必须传|必须发送|必须提供|必须|为必填|强制要求|必需)+",
            "{P} (设置)? (为|是|=|==) {W} (时|的时候)? ,? (则)? (必传|必填|必须传|必须发送|必须提供|必须|为必填|必需)+",
            "{P} (设置)? (为|是|=|==) {W} (时|的时候) ,? ~ ,? (必传|必填|必须传|必须发送|必须提供|必须|为必填|必需)+",
        ],
        make: |pieces| when_value(pieces, 0, RuleKind::Need(vec![pieces.row()?])),
    },
    Meaning {
        wordings: &[
            "(if|when) (the)? {P} (is)? (set to|set as|=|==|is|as) {W} ,? (then)? (the)? {M} (is|are) (required|mandatory|needed)",
            "(if|when) (the)? {P} (is)? (set to|set as|=|==|is|as) {W} ,? (then)? (the)? {M} (must|should|has to|needs to|have to) be (sent|provided|passed)",
            "(当|若|如果|在) {P} (设置)? (为|是|=|==) {W} (时|的时候)? ,? (则)? (参数)? {M} (均|都)? (必传|必填|必须传|必须发送|必须提供|必须|为必填|必需|必须被发送)+",
            "{P} (=|==) {W} (时)? ,? (参数)? {M} (均|都)? (必传|必填|必须传|必须发送|必须提供|必须|为必填)+",
        ],
        make: |pieces| when_value(pieces, 0, RuleKind::Need(pieces.names(1))),
    },
    Meaning {
        wordings: &[
            "(if|when) (the)? {P} (is)? (set to|set as|=|==|is|as) {W} ,? (then)? (the)? {M} (cannot|can not|can't|must not|should not) be (sent|provided|passed)",
            "(当|若|如果|在) {P} (设置)? (为|是|=|==) {W} (时|的时候)? ,? (则)? (参数)? {M} (均|都)? (不能|不可|不可以|不得) (发送|传|提供|填)",
            "{P} (=|==) {W} (时)? ,? (参数)? {M} (均|都)? (不能|不可|不可以|不得) (发送|传|提供|填)",
        ],
        make: |pieces| when_value(pieces, 0, RuleKind::Forbid(pieces.names(1))),
    },
    Meaning {
        wordings: &[
            "{M} (is|are) (required|mandatory|needed) (when|if|for) (the)? {P} (is)? (set to|set as|=|==|is|as)? {W}",
            "{M} (must|should|has to|needs to) be (sent|provided|passed) (when|if) (the)? {P} (is)? (set to|set as|=|==|is|as) {W}",
        ],
        make: |pieces| when_value(pieces, 1, RuleKind::Need(pieces.names(0))),
    },
    Meaning {
        wordings: &[
            "(only)? (be)? (used|sent) (only)? (with|for|in|by) {W} (orders|order|types|type)? (only)?",
            "(used|sent) (with|for|in|by) {W} (orders|order|types|type)? to create ~",
            "(使用)? {W} (发|下) ~ (使用|需要) (此|该) (字段|参数)",
            "only (used|available|avaliable|availble|applicable|valid|supported|allowed|for)+ (for|with|in|on|by)? {W} (orders|order|types|type)?",
            "(available|avaliable|applicable|valid|supported|allowed) (only)? (for|with) {W} (orders|order|types|type)? (only)?",
            "(仅|只|仅限|只有|只能|仅能|配合)+ (适用于|用于|适用|支持|对|在|与|限|可用于)? (于)? {W} (类型)? (的)? (订单|单|类型)* (有效|可用|使用|支持|需要此参数|需要|可以使用|时有效|时使用|一起使用)*",
            "(适用于|用于|应用于) {W} (类型)? (的)? (订单|单|类型)*",
            "{W} (类型)? (的)? (订单|单|类型)* (需要此参数|使用|有效|可用|需要)",
            "(仅|只) {W} (类型)? (的)? (订单|单|类型)* (需要此参数|使用|有效|可用|需要|支持|可以使用)+ (此参数)?",
        ],
        make: |pieces| Some(vec![Finding::OnlyWith { param: pieces.row()?, words: pieces.words() }]),
    },
    Meaning {
        wordings: &[
            "(mandatory|required|must be sent|must be provided|needed) (for|with|when) {W} (orders|order|types|type)?",
            "{W} (类型)? (的)? (订单|单|类型)* (必填|必传|必须传|必须发送|必须|必需)+ (此参数|该参数)?",
        ],
        make: |pieces| Some(vec![Finding::NeededWith { param: pieces.row()?, words: pieces.words() }]),
    },
    Meaning {
        wordings: &[
            "(cannot|can not|can't|cant|must not|should not) be (sent|passed|provided|used) in hedge mode",
            "not (allowed|accepted|supported) in hedge mode",
            "(在)? (双开|双向持仓|对冲) 模式 (下|中)? (不接受|不支持|不能发送|不能传|不可发送|不可传|不允许发送)+ (此参数|该参数|此项)?",
        ],
        make: |pieces| Some(vec![Finding::NotInHedgeMode(pieces.row()?)]),
    },
    Meaning {
        wordings: &[
            "(the)? {P} (will)? (prevail|prevails|take precedence|takes precedence|shall prevail|has priority) (if|when) (both|all) (are|is|were)? (sent|provided|passed|given)",
            "(the)? {P} (will)? (prevail|prevails|take precedence|takes precedence|has priority)",
            "(if|when) (both|all) (are)? (sent|provided|passed|given) ,? (the)? {P} (will)? (prevail|prevails|take precedence|takes precedence|be used)",
            "(如果|若|如|当)? (两者|二者|都|均|两个)* (同时)? (发送|传|提供|都发送|都传)+ 了? (时)? ,? (则)? (会)? 以 {P} 为准",
            "(the)? {P} (is|will be) (preferred|used|taken) (if|when) (both|all) (are|is|were)? (sent|provided|passed|given)",
            "(则)? (会)? 以 {P} 为准",
            "{P} (会|将)? (优先|优先使用|优先级更高)",
            "优先 (使用|采用)? {P}",
        ],
        make: |pieces| Some(vec![Finding::Remark(Remark::Prevails(pieces.name(0)?))]),
    },
];

fn rule(requirement: RuleKind) -> Vec<Finding> {
    vec![Finding::Rule { when: Vec::new(), requirement }]
}

/// One parameter excludes each of the others.
fn excluding(one: &str, others: Vec<String>) -> Option<Vec<Finding>> {
    let pair = |other: String| {
        let requirement = RuleKind::AtMostOne(vec![one.to_owned(), other]);
        Finding::Rule { when: Vec::new(), requirement }
    };
    let others: Vec<Finding> = others.into_iter().filter(|other| other != one).map(pair).collect();
    (!others.is_empty()).then_some(others)
}

fn implied(one: String, needed: Vec<String>) -> Option<Vec<Finding>> {
    if needed.is_empty() || needed.contains(&one) {
        return None;
    }
    Some(vec![Finding::Rule { when: vec![(one, Vec::new())], requirement: RuleKind::Need(needed) }])
}

fn when_value(pieces: &Pieces<'_>, place: usize, requirement: RuleKind) -> Option<Vec<Finding>> {
    let when = vec![(pieces.name(place)?, pieces.words())];
    Some(vec![Finding::Rule { when, requirement }])
}
