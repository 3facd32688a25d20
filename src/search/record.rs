//! A record of a list as the index keeps it: one number, the list in front.
//!
//! So a token has one entry for all lists, and the records of each list stand together in it.

/// So many bits are the record's own.
const BITS: u32 = 48;

/// A record of a list.
pub(super) const fn joined(list: u8, id: u64) -> u64 {
    floor(list) | (id & ((1 << BITS) - 1))
}

/// The least that a record of a list can be.
pub(super) const fn floor(list: u8) -> u64 {
    (list as u64) << BITS
}

/// The record, without its list.
pub(super) const fn id(joined: u64) -> u64 {
    joined & ((1 << BITS) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_stand_together_by_list_and_in_order_within_it() {
        let records = [(1, 7), (1, (1 << 48) - 1), (2, 0), (2, 9), (255, 1)];
        let all = records.map(|(list, id)| joined(list, id));
        assert!(all.is_sorted());
        assert_eq!(all.map(id), records.map(|(_, id)| id));
        assert_eq!(floor(2), all[2]);
    }
}
