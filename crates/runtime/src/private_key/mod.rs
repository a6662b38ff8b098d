//! From the text of a private key to what signs with it: an RSA or Ed25519 key as PKCS#8, encrypted or not. Which of them
//! it is, the text itself says.

#[cfg(feature = "encrypted-keys")]
mod encrypted;
mod pem;
mod unfit;

#[cfg(test)]
mod tests;

pub(crate) use pem::is_pem;

use crate::signing_key::{SigningKey, rsa_signature};
use pem::Pkcs8Kind;
use pkcs8::der::asn1::{OctetStringRef, UintRef};
use pkcs8::der::{self, Decode as _, Header, SliceReader};
use pkcs8::{AlgorithmIdentifierRef, ObjectIdentifier};
use ring::signature::{Ed25519KeyPair, RsaKeyPair};
use std::sync::Arc;
use unfit::Unfit;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const ELLIPTIC_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// The sizes that the signing library takes: its limit, and primes of whole multiples of 512 bits.
const RSA_SIZES: [u32; 3] = [2_048, 3_072, 4_096];

/// Reads the one private key in a text. A passphrase is used when the key is encrypted. What was decoded or decrypted on
/// the way is zeroed; the signing library keeps its own form of the key for as long as the key lives, and does not zero it.
#[cfg_attr(not(feature = "encrypted-keys"), allow(unused_variables, reason = "there is nothing to open"))]
pub(crate) fn read(text: &str, passphrase: Option<&str>) -> Result<SigningKey, Unfit> {
    match pem::find(text)? {
        (Pkcs8Kind::PrivateKeyInfo, document) => load(&document),
        #[cfg(feature = "encrypted-keys")]
        (Pkcs8Kind::EncryptedPrivateKeyInfo, document) => encrypted::read(&document, passphrase),
        #[cfg(not(feature = "encrypted-keys"))]
        (Pkcs8Kind::EncryptedPrivateKeyInfo, _) => Err(Unfit::NotBuiltIn),
    }
}

fn load(document: &[u8]) -> Result<SigningKey, Unfit> {
    let (algorithm, key) = split(document).map_err(|_| Unfit::Damaged)?;
    match algorithm {
        RSA => load_rsa(key),
        // It checks the public half, where the document has one.
        ED25519 => Ed25519KeyPair::from_pkcs8_maybe_unchecked(document)
            .map(|pair| SigningKey::Ed25519(Arc::new(pair)))
            .map_err(Unfit::Rejected),
        ELLIPTIC_CURVE => Err(Unfit::EllipticCurve),
        other => Err(Unfit::Algorithm(other)),
    }
}

/// The algorithm and the key proper of a PKCS#8 document of either version.
fn split(document: &[u8]) -> der::Result<(ObjectIdentifier, &[u8])> {
    let mut reader = SliceReader::new(document)?;
    Header::decode(&mut reader)?;
    let _version = u8::decode(&mut reader)?;
    let algorithm = AlgorithmIdentifierRef::decode(&mut reader)?;
    let key = <&OctetStringRef>::decode(&mut reader)?;
    Ok((algorithm.oid, key.as_bytes()))
}

fn load_rsa(key: &[u8]) -> Result<SigningKey, Unfit> {
    let bits = modulus_bits(key).map_err(|_| Unfit::Damaged)?;
    if !RSA_SIZES.contains(&bits) {
        return Err(Unfit::RsaSize(bits));
    }
    let pair = RsaKeyPair::from_der(key).map_err(Unfit::Rejected)?;
    // Whether all parts belong together shows in a signature, which is better tried now than with the first order.
    rsa_signature(&pair, b"a signature to try the key with").ok_or(Unfit::Inconsistent)?;
    Ok(SigningKey::Rsa { pair: Arc::new(pair), bits })
}

fn modulus_bits(key: &[u8]) -> der::Result<u32> {
    let mut reader = SliceReader::new(key)?;
    Header::decode(&mut reader)?;
    let _version = u8::decode(&mut reader)?;
    let modulus = UintRef::decode(&mut reader)?;
    let bytes = modulus.as_bytes();
    let unused = bytes.first().map_or(0, |first| first.leading_zeros());
    let bits = u32::try_from(bytes.len() * 8).map_err(|_| reader.error(der::ErrorKind::Overflow))?;
    Ok(bits - unused)
}
