use super::harness::Desk;
use frontdesk::locale::Lang;

#[test]
fn look() {
    for (lang, size) in [(Lang::Zh, (80, 24)), (Lang::En, (120, 40))] {
        let mut desk = Desk::empty(lang, size);
        println!("{}", desk.screen());
        desk.press("<f2>");
        println!("{}", desk.screen());
        let mut desk = Desk::sample(lang, size);
        for keys in [
            "",
            "c",
            "138001380",
            "00",
            "<esc>2",
            "3",
            "t",
            "4",
            "?",
            "<esc>:",
            "<esc>f",
            "<esc>/wjg",
            "<esc>1h",
            "<esc>n138<tab>x<f2>",
            "<esc>3<down><enter>",
            "<esc>o",
            "<ctrl+x>",
            "<ctrl+e>",
            "<esc><esc>4<end>x",
            "n2e",
        ] {
            desk.press(keys);
            println!("--- {keys}\n{}", desk.screen());
        }
    }
}
