//! Writes what is known of a call as a page of each layout, in English and Chinese, as the vendor and the tools that save its
//! pages would.

mod example;
mod html;
mod markdown;
mod openapi;
mod told;

use crate::import::facts::Json;
use crate::import::page::{Family, Language};
pub(crate) use told::{Told, ToldParam, all};

/// All layouts in which one call is one page.
pub(crate) const FAMILIES: [Family; 9] = [
    Family::Navigation,
    Family::OnThisPage,
    Family::Html2Text,
    Family::Scraper,
    Family::WebClip,
    Family::Html,
    Family::Catalogue,
    Family::OpenApi,
    Family::Markdown,
];

pub(crate) const LANGUAGES: [Language; 2] = [Language::English, Language::Chinese];

/// Writes the page of a call.
pub(crate) fn render(call: &Told, family: Family, language: Language) -> String {
    render_all(std::slice::from_ref(call), family, language)
}

/// Writes calls into one file. Only the catalogue and `OpenAPI` documents hold more than one.
pub(crate) fn render_all(calls: &[Told], family: Family, language: Language) -> String {
    match family {
        Family::OpenApi if language == Language::English => openapi::json(calls, language),
        Family::OpenApi => openapi::yaml(calls, language),
        Family::Html => calls.iter().map(|call| html::page(&Parts::of(call, family, language))).collect(),
        Family::Catalogue => markdown::catalogue(calls, language),
        _ => calls.iter().map(|call| markdown::page(&Parts::of(call, family, language), family, language)).collect(),
    }
}

/// Writes a value as JSON, one field a line.
pub(crate) fn json_of(json: &Json) -> String {
    example::text(json, &[], Family::OpenApi, Language::English).0
}

/// Writes a page that holds a call in English and in Chinese.
pub(crate) fn render_both(call: &Told) -> String {
    let part = |language| markdown::html2text(&Parts::of(call, Family::Html2Text, language), language);
    format!(
        "---\nexchange: binance\nsource_url: https://HOST/docs/derivatives/portfolio-margin/trade/Example\napi_type: Trading\n\
         updated_at: 2026-01-02T03:04:05.678901\n---\n\n{}\n---\n\n{}",
        part(Language::English),
        part(Language::Chinese)
    )
}

/// What stands on a page, before a layout is given to it.
pub(crate) struct Parts {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// The text of each section about weight, by the pool that its heading names.
    pub(crate) weights: Vec<(&'static str, String)>,
    pub(crate) header: [&'static str; 4],
    /// The cells of each parameter.
    pub(crate) rows: Vec<[String; 4]>,
    pub(crate) notes: Vec<String>,
    /// The text of each example, and the language of its fence.
    pub(crate) examples: Vec<(String, &'static str)>,
    pub(crate) names: Names,
}

/// What sections are called.
pub(crate) struct Names {
    pub(crate) description: &'static str,
    pub(crate) request: &'static str,
    pub(crate) weight: &'static str,
    pub(crate) parameters: &'static str,
    pub(crate) response: &'static str,
}

impl Parts {
    pub(crate) fn of(call: &Told, family: Family, language: Language) -> Self {
        let is_english = language == Language::English;
        let names = if is_english {
            Names {
                description: "API Description",
                request: "HTTP Request",
                weight: "Request Weight",
                parameters: "Request Parameters",
                response: "Response Example",
            }
        } else {
            Names {
                description: "接口描述",
                request: "HTTP请求",
                weight: "请求权重",
                parameters: "请求参数",
                response: "响应示例",
            }
        };
        let header = if is_english {
            ["Name", "Type", "Mandatory", "Description"]
        } else {
            ["名称", "类型", "是否必需", "描述"]
        };
        Self {
            title: call.title_in(language),
            description: if is_english { "Tells or does something.".into() } else { "查询或操作。".into() },
            method: call.method.clone(),
            path: call.path.clone(),
            weights: call.weights_in(language),
            header,
            rows: call.params.iter().map(|param| param.cells(language)).collect(),
            notes: call.notes_in(language),
            examples: call
                .examples
                .iter()
                .map(|json| example::text(json, &call.reply_words, family, language))
                .collect(),
            names,
        }
    }
}
