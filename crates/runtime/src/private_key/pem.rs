//! Finds the private key in the text of a PEM file, however the text came here: a file, a variable with `\n` in place of
//! line breaks, a variable that lost its line breaks, with quotes around it or words before it.

use super::unfit::Unfit;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::zeroize::Zeroizing;

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// Which structure of PKCS#8 a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pkcs8Kind {
    PrivateKeyInfo,
    EncryptedPrivateKeyInfo,
}

/// What stands between a BEGIN line and its END line.
struct Block<'a> {
    label: &'a str,
    body: &'a str,
}

/// Whether a text is meant to be a PEM, not the path of one.
pub(crate) fn is_pem(text: &str) -> bool {
    text.contains(DASHES)
}

/// The document of the only private key in a text. Public keys and certificates beside it do no harm.
pub(super) fn find(text: &str) -> Result<(Pkcs8Kind, Zeroizing<Vec<u8>>), Unfit> {
    let text = with_line_breaks(text);
    let blocks = blocks(&text)?;
    let mut private = blocks.iter().filter(|block| block.label.ends_with("PRIVATE KEY"));
    match (private.next(), private.next()) {
        (Some(block), None) => Ok((kind(block)?, decode(block.body)?)),
        (Some(_), Some(_)) => Err(Unfit::SeveralKeys),
        (None, _) => Err(match blocks.first().map(|block| block.label) {
            None => Unfit::NotPem,
            Some("PUBLIC KEY" | "RSA PUBLIC KEY") => Unfit::PublicKey,
            Some("CERTIFICATE") => Unfit::Certificate,
            Some(_) => Unfit::OtherPem,
        }),
    }
}

fn kind(block: &Block<'_>) -> Result<Pkcs8Kind, Unfit> {
    match block.label {
        "PRIVATE KEY" => Ok(Pkcs8Kind::PrivateKeyInfo),
        "ENCRYPTED PRIVATE KEY" => Ok(Pkcs8Kind::EncryptedPrivateKeyInfo),
        "RSA PRIVATE KEY" if block.body.contains("Proc-Type:") => Err(Unfit::LegacyEncryption),
        "RSA PRIVATE KEY" => Err(Unfit::Pkcs1),
        "EC PRIVATE KEY" => Err(Unfit::EllipticCurve),
        "OPENSSH PRIVATE KEY" => Err(Unfit::OpenSsh),
        _ => Err(Unfit::OtherPem),
    }
}

/// The text with `\n` and `\r` that are written out, with one backslash or several, as line breaks. A backslash has no
/// other use in a PEM.
fn with_line_breaks(text: &str) -> Zeroizing<String> {
    // It never grows, so no copy is left behind.
    let mut broken = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character == '\\' {
            let after = rest.as_str().trim_start_matches('\\');
            rest = after.strip_prefix(['n', 'r']).unwrap_or(after).chars();
            broken.push('\n');
        } else {
            broken.push(character);
        }
    }
    broken
}

fn blocks(mut text: &str) -> Result<Vec<Block<'_>>, Unfit> {
    let mut blocks = Vec::new();
    while let Some((_, rest)) = text.split_once(BEGIN) {
        let (label, rest) = rest.split_once(DASHES).ok_or(Unfit::CutOff)?;
        let (body, rest) = rest.split_once(&format!("-----END {label}{DASHES}")).ok_or(Unfit::CutOff)?;
        blocks.push(Block { label, body });
        text = rest;
    }
    Ok(blocks)
}

fn decode(body: &str) -> Result<Zeroizing<Vec<u8>>, Unfit> {
    let mut compact = Zeroizing::new(String::with_capacity(body.len()));
    compact.extend(body.chars().filter(|character| !character.is_whitespace()));
    let mut document = Zeroizing::new(vec![0; compact.len()]);
    let length = BASE64_STANDARD.decode_slice(compact.as_bytes(), &mut document).map_err(|_| Unfit::Damaged)?;
    document.truncate(length);
    Ok(document)
}
