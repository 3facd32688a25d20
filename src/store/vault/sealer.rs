//! One key, taken out of the vault to seal with where the vault is not at hand: the drafts are
//! written by a thread of their own.

use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use super::random;
use crate::store::fault::Fault;

/// The length of the nonce in front of what is sealed, in bytes.
const NONCE_LEN: usize = 24;

/// Seals and unseals under one key. It does not notice that the key is destroyed in the vault.
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    slot: u32,
}

impl Sealer {
    pub(super) fn new(slot: u32, key: [u8; 32]) -> Self {
        Self {
            cipher: XChaCha20Poly1305::new(&key.into()),
            slot,
        }
    }

    /// Seals `plain`: a random nonce of 24 bytes, then XChaCha20-Poly1305. `about` is not in the
    /// result but must be the same to unseal, so that what was sealed for one place cannot be put
    /// into another.
    pub fn seal(&self, about: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let nonce: [u8; NONCE_LEN] = random(Path::new("keys"))?;
        let payload = Payload {
            msg: plain,
            aad: about,
        };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Fault::TooLarge {
                size: plain.len() as u64,
                limit: crate::store::codec::FRAME_LIMIT as u64,
            })?;
        Ok([&nonce, sealed.as_slice()].concat())
    }

    /// Reads what was sealed under the same key and `about`. [`Fault::Damaged`] when it is not
    /// that.
    pub fn unseal(&self, about: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let bad = || Fault::damaged("sealed", self.slot.to_string());
        let (nonce, msg) = sealed.split_first_chunk::<NONCE_LEN>().ok_or_else(bad)?;
        let plain = self
            .cipher
            .decrypt(&XNonce::from(*nonce), Payload { msg, aad: about });
        plain.map_err(|_| bad())
    }
}
