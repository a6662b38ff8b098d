//! Reads JSON in one pass over its text: strictly, without a tree, and without copying texts that have no escapes.

use super::ReadError;
use super::mistakes::{shortened, wording};
use super::scan::{number_length, plain_length};
use crate::Wire;
use crate::spec::{Field, Schema};
use std::borrow::Cow;

/// A place in a JSON text, from which values are read.
///
/// After an error the place is undefined; the reader is of no further use then.
#[derive(Debug)]
pub struct JsonReader<'a> {
    pub(super) text: &'a str,
    /// How many bytes have been read.
    pub(super) at: usize,
    /// Which field came after which in the objects so far: at 0 the number of the first field, at `n + 1` of the one after field
    /// `n`. Rows look alike, so the order of one tells that of the next; before, it is that of the type.
    followers: [u8; MOST_FIELDS],
}

/// Reads or skips the value of a field, of which it gets the name or number.
type ReadPart<'f, 'a, K> = dyn FnMut(&mut JsonReader<'a>, K) -> Result<(), ReadError> + 'f;

/// Further fields of an object are read, but their order is not learned.
const MOST_FIELDS: usize = 64;

const ORDER_OF_TYPE: [u8; MOST_FIELDS] = {
    let mut followers = [0; MOST_FIELDS];
    let mut field = 0_u8;
    while (field as usize) < MOST_FIELDS {
        followers[field as usize] = field;
        field += 1;
    }
    followers
};

impl<'a> JsonReader<'a> {
    /// Starts at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self::starting(text, 0)
    }

    pub(super) fn starting(text: &'a str, at: usize) -> Self {
        Self { text, at, followers: ORDER_OF_TYPE }
    }

    /// Returns the byte with which the next value begins; none at the end of the text.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Requires that nothing follows.
    pub fn end(&mut self) -> Result<(), ReadError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.malformed()),
        }
    }

    /// Reads an object. `read` is called for each field with its number in the schema, or the number of fields for one that
    /// the schema does not know, and reads or skips the value. The fields may come in any order; the one of the schema is fast.
    pub fn object(&mut self, schema: &Schema, read: &mut ReadPart<'_, 'a, usize>) -> Result<(), ReadError> {
        let fields = if let Schema::Object(fields) = schema { *fields } else { &[] };
        let mut slot = 0;
        self.members(
            |from| {
                let expected = from.followers.get(slot).map_or(slot, |number| usize::from(*number));
                let number = match fields.get(expected) {
                    Some(field) if from.take_key(field.name) => expected,
                    _ => from.other_field(fields, slot)?,
                };
                if number < fields.len() {
                    slot = number + 1;
                }
                Ok(number)
            },
            read,
        )
    }

    /// Reads a key that is not the expected one, and returns the number of its field, or the number of fields. After the field
    /// of this slot it is expected from now on.
    fn other_field(&mut self, fields: &[Field], slot: usize) -> Result<usize, ReadError> {
        let name = self.key()?;
        let number = fields.iter().position(|field| field.name == name);
        if let (Some(number), Some(follower)) = (number, self.followers.get_mut(slot)) {
            *follower = u8::try_from(number).unwrap_or(*follower);
        }
        Ok(number.unwrap_or(fields.len()))
    }

    /// Reads an object whose keys are names.
    pub fn map(&mut self, read: &mut ReadPart<'_, 'a, Cow<'a, str>>) -> Result<(), ReadError> {
        self.members(Self::key, read)
    }

    #[inline]
    fn members<K>(
        &mut self,
        mut key: impl FnMut(&mut Self) -> Result<K, ReadError>,
        read: &mut ReadPart<'_, 'a, K>,
    ) -> Result<(), ReadError> {
        self.open(b'{', "an object")?;
        if self.take(b'}') {
            return Ok(());
        }
        loop {
            let key_start = self.at;
            let key = key(self)?;
            if let Err(error) = read(self, key) {
                return Err(self.in_field(error, key_start));
            }
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.malformed()),
            }
        }
    }

    /// Reads a list. `read` is called for each element and reads or skips it.
    pub fn list(&mut self, read: &mut dyn FnMut(&mut Self) -> Result<(), ReadError>) -> Result<(), ReadError> {
        self.open(b'[', "a list")?;
        if self.take(b']') {
            return Ok(());
        }
        let mut index = 0;
        loop {
            if let Err(error) = read(self) {
                return Err(self.in_element(error, index));
            }
            index += 1;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.malformed()),
            }
        }
    }

    /// Reads the value of a field into its place.
    ///
    /// # Errors
    ///
    /// When the value cannot be read, or the field stood there before.
    pub fn field<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), ReadError> {
        if place.is_some() {
            return Err(ReadError::repeated_field());
        }
        *place = Some(T::read(self)?);
        Ok(())
    }

    /// Returns the value of a field that every object of this type has.
    ///
    /// # Errors
    ///
    /// When the object that was just read did not have it.
    #[inline]
    pub fn required<T>(&self, place: Option<T>, name: &str) -> Result<T, ReadError> {
        match place {
            Some(value) => Ok(value),
            None => Err(self.missing(name)),
        }
    }

    /// Looks ahead for the first of some keys that the next object has; none when it has none of them, or is no object.
    pub fn first_key_of(&self, keys: &[&str]) -> Result<Option<usize>, ReadError> {
        let mut ahead = Self::starting(self.text, self.at);
        if ahead.peek() != Some(b'{') {
            return Ok(None);
        }
        let mut found = None;
        ahead.map(&mut |from, key| {
            let number = keys.iter().position(|wanted| **wanted == *key);
            found = found.into_iter().chain(number).min();
            from.skip()
        })?;
        Ok(found)
    }

    /// Looks ahead for the text that a key of the next object has; none when it lacks the key, or is no object.
    ///
    /// # Errors
    ///
    /// When the key has something else than a text.
    pub fn text_of_key(&self, wanted: &str) -> Result<Option<Cow<'a, str>>, ReadError> {
        let mut ahead = Self::starting(self.text, self.at);
        if ahead.peek() != Some(b'{') {
            return Ok(None);
        }
        let start = ahead.at;
        ahead.at += 1;
        if ahead.take_key(wanted) && ahead.peek() == Some(b'"') {
            return ahead.quoted().map(Some);
        }
        ahead.at = start;
        let mut found = None;
        ahead.map(&mut |from, key| {
            if key != wanted || found.is_some() {
                return from.skip();
            }
            if from.peek() != Some(b'"') {
                return Err(from.unexpected("a text"));
            }
            found = Some(from.quoted()?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Reads the text that tells what kind of object this is, into its place.
    ///
    /// # Errors
    ///
    /// When it is another text, or the field stood there before.
    pub fn tag(&mut self, place: &mut Option<()>, kind: &str) -> Result<(), ReadError> {
        if place.is_some() {
            return Err(ReadError::repeated_field());
        }
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a text"));
        }
        let text = self.quoted()?;
        if text != kind {
            return Err(ReadError::new(format_args!("expected {kind:?}, found {:?}", shortened(&text, 40))));
        }
        *place = Some(());
        Ok(())
    }

    /// Reads `null`, if it is next.
    pub fn take_null(&mut self) -> bool {
        let is_null = self.peek() == Some(b'n') && self.bytes()[self.at..].starts_with(b"null");
        self.at += if is_null { 4 } else { 0 };
        is_null
    }

    /// Reads a text, number or word of JSON, quoted or bare, and returns its text; none for `null`.
    ///
    /// # Errors
    ///
    /// When it is an object or a list. `expected` says what should be there.
    #[inline]
    pub fn scalar(&mut self, expected: &str) -> Result<Option<Cow<'a, str>>, ReadError> {
        match self.peek() {
            Some(b'"') => self.quoted().map(Some),
            Some(b'{' | b'[') => Err(self.no_scalar(expected)),
            _ => {
                let bare = self.bare()?;
                Ok((bare != "null").then_some(Cow::Borrowed(bare)))
            }
        }
    }

    /// Reads a scalar with a function that takes as many bytes as it understands, and returns their number. None when it
    /// does not understand all of the scalar; nothing is read then.
    #[inline]
    pub(crate) fn take_with<T>(&mut self, read: impl FnOnce(&[u8]) -> Option<(T, usize)>) -> Option<T> {
        let quote = usize::from(self.peek() == Some(b'"'));
        let rest = self.bytes().get(self.at + quote..)?;
        // Only a text may begin like this.
        if quote == 0 && matches!(rest, [b'0', b'0'..=b'9', ..] | [b'-', b'0', b'0'..=b'9', ..]) {
            return None;
        }
        let (value, length) = read(rest)?;
        let end = self.at + quote + length;
        let is_whole = match self.bytes().get(end)? {
            b'"' => quote == 1,
            b',' | b'}' | b']' => quote == 0,
            _ => false,
        };
        is_whole.then(|| {
            self.at = end + quote;
            value
        })
    }

    /// Reads any value and returns its text.
    pub fn raw(&mut self) -> Result<&'a str, ReadError> {
        self.peek();
        let start = self.at;
        self.skip()?;
        Ok(&self.text[start..self.at])
    }

    /// Reads any value and drops it, however deep it is nested.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let mut open = Vec::new();
        loop {
            match self.peek() {
                Some(b'"') => self.skip_quoted()?,
                Some(b'{') => {
                    self.at += 1;
                    if !self.take(b'}') {
                        open.push(b'}');
                        self.skip_key()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    if !self.take(b']') {
                        open.push(b']');
                        continue;
                    }
                }
                _ => {
                    self.bare()?;
                }
            }
            loop {
                let Some(close) = open.last() else { return Ok(()) };
                if self.take(*close) {
                    open.pop();
                } else if self.take(b',') {
                    if *close == b'}' {
                        self.skip_key()?;
                    }
                    break;
                } else {
                    return Err(self.malformed());
                }
            }
        }
    }

    pub(super) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn open(&mut self, bracket: u8, expected: &str) -> Result<(), ReadError> {
        if self.take(bracket) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    /// Reads a key and its colon if they are next and written without spaces.
    #[inline]
    fn take_key(&mut self, name: &str) -> bool {
        let next = self.bytes().get(self.at..).and_then(|next| next.strip_prefix(b"\""));
        let next = next.and_then(|next| next.strip_prefix(name.as_bytes()));
        let is_next = next.is_some_and(|next| next.starts_with(b"\":"));
        if is_next {
            self.at += name.len() + 3;
        }
        is_next
    }

    fn key(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let key = self.key_text()?;
        if self.take(b':') { Ok(key) } else { Err(self.malformed()) }
    }

    pub(super) fn key_text(&mut self) -> Result<Cow<'a, str>, ReadError> {
        if self.peek() == Some(b'"') { self.quoted() } else { Err(self.malformed()) }
    }

    fn skip_key(&mut self) -> Result<(), ReadError> {
        if self.peek() != Some(b'"') {
            return Err(self.malformed());
        }
        self.skip_quoted()?;
        if self.take(b':') { Ok(()) } else { Err(self.malformed()) }
    }

    /// Reads a text whose opening quote is next.
    #[inline]
    fn quoted(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let start = self.at + 1;
        let end = start + plain_length(&self.bytes()[start..]);
        if self.bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            Ok(Cow::Borrowed(&self.text[start..end]))
        } else {
            self.escaped().map(Cow::Owned)
        }
    }

    /// Reads a text with escapes, or with a mistake.
    #[cold]
    fn escaped(&mut self) -> Result<String, ReadError> {
        let start = self.at;
        self.skip_quoted()?;
        serde_json::from_str(&self.text[start..self.at])
            .map_err(|error| ReadError::new(wording(&error)).placed(self.text, start + error.column()))
    }

    fn skip_quoted(&mut self) -> Result<(), ReadError> {
        self.at += 1;
        loop {
            self.at += plain_length(&self.bytes()[self.at..]);
            let rest = &self.bytes()[self.at..];
            self.at += match rest {
                [b'"', ..] => {
                    self.at += 1;
                    return Ok(());
                }
                [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
                [b'\\', b'u', digits @ ..] if digits.len() >= 4 && digits[..4].iter().all(u8::is_ascii_hexdigit) => 6,
                _ => return Err(self.malformed()),
            };
        }
    }

    /// Reads a number, `true`, `false` or `null`.
    fn bare(&mut self) -> Result<&'a str, ReadError> {
        let rest = &self.text[self.at..];
        let length = match rest.as_bytes() {
            [b'-' | b'0'..=b'9', ..] => number_length(rest.as_bytes()),
            [b't', b'r', b'u', b'e', ..] | [b'n', b'u', b'l', b'l', ..] => 4,
            [b'f', b'a', b'l', b's', b'e', ..] => 5,
            _ => 0,
        };
        if length == 0 {
            return Err(self.malformed());
        }
        self.at += length;
        Ok(&rest[..length])
    }
}
