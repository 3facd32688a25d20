//! A document as one HTML file for A4 paper: its style and its pictures are in it, it asks for
//! nothing from anywhere.

use std::fmt::{self, Write as _};

use super::{Block, Document, Table, chart};
use crate::locale::Lang;
use crate::text::{clean, show};

const STYLE: &str = "@page{size:A4;margin:18mm}\
body{font:11pt/1.5 \"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;max-width:174mm;margin:auto}\
h1{font-size:18pt;text-align:center;margin:0}h1:not(:first-of-type){break-before:page}.sub{text-align:center;margin:0 0 6mm}\
h2{font-size:13pt;border-bottom:1px solid #000;margin:6mm 0 2mm;break-after:avoid}\
table{border-collapse:collapse;width:100%;margin:2mm 0 4mm;break-inside:avoid}\
caption{text-align:left;font-weight:bold}\
th,td{border:1px solid #000;padding:1mm 2mm;text-align:left;vertical-align:top}\
td.n{text-align:right}th.f{width:28%;font-weight:normal}\
p,td{white-space:pre-wrap;overflow-wrap:anywhere}\
svg{width:100%;break-inside:avoid}svg text{font-size:11px}svg rect{fill:#456}\
svg polyline{fill:none;stroke:#a00;stroke-width:2}\
.sign{display:flex;justify-content:space-between;margin-top:14mm}\
.sign span{border-bottom:1px solid #000;min-width:45mm;padding-top:8mm}";

/// A text as it may stand in HTML and SVG: cleaned, and nothing in it is markup.
pub(super) fn escaped(text: &str) -> String {
    let cleaned = clean::body(text);
    let lines: Vec<String> = cleaned
        .lines()
        .map(|line| show::cell(line).into_owned())
        .collect();
    let mut safe = String::with_capacity(cleaned.len());
    for c in lines.join("\n").chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Adds to a page; writing to a string does not fail.
fn put(page: &mut String, what: fmt::Arguments) {
    let _ = page.write_fmt(what);
}

/// A document as a file.
pub fn html(document: &Document, lang: Lang) -> String {
    pages(std::slice::from_ref(document), lang)
}

/// Several documents as one file, each beginning on a sheet of its own.
pub fn pages(documents: &[Document], lang: Lang) -> String {
    let mut body = String::new();
    for document in documents {
        body_of(document, &mut body);
    }
    let title = documents.first().map_or("", |first| &first.title);
    page(title, "", &body, lang)
}

/// A file with a title, with more style than every page has, and with a body.
pub(super) fn page(title: &str, style: &str, body: &str, lang: Lang) -> String {
    let lang = match lang {
        Lang::Zh => "zh-Hans",
        Lang::En => "en",
    };
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

fn body_of(document: &Document, page: &mut String) {
    let (title, subtitle) = (escaped(&document.title), escaped(&document.subtitle));
    put(
        page,
        format_args!("<h1>{title}</h1>\n<p class=\"sub\">{subtitle}</p>\n"),
    );
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => {
                put(page, format_args!("<h2>{}</h2>\n", escaped(heading)));
            }
            Block::Text(text) => put(page, format_args!("<p>{}</p>\n", escaped(text))),
            Block::Facts(facts) => facts_of(facts, page),
            Block::Table(table) => table_of(table, page),
            Block::Signatures(names) => signatures(names, page),
        }
    }
}

fn facts_of(facts: &[(String, String)], page: &mut String) {
    page.push_str("<table>\n");
    for (name, told) in facts {
        let (name, told) = (escaped(name), escaped(told));
        put(
            page,
            format_args!("<tr><th class=\"f\">{name}</th><td>{told}</td></tr>\n"),
        );
    }
    page.push_str("</table>\n");
}

fn table_of(table: &Table, page: &mut String) {
    put(
        page,
        format_args!(
            "<table>\n<caption>{}</caption>\n<tr>",
            escaped(&table.title)
        ),
    );
    for column in &table.columns {
        put(page, format_args!("<th>{}</th>", escaped(column)));
    }
    page.push_str("</tr>\n");
    for row in &table.rows {
        put(page, format_args!("<tr><td>{}</td>", escaped(&row.name)));
        for (value, _) in &row.values {
            let class = if value.is_text() { "" } else { " class=\"n\"" };
            put(
                page,
                format_args!("<td{class}>{}</td>", escaped(&value.shown())),
            );
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</table>\n");
    page.push_str(&chart::svg(table).unwrap_or_default());
}

fn signatures(names: &[String], page: &mut String) {
    page.push_str("<div class=\"sign\">");
    for name in names {
        put(page, format_args!("<span>{}</span>", escaped(name)));
    }
    page.push_str("</div>\n");
}
