//! Labels on paper: what a scanner reads, and what a person reads (A11-06, A11-22b, A07-g6b).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::staff::Staff;
use frontdesk::desk::contract::{Door as _, Reply, Request};
use frontdesk::domain::label::Label;
use frontdesk::domain::number::Number;
use frontdesk::domain::role::Role::{self, ArchiveAdministrator, InformationSpecialist};
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::Papers;
use frontdesk::report::forms::Form;
use frontdesk::report::quarterly::Words;
use serde_json::json;

fn filed(staff: &mut Staff, title: &str, grade: &str) -> Number {
    let class = staff.profile.archive.classes[0].id.clone();
    let keeper = (grade != "none").then(|| staff.posts[&InformationSpecialist]);
    let details = json!({
        "title": title, "class": class, "person": "张三", "pieces": 3, "grade": grade,
        "keeper": keeper, "papers": ["合同", "", "发票"],
    });
    staff
        .does(
            InformationSpecialist,
            "create-file",
            json!({ "details": details }),
        )
        .number()
}

fn printed(staff: &mut Staff, form: Form, number: Number, as_html: bool) -> String {
    printed_by(staff, InformationSpecialist, form, number, as_html)
}

fn printed_by(staff: &mut Staff, role: Role, form: Form, number: Number, as_html: bool) -> String {
    staff.is(role);
    let bench = &mut staff.bench;
    let envelope = bench.envelope(Request::Look(form.query(number)));
    let Ok(Reply::Record(Some(row))) = bench.desk.ask(&envelope) else {
        panic!("not shown");
    };
    let texts = Texts::new(Lang::Zh);
    let words = Words {
        texts: &texts,
        profile: &staff.profile,
    };
    let mut papers = Papers::new(form);
    assert!(papers.add(&row, words));
    common::printed(&papers, as_html, words)
}

#[test]
fn a11_06_a_label_has_the_number_for_a_scanner_and_number_class_and_place_for_a_person() {
    let mut staff = Staff::of("call-centre");
    let number = filed(&mut staff, "回访资料", "none");
    let label = Label::of(number).to_string();
    let text = printed(&mut staff, Form::Labels, number, false);
    let html = printed(&mut staff, Form::Labels, number, true);
    for page in [&text, &html] {
        for stands in [&label, &number.to_string(), "回访资料", "共 3 份"] {
            assert!(page.contains(stands), "{stands}: {page}");
        }
    }
    // Bars and square are drawn, and nothing is fetched from anywhere.
    assert_eq!(html.matches("<svg").count(), 2, "{html}");
    assert!(
        !html.contains("http") && !html.contains("<script"),
        "{html}"
    );
}

#[test]
fn a07_g6b_each_piece_has_a_label_of_its_own() {
    let mut staff = Staff::of("call-centre");
    let number = filed(&mut staff, "回访资料", "none");
    let html = printed(&mut staff, Form::PieceLabels, number, true);
    assert_eq!(html.matches("class=\"label\"").count(), 3);
    for piece in 1..=3 {
        let label = Label {
            file: number,
            piece: Some(piece),
        };
        assert!(html.contains(&label.to_string()), "{piece}");
    }
    for name in ["合同 /1", "/2", "发票 /3"] {
        assert!(html.contains(name), "{name}");
    }
}

#[test]
fn a11_22b_the_label_of_a_graded_file_says_its_grade_and_not_what_it_is_about() {
    let mut staff = Staff::of("call-centre");
    let number = filed(&mut staff, "大客户合同", "secret");
    for form in [Form::Labels, Form::PieceLabels] {
        for as_html in [false, true] {
            let page = printed(&mut staff, form, number, as_html);
            assert!(page.contains(&number.to_string()), "{page}");
            for hidden in ["大客户", "张三", "合同", "发票"] {
                assert!(!page.contains(hidden), "{hidden}: {page}");
            }
        }
    }
    let page = printed(&mut staff, Form::Labels, number, false);
    assert!(page.contains("机密"), "{page}");
}

#[test]
fn a07_g3b_every_label_has_the_same_layout_with_file_number_car_and_customer() {
    let mut staff = Staff::of("dealership");
    let class = staff.profile.archive.classes[0].id.clone();
    let mut shapes = Vec::new();
    for (title, sort, plate) in [
        ("新车档案", "new-car", "沪A12345"),
        ("售后档案", "after-sales-own", "沪B67890"),
    ] {
        let details = json!({
            "title": title, "class": class, "person": "欧阳晓红", "sort": sort, "plate": plate,
        });
        let body = json!({ "details": details });
        let number = staff
            .does(ArchiveAdministrator, "create-file", body)
            .number();
        staff.is(ArchiveAdministrator);
        let html = printed_by(&mut staff, ArchiveAdministrator, Form::Labels, number, true);
        for stands in [&number.to_string(), plate, "欧阳晓红", title] {
            assert!(html.contains(stands), "{stands}: {html}");
        }
        let (_, label) = html.split_once("class=\"label\"").unwrap();
        shapes.push(label.matches("<p>").count());
    }
    assert_eq!(shapes[0], shapes[1]);
}

#[test]
fn labels_fill_sheet_after_sheet_of_the_site() {
    let mut staff = Staff::of("call-centre");
    let texts = Texts::new(Lang::En);
    let class = staff.profile.archive.classes[0].id.clone();
    let details = json!({ "title": "many", "class": class, "person": "x", "pieces": 50 });
    let number = staff
        .does(
            InformationSpecialist,
            "create-file",
            json!({ "details": details }),
        )
        .number();
    staff.is(InformationSpecialist);
    let envelope = staff
        .bench
        .envelope(Request::Look(Form::PieceLabels.query(number)));
    let Ok(Reply::Record(Some(row))) = staff.bench.desk.ask(&envelope) else {
        panic!("not shown");
    };
    let words = Words {
        texts: &texts,
        profile: &staff.profile,
    };
    let mut papers = Papers::new(Form::PieceLabels);
    papers.add(&row, words);
    assert_eq!(papers.count(), 50);
    let html = common::printed(&papers, true, words);
    // Twenty-four on a sheet.
    assert_eq!(html.matches("class=\"sheet\"").count(), 3);
}
