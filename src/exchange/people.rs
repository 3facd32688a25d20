//! Operators out of a sheet: login, name, posts, department, and whether it is a program. Who may
//! add them is the desk's to decide.

use super::sheet::{Reject, Sheet, SheetRow};
use super::words::Words;
use crate::desk::contract::Failure;
use crate::domain::number::Kind;
use crate::domain::operator::OperatorDetails;
use crate::domain::refusal::Problem;
use crate::domain::role::Role;

/// The columns that are understood.
const FIELDS: [&str; 6] = ["login", "name", "roles", "department", "service", "account"];

/// A row with its line: what is entered of an operator, or what is wrong with it.
pub type PersonRow = (u64, Result<OperatorDetails, Reject>);

/// The operators of a sheet, row by row.
///
/// # Errors
/// `map-missing-field` when no column is the login or the posts.
pub fn operators(sheet: &Sheet) -> Result<Vec<PersonRow>, Problem> {
    let words = Words::new();
    let places = FIELDS.map(|field| {
        let headers = sheet.headers().iter();
        headers
            .map(|header| words.rank(Kind::Operator, field, header))
            .position(|rank| rank.is_some())
    });
    for (field, place) in FIELDS.iter().zip(places) {
        if place.is_none() && ["login", "roles"].contains(field) {
            return Err(Problem::new("map-missing-field")
                .field(field)
                .arg("columns", "none"));
        }
    }
    let row = |SheetRow { line, cells }| {
        let row = cells.and_then(|cells| {
            let reading = Reading {
                sheet,
                words: &words,
                places,
                cells: &cells,
                line,
            };
            reading.details()
        });
        (line, row)
    };
    Ok(sheet.rows().map(row).collect())
}

/// One row that is read.
struct Reading<'a> {
    sheet: &'a Sheet,
    words: &'a Words,
    places: [Option<usize>; FIELDS.len()],
    cells: &'a [String],
    line: u64,
}

impl Reading<'_> {
    fn place(&self, field: &str) -> Option<usize> {
        let known = FIELDS.iter().position(|known| *known == field)?;
        self.places.get(known).copied().flatten()
    }

    fn text(&self, field: &str) -> &str {
        let cell = self.place(field).and_then(|place| self.cells.get(place));
        cell.map_or("", |cell| cell.trim())
    }

    fn wrong(&self, field: &str, problem: Problem) -> Reject {
        Reject {
            sheet: self.sheet.name().cloned(),
            line: self.line,
            column: self.place(field).map(|place| self.sheet.column(place)),
            failure: Failure::Refused(problem.into()),
        }
    }

    fn details(&self) -> Result<OperatorDetails, Reject> {
        let login = self.text("login").to_owned();
        let name = match self.text("name") {
            "" => login.clone(),
            name => name.to_owned(),
        };
        let account = match self.text("account") {
            "" => None,
            text => Some(text.parse().map_err(|_| {
                self.wrong("account", Problem::new("cell-no-count").arg("value", text))
            })?),
        };
        Ok(OperatorDetails {
            login,
            name,
            roles: self.roles()?,
            department: self.text("department").to_owned(),
            service: self.service()?,
            account,
        })
    }

    /// The posts, by id or by their names in either language.
    fn roles(&self) -> Result<Vec<Role>, Reject> {
        let parts = self.text("roles").split(['、', '，', ',', '；', ';', '/']);
        let parts = parts.map(str::trim).filter(|part| !part.is_empty());
        parts
            .map(|part| {
                let role = self.words.choice("role", part).and_then(Role::from_id);
                role.ok_or_else(|| {
                    self.wrong("roles", Problem::new("cell-no-choice").arg("value", part))
                })
            })
            .collect()
    }

    fn service(&self) -> Result<bool, Reject> {
        let text = self.text("service");
        match text.to_lowercase().as_str() {
            "" | "no" | "0" | "false" | "否" => Ok(false),
            "yes" | "1" | "true" | "是" => Ok(true),
            _ => Err(self.wrong("service", Problem::new("cell-no-choice").arg("value", text))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<PersonRow> {
        operators(&Sheet::read(text.as_bytes(), None, None).unwrap()).unwrap()
    }

    #[test]
    fn posts_are_known_by_id_and_by_name_in_both_languages() {
        let text = "登录名,姓名,岗位,部门\nli,李四,接待员、administrator,front\n";
        let rows = read(&text.replace("接待员", "reception"));
        let details = rows[0].1.as_ref().unwrap();
        assert_eq!(details.roles, [Role::Reception, Role::Administrator]);
        assert_eq!(
            (details.login.as_str(), details.department.as_str()),
            ("li", "front")
        );
        let rows = read("Login,Posts,Service\nfeed,Administrator,yes\n");
        let details = rows[0].1.as_ref().unwrap();
        assert_eq!((details.name.as_str(), details.service), ("feed", true));
    }

    #[test]
    fn what_is_wrong_with_a_row_has_its_line_and_column() {
        let rows = read("login,roles\nli,reception\nwu,boss\n");
        assert!(rows[0].1.is_ok());
        let reject = rows[1].1.as_ref().unwrap_err();
        assert_eq!(reject.line, 3);
        assert_eq!(reject.column.as_ref().unwrap().name, "roles");
    }

    #[test]
    fn a_sheet_without_logins_is_none_of_operators() {
        let sheet = Sheet::read("name,roles\nx,reception\n".as_bytes(), None, None).unwrap();
        assert_eq!(operators(&sheet).unwrap_err().key, "map-missing-field");
    }
}
