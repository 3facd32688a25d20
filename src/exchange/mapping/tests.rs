use super::super::bound::Filled;
use super::*;

fn headers(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_map_joins_columns_and_translates_values() {
    let map = Mapping::parse(
        "kind = \"intake\"\n[fields]\nexternal = \"id\"\n\
         text = { columns = [\"a\", \"b\"], join = \" / \" }\n\
         channel = { column = \"via\", values = { Phone = \"call\" }, otherwise = \"other\" }\n\
         kind = { constant = \"repair\" }\n",
        "map.toml",
    )
    .unwrap();
    let bound = map.bind(&headers(&["id", "a", "b", "via"])).unwrap();
    let row = headers(&["7", "x", "", "Phone"]);
    let text = |field| bound.text(field, &row).text;
    assert_eq!(
        [
            text("external"),
            text("text"),
            text("channel"),
            text("kind")
        ],
        ["7", "x", "call", "repair"]
    );
    let other = headers(&["8", "x", "y", "Pigeon"]);
    assert_eq!(bound.text("text", &other).text, "x / y");
    assert_eq!(
        bound.text("channel", &other),
        Filled {
            text: "other".into(),
            mapped: true
        }
    );
}

#[test]
fn a_faulty_map_is_told_with_the_nearest_right_name() {
    let parse = |text: &str| Mapping::parse(text, "map.toml").unwrap_err();
    let unknown = parse("kind = \"file\"\n[fields]\ntitel = \"a\"\n");
    assert_eq!(
        (unknown.key.as_str(), unknown.args["known"].as_str()),
        ("map-unknown-field", "title")
    );
    let broken = parse("kind = \"file\"\n[fields\n");
    assert_eq!(
        (broken.key.as_str(), broken.args["line"].as_str()),
        ("map-unreadable", "2")
    );
    let missing = parse("kind = \"file\"\n[fields]\nclass = \"a\"\n");
    assert_eq!(
        (missing.key.as_str(), missing.field.as_deref()),
        ("map-missing-field", Some("title"))
    );
}

#[test]
fn a_column_that_is_not_there_is_told_with_the_nearest_header() {
    let map = Mapping::parse("kind=\"file\"\n[fields]\ntitle=\"Titel\"\n", "m").unwrap();
    let problem = map.bind(&headers(&["Number", "Title"])).unwrap_err();
    assert_eq!(
        (problem.key.as_str(), problem.args["known"].as_str()),
        ("map-no-column", "Title")
    );
    let twice = map.bind(&headers(&["Titel", "Titel"])).unwrap_err();
    assert_eq!(twice.key, "map-two-columns");
}

#[test]
fn a_map_is_written_as_it_is_read() {
    let text = "kind = \"intake\"\nsheet = \"一\"\n[fields]\nexternal = \"id\"\n\
                text = { columns = [\"a\", \"b\"], join = \" / \" }\n";
    let map = Mapping::parse(text, "m").unwrap();
    assert_eq!(Mapping::parse(&map.to_toml().unwrap(), "m"), Ok(map));
}

#[test]
fn a_column_is_found_whatever_its_case_and_blanks() {
    let map = Mapping::parse("kind=\"file\"\n[fields]\ntitle=\"Matricula \"\n", "m").unwrap();
    for header in ["Matricula", "MATRICULA", "matri cula"] {
        assert!(map.bind(&headers(&["x", header])).is_ok(), "{header}");
    }
    let name = |list: &[&str]| Mapping::name_for(Kind::File, &headers(list));
    assert_eq!(name(&["A ", "b"]), name(&["a", "B"]));
    assert_ne!(name(&["ab"]), name(&["a", "b"]));
}

#[test]
fn a_proposal_takes_each_column_once_and_the_surest_first() {
    let words = Words::new();
    let found = Mapping::propose(
        Kind::Customer,
        &headers(&["客户编号", "姓名", "联系电话", "备注", "未知"]),
        &words,
    )
    .unwrap();
    let column = |field: &str| found.fields.get(field).and_then(|it| it.column.clone());
    assert_eq!(column("name").as_deref(), Some("姓名"));
    assert_eq!(column("phones").as_deref(), Some("联系电话"));
    assert_eq!(column("external").as_deref(), Some("客户编号"));
    assert_eq!(found.fields.len(), 4);
    let nothing = Mapping::propose(Kind::Customer, &headers(&["x", "y"]), &words);
    assert_eq!(nothing.unwrap_err().key, "map-missing-field");
}
