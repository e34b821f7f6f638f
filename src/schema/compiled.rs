use serde_json::Value as Json;

use super::{Check, Field, Meaning, Pattern, Purpose, Schema, ValueCheck, custom, model::text_of};
use crate::value::{Booleans, GeoFormat, GeoJson, Kind, NumberOptions, TextFormat, Value};

/// A schema ready for checking: types chosen, bounds read, patterns built.
#[derive(Debug, Clone, Default)]
pub struct CompiledSchema {
    /// The fields, in the schema's order.
    pub fields: Vec<CompiledField>,
    /// The custom checks, in the schema's order.
    pub checks: Vec<Check>,
    /// The places of the primary key's fields.
    pub primary_key: Vec<usize>,
    /// Groups of fields whose values together stand once (Table Schema v2); empty for one that
    /// cannot be checked.
    pub unique_keys: Vec<Vec<usize>>,
    /// Fields whose values must stand elsewhere in the same table; empty for one that cannot be checked.
    pub self_references: Vec<SelfReference>,
    /// How the header must answer the fields.
    pub fields_match: FieldsMatch,
    /// What in the schema cannot be carried out.
    pub faults: Vec<Fault>,
}

/// A field ready for checking.
#[derive(Debug, Clone)]
pub struct CompiledField {
    /// The column's exact name.
    pub name: String,
    /// What its title and its description say: in which unit it is, for instance.
    pub about: String,
    /// How a cell is read.
    pub kind: Kind,
    /// The texts that mean "no value".
    pub missing: Vec<String>,
    /// Whether a value must be given.
    pub required: bool,
    /// Whether no two rows may hold the same value.
    pub unique: bool,
    /// The constraints, in the order the reference engine applies them.
    pub constraints: Vec<Constraint>,
    /// What its pattern asks, where that can be told in words.
    pub meaning: Option<Meaning>,
    /// What it holds, where nothing but its length binds it.
    pub purpose: Option<Purpose>,
    /// The custom checks of a single value.
    pub checks: Vec<ValueCheck>,
    /// What each item of an array must be.
    pub item: Option<Box<CompiledField>>,
    /// Whether its values are compared with others, so that they must be kept.
    pub compared: bool,
    /// The categories of the field (Table Schema v2); empty where it has none.
    pub categories: Vec<Value>,
}

/// A foreign key to the table itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SelfReference {
    /// The fields that refer.
    pub fields: Vec<usize>,
    /// The fields referred to, in the same order.
    pub targets: Vec<usize>,
}

/// How the labels of a table must answer the fields of the schema (`fieldsMatch`, Table Schema v2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FieldsMatch {
    /// The same names in the same order.
    Exact,
    /// The same names.
    Equal,
    /// Every field, and perhaps others.
    Subset,
    /// Nothing but fields; only those that are required must be there.
    Superset,
    /// Fields and others; only those that are required must be there. What the national validators
    /// take where the schema says nothing.
    #[default]
    Partial,
}

impl FieldsMatch {
    fn read(written: Option<&Json>) -> Option<FieldsMatch> {
        // Version 2 of the standard first published it as a list of one.
        let name = written.map(|w| w.get(0).unwrap_or(w));
        Some(match name.and_then(Json::as_str) {
            Some("exact") => FieldsMatch::Exact,
            Some("equal") => FieldsMatch::Equal,
            Some("subset") => FieldsMatch::Subset,
            Some("superset") => FieldsMatch::Superset,
            Some("partial") => FieldsMatch::Partial,
            _ => return None,
        })
    }
}

/// A constraint ready to apply.
#[derive(Debug, Clone)]
pub enum Constraint {
    /// At least so many characters, or items.
    MinLength(usize),
    /// At most so many characters, or items.
    MaxLength(usize),
    /// A regular expression.
    Pattern(Pattern),
    /// A lower bound.
    Minimum(Value),
    /// An upper bound.
    Maximum(Value),
    /// A lower bound that is not reached.
    ExclusiveMinimum(Value),
    /// An upper bound that is not reached.
    ExclusiveMaximum(Value),
    /// The accepted values.
    Enum(Vec<Value>),
}

/// Something a schema asks that cannot be checked here. The agent is told; nothing is passed in silence.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Fault {
    /// A type that this program does not read.
    UnreadType {
        /// The field.
        field: String,
        /// Its type.
        type_name: String,
    },
    /// A pattern that is not a regular expression we can read.
    UnreadPattern {
        /// The field.
        field: String,
    },
    /// A constraint whose value makes no sense for the field.
    UnreadConstraint {
        /// The field.
        field: String,
        /// The constraint.
        constraint: String,
    },
    /// A custom check that this program does not know.
    UnknownCheck {
        /// Its name.
        name: String,
    },
    /// A custom check whose parameters are missing, or make no sense.
    BadCheck {
        /// Its name.
        name: String,
    },
    /// A custom check about a field that the schema does not have.
    CheckWithoutField {
        /// Its name.
        name: String,
        /// The field.
        field: String,
    },
    /// A custom check that does not go with the type of its fields.
    UnfitCheck {
        /// Its name.
        name: String,
    },
    /// A custom check against a list that this program does not carry.
    UncarriedList {
        /// Its name.
        name: String,
    },
    /// A key that names a field which the schema does not have.
    KeyWithoutField {
        /// The field.
        field: String,
    },
    /// A reference to another table, which cannot be checked alone.
    ForeignKey {
        /// The table referred to.
        resource: String,
    },
}

impl CompiledSchema {
    /// Compiles a schema. What cannot be carried out is listed in [`CompiledSchema::faults`].
    pub fn new(schema: &Schema) -> CompiledSchema {
        let mut faults = Vec::new();
        let missing = schema.missing_values();
        let mut fields: Vec<CompiledField> =
            schema.fields.iter().map(|field| CompiledField::new(field, &missing, &mut faults)).collect();
        let kinds: Vec<&Kind> = fields.iter().map(|field| &field.kind).collect();
        let checks = custom::read(schema, &kinds, &mut faults);
        for check in &checks {
            if let Check::Value { field, check } = check
                && let Some(field) = fields.get_mut(*field)
            {
                field.checks.push(*check);
            }
        }
        let mut places = |names: Vec<&str>| -> Option<Vec<usize>> {
            let mut places = Vec::with_capacity(names.len());
            for name in names {
                match schema.position(name) {
                    Some(place) => places.push(place),
                    None => {
                        faults.push(Fault::KeyWithoutField { field: name.to_owned() });
                        return None;
                    }
                }
            }
            Some(places)
        };
        let primary_key = places(schema.primary_key()).unwrap_or_default();
        let unique_keys = schema.unique_keys().into_iter().map(|key| places(key).unwrap_or_default()).collect();
        let self_references =
            schema.self_references().into_iter().map(|(fields, targets)| match (places(fields), places(targets)) {
                (Some(fields), Some(targets)) if fields.len() == targets.len() => SelfReference { fields, targets },
                _ => SelfReference::default(),
            });
        let self_references = self_references.collect();
        faults.extend(schema.references_elsewhere().into_iter().map(|resource| Fault::ForeignKey { resource }));
        let fields_match = FieldsMatch::read(schema.document.get("fieldsMatch")).unwrap_or_default();
        let mut compiled = CompiledSchema { fields, checks, primary_key, unique_keys, self_references, fields_match, faults };
        let compared = compiled.compared_fields();
        for (at, field) in compiled.fields.iter_mut().enumerate() {
            field.compared = compared.contains(&at);
        }
        compiled
    }

    /// The fields whose typed values are compared, within a row or between rows.
    fn compared_fields(&self) -> Vec<usize> {
        let in_checks = self.checks.iter().flat_map(Check::names).filter_map(|name| self.position(name));
        let in_keys = self.primary_key.iter().chain(self.unique_keys.iter().flatten()).copied();
        let in_references = self.self_references.iter().flat_map(|r| r.fields.iter().chain(&r.targets)).copied();
        let unique = self.fields.iter().enumerate().filter(|(_, field)| field.unique).map(|(at, _)| at);
        in_checks.chain(in_keys).chain(in_references).chain(unique).collect()
    }

    /// The place of a field by its exact name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

impl CompiledField {
    fn new(field: &Field, missing: &[String], faults: &mut Vec<Fault>) -> CompiledField {
        let kind = kind(field);
        if let Kind::Unread(type_name) = &kind {
            faults.push(Fault::UnreadType { field: field.name.clone(), type_name: type_name.clone() });
        }
        if field.constraints.contains_key("jsonSchema") {
            faults.push(Fault::UnreadConstraint { field: field.name.clone(), constraint: "jsonSchema".to_owned() });
        }
        let mut constraints = Vec::new();
        for name in ["minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum"] {
            let Some(written) = field.constraints.get(name) else { continue };
            match constraint(name, written, &kind).filter(|_| applies(name, &kind)) {
                Some(read) => constraints.push(read),
                None if name == "pattern" => faults.push(Fault::UnreadPattern { field: field.name.clone() }),
                None => faults.push(Fault::UnreadConstraint { field: field.name.clone(), constraint: name.to_owned() }),
            }
        }
        let item = field.document.get("arrayItem").and_then(Json::as_object).map(|item| {
            let mut document = item.clone();
            document.insert("name".into(), Json::String(field.name.clone()));
            let wrapped = Json::Object([("fields".to_owned(), Json::Array(vec![Json::Object(document)]))].into_iter().collect());
            Schema::from_json(&wrapped.to_string()).ok()
        });
        let item = item
            .flatten()
            .and_then(|schema| schema.fields.first().map(|f| Box::new(CompiledField::new(f, &[String::new()], faults))));
        CompiledField {
            name: field.name.clone(),
            about: format!("{} {}", field.title, field.description),
            missing: field.missing_values().unwrap_or_else(|| missing.to_vec()),
            required: field.is_required(),
            unique: field.constraints.get("unique") == Some(&Json::Bool(true)),
            meaning: field.constraints.get("pattern").and_then(Json::as_str).and_then(Meaning::of),
            purpose: Purpose::of(field),
            constraints,
            checks: Vec::new(),
            categories: categories(field, &kind),
            compared: false,
            item,
            kind,
        }
    }
}

fn kind(field: &Field) -> Kind {
    let custom = || (field.format != "default").then(|| field.format.clone());
    let numbers = || {
        let text = |key: &str| text_of(field.document.get(key));
        let flag = |key: &str| field.document.get(key).and_then(Json::as_bool);
        NumberOptions {
            decimal_char: text("decimalChar"),
            group_char: text("groupChar"),
            bare: flag("bareNumber").unwrap_or(true),
            float: flag("floatNumber").unwrap_or(false),
        }
    };
    match (field.type_name.as_str(), field.format.as_str()) {
        ("any", _) => Kind::Any,
        ("string", "uri") => Kind::Text(TextFormat::Uri),
        ("string", "email") => Kind::Text(TextFormat::Email),
        ("string", "uuid") => Kind::Text(TextFormat::Uuid),
        ("string", "binary") => Kind::Text(TextFormat::Binary),
        ("string", "wkt") => Kind::Text(TextFormat::Wkt),
        ("string", _) => Kind::Text(TextFormat::Any),
        ("integer", _) => Kind::Integer(numbers()),
        ("number", _) => Kind::Number(numbers()),
        ("boolean", _) => {
            let usual = Booleans::default();
            let yes = field.words("trueValues").unwrap_or(usual.yes);
            Kind::Boolean(Booleans { yes, no: field.words("falseValues").unwrap_or(usual.no) })
        }
        ("date", _) => Kind::Date(custom().unwrap_or_else(|| "%Y-%m-%d".to_owned())),
        ("datetime", _) => Kind::DateTime(custom()),
        ("time", _) => Kind::Time(custom()),
        ("year", _) => Kind::Year,
        ("yearmonth", _) => Kind::YearMonth,
        ("geopoint", "array") => Kind::GeoPoint(GeoFormat::Array),
        ("geopoint", "object") => Kind::GeoPoint(GeoFormat::Object),
        ("geopoint", _) => Kind::GeoPoint(GeoFormat::Pair),
        ("array", _) => Kind::Array,
        ("object", _) => Kind::Object,
        ("duration", _) => Kind::Duration,
        ("geojson", "topojson") => Kind::GeoJson(GeoJson::Topo),
        ("geojson", _) => Kind::GeoJson(GeoJson::Geo),
        ("list", _) => Kind::List {
            item: Box::new(item_kind(field)),
            delimiter: text_of(field.document.get("delimiter")).filter(|d| !d.is_empty()).unwrap_or_else(|| ",".to_owned()),
        },
        _ => Kind::Unread(field.type_name.clone()),
    }
}

/// The type of a list's values, in its default format: `itemType`, or text.
fn item_kind(field: &Field) -> Kind {
    match text_of(field.document.get("itemType")).as_deref() {
        Some("integer") => Kind::Integer(NumberOptions::default()),
        Some("number") => Kind::Number(NumberOptions::default()),
        Some("boolean") => Kind::Boolean(Booleans::default()),
        Some("date") => Kind::Date("%Y-%m-%d".to_owned()),
        Some("datetime") => Kind::DateTime(None),
        Some("time") => Kind::Time(None),
        _ => Kind::Text(TextFormat::Any),
    }
}

/// The categories of a field: plain values, or values with a label.
fn categories(field: &Field, kind: &Kind) -> Vec<Value> {
    let written = field.document.get("categories").and_then(Json::as_array).into_iter().flatten();
    written.filter_map(|category| kind.parse(&text_of(Some(category.get("value").unwrap_or(category)))?)).collect()
}

/// Whether Table Schema has this constraint for this type.
fn applies(constraint: &str, kind: &Kind) -> bool {
    match constraint {
        "minLength" | "maxLength" => {
            matches!(kind, Kind::Text(_) | Kind::Array | Kind::Object | Kind::List { .. } | Kind::Unread(_))
        }
        "pattern" => matches!(kind, Kind::Text(_) | Kind::Unread(_)),
        "enum" => true,
        _ => matches!(
            kind,
            Kind::Integer(_)
                | Kind::Number(_)
                | Kind::Date(_)
                | Kind::DateTime(_)
                | Kind::Time(_)
                | Kind::Year
                | Kind::YearMonth
                | Kind::Duration
        ),
    }
}

fn constraint(name: &str, written: &Json, kind: &Kind) -> Option<Constraint> {
    let length = || usize::try_from(written.as_u64()?).ok();
    // Bounds and accepted values are written as text or as JSON, and read as a cell would be.
    let cast = |json: &Json| match json {
        Json::Array(_) | Json::Object(_) => Some(Value::Json(json.clone())),
        // Where anything goes, a number is no text.
        Json::Number(_) | Json::Bool(_) if matches!(kind, Kind::Any) => Some(Value::Json(json.clone())),
        scalar => kind.parse(&text_of(Some(scalar))?).or_else(|| match (scalar, kind) {
            (Json::Bool(b), Kind::Boolean(_)) => Some(Value::Boolean(*b)),
            _ => None,
        }),
    };
    Some(match name {
        "minLength" => Constraint::MinLength(length()?),
        "maxLength" => Constraint::MaxLength(length()?),
        "pattern" => Constraint::Pattern(Pattern::new(written.as_str()?)?),
        "minimum" => Constraint::Minimum(cast(written)?),
        "maximum" => Constraint::Maximum(cast(written)?),
        "exclusiveMinimum" => Constraint::ExclusiveMinimum(cast(written)?),
        "exclusiveMaximum" => Constraint::ExclusiveMaximum(cast(written)?),
        "enum" => Constraint::Enum(written.as_array()?.iter().filter_map(cast).collect()),
        _ => return None,
    })
}
