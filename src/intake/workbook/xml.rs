//! What all readers of XML share: events one after the other, attributes, text.

use std::{borrow::Cow, io::Read};

use quick_xml::{
    Error, Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event, attributes::Attribute},
};

use crate::intake::IntakeError;

/// Bytes of a document looked at together.
const PIECE: u64 = 256 << 10;

/// Gives every event to `visit`, in order. A document that ends before its elements do is damaged: it was cut.
///
/// It is read piece by piece, each of which is at hand as a whole: events then borrow from it, where each would be copied
/// from a stream. A piece ends with what looks like the end of a tag.
pub fn walk(input: impl Read, visit: impl FnMut(&Event<'_>) -> Result<(), IntakeError>) -> Result<(), IntakeError> {
    walk_by(PIECE, input, &mut Told(visit))
}

/// What hears a document.
pub trait Hearer {
    /// Hears an event.
    fn hear(&mut self, event: &Event<'_>) -> Result<(), IntakeError>;

    /// Reads, without waiting for their events, whole elements that the rest of a piece begins with, where it knows how they
    /// are written. Returns the bytes that they take: none where it does not.
    fn skim(&mut self, _rest: &str) -> Result<usize, IntakeError> {
        Ok(0)
    }
}

struct Told<F>(F);

impl<F: FnMut(&Event<'_>) -> Result<(), IntakeError>> Hearer for Told<F> {
    fn hear(&mut self, event: &Event<'_>) -> Result<(), IntakeError> {
        (self.0)(event)
    }
}

/// As [`walk`], with a hearer that may skim.
pub fn walk_to(input: impl Read, hearer: &mut impl Hearer) -> Result<(), IntakeError> {
    walk_by(PIECE, input, hearer)
}

fn walk_by(piece: u64, mut input: impl Read, hearer: &mut impl Hearer) -> Result<(), IntakeError> {
    let mut held = Vec::new();
    let mut depth = 0_usize;
    loop {
        // What is longer than a piece is looked at again from its start: with twice as much each time, that costs no more than
        // its length.
        let more = piece.max(held.len() as u64);
        let last = input.by_ref().take(more).read_to_end(&mut held).map_err(IntakeError::of_stream)? == 0;
        let end = if last { held.len() } else { memchr::memrchr(b'>', &held).map_or(0, |at| at + 1) };
        let told = walk_piece(held.get(..end).unwrap_or_default(), last, &mut depth, hearer)?;
        held.drain(..told);
        if last {
            return if depth > 0 { Err(IntakeError::damaged("the document is cut")) } else { Ok(()) };
        }
    }
}

/// Gives the events of a piece. Returns the bytes that they take: fewer than it has where it ends within one, as in a
/// comment or in a value that holds `>`.
fn walk_piece(piece: &[u8], last: bool, depth: &mut usize, hearer: &mut impl Hearer) -> Result<usize, IntakeError> {
    // Bytes that are no text are told by the event that they stand in.
    let text = simdutf8::basic::from_utf8(piece).unwrap_or_default();
    let mut start = 0;
    let mut xml = reader(piece);
    loop {
        let mut at = start + xml.buffer_position() as usize;
        let skimmed = hearer.skim(text.get(at..).unwrap_or_default())?;
        if skimmed > 0 {
            at += skimmed;
            start = at;
            xml = reader(piece.get(start..).unwrap_or_default());
        }
        match xml.read_event() {
            Ok(Event::Eof) => return Ok(piece.len()),
            Ok(event) => {
                match event {
                    Event::Start(_) => *depth += 1,
                    Event::End(_) => *depth = depth.saturating_sub(1),
                    _ => {}
                }
                hearer.hear(&event)?;
            }
            Err(Error::Syntax(_)) if !last => return Ok(at),
            Err(error) => return Err(IntakeError::damaged(error)),
        }
    }
}

fn reader(piece: &[u8]) -> Reader<&[u8]> {
    let mut xml = Reader::from_reader(piece);
    // They began before.
    xml.config_mut().allow_unmatched_ends = true;
    xml
}

/// A name without its prefix.
pub fn local(name: &str) -> &str {
    // Those met by the million are of one letter.
    if name.len() == 1 { name } else { name.rsplit_once(':').map_or(name, |(_, local)| local) }
}

/// The attributes of an element.
pub fn attributes<'e>(element: &'e BytesStart<'_>) -> impl Iterator<Item = Result<Attribute<'e>, IntakeError>> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    attributes.map(|attribute| attribute.map_err(IntakeError::damaged))
}

/// The value of an attribute, its entities replaced.
pub fn value<'e>(attribute: &Attribute<'e>) -> Result<Cow<'e, str>, IntakeError> {
    attribute.normalized_value(XmlVersion::Implicit1_0).map_err(IntakeError::damaged)
}

/// The attribute of this name, which is whole or without its prefix.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, IntakeError> {
    for attribute in attributes(element) {
        let attribute = attribute?;
        if attribute.key.as_ref() == name || attribute.key.local_name().as_ref() == name {
            return Ok(Some(value(&attribute)?.into_owned()));
        }
    }
    Ok(None)
}

/// The attribute of this name as a number.
pub fn count(element: &BytesStart<'_>, name: &str) -> Result<Option<u32>, IntakeError> {
    Ok(attribute(element, name)?.and_then(|count| count.parse().ok()))
}

/// Whether the attribute of this name says yes.
pub fn flag(element: &BytesStart<'_>, name: &str) -> Result<bool, IntakeError> {
    Ok(attribute(element, name)?.is_some_and(|flag| flag == "1" || flag == "true"))
}

/// Adds what an event says in text.
pub fn append(text: &mut String, event: &Event<'_>) -> Result<(), IntakeError> {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(entity) => text.push(character(entity)?),
        _ => {}
    }
    Ok(())
}

fn character(entity: &BytesRef<'_>) -> Result<char, IntakeError> {
    if let Some(c) = entity.resolve_char_ref().map_err(IntakeError::damaged)? {
        return Ok(c);
    }
    let name: &str = entity;
    match name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        // A document may define entities that swell without end: none is followed.
        _ => Err(IntakeError::damaged(format!("entity {name}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_in_pieces_is_read_as_a_whole() {
        let cell = "<c a=\"x>y\" b='>'>é > &lt;<!-- <z> --><![CDATA[<b>]]>\n</c><d/>";
        let document = format!("<a>{}</a>", cell.repeat(3));
        let told = |piece: u64, document: &str| {
            let (mut text, mut names) = (String::new(), String::new());
            let hear = |event: &Event<'_>| {
                if let Event::Start(element) | Event::Empty(element) = event {
                    names.push_str(element.name().as_ref());
                    names.extend(attribute(element, "a")?);
                }
                append(&mut text, event)
            };
            walk_by(piece, document.as_bytes(), &mut Told(hear)).map(|()| (text, names))
        };
        let whole = ("é > <<b>\n".repeat(3), format!("a{}", "cx>yd".repeat(3)));
        for piece in 1..=document.len() as u64 + 1 {
            assert_eq!(told(piece, &document).unwrap(), whole, "{piece}");
            for bad in ["<!-- ", "<c a='", "<c", "&swollen;"] {
                assert!(told(piece, &format!("<a>{cell}{bad}")).is_err(), "{piece} {bad}");
            }
        }
    }

    #[test]
    fn text_is_whole_and_a_cut_document_is_damaged() {
        let mut text = String::new();
        walk(&b"<a>x &lt;&#233;&amp;<![CDATA[<b>]]>\r\n</a>"[..], |event| append(&mut text, event)).unwrap();
        assert_eq!(text, "x <é&<b>\n");
        for bad in [&b"<a><b></b>"[..], b"<a>&swollen;</a>", b"<a></b>"] {
            assert!(matches!(walk(bad, |event| append(&mut text, event)), Err(IntakeError::Damaged { .. })));
        }
    }
}
