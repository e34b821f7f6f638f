use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value as Json};

use super::{CompiledField, CompiledSchema, Constraint, Field, FieldsMatch, Schema, model::text_of};
use crate::{
    check::{Rule, check_cell, compare},
    value::Kind,
};

/// What the author of a schema would want to know, and which the validators pass in silence.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Remark {
    /// A key of the document that is absent, or empty: `name`, `title`, `version` or `$schema`.
    MissingKey(String),
    /// A key that nothing reads, one or two letters away from a known one: the field or none, the key, the known one.
    MisspeltKey(Option<String>, String, String),
    /// A value of `fieldsMatch` that the standard does not have.
    UnknownFieldsMatch(String),
    /// A field of the primary key that is not required.
    OptionalKey(String),
    /// So many fields of one name.
    DuplicateField(String, usize),
    /// A field whose name starts or ends with a space.
    OuterSpace(String),
    /// A field whose name has a character that nobody sees, and that character (`U+200D`).
    HiddenCharacter(String, String),
    /// A constraint written beside `constraints`: the field, the constraint.
    ConstraintBeside(String, String),
    /// A constraint of the items written beside their `constraints`: the field, the constraint.
    ItemConstraintBeside(String, String),
    /// `arrayItem` in a field that is no array: the field, its type.
    ItemWithoutArray(String, String),
    /// A key of JSON Schema, which does nothing in Table Schema, and the fields that have it.
    IdleKey(String, Vec<String>),
    /// Two bounds that no value can satisfy together: the field, the lower, the upper.
    CrossedBounds(String, String, String),
    /// A latitude allowed beyond 90 degrees.
    WideLatitude(String),
    /// A longitude kept within 90 degrees.
    NarrowLongitude(String),
    /// An example that is not of the field's type: the field, the example, the type.
    ExampleOffType(String, String, String),
    /// An example that breaks a rule of its own field: the field, the example, the rule.
    ExampleBreaksRule(String, String, Rule),
    /// Members of `enum` that are not of the field's type: the field, the first one, the type, how many.
    MemberOffType(String, String, String, usize),
    /// Members of `enum` with spaces around: the field, the first one, how many.
    MemberSpaces(String, String, usize),
    /// Members of `enum` that come back: the field, the first one, how many.
    MemberTwice(String, String, usize),
    /// So many fields have no title.
    FieldsWithoutTitle(usize),
    /// So many fields have no description.
    FieldsWithoutDescription(usize),
}

/// The keys of a schema, and those that the national catalogue adds.
const OF_SCHEMA: &str = "\
    $schema name title description version keywords countryCode licenses contributors created lastModified homepage \
    path image resources sources fields missingValues primaryKey uniqueKeys foreignKeys fieldsMatch";
/// The keys of a field.
const OF_FIELD: &str = "\
    name title description type format example constraints missingValues trueValues falseValues decimalChar groupChar \
    bareNumber floatNumber arrayItem itemType delimiter categories categoriesOrdered rdfType";
/// The constraints.
const OF_CONSTRAINTS: &str =
    "required unique minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum pattern enum jsonSchema";
/// Keys of JSON Schema that Table Schema does not have.
const IDLE: &str =
    "items minItems maxItems uniqueItems properties minProperties maxProperties additionalProperties nullable multipleOf";
/// Other keys that are met, near a known one and not meant for it.
const MET: &str = "custom_checks customCheck customChecks contributor examples example updated uri";

/// Reads a schema as its author would, once more: what does nothing where it stands, and what
/// contradicts itself.
pub fn review(schema: &Schema) -> Vec<Remark> {
    let compiled = CompiledSchema::new(schema);
    let mut remarks = Vec::new();
    if let Some(document) = schema.document.as_object() {
        let absent = ["name", "title", "version", "$schema"].into_iter().filter(|key| is_blank(document, key));
        remarks.extend(absent.map(|key| Remark::MissingKey(key.to_owned())));
        misspelt(&mut remarks, None, document, OF_SCHEMA);
        if let Some(written) = document.get("fieldsMatch").map(|w| w.get(0).unwrap_or(w))
            && compiled.fields_match == FieldsMatch::Partial
            && written != "partial"
        {
            remarks.push(Remark::UnknownFieldsMatch(text_of(Some(written)).unwrap_or_else(|| written.to_string())));
        }
    }
    for at in &compiled.primary_key {
        let optional = schema.fields.get(*at).filter(|field| !field.is_required());
        remarks.extend(optional.map(|field| Remark::OptionalKey(field.name.clone())));
    }
    let mut idle: Vec<(&str, Vec<String>)> = Vec::new();
    let mut names: HashMap<&str, usize> = HashMap::new();
    schema.fields.iter().for_each(|field| *names.entry(&field.name).or_default() += 1);
    for (field, compiled) in schema.fields.iter().zip(&compiled.fields) {
        if let Some(count) = names.remove(field.name.as_str()).filter(|count| *count > 1) {
            remarks.push(Remark::DuplicateField(field.name.clone(), count));
        }
        review_field(&mut remarks, field, compiled);
        for key in field.document.keys().filter_map(|key| IDLE.split(' ').find(|idle| idle == key)) {
            match idle.iter_mut().find(|(known, _)| *known == key) {
                Some((_, fields)) => fields.push(field.name.clone()),
                None => idle.push((key, vec![field.name.clone()])),
            }
        }
    }
    remarks.extend(idle.into_iter().map(|(key, fields)| Remark::IdleKey(key.to_owned(), fields)));
    let without = |key| schema.fields.iter().filter(|field| is_blank(&field.document, key)).count();
    let (title, description) = (without("title"), without("description"));
    remarks.extend((title > 0).then_some(Remark::FieldsWithoutTitle(title)));
    remarks.extend((description > 0).then_some(Remark::FieldsWithoutDescription(description)));
    remarks
}

fn review_field(remarks: &mut Vec<Remark>, field: &Field, compiled: &CompiledField) {
    let name = || field.name.clone();
    if field.name.starts_with(' ') || field.name.ends_with(' ') {
        remarks.push(Remark::OuterSpace(name()));
    }
    let hidden: BTreeSet<char> = field.name.chars().filter(|c| is_hidden(*c)).collect();
    remarks.extend(hidden.into_iter().map(|c| Remark::HiddenCharacter(name(), format!("U+{:04X}", u32::from(c)))));
    let nearest = misspelt(remarks, Some(&field.name), &field.document, OF_FIELD);
    // Constraints under a misspelt key are looked into as well.
    let meant = nearest.iter().find(|(_, known)| *known == "constraints").map_or("constraints", |(key, _)| key);
    let nothing = Map::new();
    let constraints = field.document.get(meant).and_then(Json::as_object).unwrap_or(&nothing);
    misspelt(remarks, Some(&field.name), constraints, OF_CONSTRAINTS);
    let beside = OF_CONSTRAINTS.split(' ').filter(|key| idles(&field.document, constraints, key));
    remarks.extend(beside.map(|key| Remark::ConstraintBeside(name(), key.to_owned())));
    angles(remarks, &field.name, constraints);
    crossed(remarks, compiled);
    members(remarks, &field.constraints, compiled);
    examples(remarks, field, compiled);
    let Some(item) = field.document.get("arrayItem").and_then(Json::as_object) else { return };
    if !matches!(compiled.kind, Kind::Array) {
        remarks.push(Remark::ItemWithoutArray(name(), field.type_name.clone()));
        return;
    }
    misspelt(remarks, Some(&field.name), item, OF_FIELD);
    let constraints = item.get("constraints").and_then(Json::as_object).unwrap_or(&nothing);
    misspelt(remarks, Some(&field.name), constraints, OF_CONSTRAINTS);
    let beside = OF_CONSTRAINTS.split(' ').filter(|key| idles(item, constraints, key));
    remarks.extend(beside.map(|key| Remark::ItemConstraintBeside(name(), key.to_owned())));
    if let Some(compiled) = &compiled.item {
        crossed(remarks, compiled);
        members(remarks, constraints, compiled);
    }
}

/// Whether a key is absent, or says nothing.
fn is_blank(object: &Map<String, Json>, key: &str) -> bool {
    text_of(object.get(key)).is_none_or(|text| text.trim().is_empty())
}

/// Whether a constraint stands beside the others, which do not say the same.
fn idles(object: &Map<String, Json>, constraints: &Map<String, Json>, key: &str) -> bool {
    object.get(key).is_some_and(|written| constraints.get(key) != Some(written))
}

fn is_hidden(c: char) -> bool {
    let format = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    format || c == '\u{feff}' || c.is_control() || (c.is_whitespace() && c != ' ')
}

/// Tells the misspelt keys of an object, and gives them with the keys they stand for.
fn misspelt(
    remarks: &mut Vec<Remark>,
    field: Option<&str>,
    object: &Map<String, Json>,
    known: &'static str,
) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for key in object.keys() {
        if let Some(near) = nearest(key, object, known) {
            remarks.push(Remark::MisspeltKey(field.map(str::to_owned), key.clone(), near.to_owned()));
            found.push((key.clone(), near));
        }
    }
    found
}

/// The one known key that an unknown key stands for: absent, and as near as its length allows.
fn nearest(key: &str, object: &Map<String, Json>, known: &'static str) -> Option<&'static str> {
    let is_known = [OF_SCHEMA, OF_FIELD, OF_CONSTRAINTS, IDLE, MET].iter().any(|list| list.split(' ').any(|known| known == key));
    let fold = |key: &str| key.to_lowercase().replace(['_', '-', ' '], "");
    let folded = fold(key);
    if is_known || folded.len() < 4 || key.to_lowercase().starts_with("x-") || key.starts_with(['_', '@']) {
        return None;
    }
    let distance = |known: &'static str| {
        let target = fold(known);
        let most = if target.len() < 8 || folded.starts_with(&target) { 1 } else { 2 };
        let distance = strsim::osa_distance(&folded, &target);
        (distance <= most).then_some((distance, known))
    };
    let near: Vec<(usize, &'static str)> =
        known.split(' ').filter(|known| !object.contains_key(*known)).filter_map(distance).collect();
    let (least, best) = near.iter().min()?;
    (near.iter().filter(|(distance, _)| distance == least).count() == 1).then_some(best)
}

/// Bounds of a latitude or of a longitude, each written for the other.
fn angles(remarks: &mut Vec<Remark>, name: &str, constraints: &Map<String, Json>) {
    let lower = name.to_lowercase();
    let called = |words: &[&str], whole: &str| {
        lower.contains(whole) || lower.split(|c: char| !c.is_alphanumeric()).any(|part| words.contains(&part))
    };
    let bound = |key| text_of(constraints.get(key)).and_then(|text| text.parse::<f64>().ok());
    let (least, most) = (bound("minimum"), bound("maximum"));
    if called(&["lat", "ylat"], "latitude")
        && [least, most].iter().flatten().any(|bound| bound.abs() > 90.0 && bound.abs() <= 180.0)
    {
        remarks.push(Remark::WideLatitude(name.to_owned()));
    }
    if called(&["lon", "long", "lng", "xlon", "xlong"], "longitude") && (least, most) == (Some(-90.0), Some(90.0)) {
        remarks.push(Remark::NarrowLongitude(name.to_owned()));
    }
}

fn crossed(remarks: &mut Vec<Remark>, field: &CompiledField) {
    use Constraint::{ExclusiveMaximum, ExclusiveMinimum, MaxLength, Maximum, MinLength, Minimum};
    let pairs = field.constraints.iter().flat_map(|low| field.constraints.iter().map(move |high| (low, high)));
    for pair in pairs {
        let (apart, low, high) = match pair {
            (MinLength(a), MaxLength(b)) => (a > b, "minLength", "maxLength"),
            (Minimum(a), Maximum(b)) => (compare(a, b).is_some_and(|o| o.is_gt()), "minimum", "maximum"),
            (Minimum(a), ExclusiveMaximum(b)) => (compare(a, b).is_some_and(|o| o.is_ge()), "minimum", "exclusiveMaximum"),
            (ExclusiveMinimum(a), Maximum(b)) => (compare(a, b).is_some_and(|o| o.is_ge()), "exclusiveMinimum", "maximum"),
            (ExclusiveMinimum(a), ExclusiveMaximum(b)) => {
                (compare(a, b).is_some_and(|o| o.is_ge()), "exclusiveMinimum", "exclusiveMaximum")
            }
            _ => continue,
        };
        remarks.extend(apart.then(|| Remark::CrossedBounds(field.name.clone(), low.to_owned(), high.to_owned())));
    }
}

/// The members of `enum`: their type, the spaces around them, those that come back.
fn members(remarks: &mut Vec<Remark>, constraints: &Map<String, Json>, field: &CompiledField) {
    let list = constraints.get("enum").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let scalars = || list.iter().filter_map(|member| Some((member, text_of(Some(member))?)));
    let counted = |found: Vec<String>| found.first().cloned().map(|first| (first, found.len()));
    let off = scalars().filter(|(member, text)| match (member, &field.kind) {
        // JSON's own words and numbers need no reading.
        (Json::Bool(_), Kind::Boolean(_)) | (Json::Number(_), Kind::Number(_)) => false,
        _ => !field.missing.contains(text) && field.kind.parse(text.strip_suffix(".0").unwrap_or(text)).is_none(),
    });
    let off = counted(off.map(|(_, text)| text).collect());
    remarks.extend(off.map(|(first, n)| Remark::MemberOffType(field.name.clone(), first, field.kind.name().to_owned(), n)));
    let is_text = matches!(field.kind, Kind::Text(_) | Kind::Any | Kind::Unread(_));
    let spaced = scalars().map(|(_, text)| text).filter(|text| is_text && text.trim() != text && !field.missing.contains(text));
    remarks.extend(counted(spaced.collect()).map(|(first, n)| Remark::MemberSpaces(field.name.clone(), first, n)));
    let (mut once, mut twice) = (HashSet::new(), HashSet::new());
    let again = scalars().map(|(_, text)| text).filter(|text| !once.insert(text.clone()) && twice.insert(text.clone()));
    remarks.extend(counted(again.collect()).map(|(first, n)| Remark::MemberTwice(field.name.clone(), first, n)));
}

/// `example` and `examples`, each checked as a cell would be.
fn examples(remarks: &mut Vec<Remark>, field: &Field, compiled: &CompiledField) {
    let holds_json = matches!(compiled.kind, Kind::Array | Kind::Object | Kind::GeoJson(_));
    let mut written: Vec<&Json> = Vec::new();
    for key in ["example", "examples"] {
        match field.document.get(key) {
            // Where a value is itself an array, a list of plain texts is one example.
            Some(Json::Array(list)) if !holds_json || list.iter().any(|one| !one.is_string() && !one.is_number()) => {
                written.extend(list)
            }
            other => written.extend(other),
        }
    }
    for example in written {
        let text = match example {
            Json::Array(_) | Json::Object(_) if holds_json => example.to_string(),
            scalar => text_of(Some(scalar)).unwrap_or_default(),
        };
        if text.trim().is_empty() {
            continue;
        }
        let verdict = check_cell(compiled, &text);
        let rule = verdict.broken.into_iter().find(|rule| *rule != Rule::Unverifiable);
        match (rule, example) {
            // JSON's own numbers and words need no reading.
            (Some(Rule::Type), Json::Number(_) | Json::Bool(_)) => {}
            (Some(Rule::Type), _) if !verdict.has_value => {
                let format = Some(&field.format).filter(|format| *format != "default");
                let asked = format.map_or_else(|| field.type_name.clone(), |format| format!("{}, {format}", field.type_name));
                remarks.push(Remark::ExampleOffType(field.name.clone(), text, asked));
            }
            (Some(rule), _) => remarks.push(Remark::ExampleBreaksRule(field.name.clone(), text, rule)),
            (None, _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The remarks about some fields, in a schema with nothing else to say.
    fn about(fields: &str) -> Vec<Remark> {
        let head = r#""name":"x","title":"X","version":"1.0","$schema":"s""#;
        of(&format!("{{{head},\"fields\":[{fields}]}}"))
    }

    /// The remarks about a schema, but for the words that its fields lack.
    fn of(schema: &str) -> Vec<Remark> {
        let mut remarks = review(&Schema::from_json(schema).unwrap());
        remarks.retain(|remark| !matches!(remark, Remark::FieldsWithoutTitle(_) | Remark::FieldsWithoutDescription(_)));
        remarks
    }

    fn s(text: &str) -> String {
        text.to_owned()
    }

    #[test]
    fn a_clean_schema_draws_no_remark() {
        let schema = r#"{"$schema":"s","name":"x","title":"X","version":"1.0","fieldsMatch":["subset"],
            "primaryKey":"id","x-nam":1,
            "fields":[
              {"name":"id","title":"N","description":"D","type":"integer","example":12,
               "constraints":{"required":true,"minimum":1}},
              {"name":"lat","title":"L","description":"D","type":"number","example":"48.8","description_en":"?","note":"",
               "constraints":{"minimum":-90,"maximum":"90"}},
              {"name":"my tags","title":"T","description":"D","type":"array","examples":["a","b"],
               "arrayItem":{"constraints":{"enum":["a","b"]}}},
              {"name":"yes","title":"Y","description":"D","type":"boolean","example":true,
               "trueValues":["oui"],"falseValues":["non"]}
            ]}"#;
        assert_eq!(review(&Schema::from_json(schema).unwrap()), []);
    }

    #[test]
    fn the_document_is_looked_at_first() {
        let missing = ["name", "title", "version", "$schema"].map(|key| Remark::MissingKey(s(key)));
        let schema = r#"{"title":" ","fields":[{"name":"a"},{"name":"b","title":"B"}]}"#;
        assert_eq!(of(schema), missing);
        let all = review(&Schema::from_json(schema).unwrap());
        assert_eq!(all[4..], [Remark::FieldsWithoutTitle(1), Remark::FieldsWithoutDescription(2)]);
        let schema = r#"{"name":"x","title":"X","version":"1","$schema":"s","missing_values":[],
            "fieldsMatch":"some","primaryKey":["a"],"fields":[{"name":"a"}]}"#;
        let key = Remark::MisspeltKey(None, s("missing_values"), s("missingValues"));
        assert_eq!(of(schema), [key, Remark::UnknownFieldsMatch(s("some")), Remark::OptionalKey(s("a"))]);
    }

    #[test]
    fn keys_that_do_nothing_where_they_stand() {
        let misspelt = |key: &str, known: &str| Remark::MisspeltKey(Some(s("a")), s(key), s(known));
        assert_eq!(about(r#"{"name":"a","exemple":"b"}"#), [misspelt("exemple", "example")]);
        let swapped = r#"{"name":"longitude","type":"number","contraints":{"minimum":-90,"maximum":90}}"#;
        let key = Remark::MisspeltKey(Some(s("longitude")), s("contraints"), s("constraints"));
        assert_eq!(about(swapped), [key, Remark::NarrowLongitude(s("longitude"))]);
        assert_eq!(about(r#"{"name":"a","constraints":{"minlenght":2}}"#), [misspelt("minlenght", "minLength")]);
        let beside = Remark::ConstraintBeside(s("a"), s("enum"));
        assert_eq!(about(r#"{"name":"a","enum":["b"],"required":true,"constraints":{"required":true}}"#), [beside]);
        let item = Remark::ItemConstraintBeside(s("a"), s("enum"));
        assert_eq!(about(r#"{"name":"a","type":"array","arrayItem":{"enum":["b"]}}"#), [item]);
        let item = Remark::ItemWithoutArray(s("a"), s("string"));
        assert_eq!(about(r#"{"name":"a","arrayItem":{"enum":["b"]}}"#), [item]);
        let idle = Remark::IdleKey(s("nullable"), vec![s("a"), s("b")]);
        assert_eq!(about(r#"{"name":"a","nullable":true},{"name":"b","nullable":true}"#), [idle]);
    }

    #[test]
    fn names_that_mislead() {
        let hidden = |name: &str, code: &str| Remark::HiddenCharacter(s(name), s(code));
        assert_eq!(about(r#"{"name":"\u200da"}"#), [hidden("\u{200d}a", "U+200D")]);
        assert_eq!(about(r#"{"name":"a\u00a0b "}"#), [Remark::OuterSpace(s("a\u{a0}b ")), hidden("a\u{a0}b ", "U+00A0")]);
        assert_eq!(about(r#"{"name":"a"},{"name":"b"},{"name":"a"}"#), [Remark::DuplicateField(s("a"), 2)]);
        let wide = r#"{"name":"Ylat","type":"number","constraints":{"minimum":-180,"maximum":180}}"#;
        assert_eq!(about(wide), [Remark::WideLatitude(s("Ylat"))]);
    }

    #[test]
    fn examples_are_checked_as_cells() {
        let off = Remark::ExampleOffType(s("a"), s("07/03/2024"), s("date"));
        assert_eq!(about(r#"{"name":"a","type":"date","example":"07/03/2024"}"#), [off]);
        let off = Remark::ExampleOffType(s("a"), s("2024"), s("date, %d/%m/%Y"));
        assert_eq!(about(r#"{"name":"a","type":"date","format":"%d/%m/%Y","example":"2024"}"#), [off]);
        let breaks = |example: &str, rule| Remark::ExampleBreaksRule(s("a"), s(example), rule);
        let many = r#"{"name":"a","examples":["x","zz"],"constraints":{"maxLength":1}}"#;
        assert_eq!(about(many), [breaks("zz", Rule::MaxLength)]);
        let item = r#"{"name":"a","type":"array","example":["c"],"arrayItem":{"constraints":{"enum":["b"]}}}"#;
        assert_eq!(about(item), [breaks(r#"["c"]"#, Rule::Enum)]);
    }

    #[test]
    fn constraints_that_contradict_themselves() {
        let crossed = |low: &str, high: &str| [Remark::CrossedBounds(s("a"), s(low), s(high))];
        let bounds = r#"{"name":"a","type":"number","constraints":{"minimum":"2","maximum":1}}"#;
        assert_eq!(about(bounds), crossed("minimum", "maximum"));
        assert_eq!(about(r#"{"name":"a","constraints":{"minLength":3,"maxLength":2}}"#), crossed("minLength", "maxLength"));
        let members = r#"{"name":"a","type":"integer","constraints":{"enum":["x",1,1,"y"]}}"#;
        let twice = Remark::MemberTwice(s("a"), s("1"), 1);
        assert_eq!(about(members), [Remark::MemberOffType(s("a"), s("x"), s("integer"), 2), twice]);
        assert_eq!(about(r#"{"name":"a","constraints":{"enum":["x "]}}"#), [Remark::MemberSpaces(s("a"), s("x "), 1)]);
    }
}
