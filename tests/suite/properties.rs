//! What holds whatever the schema, the table and the file: documents from plausible to absurd, cells from
//! plausible to hostile. The draws are the same at every run; `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask
//! for more of them, or for others.

use std::{collections::BTreeMap, time::Instant};

use atelier::{
    check::{Checker, Finding, Layout, RowFinding, Touched, check_cell},
    intake::{self, Choices, Encoding},
    schema::{CompiledSchema, Schema},
    table::{RowId, Table},
};
use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::RngSeed,
};
use serde_json::{Map, Value as Json, json};

fn config(cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if matches!(config.rng_seed, RngSeed::Random) {
        config.rng_seed = RngSeed::Fixed(20_240_229);
    }
    config
}

/// Few names, so that labels, keys and checks meet the fields as often as they miss them.
const NAMES: [&str; 8] = ["id", "a", "b", "c", "é", "a b", "", "𝒳\u{301}"];

const TYPES: [&str; 20] = [
    "string",
    "integer",
    "number",
    "boolean",
    "date",
    "datetime",
    "time",
    "year",
    "yearmonth",
    "geopoint",
    "array",
    "object",
    "duration",
    "geojson",
    "list",
    "any",
    "",
    "hologram",
    "String",
    "𝒳",
];

const FORMATS: [&str; 24] = [
    "default",
    "any",
    "uri",
    "email",
    "uuid",
    "binary",
    "wkt",
    "array",
    "object",
    "topojson",
    "%Y-%m-%d",
    "%d/%m/%y",
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%H:%M",
    "%I %p",
    "%A %d %B %Y",
    "%j %Y",
    "%",
    "%%",
    "%Q",
    "",
    " ",
    "é%Y",
    "%Y%Y",
];

/// What people write, and what they should not.
const CELLS: [&str; 118] = [
    "",
    " ",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "\0",
    "\n",
    "a",
    "A",
    "b",
    "aa",
    "ab",
    "a b",
    " a ",
    "é",
    "e\u{301}",
    "𝒳",
    "ﬁ",
    "İ",
    "ß",
    "\u{202e}abc",
    "👩‍👩‍👧",
    "null",
    "NULL",
    "NA",
    "N/A",
    "-",
    "_",
    "0",
    "00",
    "-0",
    "+0",
    "1",
    "01",
    "1.0",
    "1,0",
    "-1",
    "12",
    "٣",
    "１２",
    "²",
    "1_000",
    "1 000",
    "1\u{202f}000",
    "1e3",
    "1E+3",
    "1e999999999",
    "1e-999999999",
    "1e9223372036854775807",
    "1e99999999999999999999",
    "-1e99999999999999999999",
    "1e-99999999999999999999",
    "10000000000000000000000000000000000000000",
    "170141183460469231731687303715884105727",
    "-170141183460469231731687303715884105728",
    "0.000000000000000000000000000000000000000001",
    "9223372036854775807",
    "-9223372036854775808",
    "4294967296",
    "NaN",
    "nan",
    "sNaN12",
    "inf",
    "-Infinity",
    "1e",
    "e",
    ".",
    "5.",
    ".5",
    "--1",
    "0x10",
    "env. 12 €",
    "true",
    "True",
    "false",
    "oui",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "2024-02-29",
    "2023-02-29",
    "2024-2-9",
    "10000-01-01",
    "29/02/2024",
    "2024-02-29T24:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T24:00:00",
    "2024-02-29T10:20:30,123456789+02:00",
    "2024-02-29 10:20:30",
    "23:59:59",
    "23:59:60",
    "24:00:00",
    "10h00",
    "2024",
    "0000",
    " 202",
    "2024-13",
    "2024-1",
    "-1-1",
    "P1Y2M3DT4H5M6S",
    "P",
    "PT",
    "-P1W",
    "P99999999999999999999999999999999999999999Y",
    "PT0,5S",
    "48.85,2.35",
    "-180,90",
    "[48.85, 2.35]",
    r#"{"lon": 1e999, "lat": "2"}"#,
    r#"{"type":"Point","coordinates":[1,2]}"#,
    r#"{"a":[1,1.0,null,{"b":"c"}]}"#,
    "[]",
    r#"["a", null, 1, 4.0, true, [1], {"a": 1}]"#,
    "{",
    "http://é.fr/?q=a b",
    "a@b.fr",
    "POLYGON ((35 10, 45 45, 15 40, 35 10))",
    "2017/2018",
];

/// What the custom checks read.
const CHECKED: [&str; 24] = [
    "21860194600013",
    "218 601 946 00013",
    "35600000000048",
    "356000000",
    "99999999999999",
    "Commande publique/Marchés publics",
    "libertés publiques et pouvoirs de police/",
    "2018/2017",
    "٢٠١٧/٢٠١٨\n",
    "Mo-Fr 08:30-20:00",
    "24/7",
    "week 99 Feb 30 Mo[9] 99:99-48:00; PH off || \"",
    "2024-9999/9999 easter -99999999999 days",
    "Jan-Dec Mo-Su (sunrise-99:99)-(sunset+99:99)/999",
    "0199002737",
    "+33 1 99 00 27 37 ext. 99999999999999999999",
    "+999999999999999999999999999",
    "tel:٠١٩٩;phone-context=+33",
    "112",
    "01001",
    "2A004",
    "é1001",
    "Côte-d'Or",
    "FRA",
];

/// Patterns that people write, that Python refuses, and that hang careless engines.
const PATTERNS: [&str; 44] = [
    "",
    "^[A-Z]{2}$",
    r"^\d{14}$",
    "a|b",
    "^a|b$",
    r"(?P<n>a)(?P=n)",
    r"^(\d)\1+$",
    "(?i)É",
    r"\w+\s?\b",
    "(?<=a)b",
    "(?<!a|b)c",
    "(?<=a*)b",
    "a++b",
    "(?>a+)b",
    "[[:alpha:]]",
    "[^]]",
    "[]",
    "[b-a]",
    "(",
    ")",
    "a**",
    "*",
    "a{2}{3}",
    "{",
    "{{{{",
    "a{,}",
    "a{99999}",
    "{1,99999}",
    "a{1,99999}",
    "(a{1,999}){1,999}",
    "(a+)+$",
    r"^(a+)+\1$",
    r"(a|aa)+\1b$",
    r"(a|aa)+\1b$\1",
    r"(a*)*\1",
    "(a*)*$",
    r"(\w+\s?)+$",
    r"(|a|)+\1\1$",
    r"\u00e9\x41\0",
    r"\uD800",
    r"\U00110000",
    r"\q",
    r"\99",
    "(?Z)a",
];

/// Every check by its names, and some that nobody knows.
const CHECKS: [&str; 36] = [
    "french-siret-value",
    "siret",
    "code-siret",
    "french-siren-value",
    "siren",
    "code-siren",
    "nomenclature-actes-value",
    "nomenclature-acte",
    "year-interval-value",
    "opening-hours-value",
    "phone-number-value",
    "french-gps-coordinates",
    "coordonnees-gps-francaises",
    "code-commune-insee",
    "code-postal",
    "numero-departement",
    "departement",
    "code-region",
    "region",
    "code-pays-iso2",
    "code-pays-iso3",
    "commune",
    "canton",
    "pays",
    "code-fantoir",
    "cohesive-columns-value",
    "cohesive-columns-value",
    "compare-columns-value",
    "compare-columns-value",
    "compare-columns-value",
    "sum-columns-value",
    "sum-columns-value",
    "one-of-required",
    "one-of-required",
    "martian",
    "",
];

/// A cell that no constant can hold.
fn long_cells() -> Vec<String> {
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(200), close.repeat(200));
    vec![
        nested("[", "]"),
        nested("{\"a\":[", "]}"),
        format!("{}POINT (1 2){}", "GEOMETRYCOLLECTION (".repeat(200), ")".repeat(200)),
        nested("(", ")"),
        "[".repeat(5_000),
        format!("{}!", "a".repeat(60)),
        "a".repeat(3_000),
        "9".repeat(3_000),
        format!("1e{}", "9".repeat(3_000)),
        format!("P{}D", "1Y".repeat(500)),
        "a,".repeat(2_000),
        "\u{301}".repeat(500),
    ]
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(&CELLS[..]).prop_map(str::to_owned),
        3 => select(vec!["", "a", "b", "1", "2", "3", "2024-02-29"]).prop_map(str::to_owned),
        3 => select(&CHECKED[..]).prop_map(str::to_owned),
        1 => select(long_cells()),
        1 => "[0-9eE+., _-]{0,12}",
        1 => r"\PC{0,12}",
        1 => any::<String>(),
    ]
}

fn name() -> impl Strategy<Value = Json> {
    prop_oneof![12 => select(&NAMES[..4]).prop_map(Json::from), 4 => select(&NAMES[..]).prop_map(Json::from), 1 => absurd()]
}

/// Every type, the usual ones more often.
fn kind() -> impl Strategy<Value = Json> {
    prop_oneof![8 => text(&TYPES), 6 => select(&["string", "integer", "number"][..]).prop_map(Json::from)]
}

/// A value of the wrong shape, wherever one is wanted.
fn absurd() -> impl Strategy<Value = Json> {
    let nested = (0..60).fold(json!("x"), |inside, _| json!({ "type": "array", "arrayItem": inside }));
    select(vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("12"),
        json!("a"),
        json!("𝒳"),
        json!([]),
        json!([[]]),
        json!([null, 1, "a", ["a"], {"value": "b", "label": 3}, {"value": null}]),
        json!({}),
        json!({"a": {"b": [1, {"c": null}]}}),
        json!({"value": "a"}),
        nested,
    ])
}

fn text(pool: &'static [&'static str]) -> impl Strategy<Value = Json> {
    prop_oneof![8 => select(pool).prop_map(Json::from), 1 => absurd()]
}

/// A bound or an accepted value: what a cell may hold, as text or as a number.
fn bound() -> impl Strategy<Value = Json> {
    prop_oneof![
        4 => cell().prop_map(Json::from),
        2 => any::<i64>().prop_map(Json::from),
        2 => (-3_i64..4).prop_map(Json::from),
        1 => any::<f64>().prop_map(Json::from),
        1 => absurd(),
    ]
}

fn constraint() -> impl Strategy<Value = (String, Json)> {
    let named = |names: &'static [&'static str], value: BoxedStrategy<Json>| (select(names).prop_map(str::to_owned), value);
    prop_oneof![
        3 => named(&["required", "unique"], prop_oneof![4 => Just(json!(true)), 1 => absurd()].boxed()),
        2 => named(&["minLength", "maxLength"], prop_oneof![4 => (0_u64..5).prop_map(Json::from), 1 => absurd()].boxed()),
        3 => named(&["pattern"], prop_oneof![8 => text(&PATTERNS), 1 => r"[ab(){}|*+?\\^$\[\]1-3,:=!<>i-]{0,14}".prop_map(Json::from)].boxed()),
        3 => named(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], bound().boxed()),
        2 => named(&["enum"], prop_oneof![4 => prop::collection::vec(bound(), 0..5).prop_map(Json::from), 1 => absurd()].boxed()),
        1 => named(&["jsonSchema", "unknown", "required"], absurd().boxed()),
    ]
}

fn constraints() -> impl Strategy<Value = Json> {
    let some = prop::collection::vec(constraint(), 0..4).prop_map(|all| all.into_iter().collect::<Map<_, _>>().into());
    prop_oneof![9 => some, 1 => absurd()]
}

/// The options that change how a cell is read.
fn option() -> impl Strategy<Value = (String, Json)> {
    let words = || prop_oneof![4 => prop::collection::vec(bound(), 0..4).prop_map(Json::from), 1 => absurd()].boxed();
    let signs = || text(&[",", ".", " ", "", "e", "-", "1", "\u{202f}", ",,"]).boxed();
    let item = (text(&TYPES), text(&FORMATS), constraints(), absurd()).prop_map(|(kind, format, constraints, inside)| {
        json!({ "type": kind, "format": format, "constraints": constraints, "arrayItem": inside, "missingValues": inside })
    });
    let named = |names: &'static [&'static str], value: BoxedStrategy<Json>| (select(names).prop_map(str::to_owned), value);
    prop_oneof![
        named(&["decimalChar", "groupChar", "delimiter"], signs()),
        named(&["bareNumber", "floatNumber"], prop_oneof![4 => any::<bool>().prop_map(Json::from), 1 => absurd()].boxed()),
        named(&["trueValues", "falseValues", "missingValues", "categories"], words()),
        named(&["itemType"], text(&TYPES).boxed()),
        named(&["arrayItem"], prop_oneof![4 => item, 1 => absurd()].boxed()),
        named(&["customCheck"], prop_oneof![4 => check(), 2 => text(&CHECKS), 1 => absurd()].boxed()),
        named(&["title", "description", "example"], absurd().boxed()),
    ]
}

/// The name of a field, where it is not that of its place.
fn own_name() -> impl Strategy<Value = Option<Json>> {
    prop_oneof![30 => Just(None), 3 => select(&NAMES[..]).prop_map(|name| Some(name.into())), 1 => absurd().prop_map(Some)]
}

fn field() -> impl Strategy<Value = Json> {
    let options = prop::collection::vec(option(), 0..3);
    (own_name(), kind(), text(&FORMATS), constraints(), options).prop_map(|(name, kind, format, constraints, options)| {
        let mut field: Map<String, Json> = options.into_iter().collect();
        for (key, value) in [("name", name), ("type", Some(kind)), ("format", Some(format)), ("constraints", Some(constraints))] {
            value.and_then(|value| field.insert(key.to_owned(), value));
        }
        field.into()
    })
}

/// A custom check; its parameters are often those of another.
fn check() -> impl Strategy<Value = Json> {
    let names = || prop_oneof![6 => prop::collection::vec(name(), 1..3).prop_map(Json::from), 1 => absurd()];
    let named = prop_oneof![text(&CHECKS), select(&CHECKS[25..34]).prop_map(Json::from)];
    let op = text(&[">", ">=", "==", "<=", "<", "=", "!="]);
    let known = (named, name(), name(), names(), op, absurd(), 0_u8..8).prop_map(|(check, one, two, many, op, odd, lacks)| {
        let mut check = json!({
            "name": check, "column": one, "column1": one, "column2": two, "columns": many, "othercolumns": many, "op": op,
            "allow-year-only": "yes",
            "params": {
                "column": one, "column1": one, "column2": two, "columns": many, "othercolumns": many, "op": op,
            },
        });
        match lacks {
            0 => check["params"]["allow-year-only"] = odd,
            1 => check["params"] = odd,
            2 => check["params"]["columns"] = odd,
            3 => check["params"]["column2"] = odd,
            _ => {}
        }
        check
    });
    prop_oneof![12 => known, 1 => text(&CHECKS), 1 => absurd()]
}

fn key() -> impl Strategy<Value = Json> {
    prop_oneof![3 => prop::collection::vec(name(), 0..3).prop_map(Json::from), 2 => name(), 1 => absurd()]
}

fn document() -> impl Strategy<Value = Json> {
    let fields = prop::collection::vec(prop_oneof![80 => field(), 1 => absurd()], 1..6);
    let checks = prop::collection::vec(check(), 0..4).prop_map(Json::from);
    let resource = text(&["", "", "other"]);
    let foreign = (key(), key(), resource).prop_map(
        |(fields, targets, resource)| json!({ "fields": fields, "reference": { "resource": resource, "fields": targets } }),
    );
    let foreign = prop::collection::vec(prop_oneof![6 => foreign, 1 => absurd()], 0..3).prop_map(Json::from);
    let or_absurd = |value: BoxedStrategy<Json>| prop_oneof![8 => value, 1 => absurd()];
    let top = (
        or_absurd(checks.boxed()),
        key(),
        or_absurd(foreign.boxed()),
        or_absurd(prop::collection::vec(key(), 0..3).prop_map(Json::from).boxed()),
        text(&["partial", "partial", "partial", "exact", "equal", "subset", "superset", "else"]),
        or_absurd(Just(json!(["", "NA", "-", {"value": "null"}])).boxed()),
        prop_oneof![Just(0), 0_u8..64],
    );
    (fields, top).prop_map(|(mut fields, (checks, primary, foreign, unique, matched, missing, kept))| {
        for (field, name) in fields.iter_mut().zip(NAMES) {
            if let Some(field) = field.as_object_mut() {
                field.entry("name").or_insert_with(|| name.into());
            }
        }
        let mut document = json!({ "fields": fields });
        let all = [
            ("custom_checks", checks),
            ("primaryKey", primary),
            ("foreignKeys", foreign),
            ("uniqueKeys", unique),
            ("fieldsMatch", matched),
            ("missingValues", missing),
        ];
        for (_, (key, value)) in all.into_iter().enumerate().filter(|(at, _)| kept >> at & 1 == 0) {
            document[key] = value;
        }
        document
    })
}

/// How the labels differ from the names of the fields.
#[derive(Debug, Clone)]
enum Relabel {
    Drop(Index),
    Rename(Index, String),
    Repeat(Index),
    Swap(Index, Index),
    Add(String),
}

fn relabel() -> impl Strategy<Value = Relabel> {
    let label = || prop_oneof![4 => select(&NAMES[..]).prop_map(str::to_owned), 1 => select(vec![" a ", "A", "\u{feff}id", "\n"]).prop_map(str::to_owned), 1 => any::<String>()];
    prop_oneof![
        any::<Index>().prop_map(Relabel::Drop),
        (any::<Index>(), label()).prop_map(|(at, label)| Relabel::Rename(at, label)),
        any::<Index>().prop_map(Relabel::Repeat),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Relabel::Swap(a, b)),
        label().prop_map(Relabel::Add),
    ]
}

fn labels(schema: &Schema, changes: &[Relabel]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    // Fields may share a name, and a table with two such labels would never be checked by row.
    for field in &schema.fields {
        if !labels.contains(&field.name) {
            labels.push(field.name.clone());
        }
    }
    for change in changes {
        let count = labels.len().max(1);
        match change {
            Relabel::Add(label) => labels.push(label.clone()),
            _ if labels.is_empty() => {}
            Relabel::Drop(at) => drop(labels.remove(at.index(count))),
            Relabel::Rename(at, label) => labels[at.index(count)].clone_from(label),
            Relabel::Repeat(at) => labels.push(labels[at.index(count)].clone()),
            Relabel::Swap(a, b) => labels.swap(a.index(count), b.index(count)),
        }
    }
    labels
}

/// A change of the table, with its inverse.
#[derive(Debug, Clone)]
enum Edit {
    Cell(Index, Index, String),
    Remove(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<Index>(), any::<Index>(), cell()).prop_map(|(column, row, cell)| Edit::Cell(column, row, cell)),
        1 => any::<Index>().prop_map(Edit::Remove),
    ]
}

/// A schema and a table. A pattern grows weary after twenty cells that it cannot verify: rows and edits
/// are fewer.
#[derive(Debug, Clone)]
struct Case {
    document: Json,
    relabels: Vec<Relabel>,
    rows: Vec<Row>,
    edits: Vec<Edit>,
}

/// The cells of a row: as many as there are labels, or as many as there are.
#[derive(Debug, Clone)]
enum Row {
    Even(Vec<Cell>),
    Ragged(Vec<Cell>),
}

/// A cell: any text, or one that is likely of the field's type.
#[derive(Debug, Clone)]
enum Cell {
    Any(String),
    Fit(Index),
}

impl Cell {
    fn text(&self, kind: &str) -> &str {
        let fitting: &[&str] = match kind {
            "integer" | "year" | "number" => &["", "0", "1", "2", "3", "2024", "2025"],
            "boolean" => &["", "true", "false"],
            "date" | "datetime" | "any" => &["", "2024-02-28", "2024-02-29", "2024-02-29T10:20:30Z"],
            "time" => &["", "10:20:30", "23:59:59"],
            "yearmonth" => &["", "2024-01", "2024-02"],
            "geopoint" => &["", "2.35,48.85", "-180,90"],
            "array" => &["[]", "[1]", r#"["a", null, 1, 4.0, true]"#],
            "object" => &["{}", r#"{"a":1}"#],
            "duration" => &["P1D", "PT24H", "P1M"],
            "geojson" => &[r#"{"type":"Point","coordinates":[1,2]}"#],
            "list" => &["1", "1,2", "a,b"],
            _ => &["", "a", "b", "ab", "1", "2", "21860194600013", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"],
        };
        match self {
            Cell::Any(text) => text,
            Cell::Fit(at) => fitting[at.index(fitting.len())],
        }
    }
}

fn case() -> impl Strategy<Value = Case> {
    let cell = || prop_oneof![cell().prop_map(Cell::Any), any::<Index>().prop_map(Cell::Fit)];
    let row = prop_oneof![
        12 => prop::collection::vec(cell(), 8).prop_map(Row::Even),
        2 => prop::collection::vec(cell(), 0..8).prop_map(Row::Ragged),
        1 => Just(Row::Even(vec![Cell::Any(String::new()); 8])),
    ];
    let rows = prop::collection::vec(row, 0..12);
    let relabels = prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(relabel(), 1..4)];
    (document(), relabels, rows, prop::collection::vec(edit(), 0..6)).prop_map(|(document, relabels, rows, edits)| Case {
        document,
        relabels,
        rows,
        edits,
    })
}

/// A schema read from its document as a file would be, and a table under its labels.
fn open(case: &Case) -> Option<(Schema, Table)> {
    let schema = Schema::from_json(&case.document.to_string()).ok()?;
    let mut table = Table::new(labels(&schema, &case.relabels), 2);
    let kinds = schema.fields.iter().map(|field| field.type_name.as_str()).chain(std::iter::repeat("string"));
    for row in &case.rows {
        let (cells, width) = match row {
            Row::Even(cells) => (cells, table.labels.len()),
            Row::Ragged(cells) => (cells, cells.len()),
        };
        table.push(cells.iter().zip(kinds.clone()).take(width).map(|(cell, kind)| cell.text(kind)));
    }
    Some((schema, table))
}

/// Checks from nothing: a pattern remembers what it could not verify, so the schema is compiled anew.
fn checked(schema: &Schema, table: &Table) -> Checker {
    let compiled = CompiledSchema::new(schema);
    let layout = Layout::of(&compiled, &table.labels);
    Checker::new(compiled, layout, table)
}

/// All that a checker says.
fn said(checker: &Checker, table: &Table) -> (Vec<Finding>, BTreeMap<RowId, Vec<RowFinding>>, Vec<bool>) {
    let mut rows: BTreeMap<RowId, Vec<RowFinding>> = BTreeMap::new();
    for (row, finding) in checker.all_row_findings() {
        rows.entry(row).or_default().push(finding);
    }
    (checker.findings(table).collect(), rows, table.order.iter().map(|row| checker.is_blank_row(*row)).collect())
}

/// Every finding has its place, and the ways to ask for it agree.
fn places_hold(checker: &Checker, table: &Table) -> Result<(), TestCaseError> {
    for finding in checker.findings(table) {
        prop_assert!(finding.field.is_none_or(|field| field < checker.schema.fields.len()), "{finding:?}");
        let Some(row) = finding.row else { continue };
        prop_assert!(table.order.contains(&row), "{finding:?}");
        let column = finding.field.and_then(|field| checker.layout.columns[field]);
        prop_assert_eq!(&finding.cell, column.map_or("", |column| table.text(row, column)));
        if let Some(field) = finding.field {
            prop_assert!(checker.cell_rules(table, row, field).contains(&finding.rule), "{finding:?}");
        }
        let error = finding.rule.severity() == atelier::check::Severity::Error;
        prop_assert!(!error || checker.row_has_error(row), "{finding:?}");
    }
    for (row, finding) in checker.all_row_findings() {
        prop_assert!(table.order.contains(&row), "row {row} is not shown: {finding:?}");
    }
    Ok(())
}

/// Carries out an edit, has the checker look again, and gives the inverse.
fn carry_out(edit: &Edit, checker: &mut Checker, table: &mut Table) -> Option<Undo> {
    if table.order.is_empty() || table.columns.is_empty() {
        return None;
    }
    let (row, columns, undo) = match edit {
        Edit::Cell(column, row, text) => {
            let (column, row) = (column.index(table.columns.len()), *row.get(&table.order));
            let code = table.columns[column].intern(text);
            let mut cell = [(row, code)];
            table.exchange(column, &mut cell);
            (row, Some(vec![column]), Undo::Cell(column, row, cell[0].1))
        }
        Edit::Remove(at) => {
            let at = at.index(table.order.len());
            let row = table.order[at];
            table.remove_rows(&[(at, row)]);
            (row, None, Undo::Insert(at, row))
        }
    };
    checker.refresh(table, Some(Touched { rows: &[row], columns: columns.as_deref() }));
    Some(undo)
}

enum Undo {
    Cell(usize, RowId, u32),
    Insert(usize, RowId),
}

impl Undo {
    fn carry_out(self, checker: &mut Checker, table: &mut Table) {
        let (row, columns) = match self {
            Undo::Cell(column, row, code) => {
                table.exchange(column, &mut [(row, code)]);
                (row, Some(vec![column]))
            }
            Undo::Insert(at, row) => {
                table.insert_rows(&[(at, row)]);
                (row, None)
            }
        };
        checker.refresh(table, Some(Touched { rows: &[row], columns: columns.as_deref() }));
    }
}

proptest! {
    #![proptest_config(config(2_000))]

    /// Whatever the schema and the table: no panic, every finding in its place, and the same findings again,
    /// whether the table is checked at once, again, or row by row.
    #[test]
    fn any_schema_judges_any_table_and_says_the_same_twice(case in case()) {
        let Some((schema, table)) = open(&case) else { return Ok(()) };
        let mut checker = checked(&schema, &table);
        places_hold(&checker, &table)?;
        let first = said(&checker, &table);
        prop_assert_eq!(&said(&checked(&schema, &table), &table), &first);
        checker.refresh(&table, None);
        prop_assert_eq!(&said(&checker, &table), &first);
        for row in table.order.iter().rev() {
            checker.refresh(&table, Some(Touched { rows: &[*row], columns: None }));
        }
        prop_assert_eq!(&said(&checker, &table), &first);
    }

    /// After each edit the findings are those of a check from nothing; once all are undone, those of before.
    #[test]
    fn edits_and_their_inverses_lead_back(case in case()) {
        let Some((schema, mut table)) = open(&case) else { return Ok(()) };
        let mut checker = checked(&schema, &table);
        let before = said(&checker, &table);
        let mut undos = Vec::new();
        for edit in &case.edits {
            let Some(undo) = carry_out(edit, &mut checker, &mut table) else { continue };
            undos.push(undo);
            places_hold(&checker, &table)?;
            prop_assert_eq!(&said(&checker, &table), &said(&checked(&schema, &table), &table), "after {:?}", edit);
        }
        for undo in undos.into_iter().rev() {
            undo.carry_out(&mut checker, &mut table);
        }
        prop_assert_eq!(&said(&checker, &table), &before);
    }
}

/// Every type and format reads every odd text, alone and as a bound for every other.
#[test]
fn every_type_reads_every_odd_text() {
    let all: Vec<String> = CELLS.iter().chain(&CHECKED).map(|cell| (*cell).to_owned()).chain(long_cells()).collect();
    let compile = |field: Json| {
        let document = json!({ "fields": [field] }).to_string();
        CompiledSchema::new(&Schema::from_json(&document).unwrap()).fields.remove(0)
    };
    for kind in TYPES {
        for format in FORMATS {
            let field = compile(json!({ "name": "a", "type": kind, "format": format }));
            all.iter().for_each(|cell| drop(check_cell(&field, cell)));
        }
        for bound in &all {
            let bounds = json!({ "minimum": bound, "exclusiveMaximum": bound, "enum": [bound] });
            let field = compile(json!({ "name": "a", "type": kind, "constraints": bounds }));
            all.iter().for_each(|cell| drop(check_cell(&field, cell)));
        }
    }
    for check in CHECKS {
        let document = json!({ "fields": [{ "name": "a", "customCheck": check }] }).to_string();
        let field = CompiledSchema::new(&Schema::from_json(&document).unwrap()).fields.remove(0);
        all.iter().for_each(|cell| drop(check_cell(&field, cell)));
    }
    for pattern in PATTERNS {
        let field = compile(json!({ "name": "a", "constraints": { "pattern": pattern } }));
        all.iter().for_each(|cell| drop(check_cell(&field, cell)));
    }
}

proptest! {
    #![proptest_config(config(3_000))]

    /// Whatever the bytes, they are refused or read, and the table is whole.
    #[test]
    fn any_bytes_are_refused_or_read(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            prop::collection::vec(select(b"a1\",;|\t\n\r\0 =\xc3\xa9\xff\xfe\xef\xbb\xbf".to_vec()), 0..120),
            prop::collection::vec(select(vec!["\"", "\"\"", ",", ";", "\n", "\r\n", "a", "é", "sep=;\n", "\u{feff}", "1,5"]), 0..60)
                .prop_map(|parts| parts.concat().into_bytes()),
        ],
        header in prop::option::of(0_u32..6),
        delimiter in prop::option::of(select(vec![',', ';', '\t', '|', ' ', '"', '\n', 'a'])),
        encoding in prop::option::of(select(vec![Encoding::Utf8, Encoding::Windows1252, Encoding::Iso885915, Encoding::Utf16Le, Encoding::Utf16Be])),
    ) {
        // No more rows than line breaks, whatever the encoding: each has one of these bytes.
        let lines = 1 + bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
        let length = bytes.len();
        for choices in [Choices::default(), Choices { header, delimiter, encoding, ..Choices::default() }] {
            let Ok(intake::Opened { table, reading, .. }) = intake::read("x.csv", &bytes, &choices) else { continue };
            prop_assert_eq!((reading.rows, reading.columns), (table.len(), table.labels.len()));
            prop_assert!(choices.encoding.is_some() || table.len() + reading.header as usize <= lines, "{:?} for {} lines", &reading, lines);
            prop_assert!(table.len() <= length);
            prop_assert_eq!(table.columns.len(), table.labels.len());
            let repeated = table.hidden().count();
            prop_assert!(table.columns.iter().all(|column| column.len() == table.len() + repeated));
            prop_assert!(table.order.is_sorted() && reading.notices.contains(&intake::Notice::RepeatedHeaders(repeated as u32)) == (repeated > 0));
            prop_assert!(table.short.iter().all(|(row, cells)| table.order.contains(row) && *cells < table.labels.len()));
            prop_assert!(table.overflow.iter().all(|(row, cells)| table.order.contains(row) && !cells.is_empty()));
            prop_assert!(table.order.iter().all(|row| table.line(*row).is_some_and(|line| line > reading.header)));
        }
    }
}

/// The time spent by this thread alone, which other work on the machine does not lengthen; where the system
/// does not say it, the time on the wall.
fn spent(work: impl FnOnce()) -> f64 {
    let on_cpu = || -> Option<f64> {
        let said = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        said.split(' ').next()?.parse::<f64>().ok().filter(|nanoseconds| *nanoseconds > 0.0)
    };
    let (started, before) = (Instant::now(), on_cpu());
    work();
    match (before, on_cpu()) {
        (Some(before), Some(after)) => after - before,
        _ => started.elapsed().as_secs_f64() * 1e9,
    }
}

/// Eight times the rows take about eight times the time; a loop over rows within one over rows would take
/// sixty-four times.
#[test]
fn time_grows_with_cells_and_no_faster() {
    let schema = json!({
        "fields": [
            { "name": "id", "constraints": { "required": true, "unique": true } },
            { "name": "code", "constraints": { "pattern": r"^(\w)\1?[a-z]*(\d+)-\2$" } },
            { "name": "kind", "constraints": { "enum": ["a", "b", "c"] } },
            { "name": "for", "type": "integer" },
            { "name": "against", "type": "integer" },
            { "name": "all", "type": "integer", "constraints": { "minimum": 0 } },
            { "name": "parent" },
        ],
        "primaryKey": ["id", "kind"],
        "uniqueKeys": [["kind", "for", "id"]],
        "foreignKeys": [{ "fields": "parent", "reference": { "resource": "", "fields": "id" } }],
        "custom_checks": [
            { "name": "sum-columns-value", "params": { "column": "all", "columns": ["for", "against"] } },
            { "name": "compare-columns-value", "params": { "column": "all", "op": ">=", "column2": "for" } },
            { "name": "cohesive-columns-value", "params": { "column": "all", "othercolumns": ["for", "against"] } },
            { "name": "one-of-required", "params": { "column1": "kind", "column2": "parent" } },
        ],
    });
    let schema = Schema::from_json(&schema.to_string()).unwrap();
    let file = |rows: usize| -> Vec<u8> {
        let mut text = String::from("id,code,kind,for,against,all,parent\n");
        for n in 0..rows {
            // One row in seven repeats a key, breaks a sum, is blank, or refers to nothing.
            let line = match n % 7 {
                0 => ",,,,,,".to_owned(),
                1 => format!("id{},x{n}-{n},d,{n},1,2,none\"{n}", n - 1),
                _ => format!("id{n},\"aab{n}-{n}\",b,{n},1,{},id{}", n + 1, n / 2),
            };
            text.push_str(&line);
            text.push('\n');
        }
        text.into_bytes()
    };
    let (few, many) = (file(4_000), file(32_000));
    let best = |bytes: &[u8]| {
        let times = (0..3).map(|_| {
            spent(|| {
                let table = intake::read("x.csv", bytes, &Choices::default()).unwrap().table;
                let checker = checked(&schema, &table);
                assert!(checker.findings(&table).count() > table.len() / 7);
            })
        });
        times.fold(f64::INFINITY, f64::min)
    };
    let ratio = best(&many) / best(&few);
    println!("eight times the rows: {ratio:.1} times the time");
    assert!(ratio < 24.0, "{ratio}");
}
