use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Fix, Order, Proposal, propose,
    propose::order_shown,
};
use crate::{
    check::{Checker, Rule, Severity},
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

/// The trouble of one text of a field, and its repair: a bad text has one cause, the most telling.
pub(crate) fn cause_of(checker: &Checker, field: usize, code: Code, text: &str) -> Option<(CauseKey, Option<Proposal>)> {
    let verdict = checker.verdicts(field).get(code as usize)?;
    let compiled = checker.schema.fields.get(field)?;
    let main = verdict.broken.iter().min_by_key(|rule| weight(**rule))?;
    let advice = verdict.broken.iter().all(|rule| rule.severity() == Severity::Advice);
    let proposal = propose(compiled, &verdict.broken, text);
    let kind = match &proposal {
        Some(Proposal::Sure { fix, .. }) => CauseKind::Fix(*fix),
        Some(Proposal::Ask { .. }) => CauseKind::Fix(Fix::AmbiguousDate),
        None => CauseKind::Rule(*main),
    };
    Some((CauseKey { field: Some(field), kind, advice }, proposal))
}

/// The most telling rule first: a SIRET with a bad key breaks its pattern too, perhaps.
fn weight(rule: Rule) -> u8 {
    match rule {
        Rule::Required => 0,
        Rule::Type => 1,
        Rule::Value(_) => 2,
        Rule::Enum => 3,
        Rule::OuterSpaces => 9,
        Rule::Unverifiable => 8,
        _ => 4,
    }
}

/// Groups all findings by cause, the largest first; advice comes after errors.
pub fn causes(checker: &Checker, table: &Table) -> Vec<Cause> {
    let mut found: BTreeMap<CauseKey, Cause> = BTreeMap::new();
    let mut add = |key: CauseKey, count: u32, before: &str, after: Option<String>| {
        let new = || Cause { key, count: 0, before: before.to_owned(), after, question: None };
        let cause = found.entry(key).or_insert_with(new);
        cause.count += count;
    };
    for finding in &checker.header {
        let kind = CauseKind::Rule(finding.rule);
        add(CauseKey { field: finding.field, kind, advice: false }, 1, &finding.cell, None);
    }
    for (row, finding) in checker.all_row_findings() {
        let kind = match finding.rule {
            Rule::BlankRow => CauseKind::Fix(Fix::BlankRow),
            rule => CauseKind::Rule(rule),
        };
        let before = finding.field.and_then(|f| checker.layout.columns.get(f).copied().flatten());
        let before = before.map_or("", |column| table.text(row, column));
        add(CauseKey { field: finding.field, kind, advice: false }, 1, before, None);
    }
    let mut questions = Vec::new();
    for (field, column) in checker.layout.columns.iter().enumerate() {
        let Some(column) = column else { continue };
        let counts = counts(checker, table, *column);
        let Some(values) = table.columns.get(*column) else { continue };
        for (code, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let text = values.value(code as Code);
            let Some((key, proposal)) = cause_of(checker, field, code as Code, text) else { continue };
            match proposal {
                Some(Proposal::Sure { to, .. }) => add(key, *count, text, Some(to)),
                Some(Proposal::Ask { day_first, month_first }) => {
                    questions.push((key, *column, text.to_owned(), day_first, month_first));
                    add(key, *count, text, None);
                }
                None => add(key, *count, text, None),
            }
        }
    }
    for (key, column, before, day_first, month_first) in questions {
        let Some(cause) = found.get_mut(&key).filter(|cause| cause.question.is_none() && cause.before == before) else { continue };
        let (sure_day_first, sure_month_first) = evidence(checker, table, column);
        cause.question = Some(Question { day_first, month_first, sure_day_first, sure_month_first });
    }
    let mut list: Vec<Cause> = found.into_values().collect();
    list.sort_by_key(|cause| (cause.key.advice, std::cmp::Reverse(cause.count)));
    list
}

/// How many rows hold each value of a column, blank rows left out.
fn counts(checker: &Checker, table: &Table, column: usize) -> Vec<u32> {
    let mut counts = table.counts(column);
    let Some(values) = table.columns.get(column) else { return counts };
    for row in table.order.iter().filter(|row| checker.is_blank_row(**row)) {
        if let Some(n) = values.code(*row).and_then(|code| counts.get_mut(code as usize)) {
            *n = n.saturating_sub(1);
        }
    }
    counts
}

fn evidence(checker: &Checker, table: &Table, column: usize) -> (u32, u32) {
    let (mut day, mut month) = (0, 0);
    let Some(values) = table.columns.get(column) else { return (0, 0) };
    for (code, count) in counts(checker, table, column).into_iter().enumerate() {
        match order_shown(values.value(code as Code)) {
            Some(Order::DayFirst) => day += count,
            Some(Order::MonthFirst) => month += count,
            None => {}
        }
    }
    (day, month)
}

/// The rows that a cause concerns, in table order.
pub fn rows_of(checker: &Checker, table: &Table, key: CauseKey) -> Vec<RowId> {
    let by_row = |rule: Rule| -> Vec<RowId> {
        let concerned: std::collections::HashSet<RowId> = checker
            .all_row_findings()
            .filter(|(_, finding)| finding.rule == rule && finding.field == key.field)
            .map(|(row, _)| row)
            .collect();
        table.order.iter().copied().filter(|row| concerned.contains(row)).collect()
    };
    match (key.kind, key.field) {
        (CauseKind::Fix(Fix::BlankRow), _) => by_row(Rule::BlankRow),
        (CauseKind::Rule(rule @ (Rule::Unique | Rule::PrimaryKey | Rule::ExtraCell | Rule::MissingCell | Rule::Across(_))), _) => by_row(rule),
        (_, Some(field)) => {
            let Some(column) = checker.layout.columns.get(field).copied().flatten() else { return Vec::new() };
            let Some(values) = table.columns.get(column) else { return Vec::new() };
            let concerned: Vec<bool> = (0..values.values() as Code)
                .map(|code| cause_of(checker, field, code, values.value(code)).is_some_and(|(found, _)| found == key))
                .collect();
            let is = |row: &RowId| values.code(*row).is_some_and(|code| concerned.get(code as usize) == Some(&true));
            table.order.iter().copied().filter(|row| is(row) && !checker.is_blank_row(*row)).collect()
        }
        _ => Vec::new(),
    }
}
