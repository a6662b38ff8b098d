//! Each way in which layouts mislead, and what comes out all the same.

use super::{examples, page, pages, prose, tables};
use crate::import::example;
use crate::import::page::{Family, Language, Page, Pool, SectionKind, read};

/// A page whose section of parameters is given.
fn with_parameters(parameters: &str) -> Page {
    page(&format!(
        "# Query (USER_DATA)\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n## Request Parameters\n\n{parameters}\n"
    ))
}

/// A page whose section of the response is given, below a list of parameters.
fn with_response(response: &str) -> Page {
    with_parameters(&format!("**None**\n\n## Response Example\n\n{response}"))
}

fn request(page: &Page) -> &str {
    page.request.as_ref().map_or("", |request| &request.text)
}

fn json_of(page: &Page) -> Vec<String> {
    examples(page).into_iter().flat_map(example::read).map(|read| format!("{:?}", read.json)).collect()
}

#[test]
fn the_section_of_the_request_alone_names_the_call() {
    let text = "# Query One Example Order (USER_DATA)\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n## Notes\n\n\
                POST `/papi/v1/um/other`\n\n* Use GET `/fapi/v1/order`\n";
    let page = page(text);
    assert_eq!(request(&page), "GET /papi/v1/um/exampleOrders");
    assert_eq!(page.title.text, "Query One Example Order (USER_DATA)");
    assert_eq!(prose(&page, SectionKind::Notes), ["POST `/papi/v1/um/other`", "Use GET `/fapi/v1/order`"]);
}

#[test]
fn a_request_is_read_however_it_is_quoted() {
    for written in [
        "`GET /papi/v1/um/exampleOrders`",
        "GET `/papi/v1/um/exampleOrders`",
        "GET/papi/v1/um/exampleOrders",
        "`GET` `/papi/v1/um/exampleOrders`",
        "GET `https://HOST/papi/v1/um/exampleOrders`",
        "**GET** `/papi/v1/um/exampleOrders`",
        "GET `papi/v1/um/exampleOrders`",
        "GET  \n`/papi/v1/um/exampleOrders`",
        "```\nGET /papi/v1/um/exampleOrders\n```",
        "```\nGET /papi/v1/um/exampleOrders (HMAC SHA256)\n```",
        "get `/papi/v1/um/exampleOrders`",
    ] {
        let page = page(&format!("# Query\n\n## HTTP Request\n\n{written}\n\n## Weight\n\n1\n"));
        assert_eq!(request(&page), "GET /papi/v1/um/exampleOrders", "{written}");
    }
    let page = page("# Query\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders` (HMAC SHA256)\n");
    assert_eq!(request(&page), "GET /papi/v1/um/exampleOrders");
    assert_eq!(prose(&page, SectionKind::Request), ["(HMAC SHA256)"]);
}

#[test]
fn a_path_in_a_cell_is_no_request() {
    let page = with_parameters(
        "| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n| id | LONG | NO | from POST/papi/v1/um/exampleOrder |",
    );
    assert_eq!(request(&page), "GET /papi/v1/um/exampleOrders");
    assert_eq!(tables(&page)[0].rows[0].cells[3], "from POST/papi/v1/um/exampleOrder");
}

#[test]
fn pages_about_no_call_say_so() {
    for text in [
        "# Query\n\n## HTTP Request\n\nNone is needed\n\n## Notes\n\nGET `/papi/v1/um/other`\n",
        "On this page\n\n# General Info\n\n## Examples\n\n```\nGET /papi/v1/ping\n```\n\nPOST `/papi/v1/um/order`\n",
        "# Error Codes\n\n## 1000\n\nGET `/papi/v1/ping` may answer it\n",
        "# Example Event\n\n## Event Name\n\n`EXAMPLE_UPDATE`\n\n## Response Example\n\n```\n{ \"e\": \"EXAMPLE\" }\n```\n",
        "<!doctype html><html><body><main><h1>Index</h1><p>All calls</p></main></body></html>",
    ] {
        assert!(read("page", text.as_bytes()).expect_err("no call").is_no_call(), "{text}");
    }
}

#[test]
fn what_nobody_sees_is_gone() {
    let text = "\u{feff}# 查询\0\0示例(USER\\_DATA)\r\n\r\n## HTTP请求\u{200b}[\u{200b}](/docs/x#y \"的直接链接\")\r\n\r\nGET `/papi/v1/um/exampleOrders`\r\n\r\n\
                ## 请求\0\0权重\r\n\r\n**3**\r\n\r\n## 请求参数[](/docs/x y#z \"broken link\")\r\n\r\n\
                | 名称 | 类型 | 是否必需 | 描述 |\r\n| --- | --- | --- | --- |\r\n| \u{200b}recv\u{feff}Window\u{a0} | LONG | NO | \0赋值不能超过 60000 |\r\n";
    let page = page(text);
    assert_eq!((page.title.text.as_str(), page.language), ("查询示例(USER_DATA)", Language::Chinese));
    assert_eq!(prose(&page, SectionKind::Weight(Pool::Ip)), ["3"]);
    assert_eq!(tables(&page)[0].rows[0].cells, ["recvWindow", "LONG", "NO", "赋值不能超过 60000"]);
}

#[test]
fn backslashes_escape_outside_of_code_alone() {
    let page = with_parameters(
        "| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n\
         | client\\_id | STRING | NO | a\\-b \\~ \\= the rule `^[a-z\\:/_-]{1,9}$` and `A\\_B` |\n\n> * `x|y` \\*not bold\\*",
    );
    let rows = &tables(&page)[0].rows;
    assert_eq!(rows[0].cells, ["client_id", "STRING", "NO", "a-b ~ = the rule `^[a-z\\:/_-]{1,9}$` and `A\\_B`"]);
    assert_eq!(prose(&page, SectionKind::Notes), ["`x|y` *not bold*"]);
}

#[test]
fn a_bold_line_is_a_heading() {
    for (weight, parameters, notes) in [
        ("Request Weight", "**Parameters:**", "**Notes:**"),
        ("请求权重", "**参数:**", "**注意：**"),
        ("Weight", "**Parameters**", "Notes:"),
        ("Weight", "**Request Parameters：**", "**Note**"),
    ] {
        let text = format!(
            "# Query\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n## {weight}\n\n**3**\n{parameters}\n\
             | Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n| a | LONG | NO | |\n{notes}\n\n* First\n"
        );
        let page = page(&text);
        assert_eq!(prose(&page, SectionKind::Weight(Pool::Ip)), ["3"], "{text}");
        let tables: usize = page.of_kind(SectionKind::Parameters).map(|section| section.blocks.len()).sum();
        assert_eq!(tables, 1, "{text}\n{page:#?}");
        assert_eq!(prose(&page, SectionKind::Notes), ["First"], "{text}");
    }
}

#[test]
fn words_after_a_bold_colon_belong_to_its_section() {
    let page =
        with_parameters("**None**\n\n**Notes:** First.  \nSecond.\n\n**Careful** with this.\n\n**注意：**如果没有传");
    assert_eq!(prose(&page, SectionKind::Parameters), ["None"]);
    assert_eq!(prose(&page, SectionKind::Notes), ["First.\nSecond.", "Careful with this.", "如果没有传"]);
}

#[test]
fn bold_is_taken_off_before_chinese_letters_too() {
    let page = with_parameters("**None**\n\n这是**“重要”**的`**code**`, 请**小心：**使用");
    assert_eq!(prose(&page, SectionKind::Parameters)[1], "这是“重要”的`**code**`, 请小心：使用");
}

#[test]
fn a_row_has_as_many_cells_as_the_header() {
    let page = with_parameters(
        "名称| 类型| 类型| 描述  \n---|---|---|---  \nsymbol| STRING| NO|   \nkind| ENUM| NO  \na| STRING| NO| `x|y` or z\\|w | more  \n  \n> * Note",
    );
    assert_eq!(page.family, Family::Html2Text);
    let table = tables(&page)[0];
    assert_eq!(table.header, ["名称", "类型", "类型", "描述"]);
    let rows: Vec<&[String]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
    assert_eq!(rows[0], ["symbol", "STRING", "NO", ""]);
    assert_eq!(rows[1], ["kind", "ENUM", "NO", ""]);
    assert_eq!(rows[2], ["a", "STRING", "NO", "`x|y` or z|w | more"]);
}

#[test]
fn a_cell_may_have_several_lines() {
    let expected = "`ALPHA`: one\n`BETA`: two";
    let html = with_parameters(
        "<table><tr><th>Name</th><th>Type</th><th>Mandatory</th><th>Description</th></tr><tr><td>kind</td><td>ENUM</td><td>NO</td>\
         <td><ul><li><code>ALPHA</code>: one</li><li><code>BETA</code>: two</li></ul></td></tr></table>",
    );
    assert_eq!(tables(&html)[0].rows[0].cells[3], expected);
    let breaks = with_parameters(
        "| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n| kind | ENUM | NO | `ALPHA`: one<br/>`BETA`: two |",
    );
    assert_eq!(tables(&breaks)[0].rows[0].cells[3], expected);
    let text = with_parameters(
        "Name| Type| Mandatory| Description  \n---|---|---|---  \nkind| ENUM| NO| `ALPHA`: one  \n`BETA`: two  \nend| LONG| NO|   \n  \n",
    );
    assert_eq!(tables(&text)[0].rows[0].cells[3], expected);
    assert_eq!(tables(&text)[0].rows[1].cells[0], "end");
}

#[test]
fn a_second_table_has_its_caption() {
    let page = with_parameters(
        "| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n| kind | ENUM | YES | |\n\n\
         Additional mandatory parameters based on type:\n\n| Type | Additional mandatory parameters |\n| --- | --- |\n\
         | `ALPHA/BETA` | `price`, `limit` |\n",
    );
    let tables = tables(&page);
    assert_eq!(tables.len(), 2);
    assert_eq!(tables[0].caption, None);
    assert_eq!(
        tables[1].caption.as_ref().map(|text| text.text.as_str()),
        Some("Additional mandatory parameters based on type:")
    );
    assert_eq!(tables[1].rows[0].cells, ["`ALPHA/BETA`", "`price`, `limit`"]);
    assert_eq!(prose(&page, SectionKind::Parameters), [""; 0]);
}

#[test]
fn indented_rows_are_below_others() {
    let rows = "| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n| orders | LIST | YES | |\n";
    for child in [
        "|   price | LONG | NO | |",
        "| - price | LONG | NO | |",
        "| > price | LONG | NO | |",
        "| \\- price | LONG | NO | |",
        "| &nbsp;&nbsp;price | LONG | NO | |",
    ] {
        let page = with_parameters(&format!("{rows}{child}\n| end | LONG | NO | |\n"));
        let rows = &tables(&page)[0].rows;
        let told: Vec<(usize, &str)> = rows.iter().map(|row| (row.depth, row.cells[0].as_str())).collect();
        assert_eq!(told, [(0, "orders"), (1, "price"), (0, "end")], "{child}");
    }
    let codes = with_parameters("| Code | Meaning |\n| --- | --- |\n| -1121 | Invalid |\n");
    assert_eq!((tables(&codes)[0].rows[0].depth, tables(&codes)[0].rows[0].cells[0].as_str()), (0, "-1121"));
}

#[test]
fn a_missing_section_is_not_an_empty_one() {
    let missing = page("# Query\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n");
    assert_eq!(missing.of_kind(SectionKind::Parameters).count(), 0);
    let empty = page(
        "# Query\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n## Request Parameters\n\n## Response Example\n",
    );
    assert!(empty.of_kind(SectionKind::Parameters).all(|section| section.blocks.is_empty()));
    assert_eq!(empty.of_kind(SectionKind::Parameters).count(), 1);
    assert_eq!(prose(&with_parameters("**None**"), SectionKind::Parameters), ["None"]);
}

#[test]
fn notes_are_kept_wherever_they_stand() {
    let page = with_parameters(
        "| Name | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n| a | LONG | NO | |\n\n> * One\n>   * Two\n\n> Three\n\n\
         - Four\n\nFive\n\n**Notes:**\n\n> Six\n\n## Response Example\n\n```\n{ \"a\": 1 }\n```\n\n* Seven\n\n> Eight",
    );
    assert_eq!(prose(&page, SectionKind::Notes), ["One", "Two", "Three", "Six", "Eight"]);
    assert_eq!(prose(&page, SectionKind::Parameters), ["Four", "Five"]);
    assert_eq!(prose(&page, SectionKind::Response), ["Seven"]);
}

#[test]
fn the_heading_of_a_weight_names_its_pool() {
    for (heading, pool) in [
        ("Request Weight", Pool::Ip),
        ("Weight:", Pool::Ip),
        ("Request Weight(IP)", Pool::Ip),
        ("Request Weight (UID)", Pool::Uid),
        ("Request Weight(Order)", Pool::Order),
        ("请求权重(IP):", Pool::Ip),
        ("请求权重（Order）", Pool::Order),
    ] {
        let page = page(&format!(
            "# Query\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n## {heading}\n\n**1**\n\n**Careful** here.\n"
        ));
        assert_eq!(prose(&page, SectionKind::Weight(pool)), ["1", "Careful here."], "{heading}");
    }
}

#[test]
fn code_is_found_in_any_fence() {
    for response in [
        "```json\n{ \"a\": 1 }\n```",
        "````\n{ \"a\": 1 }\n````",
        "~~~javascript\n{ \"a\": 1 }\n~~~",
        "> ```\n> { \"a\": 1 }\n> ```",
        "    {\n      \"a\": 1\n    }",
        "```\n{ \"a\": 1 }\n\n## Notes\n\nNever closed",
        "```\n{ \"a\": 1 }\n",
        "```\n{ \"a\": 1 }\n```\n```\n",
        "    {\n      \"a\": 1\n    }\n    ```",
    ] {
        let page = with_response(response);
        assert_eq!(json_of(&page), ["Object([(\"a\", Number(\"1\"))])"], "{response}\n{page:#?}");
    }
}

#[test]
fn a_stray_fence_swallows_nothing() {
    let half = |title: &str| {
        format!(
            "# {title}(USER_DATA)\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n## Request Parameters\n\n\
             Name| Type| Mandatory| Description  \n---|---|---|---  \nsymbol| STRING| NO|   \n  \n\n## Response Example\n\n    {{  \n      \
             \"a\": 1  \n    }}\n\n```\n\n"
        )
    };
    let pages = pages(&format!(
        "---\nexchange: x\napi_type: y\nupdated_at: z\n---\n\n{}\n---\n\n{}",
        half("Query"),
        half("查询")
    ));
    assert_eq!(pages.len(), 2);
    for page in &pages {
        assert_eq!(tables(page).len(), 1, "{page:#?}");
        assert_eq!(json_of(page), ["Object([(\"a\", Number(\"1\"))])"], "{page:#?}");
    }
}

#[test]
fn a_rule_below_a_line_makes_no_heading_of_it() {
    let page = with_parameters("Last words\n---\n\nMore");
    assert_eq!(prose(&page, SectionKind::Parameters), ["Last words", "More"]);
}

#[test]
fn a_clip_loses_its_empty_cells_and_nothing_else() {
    let clip = |table: &str| {
        with_front(
            "title: \"X | Site\"\nsource: \"https://HOST/x\"\nfetched_at: \"2026\"",
            &format!("## Request Parameters[](https://HOST/x)\n\n{table}"),
        )
    };
    let with_types = clip(
        "名称\n\n类型\n\n类型\n\n描述\n\nsymbol\n\nSTRING\n\nNO\n\nkind\n\nENUM\n\nYES\n\n甲类\n\n乙类\n\nlimit\n\nINT\n\nNO\n\n默认 30\n\n后面的话\n",
    );
    let rows: Vec<&[String]> = tables(&with_types)[0].rows.iter().map(|row| row.cells.as_slice()).collect();
    assert_eq!(
        rows,
        [["symbol", "STRING", "NO", ""], ["kind", "ENUM", "YES", "甲类\n乙类"], ["limit", "INT", "NO", "默认 30"]]
    );
    assert_eq!(prose(&with_types, SectionKind::Parameters), ["后面的话"]);
    let with_lists = clip(
        "Name\n\nType\n\nMandatory\n\nDescription\n\nkind\n\nENUM\n\nNO\n\nOne of:\n\n-   `ALPHA`\n-   `BETA`\n\nside\n\nENUM\n\ntimestamp\n\nLONG\n\n\
         YES\n\n-   A note\n",
    );
    let rows: Vec<&[String]> = tables(&with_lists)[0].rows.iter().map(|row| row.cells.as_slice()).collect();
    assert_eq!(rows[0], ["kind", "ENUM", "NO", "One of:\n`ALPHA`\n`BETA`"]);
    assert_eq!(rows[1..], [["side", "ENUM", "", ""], ["timestamp", "LONG", "YES", ""]]);
    assert_eq!(prose(&with_lists, SectionKind::Parameters), ["A note"]);
    let pairs =
        clip("Based on type:\n\nType\n\nAdditional mandatory parameters\n\nALPHA\n\nprice\n\nBETA\n\nprice, limit\n");
    assert_eq!(tables(&pairs)[0].rows[1].cells, ["BETA", "price, limit"]);
    assert!(tables(&pairs)[0].caption.is_some());
    let none = clip("Name of the account\n\nSTRING\n");
    assert!(tables(&none).is_empty());
    assert_eq!(prose(&none, SectionKind::Parameters), ["Name of the account", "STRING"]);
}

fn with_front(front: &str, rest: &str) -> Page {
    page(&format!("---\n{front}\n---\n# Query\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n{rest}"))
}

#[test]
fn front_matter_says_where_a_page_came_from_and_nothing_of_the_call() {
    for kind in ["rate_limits", "examples", "websocket_stream"] {
        let page = with_front(
            &format!("title: \"Other\"\nurl: https://HOST/x\nkind: {kind}\ncategory: docs\nscraped_at: 2026"),
            "",
        );
        assert_eq!((page.family, request(&page)), (Family::Scraper, "GET /papi/v1/um/exampleOrders"));
        assert_eq!((page.title.text.as_str(), page.address.as_deref()), ("Query", Some("https://HOST/x")));
        assert_eq!(page.title.line, 8);
    }
}

#[test]
fn html_is_read_as_browsers_do() {
    let page = page(
        "<!doctype html><html><head><title>X</title><body><article><h1>Query</h1><h2>HTTP Request</h2><p>GET <code>/papi/v1/um/exampleOrders</code>\
         <h2>Notes</h2><ul><li>One &amp; <b>two</b><ul><li>Below</ul><li>Three</ul><blockquote>Quoted</blockquote><p>Four<br>five<p>Six</article>",
    );
    assert_eq!(prose(&page, SectionKind::Notes), ["One & two", "Below", "Three", "Quoted", "Four\nfive", "Six"]);
}

#[test]
fn a_table_whose_rows_were_pulled_apart_is_one() {
    let text = "On this page\n\n# Query(USER_DATA)\n\n## HTTP Request\n\nGET `/papi/v1/um/exampleOrders`\n\n\
                ## Request Weight\n\n- *3** with symbol, **7** without symbol\n\n## Request Parameters\n\n\
                Name| Type| Mandatory| Description\n\n- --|---|---|---\n\nsymbol| STRING| NO|\n\nlimit| INT| NO| Default 30; max 60\n\n\
                Notes:\n\n>   *First of all.\n>  * Then this:\n>    * below it\n>\n\n## Response Example\n\n\n    { \"id\": 7 }\n";
    let page = page(text);
    let [table] = tables(&page)[..] else { panic!("one table: {page:#?}") };
    let cells: Vec<&[String]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
    assert_eq!(cells, [["symbol", "STRING", "NO", ""], ["limit", "INT", "NO", "Default 30; max 60"]]);
    assert_eq!(prose(&page, SectionKind::Weight(Pool::Ip)), ["3 with symbol, 7 without symbol"]);
    assert_eq!(prose(&page, SectionKind::Notes), ["First of all.", "Then this:", "below it"]);
    assert_eq!(json_of(&page).len(), 1);
}

#[test]
fn each_call_of_a_reference_has_the_title_right_above_it() {
    let call = |name: &str| {
        format!(
            "## {name} (TRADE)\n\n### Permissions\n\nAll\n\n### Endpoint\n\n`POST /papi/v1/um/{name}`\n\n### Weight: 5\n\n"
        )
    };
    let text = format!("# Trade\n\nIntroduction\n\n{}{}# Account\n\n{}", call("first"), call("second"), call("third"));
    let pages = pages(&text);
    let titles: Vec<&str> = pages.iter().map(|page| page.title.text.as_str()).collect();
    assert_eq!(titles, ["first (TRADE)", "second (TRADE)", "third (TRADE)"]);
    for page in &pages {
        assert_eq!(prose(page, SectionKind::Weight(Pool::Ip)), ["5"]);
        assert_eq!(prose(page, SectionKind::Other), ["All"]);
    }
}

#[test]
fn headings_say_more_than_the_name_of_their_section() {
    let text = "# Query\n\n`GET /papi/v1/um/exampleOrders`\n\nWeight(UID): 5\n\n## Response Example (symbol sent)\n\nOne\n\n### Response 200\n\nTwo\n\n\
                ## 响应示例（不带 symbol）\n\nThree\n";
    let page = page(text);
    assert_eq!(prose(&page, SectionKind::Weight(Pool::Uid)), ["5"]);
    assert_eq!(prose(&page, SectionKind::Response), ["One", "Two", "Three"]);
    let titles = page_of("# Response (USER_DATA)\n\n## HTTP Request\n\nGET `/papi/v1/x`\n");
    assert_eq!(titles, "Response (USER_DATA)");
}

fn page_of(text: &str) -> String {
    page(text).title.text
}
