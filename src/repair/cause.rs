use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{
    Fix, Order, Proposal, Safety,
    date::order_shown,
    trouble::{Counted, Trouble, Troubles},
};
use crate::{
    check::{Checker, Rule},
    table::{Code, RowId, Table},
};

/// What an agent would name as the trouble: a kind of repair where there is one, else the rule broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CauseKind {
    /// Repaired by one button.
    Fix(Fix),
    /// Left to the agent.
    Rule(Rule),
}

impl CauseKind {
    /// Whether it has a repair that may be carried out with all the others, without a look.
    pub fn is_safe(self) -> bool {
        matches!(self, CauseKind::Fix(fix) if fix.safety() == Safety::Safe)
    }
}

/// What a cause is known by: findings of one kind, in one field, with one severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CauseKey {
    /// The field, `None` for whole rows and for the header.
    pub field: Option<usize>,
    /// The trouble.
    pub kind: CauseKind,
    /// Whether the table is valid nevertheless.
    pub advice: bool,
}

/// Findings that an agent sees as one trouble.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// What it is.
    pub key: CauseKey,
    /// Cells concerned (rows, for whole rows).
    pub count: u32,
    /// The text of one of the cells.
    pub before: String,
    /// What it would become.
    pub after: Option<String>,
    /// What must be asked first.
    pub question: Option<Question>,
}

impl Cause {
    /// Whether it has a repair with one value to propose: to be carried out, at once or after a look.
    pub fn is_proposed(&self) -> bool {
        matches!(self.key.kind, CauseKind::Fix(fix) if self.after.is_some() || fix.removes_rows())
    }
}

/// The question of dates that can be read two ways, with what the rest of the column says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The example if the day comes first.
    pub day_first: String,
    /// The example if the month comes first.
    pub month_first: String,
    /// Other values of the column that surely have the day first.
    pub sure_day_first: u32,
    /// Other values of the column that surely have the month first.
    pub sure_month_first: u32,
}

/// The trouble of every distinct value that has one, worked out once.
#[derive(Debug, Clone, Default)]
pub struct Diagnosis {
    fields: Vec<Troubles>,
    /// The last row, where it is one of totals.
    total: Option<RowId>,
    /// The rows whose identifier is that of a row above which says the same.
    duplicates: HashSet<RowId>,
}

impl Diagnosis {
    /// Looks at the values that are new since the last time.
    pub fn update(&mut self, checker: &Checker, table: &Table) {
        self.fields.resize(checker.columns(), Troubles::default());
        for (field, troubles) in self.fields.iter_mut().enumerate() {
            let Some(values) = checker.column(field).and_then(|column| table.columns.get(column)) else { continue };
            troubles.update(checker, field, values);
        }
        self.total = table.total_row();
        self.duplicates = duplicates(checker, table);
    }

    /// The trouble of a value, `None` where it is good.
    pub fn trouble(&self, field: usize, code: Code) -> Option<Trouble<'_>> {
        self.fields.get(field)?.get(code)
    }

    /// Groups all findings by cause, the largest first; advice comes after errors.
    pub fn causes(&self, checker: &Checker, table: &Table) -> Vec<Cause> {
        let mut found: BTreeMap<CauseKey, Cause> = BTreeMap::new();
        let mut add = |key: CauseKey, count: u32, before: &str, after: Option<&str>| {
            let new = || Cause { key, count: 0, before: before.to_owned(), after: after.map(str::to_owned), question: None };
            found.entry(key).or_insert_with(new).count += count;
        };
        for finding in &checker.header {
            add(CauseKey { field: finding.field, kind: CauseKind::Rule(finding.rule), advice: false }, 1, &finding.cell, None);
        }
        for (row, finding) in checker.all_row_findings() {
            let kind = match finding.rule {
                Rule::BlankRow => CauseKind::Fix(Fix::BlankRow),
                rule if is_key(rule) && self.duplicates.contains(&row) => continue,
                rule => CauseKind::Rule(rule),
            };
            let column = finding.field.and_then(|f| checker.layout.columns.get(f).copied().flatten());
            let before = column.map_or("", |column| table.text(row, column));
            add(CauseKey { field: finding.field, kind, advice: false }, 1, before, None);
        }
        let mut questions: BTreeMap<CauseKey, Question> = BTreeMap::new();
        for field in 0..checker.columns() {
            let Some((column, values)) = checker.column(field).and_then(|column| Some((column, table.columns.get(column)?)))
            else {
                continue;
            };
            let Some(troubles) = self.fields.get(field).filter(|troubles| !troubles.is_empty()) else { continue };
            let counts = Counts::of(checker, table, column);
            for Counted { first: (code, Trouble { key, proposal }), rows } in troubles.count(|code| counts.get(code)) {
                let text = values.value(code);
                match proposal {
                    Some(Proposal::Sure { to, .. }) => add(key, rows, text, Some(to)),
                    Some(Proposal::Ask { day_first, month_first }) => {
                        let (sure_day_first, sure_month_first) = evidence(checker, table, column);
                        let (day_first, month_first) = (day_first.clone(), month_first.clone());
                        questions.insert(key, Question { day_first, month_first, sure_day_first, sure_month_first });
                        add(key, rows, text, None);
                    }
                    None => add(key, rows, text, None),
                }
            }
        }
        let told = |row: RowId| {
            let cells = (0..table.columns.len()).map(|column| table.text(row, column));
            cells.into_iter().find(|cell| !cell.trim().is_empty()).unwrap_or_default()
        };
        if let Some(row) = self.total {
            add(CauseKey { field: None, kind: CauseKind::Fix(Fix::TotalRow), advice: true }, 1, told(row), None);
        }
        // In table order, for the example is that of the first.
        let duplicates = if self.duplicates.is_empty() { [].as_slice() } else { &table.order };
        for row in duplicates.iter().filter(|row| self.duplicates.contains(row)) {
            add(CauseKey { field: None, kind: CauseKind::Fix(Fix::DuplicateRow), advice: false }, 1, told(*row), None);
        }
        let mut list: Vec<Cause> = found.into_values().collect();
        for cause in &mut list {
            cause.question = questions.remove(&cause.key);
        }
        list.sort_by_key(|cause| (cause.key.advice, std::cmp::Reverse(cause.count)));
        list
    }

    /// The values that have a cause and the number of their rows, those that stand in no row left out.
    pub fn values_of(&self, checker: &Checker, table: &Table, key: CauseKey) -> Vec<(Code, u32)> {
        let Some(field) = key.field else { return Vec::new() };
        let Some((column, troubles)) = checker.column(field).zip(self.fields.get(field)) else { return Vec::new() };
        let counts = Counts::of(checker, table, column);
        troubles.of(key).map(|code| (code, counts.get(code))).filter(|(_, rows)| *rows > 0).collect()
    }

    /// The rows that a cause concerns, in table order.
    pub fn rows_of(&self, checker: &Checker, table: &Table, key: CauseKey) -> Vec<RowId> {
        match key.kind {
            CauseKind::Fix(Fix::TotalRow) => return self.total.into_iter().collect(),
            CauseKind::Fix(Fix::DuplicateRow) => {
                return table.order.iter().copied().filter(|row| self.duplicates.contains(row)).collect();
            }
            _ => {}
        }
        let row_rule = match key.kind {
            CauseKind::Fix(Fix::BlankRow) => Some(Rule::BlankRow),
            CauseKind::Rule(rule) if rule.is_of_row() => Some(rule),
            _ => None,
        };
        if let Some(rule) = row_rule {
            let found = checker.all_row_findings().filter(|(_, f)| f.rule == rule && f.field == key.field);
            let concerned: HashSet<RowId> = found.map(|(row, _)| row).collect();
            return table.order.iter().copied().filter(|row| concerned.contains(row)).collect();
        }
        let Some(field) = key.field else { return Vec::new() };
        let Some(values) = checker.column(field).and_then(|column| table.columns.get(column)) else { return Vec::new() };
        let Some(troubles) = self.fields.get(field) else { return Vec::new() };
        let mut concerned = vec![false; values.values()];
        for code in troubles.of(key) {
            if let Some(concerned) = concerned.get_mut(code as usize) {
                *concerned = true;
            }
        }
        let mut rows = Vec::new();
        values.rows_marked(&concerned, |row| {
            if table.shows(row) && !checker.is_blank_row(row) {
                rows.push(row);
            }
        });
        // Rows in the order of the columns are in that of the table, unless some were added among them.
        if table.from_file as usize != values.len() {
            let found: HashSet<RowId> = rows.into_iter().collect();
            return table.order.iter().copied().filter(|row| found.contains(row)).collect();
        }
        rows
    }
}

/// Whether a rule says that an identifier came before.
fn is_key(rule: Rule) -> bool {
    matches!(rule, Rule::PrimaryKey | Rule::Unique | Rule::UniqueKey(_))
}

/// The rows whose identifier came before, in a row that says the same in all that is published.
fn duplicates(checker: &Checker, table: &Table) -> HashSet<RowId> {
    let repeated: HashSet<RowId> =
        checker.all_row_findings().filter(|(_, finding)| is_key(finding.rule)).map(|(row, _)| row).collect();
    if repeated.is_empty() {
        return repeated;
    }
    let columns: Vec<usize> = checker.layout.columns.iter().flatten().chain(&checker.layout.extras).copied().collect();
    let texts = |row: RowId| columns.iter().map(|column| table.text(row, *column)).collect::<Vec<&str>>();
    let mut seen = HashSet::new();
    let mut said_before = |row: RowId| {
        let texts = texts(row);
        texts.iter().any(|text| !text.is_empty()) && !seen.insert(texts)
    };
    table.order.iter().copied().filter(|row| said_before(*row) && repeated.contains(row)).collect()
}

/// How many rows hold each value of a column, blank rows left out.
struct Counts<'a> {
    table: &'a Table,
    column: usize,
    blank: BTreeMap<Code, u32>,
}

impl Counts<'_> {
    fn of<'a>(checker: &Checker, table: &'a Table, column: usize) -> Counts<'a> {
        let mut blank = BTreeMap::new();
        let codes = checker.blank_rows().filter_map(|row| table.columns.get(column)?.code(row));
        codes.for_each(|code| *blank.entry(code).or_default() += 1);
        Counts { table, column, blank }
    }

    fn get(&self, code: Code) -> u32 {
        if self.blank.is_empty() {
            return self.table.count(self.column, code);
        }
        let blank = self.blank.get(&code).copied().unwrap_or_default();
        self.table.count(self.column, code).saturating_sub(blank)
    }
}

/// How many dates of a column surely have the day first, and the month first.
fn evidence(checker: &Checker, table: &Table, column: usize) -> (u32, u32) {
    let (mut day, mut month) = (0, 0);
    let counts = Counts::of(checker, table, column);
    for (code, value, _) in table.tally(column) {
        match order_shown(value) {
            Some(Order::DayFirst) => day += counts.get(code),
            Some(Order::MonthFirst) => month += counts.get(code),
            None => {}
        }
    }
    (day, month)
}
