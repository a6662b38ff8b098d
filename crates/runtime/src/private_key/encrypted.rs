//! Opens a private key that is encrypted with a passphrase.

use super::load;
use super::unfit::Unfit;
use crate::signing_key::SigningKey;
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::{self, Decode as _, Header, SliceReader};
use pkcs8::{AlgorithmIdentifierRef, EncryptedPrivateKeyInfoRef, SecretDocument};

/// Reads the private key in an encrypted document.
pub(super) fn read(document: &[u8], passphrase: Option<&str>) -> Result<SigningKey, Unfit> {
    let opened = decrypt(document, passphrase.ok_or(Unfit::PassphraseMissing)?)?;
    match load(opened.as_bytes()) {
        // One wrong passphrase in a few hundred leaves the padding in order, and nonsense before it.
        Err(Unfit::Damaged) => Err(Unfit::PassphraseWrong),
        other => other,
    }
}

fn decrypt(document: &[u8], passphrase: &str) -> Result<SecretDocument, Unfit> {
    // When only the description of the encryption does not read, it is one that is not known here.
    let unread = |_| if is_encrypted(document).is_ok() { Unfit::Encryption } else { Unfit::Damaged };
    let encrypted = EncryptedPrivateKeyInfoRef::try_from(document).map_err(unread)?;
    encrypted.decrypt(passphrase).map_err(|error| match error {
        pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::DecryptFailed) | pkcs8::Error::Asn1(_) => {
            Unfit::PassphraseWrong
        }
        _ => Unfit::Encryption,
    })
}

/// Reads the frame of an encrypted document: how it is encrypted, and the rest.
fn is_encrypted(document: &[u8]) -> der::Result<()> {
    let mut reader = SliceReader::new(document)?;
    Header::decode(&mut reader)?;
    AlgorithmIdentifierRef::decode(&mut reader)?;
    <&OctetStringRef>::decode(&mut reader)?;
    Ok(())
}
