//! What would come of a row of an import, without anything being written.

use super::Looking;
use crate::desk::commands::{self, Scene};
use crate::desk::contract::{Adopted, Failure, Reply, Tried};
use crate::desk::keyspace as keys;
use crate::desk::overlay::Overlay;
use crate::desk::stage;
use crate::desk::values;
use crate::domain::adopt::Existing;
use crate::domain::context::Context;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::{Fault, codec};

/// The import that is not begun.
const NONE: Number = Number {
    kind: Kind::Import,
    year: 0,
    seq: 0,
};

/// Decides a row as if those before it had been taken in; the refusal is the one the row would get.
pub(super) fn adopt(
    looking: &Looking,
    context: &Context,
    before: &[Adopted],
    record: &Adopted,
    existing: Existing,
    customer: &str,
) -> Result<Reply, Failure> {
    let mut overlay = Overlay::new(&*looking.home.store);
    for earlier in before {
        let scene = Scene {
            overlay: &overlay,
            context: *context,
        };
        // An earlier row that is refused leaves nothing behind.
        let Ok(records) = commands::adopt(scene, NONE, earlier, existing, "") else {
            continue;
        };
        for record in &records {
            lay(&mut overlay, record)?;
        }
    }
    let scene = Scene {
        overlay: &overlay,
        context: *context,
    };
    let records = commands::adopt(scene, NONE, record, existing, customer)?;
    let Some(first) = records.first() else {
        return Err(Failure::internal());
    };
    Ok(Reply::Tried(Tried::of(first, Some(NONE))))
}

fn lay(overlay: &mut Overlay, record: &Record) -> Result<(), Fault> {
    stage::put_record(overlay, record, values::encode(record)?)?;
    let Number { kind, year, seq } = record.number();
    let key = keys::last_number(kind, year);
    let last: u32 = overlay.unpacked(&key)?.unwrap_or(0);
    overlay.put(key, Some(codec::pack(&last.max(seq))?));
    Ok(())
}
