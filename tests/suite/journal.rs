//! The journal: whatever was done to a table, taking all of it back gives the table as it was imported, making it again
//! gives what it had become, and what was checked on the way is what a check from nothing finds. The draws are the same at
//! every run.

use std::{collections::BTreeMap, fmt::Debug};

use atelier::{
    intake::{self, Choices, Companion, Opened},
    mapping::{Line, Mapping},
    metadata::Metadata,
    project::Project,
    protocol::{Block, CellView, ColumnState, Export, Filter, Overview, Reply, Request, RowView},
    recipe::{Operation, Part, Recipe},
    repair::{Cause, CauseKey, CauseKind, Fix, Order},
    schema::find_bundled,
    table::{RowId, Table},
};

use crate::{
    repairs::{CASES, FIELDS},
    support::{NOW, bytes, exported},
};

/// Draws that depend on their seed alone.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another; 0 below nothing.
    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn heads(&mut self) -> bool {
        self.below(2) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Fields of most kinds, keys over one and two of them, and rules across them.
const AIDS: &str = r#"{"title":"Aides","fields":[
{"name":"id","constraints":{"required":true,"unique":true}},
{"name":"date","type":"date","constraints":{"required":true}},
{"name":"montant","type":"number","constraints":{"minimum":0}},
{"name":"part","type":"number"},
{"name":"reste","type":"number"},
{"name":"nature","constraints":{"enum":["aide en nature","aide en numéraire"]}},
{"name":"siret","constraints":{"pattern":"^\\d{14}$"},"customCheck":"siret"},
{"name":"versee","type":"boolean"},
{"name":"objet"},
{"name":"point","type":"geopoint"},
{"name":"mere"}],
"primaryKey":["id"],"uniqueKeys":[["date","objet"]],
"foreignKeys":[{"fields":"mere","reference":{"resource":"","fields":"id"}}],
"custom_checks":[
{"name":"sum-columns-value","params":{"column":"montant","columns":["part","reste"]}},
{"name":"compare-columns-value","params":{"column":"montant","op":">=","column2":"part"}},
{"name":"cohesive-columns-value","params":{"column":"part","othercolumns":["reste"]}},
{"name":"one-of-required","params":{"column1":"objet","column2":"nature"}}]}"#;

/// The same table under another schema.
const GRANTS: &str = r#"{"title":"Dons","fieldsMatch":"equal","fields":[
{"name":"objet","constraints":{"required":true,"maxLength":20}},
{"name":"montant","type":"integer"},
{"name":"numéro","constraints":{"unique":true}},
{"name":"jour","type":"date","format":"%d/%m/%Y"},
{"name":"absent"}]}"#;

const AIDS_FILE: &str = "\
id;date;montant;part;reste;nature;siret;versée;objet;Longitude;Latitude;mère;Remarques
1;15/10/2017;1 200,50;1000,5;200;Aide en nature;218 601 946 00013;oui;Fête  des voisins;2,35;48,85;;ok
2;04/03/2018;80 €;80;0;aide en numeraire;21860194600013;NON;  Vélos ;;;1;
;;;;;;;;;;;;
3;2018-13-01;abc;3;;prêt;2,1860194600013E+13;x;ligne 1;2.3522;48.8566;9;à voir
4;3 mars 2019;2k€;1;;aide;564986800527;néant;SANS OBJET;48,8566;2,3522;2;
4;3 mars 2019;2k€;1;;aide;564986800527;néant;SANS OBJET;48,8566;2,3522;2;
5;05/06/2019;-;-;-;nc;NC;1;dÃ©jÃ\u{a0} vu;;;néant;
2;04/03/2018;80 €;80;0;aide en numeraire;21860194600013;NON;  Vélos ;;;1;
;;;;;;;;;;;;
néant;-;;;;;;;;;;;
6;2020-02-29;12,5;12,5;;aide en nature;35600000000048;vrai;AIDE AU FONCTIONNEMENT DU CCAS;2.35;48.85;6;#N/A
7;01/02/2020;1e3;900;100;Aide en  NUMERAIRE;21860194600013.0;FAUX;x;;;3;
7;01/02/2020;1e3;900;100;Aide en  NUMERAIRE;21860194600013.0;FAUX;x;;;3;
;;;;;;;;;;;;
Total;;3 280,50;;;;;;;;;;
";

/// A project, with what it last said of itself.
struct Studio {
    project: Project,
    state: Overview,
    recipe: Option<String>,
}

impl Studio {
    /// Opens a file under its own schema, which comes with it as in a pack, or under the one that suits it best: there is
    /// nothing to undo.
    fn open(name: &str, bytes: &[u8], schema: Option<&str>) -> Studio {
        let mut opened = intake::read(name, bytes, &Choices::default()).unwrap();
        opened.companion = schema.map(|schema| Companion { schema: Some(schema.to_owned()), ..Companion::default() });
        Studio::take(name, opened)
    }

    fn take(name: &str, opened: Opened) -> Studio {
        let mut project = Project::default();
        let replies = project.take(name, 0, opened).replies;
        let state = state(&replies).unwrap();
        assert!(project.schema().is_some() && !state.can_undo, "{name}");
        Studio { project, state, recipe: None }
    }

    fn ask(&mut self, request: Request) -> Vec<Reply> {
        let replies = self.project.handle(request).replies;
        if let Some(state) = state(&replies) {
            self.state = state;
        }
        replies
    }

    fn views(&mut self) -> Vec<RowView> {
        self.ask(Request::Filter(Filter::All));
        let mut rows = Vec::new();
        while rows.len() < self.state.shown {
            let Some(Reply::Rows(window)) = self.ask(Request::Rows { seq: 0, start: rows.len(), count: 400 }).pop() else {
                panic!()
            };
            rows.extend(window.rows);
        }
        rows
    }

    fn all_seen(&mut self) -> Seen {
        let rows = self.views();
        let state = self.state.clone();
        Seen {
            labels: state.labels,
            mapping: state.mapping,
            lines: state.lines,
            schema: self.project.schema().map(|schema| schema.document.to_string()),
            schema_name: state.schema_name,
            causes: state.causes,
            columns: state.columns,
            rows,
            bad_rows: state.bad_rows,
            minimap: state.minimap,
            repaired: state.repaired,
            metadata: state.metadata,
            proposed: state.proposed,
            csv: String::from_utf8(exported(&self.project, Export::Csv, "x.csv", NOW)).unwrap(),
            report: String::from_utf8(exported(&self.project, Export::Report { complete: true }, "x.csv", NOW)).unwrap(),
            findings: String::from_utf8(exported(&self.project, Export::Findings, "x.csv", NOW)).unwrap(),
        }
    }

    fn undo_all(&mut self) -> usize {
        (0..)
            .take_while(|_| {
                self.state.can_undo && {
                    drop(self.ask(Request::Undo));
                    true
                }
            })
            .count()
    }

    fn redo_all(&mut self) -> usize {
        (0..)
            .take_while(|_| {
                self.state.can_redo && {
                    drop(self.ask(Request::Redo));
                    true
                }
            })
            .count()
    }

    /// The same rows in a table of their own, under the same schema with the same columns: a project that was told nothing
    /// of what was done.
    fn afresh(&mut self) -> Studio {
        let rows = self.views();
        let mut table = Table::new(self.state.columns.iter().map(|column| column.label.clone()).collect(), 2);
        rows.iter().for_each(|row| table.push(row.cells.iter().map(|cell| cell.text.as_str())));
        let mut opened = intake::read("x.csv", b"a,b\n1,2\n", &Choices::default()).unwrap();
        opened.table = table;
        let schema = self.project.schema().unwrap().document.to_string();
        opened.companion = Some(Companion { schema: Some(schema.clone()), ..Companion::default() });
        let mut fresh = Studio::take("x.csv", opened);
        let name = self.state.schema_name.clone();
        let url = name.as_deref().and_then(find_bundled).map(|entry| entry.url);
        fresh.ask(Request::UseSchemaText { text: schema, name, url });
        // Most columns are found by their labels: each request checks everything again.
        for (field, column) in self.state.mapping.columns.iter().enumerate() {
            let column = column.map(|_| field);
            if fresh.state.mapping.columns[field] != column {
                fresh.ask(Request::Assign { field, column });
            }
        }
        let fields = self.state.mapping.columns.len();
        for column in 0..self.state.columns.len() {
            let keep = column >= fields;
            if fresh.state.mapping.kept.contains(&column) != keep {
                fresh.ask(Request::Keep { column, keep });
            }
        }
        assert_eq!(fresh.state.columns.len(), self.state.columns.len());
        fresh
    }

    /// Whether all that was checked step by step is what a check from nothing says.
    #[track_caller]
    fn is_checked_right(&mut self, told: &str) {
        let mut fresh = self.afresh();
        // A total may be told by a column that is not published, which only the project itself has.
        let counts = |state: &Overview| -> BTreeMap<CauseKey, (u32, Option<(u32, u32)>)> {
            let causes = state.causes.iter().filter(|cause| cause.key.kind != CauseKind::Fix(Fix::TotalRow));
            let question = |cause: &Cause| cause.question.as_ref().map(|q| (q.sure_day_first, q.sure_month_first));
            causes.map(|cause| (cause.key, (cause.count, question(cause)))).collect()
        };
        let views = |rows: Vec<RowView>| rows.into_iter().map(|row| (row.cells, row.rules)).collect::<Vec<_>>();
        same(told, "rows", &views(self.views()), &views(fresh.views()));
        same(told, "causes", &counts(&self.state), &counts(&fresh.state));
        same(told, "bad rows", &self.state.bad_rows, &fresh.state.bad_rows);
        same(told, "map", &self.state.minimap, &fresh.state.minimap);
        same(told, "columns", &self.state.columns, &fresh.state.columns);
        same(told, "proposed", &self.state.proposed, &fresh.state.proposed);
    }

    /// A command that makes sense here, or nearly.
    fn command(&self, draw: &mut Draw, schemas: &[Request]) -> Request {
        let state = &self.state;
        let (width, shown) = (state.columns.len(), state.shown);
        let field = draw.below(state.mapping.columns.len());
        let named = |column: usize| state.columns.get(column).map(|column| column.label.clone()).unwrap_or_default();
        let (row, column) = (draw.below(shown), draw.below(width));
        let order = *draw.of(&[None, Some(Order::DayFirst), Some(Order::MonthFirst)]);
        let block = Block { top: row, left: column, bottom: row + draw.below(4), right: (column + draw.below(3)).min(width - 1) };
        match draw.below(96) {
            0..16 => {
                let (height, width) = (1 + draw.below(3), 1 + draw.below(2));
                let block = (0..height).map(|_| (0..width).map(|_| (*draw.of(&TEXTS)).to_owned()).collect()).collect();
                // Past the last row now and then, where rows are added.
                Request::Write { row: if draw.below(8) == 0 { shown } else { row }, column, block }
            }
            16..20 => Request::Clear(block),
            20..23 => Request::InsertRow { below: draw.heads().then_some(row) },
            23..26 => Request::DeleteRows { from: row, to: row + draw.below(3) },
            26..36 if !state.causes.is_empty() => Request::Repair { key: draw.of(&state.causes).key, order },
            26..42 => Request::RepairCell { row, column },
            42..44 => Request::RepairAll,
            44..51 => {
                let fixes = state.causes.iter().filter_map(|cause| match cause.key.kind {
                    CauseKind::Fix(fix) => Some(fix),
                    CauseKind::Rule(_) => None,
                });
                let fixes: Vec<Fix> = fixes.chain([Fix::Number]).collect();
                Request::Operate(match draw.below(6) {
                    0 => Operation::RepairSafe,
                    1 => Operation::RepairProposed,
                    _ => Operation::Repair { field: draw.heads().then(|| named(field)), fix: *draw.of(&fixes), order },
                })
            }
            51 => Request::Operate(Operation::Derive {
                field: named(field),
                template: (*draw.of(&["{@file}", "Ville", "{id} {objet}", "{@year}-01-01", "{nowhere}"])).into(),
            }),
            52 => {
                let parts = [Part::Before(" ".into()), Part::Digits, Part::InParentheses, Part::Longitude, Part::Postcode];
                let column = draw.of(&state.labels).clone();
                Request::Operate(Operation::Extract { field: named(field), column, part: draw.of(&parts).clone() })
            }
            53 => {
                let (longitude, latitude) = (draw.of(&state.labels).clone(), draw.of(&state.labels).clone());
                Request::Operate(Operation::Point { field: named(field), longitude, latitude })
            }
            54..57 => Request::Operate(replace(draw, column_or_all(state, column))),
            57..59 => Request::Operate(Operation::FillDown { field: named(column) }),
            59..62 => {
                let values = (0..3).map(|_| ((*draw.of(&TEXTS)).to_owned(), (*draw.of(&TEXTS)).to_owned())).collect();
                Request::Operate(Operation::Match { field: named(column), values })
            }
            62 => Request::Operate(Operation::RemoveDuplicates),
            63..66 => {
                let operation = if draw.heads() { replace(draw, None) } else { Operation::FillDown { field: String::new() } };
                Request::OperateOn { block, operation }
            }
            66..70 => Request::TakeBack(draw.below(state.repaired.len() + 1)),
            70..72 => {
                let column = draw.below(state.labels.len() + 1);
                Request::Assign { field, column: (column < state.labels.len()).then_some(column) }
            }
            72 => Request::Keep { column: draw.below(state.labels.len()), keep: draw.heads() },
            73 => Request::Suggest,
            74 => draw.of(schemas).clone(),
            75..77 => {
                Request::Describe(Box::new(Metadata { territory: (*draw.of(&TEXTS)).to_owned(), ..state.metadata.clone() }))
            }
            77..85 => Request::Undo,
            85..91 => Request::Redo,
            91..95 => Request::Filter(match draw.below(3) {
                0 if !state.causes.is_empty() => Filter::Cause(draw.of(&state.causes).key),
                1 => Filter::Errors,
                _ => Filter::All,
            }),
            _ => self.recipe.clone().map_or(Request::Suggest, Request::Replay),
        }
    }

    /// Keeps the recipe of what was done so far, while it is short: each replay makes the next one longer.
    fn keep_recipe(&mut self) {
        let written = self.ask(Request::WriteRecipe);
        let Some(Reply::Recipe { text, .. }) = written.first() else { panic!("{written:?}") };
        if Recipe::read(text).unwrap().operations.len() < 12 {
            self.recipe = Some(text.clone());
        }
    }
}

/// A column to replace a text in, or all of them.
fn column_or_all(state: &Overview, column: usize) -> Option<String> {
    (!column.is_multiple_of(3)).then(|| state.columns[column].label.clone())
}

fn replace(draw: &mut Draw, field: Option<String>) -> Operation {
    let find = (*draw.of(&["a", "é", "0", " ", ",", "2018", "néant", "oui", ""])).to_owned();
    let with = (*draw.of(&["", "o", "1", "\u{a0}", "."])).to_owned();
    Operation::Replace { field, find, with, whole: draw.heads(), case: draw.heads() }
}

/// What people type, good and bad.
const TEXTS: [&str; 40] = [
    "",
    "",
    " ",
    "néant",
    "-",
    "1",
    "2",
    "3",
    "12",
    "1 000",
    "1,5",
    "80 €",
    "3 km",
    "50 %",
    "2k€",
    "abc",
    "a\0b",
    "15/10/2017",
    "04/03/2018",
    "2018-02-30",
    "2020-02-29",
    "3 mars 2019",
    "43000",
    "2017",
    "oui",
    "Non",
    "true",
    "aide en nature",
    "Aide  en nature",
    "21860194600013",
    "218 601 946 00013",
    "2,1860194600013E+13",
    "35600000000049",
    " Vélos ",
    "ligne 1\nligne 2",
    "dÃ©jÃ\u{a0} vu",
    "LE PONT DES ARTS",
    "2,35 ; 48,85",
    "Total",
    "www.ville.fr",
];

/// All that can be seen of a project, but for what can be undone.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    labels: Vec<String>,
    mapping: Mapping,
    lines: Vec<Line>,
    schema: Option<String>,
    schema_name: Option<String>,
    causes: Vec<Cause>,
    columns: Vec<ColumnState>,
    rows: Vec<RowView>,
    bad_rows: usize,
    minimap: Vec<bool>,
    repaired: Vec<Cause>,
    metadata: Metadata,
    proposed: Metadata,
    csv: String,
    report: String,
    findings: String,
}

impl Seen {
    #[track_caller]
    fn is(&self, told: &str, other: &Seen) {
        // What tells most comes first.
        same(told, "labels", &self.labels, &other.labels);
        same(told, "mapping", &self.mapping, &other.mapping);
        same(told, "rows", &self.rows, &other.rows);
        same(told, "causes", &self.causes, &other.causes);
        same(told, "repaired", &self.repaired, &other.repaired);
        same(told, "metadata", &self.metadata, &other.metadata);
        same(told, "csv", &self.csv, &other.csv);
        same(told, "findings", &self.findings, &other.findings);
        same(told, "report", &self.report, &other.report);
        assert!(self == other, "{told}: {self:#?}\n{other:#?}");
    }
}

#[track_caller]
fn same<T: PartialEq + Debug>(told: &str, what: &str, found: &T, expected: &T) {
    if found != expected {
        let (found, expected) = (format!("{found:#?}"), format!("{expected:#?}"));
        let differ = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
        let at = differ.unwrap_or_else(|| found.lines().count().min(expected.lines().count()));
        let near = |text: &str| text.lines().skip(at.saturating_sub(12)).take(24).collect::<Vec<_>>().join("\n");
        panic!("{told}: {what} differ\nfound\n{}\nexpected\n{}", near(&found), near(&expected));
    }
}

fn state(replies: &[Reply]) -> Option<Overview> {
    replies.iter().rev().find_map(|reply| match reply {
        Reply::Overview(overview) => Some(overview.as_ref().clone()),
        _ => None,
    })
}

fn own(text: &str) -> Request {
    Request::UseSchemaText { text: text.to_owned(), name: None, url: None }
}

/// Commands drawn one after the other, with what holds on the way; then all taken back, and all made again.
fn live(name: &str, bytes: &[u8], own: Option<&str>, schemas: &[Request], seed: u64, commands: usize) {
    let mut draw = Draw(seed);
    let mut studio = Studio::open(name, bytes, own);
    let imported = studio.all_seen();
    let mut last = Vec::new();
    for at in 1..=commands {
        // Long ways back, and forth again, are rarer than single steps.
        if draw.below(40) == 0 {
            let steps = draw.below(12);
            (0..steps).for_each(|_| drop(studio.ask(Request::Undo)));
            (0..draw.below(steps + 2)).for_each(|_| drop(studio.ask(Request::Redo)));
        }
        if draw.below(25) == 0 {
            studio.keep_recipe();
        }
        let request = studio.command(&mut draw, schemas);
        last.push(request.clone());
        studio.ask(request);
        if at % 50 == 0 {
            studio.is_checked_right(&format!("{name}, seed {seed}, command {at}: {:?}", &last[last.len() - 3..]));
        }
    }
    let told = format!("{name}, seed {seed}");
    studio.redo_all();
    let before = studio.all_seen();
    let undone = studio.undo_all();
    studio.all_seen().is(&format!("{told}, all undone"), &imported);
    assert_eq!(studio.redo_all(), undone);
    studio.all_seen().is(&format!("{told}, all made again"), &before);
}

#[test]
fn five_thousand_commands_on_a_table_of_ours_and_all_taken_back() {
    let schemas = [own(AIDS), own(GRANTS)];
    (1..=5).for_each(|seed| live("aides_2018.csv", AIDS_FILE.as_bytes(), Some(AIDS), &schemas, seed, 1_000));
}

#[test]
fn five_thousand_commands_on_messy_files_and_all_taken_back() {
    let files =
        ["prenoms_2022.csv", "fontaines.csv", "covoiturage.csv", "menus_mars.csv", "equipements.csv", "parkings_2024.xlsx"];
    let schemas = [Request::UseSchema("scdl/prenoms".into()), Request::UseSchema("scdl/equipements".into()), own(AIDS)];
    for (seed, file) in (11..=20).zip(files.into_iter().cycle()) {
        live(file, &bytes(&format!("messy/{file}")), None, &schemas, seed, 500);
    }
}

/// The messy files, our table, and tables of the cells that repairs are tried on, drawn for fields of any kind.
fn messy_tables() -> Vec<(String, Studio)> {
    let files = [
        "bornes_recharge.csv",
        "covoiturage.csv",
        "defibrillateurs.xlsx",
        "equipements.csv",
        "fontaines.csv",
        "hautes_remunerations.xlsx",
        "lieux_numeriques.xlsx",
        "menus_mars.csv",
        "parkings_2024.xlsx",
        "prenoms_2022.csv",
    ];
    let opened = |file: &str| (file.to_owned(), Studio::open(file, &bytes(&format!("messy/{file}")), None));
    let mut tables: Vec<(String, Studio)> = files.into_iter().map(opened).collect();
    tables.push(("deliberations.xlsx".into(), Studio::open("d.xlsx", &bytes("deliberations.xlsx"), None)));
    tables.push(("aides".into(), Studio::open("a.csv", AIDS_FILE.as_bytes(), Some(AIDS))));
    for seed in 0..16 {
        tables.push((format!("dirt {seed}"), dirt(&mut Draw(seed))));
    }
    tables
}

fn dirt(draw: &mut Draw) -> Studio {
    let kinds: Vec<(&str, &str)> = (0..8).map(|_| *draw.of(FIELDS)).collect();
    let field = |(at, (_, document)): (usize, &(&str, &str))| {
        let mut field: serde_json::Value = serde_json::from_str(document).unwrap();
        field["name"] = format!("f{at}").into();
        field
    };
    let fields: Vec<serde_json::Value> = kinds.iter().enumerate().map(field).collect();
    // In one table of two, two fields make a key, which rows may repeat.
    let keys = if draw.heads() { serde_json::json!([["f0", "f1"]]) } else { serde_json::json!([]) };
    let document = serde_json::json!({ "title": "T", "fields": fields, "uniqueKeys": keys }).to_string();
    let mut table = Table::new((0..8).map(|at| format!("f{at}")).collect(), 2);
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for _ in 0..24 {
        let cell = |(kind, _): &(&str, &str)| {
            let own: Vec<&(&str, &str, &str)> = CASES.iter().filter(|(name, ..)| name.trim_start_matches('!') == *kind).collect();
            let (_, from, to) = draw.of(&own);
            match draw.below(10) {
                0..6 => *from,
                6..8 if from != to && !to.starts_with('(') => *to,
                8 => "",
                _ => draw.of(CASES).1,
            }
        };
        rows.push(kinds.iter().map(cell).collect());
        match draw.below(10) {
            0 => rows.push(vec![""; 8]),
            1 => rows.push(draw.of(&rows).clone()),
            _ => {}
        }
    }
    if draw.heads() {
        rows.push(["Total", "", "12"].into_iter().chain([""; 5]).collect());
    }
    rows.into_iter().for_each(|row| table.push(row));
    let mut opened = intake::read("x.csv", b"a,b\n1,2\n", &Choices::default()).unwrap();
    opened.table = table;
    opened.companion = Some(Companion { schema: Some(document), ..Companion::default() });
    Studio::take("x.csv", opened)
}

/// The cells that changed between two looks at a table, and the rows that went.
fn changed(before: &[RowView], after: &[RowView]) -> (Vec<(CellView, String)>, Vec<RowView>) {
    let after: BTreeMap<RowId, &RowView> = after.iter().map(|row| (row.id, row)).collect();
    let (mut cells, mut gone) = (Vec::new(), Vec::new());
    for row in before {
        let Some(now) = after.get(&row.id) else {
            gone.push(row.clone());
            continue;
        };
        let pairs = row.cells.iter().zip(&now.cells).filter(|(cell, now)| cell.text != now.text);
        cells.extend(pairs.map(|(cell, now)| (cell.clone(), now.text.clone())));
    }
    (cells, gone)
}

fn removes_rows(key: CauseKey) -> bool {
    matches!(key.kind, CauseKind::Fix(fix) if fix.removes_rows())
}

/// A cause repaired alone changes the cells that it counts into what was shown, and nothing else; doing it again does
/// nothing more; and it can be taken back.
#[test]
fn a_repair_changes_what_it_tells_and_nothing_else() {
    for (name, mut studio) in messy_tables() {
        let imported = studio.all_seen();
        for cause in imported.causes.clone() {
            let orders = [None, Some(Order::DayFirst), Some(Order::MonthFirst)];
            for order in orders.into_iter().take(if cause.question.is_some() { 3 } else { 1 }) {
                let told = format!("{name}: {cause:?} {order:?}");
                let request = Request::Repair { key: cause.key, order };
                studio.ask(request.clone());
                let now = studio.views();
                let (cells, gone) = changed(&imported.rows, &now);
                let asked = cause.question.is_some();
                let expected = match cause.key.kind {
                    CauseKind::Fix(_) if asked == order.is_some() => cause.count as usize,
                    _ => 0,
                };
                assert_eq!(if removes_rows(cause.key) { gone.len() } else { cells.len() }, expected, "{told}: {cells:?}");
                assert!(cells.is_empty() || gone.is_empty(), "{told}");
                for (cell, to) in &cells {
                    assert_eq!(cell.cause, Some(cause.key), "{told}: {cell:?} became {to:?}");
                    assert!(asked || cell.fix.as_ref() == Some(to), "{told}: {cell:?} became {to:?}");
                }
                assert_eq!(studio.state.can_undo, expected > 0, "{told}");
                // Under a total another one may stand, which the agent looks at in its turn.
                if cause.key.kind != CauseKind::Fix(Fix::TotalRow) {
                    studio.ask(request);
                    assert_eq!(changed(&now, &studio.views()), (vec![], vec![]), "{told}, again");
                }
                studio.undo_all();
                studio.all_seen().is(&told, &imported);
            }
        }
    }
}

/// What is repaired at once leaves alone what is right, and leaves nothing to repair at once.
#[test]
fn repairing_all_twice_changes_nothing_more() {
    for operation in [Operation::RepairSafe, Operation::RepairProposed] {
        for (name, mut studio) in messy_tables() {
            let told = format!("{name}: {operation:?}");
            let imported = studio.all_seen();
            let proposed = |cause: &&Cause| match operation {
                Operation::RepairSafe => cause.key.kind.is_safe(),
                _ => cause.is_proposed(),
            };
            let keys: Vec<CauseKey> = imported.causes.iter().filter(proposed).map(|cause| cause.key).collect();
            studio.ask(Request::Operate(operation.clone()));
            let now = studio.views();
            let (cells, gone) = changed(&imported.rows, &now);
            assert!(!cells.is_empty() || !gone.is_empty(), "{told}");
            for (cell, to) in &cells {
                assert!(!cell.rules.is_empty() && cell.fix.as_ref() == Some(to), "{told}: {cell:?} became {to:?}");
                assert!(cell.cause.is_some_and(|key| keys.contains(&key)), "{told}: {cell:?} became {to:?}");
            }
            assert!(gone.is_empty() || keys.iter().any(|key| removes_rows(*key)), "{told}: {gone:?}");
            studio.is_checked_right(&told);
            // Rows that say the same once they are repaired are found then, and only then: they go the second time.
            studio.ask(Request::Operate(operation.clone()));
            let again = studio.views();
            let (cells, gone) = changed(&now, &again);
            assert_eq!(cells, [], "{told}, again");
            let texts = |row: &RowView| row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<String>>();
            let stays = |row: &RowView| again.iter().any(|other| texts(other) == texts(row));
            assert!(gone.iter().all(stays) && (gone.is_empty() || operation == Operation::RepairProposed), "{told}: {gone:?}");
            studio.ask(Request::Operate(operation.clone()));
            assert_eq!(changed(&again, &studio.views()), (vec![], vec![]), "{told}, a third time");
            studio.undo_all();
            studio.all_seen().is(&told, &imported);
        }
    }
}

/// The repairs made at once, taken back one by one in any order, leave the table as it was imported.
#[test]
fn repairs_taken_back_one_by_one_in_any_order_lead_back() {
    let mut draw = Draw(7);
    for (name, mut studio) in messy_tables() {
        let imported = studio.all_seen();
        for operation in [Operation::RepairSafe, Operation::RepairProposed] {
            for round in 0..2 {
                studio.ask(Request::Operate(operation.clone()));
                let repaired = studio.all_seen();
                let mut lines = studio.state.repaired.len();
                let mut steps = 0;
                while lines > 0 {
                    studio.ask(Request::TakeBack(if round == 0 { 0 } else { draw.below(lines) }));
                    steps += 1;
                    lines -= 1;
                    assert_eq!(studio.state.repaired.len(), lines, "{name}");
                }
                let told = format!("{name}: {operation:?}, round {round}");
                studio.all_seen().is(&told, &imported);
                (0..steps).for_each(|_| drop(studio.ask(Request::Undo)));
                studio.all_seen().is(&told, &repaired);
                studio.undo_all();
                studio.all_seen().is(&told, &imported);
            }
        }
    }
}

/// Repairs made over one another, taken back the last first.
#[test]
fn repairs_of_repairs_taken_back_lead_back() {
    for (name, mut studio) in messy_tables() {
        let imported = studio.all_seen();
        let asked = Operation::Repair { field: None, fix: Fix::AmbiguousDate, order: Some(Order::DayFirst) };
        for operation in [Operation::RepairSafe, Operation::RepairProposed, asked, Operation::RepairProposed] {
            studio.ask(Request::Operate(operation));
        }
        while !studio.state.repaired.is_empty() {
            let lines = studio.state.repaired.len();
            studio.ask(Request::TakeBack(lines - 1));
            assert_eq!(studio.state.repaired.len(), lines - 1, "{name}");
        }
        studio.all_seen().is(&name, &imported);
    }
}

/// A table of texts, the first of which is a key.
fn small(file: &str) -> Studio {
    let schema = r#"{"title":"T","fields":[{"name":"a","constraints":{"unique":true}},{"name":"b"}]}"#;
    Studio::open("x.csv", file.as_bytes(), Some(schema))
}

/// Its first texts.
fn rows(studio: &mut Studio) -> Vec<String> {
    studio.views().into_iter().map(|row| row.cells[0].text.clone()).collect()
}

/// Blank rows, a repeated one and a total go in one step, and come back each in its place; a total that is blank for all
/// that is published goes once.
#[test]
fn rows_of_several_causes_come_back_in_their_places() {
    let mut studio = small("a,b\n1,x\n,\n2,y\n,\n3,z\n3,z\n4,w\nTotal,\n");
    let imported = rows(&mut studio);
    assert_eq!(imported, ["1", "", "2", "", "3", "3", "4", "Total"]);
    studio.ask(Request::Operate(Operation::RepairProposed));
    assert_eq!(rows(&mut studio), ["1", "2", "3", "4"]);
    // The first rows to go come back the first, then the others, then the other way round.
    for order in [[0, 0, 0], [2, 1, 0], [1, 1, 0]] {
        order.into_iter().for_each(|at| drop(studio.ask(Request::TakeBack(at))));
        assert_eq!(rows(&mut studio), imported, "{order:?}");
        (0..3).for_each(|_| drop(studio.ask(Request::Undo)));
        assert_eq!(rows(&mut studio), ["1", "2", "3", "4"]);
    }
    studio.ask(Request::Undo);
    assert_eq!(rows(&mut studio), imported);

    let mut studio = small("a,b,c\n1,x,\n2,y,\n,,Total\n");
    studio.ask(Request::Keep { column: 2, keep: false });
    studio.ask(Request::Operate(Operation::RepairProposed));
    assert_eq!((rows(&mut studio).len(), studio.state.repaired.len()), (2, 1));
    studio.ask(Request::Undo);
    assert_eq!(rows(&mut studio), ["1", "2", ""]);
}

/// A description taken back follows the data again.
#[test]
fn a_description_taken_back_is_the_proposed_one_again() {
    let mut studio = Studio::open("aides.csv", AIDS_FILE.as_bytes(), Some(AIDS));
    let imported = studio.state.metadata.clone();
    studio.ask(Request::Describe(Box::new(Metadata { territory: "Ville".into(), ..imported.clone() })));
    studio.ask(Request::Undo);
    assert_eq!(studio.state.metadata, imported);
    studio.ask(Request::RepairAll);
    assert_ne!(studio.state.proposed, imported);
    assert_eq!(studio.state.metadata, studio.state.proposed);
}

#[test]
fn clearing_past_the_last_row_adds_none() {
    let mut studio = small("a,b\n1,x\n2,y\n");
    studio.ask(Request::Clear(Block { top: 1, left: 0, bottom: 9, right: 1 }));
    assert_eq!(rows(&mut studio), ["1", ""]);
}

/// A block that spans a field without a column leaves it without one, unless something is written there.
#[test]
fn a_field_gets_a_column_for_a_text_alone() {
    let schema = r#"{"title":"T","fields":[{"name":"a"},{"name":"absent","constraints":{"required":true}},{"name":"b"}]}"#;
    let mut studio = Studio::open("x.csv", b"a,b\n1,x\n2,y\n", Some(schema));
    studio.ask(Request::Clear(Block { top: 0, left: 0, bottom: 1, right: 2 }));
    assert_eq!((studio.state.labels.len(), studio.state.mapping.columns[1]), (2, None));
    let block = vec![vec!["3".to_owned(), String::new(), "z".into()], vec!["4".into(), "new".into()]];
    studio.ask(Request::Write { row: 0, column: 0, block });
    assert_eq!(
        studio.ask(Request::Copy(Block { top: 0, left: 0, bottom: 1, right: 2 })),
        [Reply::Copied("3\t\tz\n4\tnew\t".into())]
    );
    assert_eq!(studio.state.mapping.columns[1], Some(2));
}

/// What a repair wrote over another one is no reason to keep the first, once it is taken back itself.
#[test]
fn a_repair_under_one_taken_back_is_taken_back() {
    let written = |format: &str| format!(r#"{{"title":"T","fields":[{{"name":"a","type":"date","format":"{format}"}}]}}"#);
    let mut studio = Studio::open("x.csv", b"a,b\n15/10/2017,x\n16/10/2017,y\n", Some(&written("default")));
    studio.ask(Request::RepairAll);
    studio.ask(own(&written("%d/%m/%Y")));
    studio.ask(Request::RepairAll);
    studio.ask(own(&written("%Y-%m")));
    // Written by hand since, the second cell stays as it is.
    studio.ask(Request::Write { row: 1, column: 0, block: vec![vec!["2018".into()]] });
    assert_eq!(rows(&mut studio), ["15/10/2017", "2018"]);
    studio.ask(Request::TakeBack(1));
    assert_eq!(rows(&mut studio), ["2017-10-15", "2018"]);
    studio.ask(Request::TakeBack(0));
    assert_eq!((rows(&mut studio), studio.state.repaired.len()), (vec!["15/10/2017".to_owned(), "2018".into()], 0));
}
