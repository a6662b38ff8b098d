//! Tests of the reading as a whole: from pages to facts.

mod cells;
mod sentences;
mod whole;

use super::read;
use crate::import::facts::CallFacts;
use crate::import::page;

/// A page of a call that no exchange has, with these rows of its table and notes below it.
fn page(rows: &str, notes: &str) -> String {
    format!(
        "# Query Example Orders(USER_DATA)\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n## Request Weight\n\n\
         **3**\n\n## Request Parameters\n\n| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n{rows}\n\n\
         {notes}\n\n## Response Example\n\n```json\n{{ \"orderId\": 7 }}\n```\n"
    )
}

/// The facts of the only call of a page.
fn facts(text: &str) -> CallFacts {
    let pages = page::read("page.md", text.as_bytes()).expect("a page");
    read(&pages).expect("a call").pop().expect("one call").facts
}
