//! Texts that nobody types: what is pasted into a field is text and stays in its place, on the
//! screen and in a real terminal, and what does not fit is said.

use frontdesk::app::event::Event;
use frontdesk::app::keeper::DraftKeeper;
use frontdesk::keys::Input;
use frontdesk::locale::Lang;
use frontdesk::text::clean::is_format;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;

use crate::harness::{Desk, SMALL};

/// What has broken terminals and forms before.
const ODD: &[&str] = &[
    "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{90}q\u{9c}",
    "left \u{202e}right\u{2066}inner\u{2069} \u{200f}mark",
    "zero\u{200b}width\u{feff}\u{ad}\u{2060}",
    "\u{e0041}\u{e0062}tags \u{fff9}anchor\u{fffb}",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦 👍🏽 ❤\u{fe0f} 1\u{fe0f}\u{20e3} 🇨🇳🇨",
    "क\u{94d}\u{200d}ष ไทย\u{e48}\u{e48} ဗမာ\u{103a} ـــ شكرا",
    "ﾊﾟﾋﾞ 한글 \u{1112}\u{1161}\u{11ab} ㅤ\u{115f}\u{1160}",
    "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}\u{36b}\u{33d}\u{34f}\u{334}a\u{321}\u{34a}l\u{36b}go",
    "﷽ 𒐫 ௵ ꧅ \u{2e3b} 𠮷 \u{1f1e6}\u{1f1e6}\u{1f1e6}",
    "a\tb\r\nc\u{b}d\u{c}e\u{85}f\u{2028}g\u{2029}h",
    "=cmd|'/c calc'!A1 %s%n${7*7} '; DROP TABLE--",
    "\u{0}\u{1}\u{7f}\u{80}\u{9f}",
];

fn paste(desk: &mut Desk, text: &str) {
    desk.session
        .take(Event::Input(Input::Paste(text.to_owned())));
    desk.session.draw().unwrap();
}

/// The picture as the bytes that a terminal gets.
fn bytes(buffer: &Buffer) -> Vec<u8> {
    let mut out = Vec::new();
    let empty = Buffer::empty(buffer.area);
    {
        let mut backend = CrosstermBackend::new(&mut out);
        backend.draw(empty.diff(buffer).into_iter()).unwrap();
        Backend::flush(&mut backend).unwrap();
    }
    out
}

/// A picture holds nothing that a terminal obeys, and a terminal that gets it shows every border
/// where it was drawn.
#[track_caller]
fn is_sound(desk: &Desk, what: &str) {
    let (buffer, _) = desk.session.picture();
    for cell in buffer.content() {
        let obeyed = |c: char| c.is_control() || is_format(c);
        assert!(
            !cell.symbol().contains(obeyed),
            "{what:?}: {:?}",
            cell.symbol()
        );
    }
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let mut terminal = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
    // The terminal that stands for all others draws no replacement character.
    let drawn = String::from_utf8(bytes(&buffer)).unwrap();
    terminal.process(drawn.replace('\u{fffd}', "?").as_bytes());
    for y in 0..rows {
        for x in 0..columns {
            let symbol = buffer.cell((x, y)).unwrap().symbol();
            if matches!(symbol, "│" | "┌" | "┐" | "└" | "┘") {
                let shown = terminal.screen().cell(y, x).unwrap().contents();
                assert_eq!(shown, symbol, "{what:?} at {x},{y}\n{}", desk.screen());
            }
        }
    }
}

#[test]
fn odd_texts_pasted_into_every_field_of_every_form_stay_in_their_place() {
    for form in ["c", "v", "2n", "3n", "4n"] {
        for odd in ODD {
            let mut desk = Desk::sample(Lang::Zh, SMALL);
            desk.press(form);
            for _ in 0..9 {
                paste(&mut desk, odd);
                desk.press("<tab>");
                is_sound(&desk, odd);
            }
        }
    }
}

#[test]
fn odd_texts_are_saved_and_listed_and_found_on_screens_that_do_not_shift() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    for (place, odd) in (10..).zip(ODD) {
        desk.press(&format!("c135123456{place}<tab>"));
        paste(&mut desk, odd);
        desk.press("甲<tab>");
        paste(&mut desk, odd);
        desk.press("6<tab><tab><tab>");
        paste(&mut desk, odd);
        desk.press("问路<f2>").expect("已保存");
        is_sound(&desk, odd);
        desk.press("<enter>");
        is_sound(&desk, odd);
        desk.press("<esc>");
    }
    desk.press("/");
    for odd in ODD {
        paste(&mut desk, odd);
        is_sound(&desk, odd);
        desk.press("<ctrl+u>");
    }
}

#[test]
fn what_does_not_fit_is_said_and_not_saved_until_somebody_looked() {
    for (lang, told, not_saved) in [
        (Lang::Zh, "最多放 200 个字", "没有保存"),
        (Lang::En, "At most 200 characters", "Not saved"),
    ] {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("c13512345678<tab>");
        paste(&mut desk, &"名".repeat(10_000));
        desk.expect(told);
        desk.press("<tab>6-301<tab><tab><tab>问路<f2>").expect(told);
        desk.expect(not_saved).reject("IN-2024-00004");
        let drafts = desk.session.keeper.list(desk.operator);
        let kept = drafts[0]
            .fields
            .iter()
            .any(|(_, value)| *value == "名".repeat(200));
        assert!(kept, "{drafts:?}");
        desk.press("<backspace><f2>").expect("IN-2024-00004");
    }
}

#[test]
fn a_megabyte_and_a_tower_of_marks_are_taken_in_their_stride() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>");
    let tower = format!("塔{}", "\u{301}".repeat(100_000));
    for huge in [
        "长".repeat(350_000),
        tower,
        "👨\u{200d}".repeat(20_000),
        "🇨".repeat(50_000),
        "क\u{94d}".repeat(30_000),
        "\n".repeat(1 << 20),
    ] {
        paste(&mut desk, &huge);
        is_sound(&desk, "huge");
        desk.press("<left><right><home><end>x<backspace><ctrl+u>");
    }
    desk.press("<tab><tab><tab><tab>");
    paste(&mut desk, &"长".repeat(350_000));
    is_sound(&desk, "huge");
    desk.press("<up><down>x<left>");
    is_sound(&desk, "huge");
}
