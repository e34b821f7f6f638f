//! What all readers of XML share: events one after the other, attributes, text.

use std::{borrow::Cow, io::BufRead};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event, attributes::Attribute},
};

use crate::intake::IntakeError;

/// Gives every event to `visit`, in order. A document that ends before its elements do is damaged: it was cut.
pub fn walk(input: impl BufRead, mut visit: impl FnMut(&Event<'_>) -> Result<(), IntakeError>) -> Result<(), IntakeError> {
    let mut xml = Reader::from_reader(input);
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        let event = xml.read_event_into(&mut buffer).map_err(IntakeError::damaged)?;
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth > 0 => return Err(IntakeError::damaged("the document is cut")),
            Event::Eof => return Ok(()),
            _ => {}
        }
        visit(&event)?;
        buffer.clear();
    }
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
    fn text_is_whole_and_a_cut_document_is_damaged() {
        let mut text = String::new();
        walk(&b"<a>x &lt;&#233;&amp;<![CDATA[<b>]]>\r\n</a>"[..], |event| append(&mut text, event)).unwrap();
        assert_eq!(text, "x <é&<b>\n");
        for bad in [&b"<a><b></b>"[..], b"<a>&swollen;</a>", b"<a></b>"] {
            assert!(matches!(walk(bad, |event| append(&mut text, event)), Err(IntakeError::Damaged { .. })));
        }
    }
}
