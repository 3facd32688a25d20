//! The forms of an export: what they are called, and the endings of the names of their files.

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// CSV in UTF-8 with a byte order mark, by which spreadsheets know it.
    CsvUtf8,
    /// CSV in GB18030.
    CsvGb18030,
    /// A workbook with one sheet, or more where the rows ask for it.
    Xlsx,
    /// One JSON object a line: the columns under the names that never change.
    JsonLines,
}

impl Form {
    /// All of them; of those with the same ending the usual one first.
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::CsvUtf8, Self::CsvGb18030, Self::JsonLines];

    /// The name in forms and locale keys.
    pub const fn id(self) -> &'static str {
        match self {
            Self::CsvUtf8 => "csv",
            Self::CsvGb18030 => "csv-gb18030",
            Self::Xlsx => "xlsx",
            Self::JsonLines => "jsonl",
        }
    }

    /// The form of a name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.id() == id)
    }

    /// What the names of such files end with.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::CsvUtf8 | Self::CsvGb18030 => "csv",
            Self::Xlsx => "xlsx",
            Self::JsonLines => "jsonl",
        }
    }

    /// The form that the ending of a file's name says.
    pub fn of_file(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let says = |form: &Self| ending.eq_ignore_ascii_case(form.ending());
        Self::ALL.into_iter().find(says)
    }

    /// A file's name with the ending of this form, which is added where another one stands.
    pub fn file_name(self, name: &str) -> String {
        let has_it = Self::of_file(name).is_some_and(|form| form.ending() == self.ending());
        if has_it || name.is_empty() {
            name.to_owned()
        } else {
            format!("{name}.{}", self.ending())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_by_its_name_and_by_the_ending_of_a_file() {
        for form in Form::ALL {
            assert_eq!(Form::from_id(form.id()), Some(form));
            let named = Form::of_file(&form.file_name("a.b")).unwrap();
            assert_eq!(named.ending(), form.ending());
        }
        assert_eq!(Form::of_file("list.CSV"), Some(Form::CsvUtf8));
        assert_eq!(Form::of_file("csv"), None);
    }

    #[test]
    fn an_ending_is_added_once() {
        assert_eq!(Form::Xlsx.file_name("a.XLSX"), "a.XLSX");
        assert_eq!(Form::CsvGb18030.file_name("a.xlsx"), "a.xlsx.csv");
        assert_eq!(Form::Xlsx.file_name(""), "");
    }
}
