//! Words that prove something: made, hashed and compared. The one module that knows argon2.
//!
//! A password is hashed with argon2id, which takes a fiftieth of a second and 19 MiB on purpose,
//! so that a stolen store is no list of passwords. A key is 32 random bytes, which nobody can
//! guess however fast the hash is.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};

use crate::store::{codec, hex};

/// What the password of a login that nobody has is compared with, so that it takes as long as
/// that of one somebody has. No password is known to match it.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdCBvZiBub2JvZHkgaGVyZQ\
                       $Tm9ib2R5IGhhcyB0aGlzIHBhc3N3b3JkIGF0IGFsbC4";

/// Characters of a password that is read to somebody over the telephone: none that look alike.
const READABLE: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// The hash of a password with a salt of its own; none when the system has no random bytes.
pub(super) fn hash(words: &str) -> Option<String> {
    let salt: [u8; 16] = random()?;
    let hashed = Argon2::default().hash_password_with_salt(words.as_bytes(), &salt);
    Some(hashed.ok()?.to_string())
}

/// Whether a password is the one that was hashed. Without a hash the answer is no, after the same
/// time.
pub(super) fn matches(words: &str, hash: Option<&str>) -> bool {
    let hash_or_none = hash.unwrap_or(NOBODYS);
    let verified = Argon2::default().verify_password(words.as_bytes(), hash_or_none);
    verified.is_ok() && hash.is_some()
}

/// A random password of ten characters in two groups, about 49 bits: easy to read aloud, and good
/// until another is chosen.
pub(super) fn readable() -> Option<String> {
    let mut words = String::new();
    while words.len() < 11 {
        let [byte]: [u8; 1] = random()?;
        // The rest of the bytes would make some characters likelier than others.
        if let Some(c) = READABLE.get(usize::from(byte & 31)) {
            words.push(char::from(*c));
            if words.len() == 5 {
                words.push('-');
            }
        }
    }
    Some(words)
}

/// A random key: 64 hexadecimal digits.
pub(super) fn key() -> Option<String> {
    random::<32>().map(|bytes| hex(&bytes))
}

/// What is kept of a key.
pub(super) fn key_print(key: &str) -> String {
    hex(&codec::print(&[b"key", key.trim().as_bytes()]))
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_hash_and_no_other() {
        let hashed = hash("correct horse").unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("correct horse", Some(&hashed)));
        assert!(!matches("correct house", Some(&hashed)));
        assert!(!matches("correct horse", None));
        assert_ne!(hash("correct horse").unwrap(), hashed);
    }

    #[test]
    fn a_login_nobody_has_is_compared_with_a_real_hash() {
        // A hash that could not be read would be answered at once, and tell.
        let read = argon2::password_hash::phc::PasswordHash::new(NOBODYS).unwrap();
        assert_eq!(read.params.to_string(), "m=19456,t=2,p=1");
        let hashed = hash("x").unwrap();
        let made = argon2::password_hash::phc::PasswordHash::new(&hashed).unwrap();
        assert_eq!(made.params, read.params);
        assert_eq!(
            made.hash.map(|hash| hash.as_bytes().len()),
            read.hash.map(|hash| hash.as_bytes().len())
        );
    }

    #[test]
    fn a_made_password_has_no_characters_that_look_alike() {
        for _ in 0..200 {
            let words = readable().unwrap();
            assert_eq!(words.len(), 11);
            assert!(
                !words.contains(['0', 'o', 'O', '1', 'l', 'I', 'i']),
                "{words}"
            );
        }
        assert_eq!(key().unwrap().len(), 64);
    }
}
