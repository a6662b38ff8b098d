//! Keys and signatures made by OpenSSL; the commands are in the note beside the files.

use super::*;
use crate::KeyType;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use papi_types::percent_encode;
use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::der::Encode as _;
use pkcs8::pkcs5::pbes2::Parameters;

const PASSPHRASE: &str = "worthless";

fn fixture(file: &str) -> String {
    let path = format!("{}/tests/test_keys/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a fixture")
}

fn signature(pem: &str, passphrase: Option<&str>) -> Result<String, String> {
    match read(pem, passphrase) {
        Ok(key) => Ok(key.sign(&fixture("payload.txt"))),
        Err(unfit) => Err(unfit.to_string()),
    }
}

fn refusal(pem: &str, passphrase: Option<&str>) -> Unfit {
    match read(pem, passphrase) {
        Ok(_) => panic!("it is a key"),
        Err(unfit) => unfit,
    }
}

fn document(file: &str) -> Vec<u8> {
    let (_, document) = pem::find(&fixture(file)).expect("a PEM");
    document.to_vec()
}

fn framed(label: &str, document: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", BASE64_STANDARD.encode(document))
}

#[test]
fn signatures_equal_those_of_openssl() {
    let rsa = |bits| KeyType::Rsa { bits };
    let rows = [
        ("rsa_2048.pem", None, "rsa_2048.sig", rsa(2_048)),
        ("rsa_3072.pem", None, "rsa_3072.sig", rsa(3_072)),
        ("rsa_4096.pem", None, "rsa_4096.sig", rsa(4_096)),
        ("ed25519.pem", None, "ed25519.sig", KeyType::Ed25519),
        ("ed25519_v2.pem", None, "ed25519.sig", KeyType::Ed25519),
        ("rsa_2048_aes256.pem", Some(PASSPHRASE), "rsa_2048.sig", rsa(2_048)),
        ("ed25519_aes192.pem", Some(PASSPHRASE), "ed25519.sig", KeyType::Ed25519),
        ("ed25519_sha512.pem", Some(PASSPHRASE), "ed25519.sig", KeyType::Ed25519),
        ("ed25519_scrypt.pem", Some(PASSPHRASE), "ed25519.sig", KeyType::Ed25519),
        // A passphrase that is not needed does no harm.
        ("ed25519.pem", Some(PASSPHRASE), "ed25519.sig", KeyType::Ed25519),
    ];
    for (file, passphrase, expected, key_type) in rows {
        let key = read(&fixture(file), passphrase).unwrap_or_else(|unfit| panic!("{file}: {unfit}"));
        assert_eq!(key.sign(&fixture("payload.txt")), percent_encode(&fixture(expected)), "{file}");
        assert_eq!(key.key_type(), key_type, "{file}");
    }
}

#[test]
fn the_key_of_rfc_8032_signs_a_query() {
    let payload = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=2000&recvWindow=5000&timestamp=1611825601400";
    let expected = "pU38pzAovKwow8iRcL7zT1VPxu91TdbE4KAMvNdUPLm4hpq8Wijo2smF90vgPukC9xPjoz9ljTex7v1q7wJDAQ%3D%3D";
    let key = read(&fixture("rfc8032.pem"), None).expect("a key");
    assert_eq!(key.sign(payload), expected);
}

#[test]
fn a_pem_may_have_gone_through_variables_and_editors() {
    let commented = fixture("ed25519.pem");
    let pem = &commented[commented.find("-----BEGIN").expect("a PEM")..];
    let expected = Ok(percent_encode(&fixture("ed25519.sig")));
    for text in [
        pem.to_owned(),
        pem.trim_end().to_owned(),
        pem.replace('\n', "\r\n"),
        pem.replace('\n', "\\n"),
        pem.replace('\n', "\\r\\n"),
        pem.replace('\n', "\\\\n"),
        pem.replace('\n', " "),
        pem.replace('\n', ""),
        format!("\u{feff}  \"{pem}\"\n"),
        format!("'{}'", pem.replace('\n', "\\n")),
        format!("{}{pem}{}", fixture("ed25519.public.pem"), fixture("certificate.pem")),
    ] {
        assert_eq!(signature(&text, None), expected, "{text:?}");
    }
}

#[test]
fn what_cannot_be_used_says_what_to_do() {
    let whole = fixture("rsa_2048.pem");
    let mut other_half = document("ed25519_v2.pem");
    *other_half.last_mut().expect("bytes") ^= 1;
    let mut mixed_up = document("rsa_2048.pem");
    let inside_an_exponent = mixed_up.len() - 330;
    mixed_up[inside_an_exponent] ^= 1;
    let in_files = [
        ("rsa_1024.pem", None),
        ("rsa_2560.pem", None),
        ("rsa_exponent_3.pem", None),
        ("rsa_pss.pem", None),
        ("rsa_2048_pkcs1.pem", None),
        ("rsa_2048_legacy.pem", Some(PASSPHRASE)),
        ("rsa_2048_aes256.pem", None),
        ("rsa_2048_aes256.pem", Some("Worthless")),
        ("rsa_2048_aes256.pem", Some("")),
        ("ed25519_scrypt.pem", Some("worth less")),
        ("ed25519_des3.pem", Some(PASSPHRASE)),
        ("ed25519_sha1.pem", Some(PASSPHRASE)),
        ("ed25519_pbes1.pem", Some(PASSPHRASE)),
        ("ec.pem", None),
        ("ec_sec1.pem", None),
        ("ed448.pem", None),
        ("ed25519.public.pem", None),
        ("certificate.pem", None),
        ("payload.txt", None),
    ];
    let by_hand = [
        ("nothing", String::new()),
        ("its beginning", whole[..whole.len() / 2].to_owned()),
        ("a character changed", whole.replacen("MII", "MI-", 1)),
        (
            "a line lost",
            whole.lines().enumerate().filter(|(line, _)| *line != 5).map(|(_, line)| format!("{line}\n")).collect(),
        ),
        ("nothing in the frame", framed("PRIVATE KEY", b"")),
        ("not encrypted", framed("ENCRYPTED PRIVATE KEY", &document("ed25519.pem"))),
        ("two keys", fixture("ed25519.pem") + &whole),
        ("for SSH", framed("OPENSSH PRIVATE KEY", b"openssh-key-v1")),
        ("of a list of revoked certificates", framed("X509 CRL", b"")),
        ("another key's public half", framed("PRIVATE KEY", &other_half)),
        ("another key's exponent", framed("PRIVATE KEY", &mixed_up)),
    ];
    let files =
        in_files.map(|(file, passphrase)| (format!("{file}, {passphrase:?}"), refusal(&fixture(file), passphrase)));
    let hand = by_hand.map(|(what, pem)| (what.to_owned(), refusal(&pem, Some(PASSPHRASE))));
    let lines: Vec<String> =
        files.into_iter().chain(hand).map(|(what, unfit)| format!("{what}\n    {unfit}")).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// One wrong passphrase in a few hundred does not break the padding.
#[test]
fn nonsense_behind_a_passphrase_is_a_wrong_passphrase() {
    let nonsense: [&[u8]; 2] = [b"nonsense", &[0x30, 3, 1, 2, 3]];
    for opened in nonsense {
        let scheme = Parameters::generate_pbkdf2_sha256_aes256cbc(1, b"salt", [0; 16]).expect("parameters");
        let encrypted = scheme.encrypt(PASSPHRASE, opened).expect("encrypted");
        let encrypted = OctetStringRef::new(&encrypted).expect("short");
        let info = EncryptedPrivateKeyInfoRef { encryption_algorithm: scheme.into(), encrypted_data: encrypted };
        let pem = framed("ENCRYPTED PRIVATE KEY", &info.to_der().expect("a document"));
        assert!(matches!(refusal(&pem, Some(PASSPHRASE)), Unfit::PassphraseWrong));
    }
}
