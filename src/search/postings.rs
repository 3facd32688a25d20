//! The records of one token as bytes: the newest first, each as its distance to the one before.
//!
//! A long list is cut into blocks with a table in front of them (first record, end, checksum), so that a
//! search reads the blocks it needs and no more.

use super::varint;

/// So many records stand in a block.
pub(super) const BLOCK: usize = 128;
/// The bytes of a block's row in the table: first record, end of the block, its checksum.
pub(super) const ROW: usize = 16;

/// A list that is not longer than this stands in the dictionary itself.
pub(super) const INLINE: usize = 24;

/// How long the table of a list of so many records is; nothing for a list of one block.
pub(super) const fn table_bytes(count: u64) -> u64 {
    if count <= BLOCK as u64 {
        0
    } else {
        count.div_ceil(BLOCK as u64) * ROW as u64
    }
}

/// Appends the records, given the newest first.
pub(super) fn encode(newest_first: &[u64], bytes: &mut Vec<u8>) {
    let long = newest_first.len() > BLOCK;
    let start = bytes.len();
    let after_table = start + varint::index(table_bytes(newest_first.len() as u64));
    bytes.resize(after_table, 0);
    for (place, block) in newest_first.chunks(BLOCK).enumerate() {
        let here = bytes.len();
        let mut before = None;
        for id in block {
            let number = before.map_or(*id, |before: u64| before.wrapping_sub(*id));
            varint::put(bytes, number);
            before = Some(*id);
        }
        if long {
            let checksum = crc32fast::hash(bytes.get(here..).unwrap_or_default());
            let end = u32::try_from(bytes.len() - after_table).unwrap_or(u32::MAX);
            let row = start + place * ROW;
            if let Some(row) = bytes.get_mut(row..row + ROW) {
                let first = block.first().copied().unwrap_or_default().to_le_bytes();
                let parts = first.into_iter().chain(end.to_le_bytes());
                for (to, from) in row.iter_mut().zip(parts.chain(checksum.to_le_bytes())) {
                    *to = from;
                }
            }
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub first: u64,
    /// Where the block ends, from the end of the table.
    pub end: u32,
    pub sum: u32,
}

/// The table of a long list; `None` when the bytes are no table.
pub(super) fn table(bytes: &[u8]) -> Option<Vec<Row>> {
    bytes.chunks(ROW).map(row).collect()
}

fn row(bytes: &[u8]) -> Option<Row> {
    let (first, rest) = bytes.split_first_chunk::<8>()?;
    let (end, rest) = rest.split_first_chunk::<4>()?;
    let (sum, _) = rest.split_first_chunk::<4>()?;
    Some(Row {
        first: u64::from_le_bytes(*first),
        end: u32::from_le_bytes(*end),
        sum: u32::from_le_bytes(*sum),
    })
}

/// Appends the records of a block, the newest first. `None` when the bytes are not records in
/// falling order.
pub(super) fn decode(mut bytes: &[u8], ids: &mut Vec<u64>) -> Option<()> {
    let mut before: Option<u64> = None;
    while !bytes.is_empty() {
        let number = varint::take(&mut bytes)?;
        let id = match before {
            None => number,
            Some(_) if number == 0 => return None,
            Some(before) => before.checked_sub(number)?,
        };
        ids.push(id);
        before = Some(id);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_block_by_block() {
        for count in [1_u64, 2, 127, 128, 129, 1_000] {
            let ids: Vec<u64> = (0..count).rev().map(|n| n * n + (7 << 32)).collect();
            let mut bytes = Vec::new();
            encode(&ids, &mut bytes);
            let cut = usize::try_from(table_bytes(count)).unwrap();
            let (head, blocks) = bytes.split_at(cut);
            let mut all = Vec::new();
            let mut block = Vec::new();
            if cut == 0 {
                decode(blocks, &mut all).unwrap();
            }
            let mut start = 0;
            for row in table(head).unwrap() {
                let end = row.end as usize;
                block.clear();
                decode(&blocks[start..end], &mut block).unwrap();
                assert_eq!(block[0], row.first);
                assert_eq!(crc32fast::hash(&blocks[start..end]), row.sum);
                all.extend_from_slice(&block);
                start = end;
            }
            assert_eq!(all, ids);
        }
    }
}
