use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};

use super::{json, styled, svg, text};

fn screen() -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 3));
    buffer.set_string(0, 0, "张三 <a>", Style::new());
    buffer.set_string(2, 1, "晚点", Style::new().fg(Color::Red).bold());
    buffer.set_string(7, 1, "x & y", Style::new().reversed());
    buffer
}

#[test]
fn text_skips_the_right_half_of_wide_characters() {
    assert_eq!(text(&screen()), "张三 <a>\n  晚点 x & y\n\n");
}

#[test]
fn styles_stand_under_their_cells_with_a_legend() {
    let shown = styled(&screen(), Some(Position::new(4, 1)));
    let expected = "张三 <a>\n  晚点 x & y\n\n-- styles\n  1|  aaaa bbbbb\n  \
                    a: fg=red bold\n  b: reversed\n-- cursor: 4,1\n";
    assert_eq!(shown, expected);
    assert!(styled(&Buffer::empty(Rect::new(0, 0, 2, 1)), None).ends_with("-- cursor: none\n"));
}

#[test]
fn svg_pins_every_run_to_its_columns_and_escapes_it() {
    let drawn = svg(&screen(), Some(Position::new(4, 1)), "前台 <1>");
    assert!(drawn.contains("<title>前台 &lt;1&gt;</title>"), "{drawn}");
    assert!(
        drawn.contains("<tspan x=\"14\">张</tspan><tspan x=\"32\">三</tspan>"),
        "{drawn}"
    );
    assert!(drawn.contains("textLength=\"27\" lengthAdjust=\"spacingAndGlyphs\">&lt;a&gt;</text>"));
    assert!(drawn.contains("class=\"c1 b\""));
    assert!(
        drawn.contains("<rect class=\"t\" x=\"77\""),
        "reversed cells have a background"
    );
    assert!(drawn.contains(">x &amp; y</text>"));
}

#[test]
fn json_gives_rows_caret_and_styled_runs() {
    let value = json(&screen(), None);
    assert_eq!(value["size"], serde_json::json!([12, 3]));
    assert_eq!(value["cursor"], serde_json::Value::Null);
    assert_eq!(value["rows"][1], "  晚点 x & y");
    assert_eq!(value["styles"][0]["x"], 2);
    assert_eq!(value["styles"][0]["text"], "晚点");
    assert_eq!(value["styles"][0]["style"], "fg=red bold");
}
