//! Why a text cannot be used as a private key, and what to do about it. The messages contain nothing of the text.

use pkcs8::ObjectIdentifier;
use ring::error::KeyRejected;
use std::fmt;

/// How to get a key that the exchange documents for Portfolio Margin.
const MAKE_ONE: &str = "make one with `openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:4096 -out private.pem` and \
                        register its public half with the exchange, `openssl pkey -in private.pem -pubout`";

/// How to get from one form of a key to PKCS#8. It asks for a passphrase to encrypt the new file with.
const CONVERT: &str = "convert it with `openssl pkcs8 -topk8 -in old.pem -out private.pem`";

/// What is wrong with a text that should be a private key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unfit {
    /// No BEGIN line.
    NotPem,
    /// A BEGIN line without its END line.
    CutOff,
    /// More than one private key.
    SeveralKeys,
    /// A public key and no private one.
    PublicKey,
    /// A certificate and no private key.
    Certificate,
    /// Something else in a PEM.
    OtherPem,
    /// The old form of RSA keys.
    Pkcs1,
    /// The old form of RSA keys, encrypted.
    LegacyEncryption,
    /// What `ssh-keygen` writes.
    OpenSsh,
    /// A key of an elliptic curve that the exchange does not take.
    EllipticCurve,
    /// A key of another algorithm.
    Algorithm(ObjectIdentifier),
    /// Not what the BEGIN line promises.
    Damaged,
    /// Encrypted, and this program is built without what opens it.
    #[cfg(not(feature = "encrypted-keys"))]
    NotBuiltIn,
    /// Encrypted, and no passphrase is given.
    #[cfg(feature = "encrypted-keys")]
    PassphraseMissing,
    /// Encrypted with another passphrase.
    #[cfg(feature = "encrypted-keys")]
    PassphraseWrong,
    /// Encrypted in a way that is not known here.
    #[cfg(feature = "encrypted-keys")]
    Encryption,
    /// An RSA key with this many bits.
    RsaSize(u32),
    /// The signing library does not take it.
    Rejected(KeyRejected),
    /// An RSA key whose parts belong to different keys.
    Inconsistent,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPem => f.write_str(
                "this is no private key in PEM form: the line `-----BEGIN PRIVATE KEY-----` is missing; give the whole \
                 file, and convert a binary one with `openssl pkcs8 -topk8 -inform DER -in private.der -out private.pem`",
            ),
            Self::CutOff => f.write_str("the private key ends too early: its `-----END` line is missing; give the whole file"),
            Self::SeveralKeys => f.write_str("there are several private keys; give the one that belongs to the API key"),
            Self::PublicKey => f.write_str(
                "this is a public key, which is for the exchange; give the private key that it was made from",
            ),
            Self::Certificate => f.write_str("this is a certificate; give the private key"),
            Self::OtherPem => {
                write!(f, "this PEM is none of `PRIVATE KEY` and `ENCRYPTED PRIVATE KEY`; if you have no such key, {MAKE_ONE}")
            }
            Self::Pkcs1 => write!(f, "the private key is in the PKCS#1 form, `RSA PRIVATE KEY`, and PKCS#8 is needed; {CONVERT}"),
            Self::LegacyEncryption => {
                write!(f, "the private key is encrypted in the legacy form, with `Proc-Type`, and PKCS#8 is needed; {CONVERT}")
            }
            Self::OpenSsh => {
                write!(f, "this is a key for SSH, and PKCS#8 is needed; do not use one key for both, {MAKE_ONE}")
            }
            Self::EllipticCurve => {
                write!(f, "this is an EC key (ECDSA), and the exchange takes RSA and Ed25519 only; {MAKE_ONE}")
            }
            Self::Algorithm(id) => {
                write!(f, "the exchange takes RSA and Ed25519 keys only, and this one is for the algorithm {id}; {MAKE_ONE}")
            }
            Self::Damaged => f.write_str(
                "the private key is damaged: what stands between its BEGIN and END lines is no PKCS#8; give the whole file \
                 as it was made",
            ),
            #[cfg(not(feature = "encrypted-keys"))]
            Self::NotBuiltIn => f.write_str(
                "the private key is encrypted, and this program is built without what opens it: add the feature \
                 `encrypted-keys` of binance-papi; or, where the file is safe without a passphrase, write it without one, \
                 `openssl pkcs8 -topk8 -nocrypt -in private.pem -out open.pem`",
            ),
            #[cfg(feature = "encrypted-keys")]
            Self::PassphraseMissing => f.write_str(
                "the private key is encrypted; give its passphrase, in the environment as BINANCE_PRIVATE_KEY_PASSPHRASE",
            ),
            #[cfg(feature = "encrypted-keys")]
            Self::PassphraseWrong => f.write_str(
                "the passphrase does not open the private key; is it the one of this key? Spaces and quotes in it count",
            ),
            #[cfg(feature = "encrypted-keys")]
            Self::Encryption => write!(
                f,
                "the private key is encrypted in a way that cannot be read here (PBES2 with AES and PBKDF2 of HMAC-SHA-2 or \
                 scrypt can); {CONVERT}"
            ),
            Self::RsaSize(bits @ ..2_048) => {
                write!(f, "the RSA key has {bits} bits, and needs 2048 at least; {MAKE_ONE}")
            }
            Self::RsaSize(bits) => {
                write!(f, "the RSA key has {bits} bits; keys of 2048, 3072 and 4096 bits can be used here; {MAKE_ONE}")
            }
            Self::Rejected(reason) => write!(f, "the private key cannot be used (the signing library says {reason}); {MAKE_ONE}"),
            Self::Inconsistent => write!(f, "the parts of the RSA key do not belong together; {MAKE_ONE}"),
        }
    }
}
