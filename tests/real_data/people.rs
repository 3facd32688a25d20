//! Registers of customers: members of a lending library, hotels, a database that is no table.

use frontdesk::domain::number::Kind;
use frontdesk::exchange::book::{Options, Unopened};

use crate::importing::{counted, exported};
use crate::taken::{data, exported_column, open, taken};

#[test]
fn members_with_the_same_name_stay_apart() {
    let Some(folder) = data("shakespeare-co-members") else {
        return;
    };
    let path = folder.join("SCoData_members_v1.2_2022-01.csv");
    let (mut bench, outcome) = taken(&path, "members.toml", "property", None);
    assert_eq!(outcome.totals(), [5_235, 5_235, 0, 0]);
    let out = exported(&mut bench, Kind::Customer);
    let names = counted(&out, "Name");
    assert_eq!(names.values().filter(|count| **count > 1).count(), 270);
    assert_eq!(names["[unnamed member]"], 14);
    let addresses = exported_column(&out, "Home address");
    let several = addresses.iter().filter(|it| it.contains(';'));
    assert_eq!(several.count(), 269, "with several addresses");
    let path = folder.join("beach_lendinglibrary_catalog.csv");
    let (_, outcome) = taken(&path, "catalogue.toml", "property", None);
    let [read, imported, already, rejected] = outcome.totals();
    assert_eq!((read, imported + already, rejected), (1_055, 1_053, 2));
}

#[test]
fn hotels_are_customers_with_their_telephones() {
    let Some(folder) = data("crosswoz-hotels") else {
        return;
    };
    let (_, outcome) = taken(
        &folder.join("hotel_db.json"),
        "hotels.toml",
        "call-centre",
        None,
    );
    let [read, imported, already, rejected] = outcome.totals();
    assert_eq!((read, imported + already + rejected), (1_133, 1_133));
    assert_eq!(rejected, 0, "{:?}", outcome.told());
}

#[test]
fn a_database_is_said_to_be_one() {
    let Some(path) = data("chinook/Chinook_Sqlite.sqlite") else {
        return;
    };
    let Err(Unopened::Refused(problem)) = open(&path, &Options::default()) else {
        panic!("opened");
    };
    assert_eq!(
        (problem.key.as_str(), problem.args["what"].as_str()),
        ("sheet-foreign", "SQLite")
    );
}
