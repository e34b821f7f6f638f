use serde_json::Value;

use super::{Fault, Schema};
use crate::value::Kind;

/// A check that Table Schema does not have, declared by a schema under `custom_checks`
/// (the vocabulary of Validata).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// A check of one cell by itself.
    Value {
        /// The field checked.
        field: usize,
        /// What is checked.
        check: ValueCheck,
    },
    /// Either all of these fields have a value, or none.
    Cohesive {
        /// The fields, the first being the one that the schema names first.
        fields: Vec<String>,
    },
    /// Two fields compared, where both have a value.
    Compare {
        /// The left field.
        left: String,
        /// The comparison.
        op: Comparison,
        /// The right field.
        right: String,
    },
    /// A field that is the sum of others, where all have a value.
    Sum {
        /// The total.
        total: String,
        /// The parts.
        parts: Vec<String>,
    },
    /// At least one of two fields has a value.
    OneOf {
        /// The first field.
        first: String,
        /// The second field.
        second: String,
    },
}

/// A check of a single value, beyond its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum ValueCheck {
    /// The 14 digits of an establishment, with their key (SIRENE).
    Siret,
    /// The 9 digits of a legal unit, with their key (SIRENE).
    Siren,
    /// One of the nine subjects of the ACTES classification before the first slash.
    ActesSubject,
    /// `2017/2018`, and perhaps a single year.
    YearInterval {
        /// Whether a single year will do.
        year_alone: bool,
    },
    /// Opening hours as OpenStreetMap writes them.
    OpeningHours,
    /// A telephone number that can exist, in France or with its country code.
    Phone,
    /// A point in France.
    PointInFrance,
    /// A member of a list of places.
    Place(PlaceList),
}

/// A list of places that this program carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum PlaceList {
    /// INSEE codes of communes, municipal arrondissements and former communes kept as districts.
    CommuneCode,
    /// Postal codes.
    Postcode,
    /// Codes of départements and overseas collectivities.
    DepartementCode,
    /// Names of départements and overseas collectivities.
    Departement,
    /// INSEE codes of regions.
    RegionCode,
    /// Names of regions.
    Region,
    /// Two-letter codes of countries.
    CountryIso2,
    /// Three-letter codes of countries.
    CountryIso3,
}

/// How two fields compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `<=`
    LessOrEqual,
    /// `<`
    Less,
}

impl Comparison {
    /// The sign, as schemas write it.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Equal => "==",
            Comparison::LessOrEqual => "<=",
            Comparison::Less => "<",
        }
    }

    /// Whether the order found satisfies it.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterOrEqual => order.is_ge(),
            Comparison::Equal => order.is_eq(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::Less => order.is_lt(),
        }
    }
}

impl ValueCheck {
    /// The code under which the reference validators report it.
    pub fn code(self) -> &'static str {
        match self {
            ValueCheck::YearInterval { .. } => "year-interval-value",
            ValueCheck::OpeningHours => "opening-hours-value",
            ValueCheck::Phone => "phone-number-value",
            ValueCheck::PointInFrance => "french-gps-coordinates",
            ValueCheck::Siret | ValueCheck::Siren | ValueCheck::ActesSubject | ValueCheck::Place(_) => "custom-check-error",
        }
    }

    /// Whether it can be carried out on values of this type.
    fn fits(self, kind: &Kind) -> bool {
        match self {
            ValueCheck::PointInFrance => matches!(kind, Kind::GeoPoint(_)),
            _ => matches!(kind, Kind::Text(_) | Kind::Any | Kind::Unread(_)),
        }
    }
}

impl Check {
    /// The code under which the reference validators report it.
    pub fn code(&self) -> &'static str {
        match self {
            Check::Value { check, .. } => check.code(),
            Check::Cohesive { .. } => "cohesive-columns-value",
            Check::Compare { .. } => "compare-columns-value",
            Check::Sum { .. } => "sum-columns-value",
            Check::OneOf { .. } => "one-of-required",
        }
    }

    /// The names of the fields it reads, the one it is reported on first.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Check::Value { .. } => Vec::new(),
            Check::Cohesive { fields } => fields.iter().map(String::as_str).collect(),
            Check::Compare { left, right, .. } => vec![left, right],
            Check::Sum { total, parts } => std::iter::once(total).chain(parts).map(String::as_str).collect(),
            Check::OneOf { first, second } => vec![first, second],
        }
    }
}

/// Reads the checks of a schema, in its order: `custom_checks`, then each field's `customCheck`.
/// Those that cannot be carried out are told among the faults. `kinds` are the types of the fields.
pub(super) fn read(schema: &Schema, kinds: &[&Kind], faults: &mut Vec<Fault>) -> Vec<Check> {
    let mut checks = Vec::new();
    let nothing = Value::Null;
    let declared = schema.document.get("custom_checks").and_then(Value::as_array).into_iter().flatten();
    let at_top = declared.map(|check| (check, check.get("params").unwrap_or(&nothing), None));
    let in_fields = schema.fields.iter().enumerate().filter_map(|(at, field)| {
        let check = field.document.get("customCheck")?;
        Some((check, check, Some(at)))
    });
    for (check, params, field) in at_top.chain(in_fields) {
        let name = check.as_str().or_else(|| check.get("name")?.as_str()).unwrap_or_default();
        let read = Declaration { schema, kinds, name, params, field }.read();
        match read {
            Ok(check) => checks.push(check),
            Err(fault) => faults.push(fault),
        }
    }
    checks
}

/// A check as a schema declares it.
struct Declaration<'a> {
    schema: &'a Schema,
    kinds: &'a [&'a Kind],
    name: &'a str,
    params: &'a Value,
    /// The field that declares it, where it is one.
    field: Option<usize>,
}

impl Declaration<'_> {
    fn read(&self) -> Result<Check, Fault> {
        let unfit = || Fault::UnfitCheck { name: self.name.to_owned() };
        if let Some(check) = self.value_check()? {
            let field = match self.field {
                Some(at) => at,
                None => self.position(&self.text("column")?)?,
            };
            let kind = self.kinds.get(field).ok_or_else(unfit)?;
            return if check.fits(kind) { Ok(Check::Value { field, check }) } else { Err(unfit()) };
        }
        let check = match self.name {
            "cohesive-columns-value" => {
                let mut fields = vec![self.column()?];
                fields.extend(self.list("othercolumns")?);
                Check::Cohesive { fields }
            }
            "compare-columns-value" => {
                let op = match self.text("op")?.as_str() {
                    ">" => Comparison::Greater,
                    ">=" => Comparison::GreaterOrEqual,
                    "==" => Comparison::Equal,
                    "<=" => Comparison::LessOrEqual,
                    "<" => Comparison::Less,
                    _ => return Err(self.badly_declared()),
                };
                Check::Compare { left: self.column()?, op, right: self.text("column2")? }
            }
            "sum-columns-value" => Check::Sum { total: self.column()?, parts: self.list("columns")? },
            "one-of-required" => Check::OneOf { first: self.text("column1")?, second: self.text("column2")? },
            _ => return Err(Fault::UnknownCheck { name: self.name.to_owned() }),
        };
        let kinds = check.names().into_iter().map(|name| self.position(name)).collect::<Result<Vec<usize>, Fault>>()?;
        let kinds: Vec<&Kind> = kinds.into_iter().filter_map(|at| self.kinds.get(at).copied()).collect();
        let fits = match (&check, kinds.as_slice()) {
            (Check::Sum { .. }, kinds) => kinds.iter().all(|kind| is_number(kind)),
            (Check::Compare { .. }, [left, right]) => comparable(left, right),
            _ => true,
        };
        if fits { Ok(check) } else { Err(unfit()) }
    }

    /// A check of a single value, by its present or its former name.
    fn value_check(&self) -> Result<Option<ValueCheck>, Fault> {
        use PlaceList as List;
        Ok(Some(match self.name {
            "french-siret-value" | "siret" | "code-siret" => ValueCheck::Siret,
            "french-siren-value" | "siren" | "code-siren" => ValueCheck::Siren,
            "nomenclature-actes-value" | "nomenclature-acte" => ValueCheck::ActesSubject,
            "year-interval-value" => ValueCheck::YearInterval {
                year_alone: match self.params.get("allow-year-only") {
                    None => false,
                    Some(Value::String(said)) => matches!(said.as_str(), "yes" | "true"),
                    Some(_) => return Err(self.badly_declared()),
                },
            },
            "opening-hours-value" => ValueCheck::OpeningHours,
            "phone-number-value" => ValueCheck::Phone,
            "french-gps-coordinates" | "coordonnees-gps-francaises" => ValueCheck::PointInFrance,
            "code-commune-insee" => ValueCheck::Place(List::CommuneCode),
            "code-postal" => ValueCheck::Place(List::Postcode),
            "numero-departement" => ValueCheck::Place(List::DepartementCode),
            "departement" => ValueCheck::Place(List::Departement),
            "code-region" => ValueCheck::Place(List::RegionCode),
            "region" => ValueCheck::Place(List::Region),
            "code-pays-iso2" => ValueCheck::Place(List::CountryIso2),
            "code-pays-iso3" => ValueCheck::Place(List::CountryIso3),
            "commune" | "canton" | "pays" | "code-fantoir" => return Err(Fault::UncarriedList { name: self.name.to_owned() }),
            _ => return Ok(None),
        }))
    }

    fn badly_declared(&self) -> Fault {
        Fault::BadCheck { name: self.name.to_owned() }
    }

    fn text(&self, key: &str) -> Result<String, Fault> {
        self.params.get(key).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| self.badly_declared())
    }

    /// The column that the check is reported on: the field that declares it, or `column`.
    fn column(&self) -> Result<String, Fault> {
        match self.field.and_then(|at| self.schema.fields.get(at)) {
            Some(field) => Ok(field.name.clone()),
            None => self.text("column"),
        }
    }

    fn list(&self, key: &str) -> Result<Vec<String>, Fault> {
        let list = self.params.get(key).and_then(Value::as_array).ok_or_else(|| self.badly_declared())?;
        Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    fn position(&self, name: &str) -> Result<usize, Fault> {
        let absent = || Fault::CheckWithoutField { name: self.name.to_owned(), field: name.to_owned() };
        self.schema.position(name).ok_or_else(absent)
    }
}

fn is_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Integer(_) | Kind::Number(_) | Kind::Year)
}

/// Whether two types may be compared: numbers with each other and with text that may look like
/// numbers, others with their own type.
fn comparable(left: &Kind, right: &Kind) -> bool {
    let loose = |kind: &Kind| is_number(kind) || matches!(kind, Kind::Text(_) | Kind::Any | Kind::Unread(_));
    (loose(left) && loose(right)) || left.name() == right.name()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::CompiledSchema;

    fn faults(check: &str) -> Vec<Fault> {
        let text = format!(
            r#"{{"fields":[{{"name":"text"}},{{"name":"count","type":"integer"}},{{"name":"day","type":"date"}}],"custom_checks":[{check}]}}"#
        );
        CompiledSchema::new(&Schema::from_json(&text).unwrap()).faults
    }

    #[test]
    fn a_check_that_cannot_be_carried_out_is_told() {
        let siret = |column: &str| format!(r#"{{"name":"siret","params":{{"column":"{column}"}}}}"#);
        assert_eq!(faults(&siret("text")), []);
        assert_eq!(faults(&siret("count")), [Fault::UnfitCheck { name: "siret".into() }]);
        assert_eq!(faults(&siret("x")), [Fault::CheckWithoutField { name: "siret".into(), field: "x".into() }]);
        assert_eq!(faults(r#"{"name":"siret"}"#), [Fault::BadCheck { name: "siret".into() }]);
        assert_eq!(faults(r#"{"name":"martian"}"#), [Fault::UnknownCheck { name: "martian".into() }]);
        assert_eq!(faults(r#"{"name":"canton","params":{"column":"text"}}"#), [Fault::UncarriedList { name: "canton".into() }]);
        let compare = |right: &str| {
            format!(r#"{{"name":"compare-columns-value","params":{{"column":"day","op":">","column2":"{right}"}}}}"#)
        };
        assert_eq!(faults(&compare("day")), []);
        assert_eq!(faults(&compare("count")), [Fault::UnfitCheck { name: "compare-columns-value".into() }]);
    }
}
