//! Places as they are compared: which of them are the same, and which lies in which. The only rule for
//! hints, campaigns and who lives where (A05-4.1, A14-2.8).

use crate::text::clean;

/// A place as it is looked up: `3 号楼 1201`, `3栋1201` and `3-1201` are the same.
pub fn key(place: &str) -> String {
    clean::place(place)
}

/// Whether two ways of writing name one place.
pub fn same(one: &str, other: &str) -> bool {
    key(one) == key(other)
}

/// Whether a place lies in another: `3-1201` in `3` and in `3-12`, and not in `31`: a number is not
/// another one because it begins with it, but for the digits of a floor. Everything lies in what names no
/// place.
pub fn lies_in(there: &str, of: &str) -> bool {
    let (there, of) = (key(there), key(of));
    let Some(rest) = there.strip_prefix(&of) else {
        return false;
    };
    // Within a building, `3-12` names the floor of `3-1201`.
    let floor = of.contains('-');
    let is_digit = |c: char| c.is_ascii_digit();
    floor || !of.ends_with(is_digit) || !rest.starts_with(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_in_its_building_however_both_are_written() {
        for (there, of, lies) in [
            ("3-1201", "3号楼", true),
            ("3栋1201", "3号楼", true),
            ("３幢 1201", "3", true),
            ("3-1201", "3-12", true),
            ("31-1201", "3号楼", false),
            ("13-1201", "3", false),
            ("桂花苑3栋", "桂花苑", true),
            ("桂花苑3栋", "梅花苑", false),
            ("B座-301", "b", true),
            ("人民路3号", "人民路", true),
            ("", "3", false),
            ("", "", true),
            ("3-1201", "", true),
        ] {
            assert_eq!(lies_in(there, of), lies, "{there} {of}");
        }
        assert!(same("3 号楼 1201", "3栋1201"));
        assert!(!same("3-1201", "3-1202"));
    }
}
