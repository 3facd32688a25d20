//! The id of an entry of one of the profile's lists, as small as a number: what a filter is of.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// So many bytes of an id tell it from the others of its list.
const MOST: usize = 30;

/// The id of an entry of one of the profile's lists. Of a longer one only the beginning counts.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Listed {
    bytes: [u8; MOST],
    len: u8,
}

impl Listed {
    /// No entry.
    pub const NONE: Self = Self {
        bytes: [0; MOST],
        len: 0,
    };

    /// The entry of this id.
    pub fn new(id: &str) -> Self {
        let end = id.floor_char_boundary(MOST);
        let mut bytes = [0; MOST];
        let mut len = 0;
        for (byte, there) in bytes.iter_mut().zip(id.as_bytes().iter().take(end)) {
            *byte = *there;
            len += 1;
        }
        Self { bytes, len }
    }

    /// The id.
    pub fn id(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.len));
        std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
    }
}

impl fmt::Debug for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.id())
    }
}

impl Serialize for Listed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Ok(Self::new(&id))
    }
}

impl JsonSchema for Listed {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Listed".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stays_what_it_is_and_a_long_one_ends_with_a_whole_character() {
        assert_eq!(Listed::new("general").id(), "general");
        assert_eq!(Listed::new("").id(), "");
        let long = "翠".repeat(11);
        assert_eq!(Listed::new(&long).id(), "翠".repeat(10));
        assert_ne!(Listed::new("ab"), Listed::new("ab\0"));
    }
}
