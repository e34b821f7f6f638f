use super::*;
use crate::schema::Schema;

fn check(schema: &str, labels: &[&str], rows: &[&[&str]]) -> (Checker, Table) {
    let schema = CompiledSchema::new(&Schema::from_json(schema).unwrap());
    let labels: Vec<String> = labels.iter().map(|l| (*l).to_owned()).collect();
    let layout = Layout::of(&schema, &labels);
    let mut table = Table::new(labels, 2);
    rows.iter().for_each(|row| table.push(row.iter().copied()));
    (Checker::new(schema, layout, &table), table)
}

fn codes(checker: &Checker, table: &Table) -> Vec<String> {
    let named = |f: Finding| {
        let (code, constraint) = f.rule.code(&checker.schema.checks);
        let line = f.row.and_then(|row| table.line(row)).map_or(String::new(), |n| n.to_string());
        let field = f.field.and_then(|at| checker.schema.fields.get(at)).map_or("", |field| &field.name);
        format!("{line}:{field}:{code}{}", constraint.map(|c| format!("/{c}")).unwrap_or_default())
    };
    checker.findings(table).map(named).collect()
}

const VOTES: &str = r#"{"fields":[
    {"name":"id","constraints":{"required":true,"unique":true}},
    {"name":"for","type":"integer"},{"name":"against","type":"integer"},{"name":"all","type":"integer"}],
    "custom_checks":[
        {"name":"sum-columns-value","params":{"column":"all","columns":["for","against"]}},
        {"name":"compare-columns-value","params":{"column":"all","op":">=","column2":"for"}},
        {"name":"cohesive-columns-value","params":{"column":"all","othercolumns":["for"]}},
        {"name":"martian","params":{}}]}"#;

#[test]
fn a_list_is_as_long_as_its_items_are_many() {
    let field = r#"{"fields":[{"name":"l","type":"list","delimiter":";","constraints":{"maxLength":2}}]}"#;
    let (checker, table) = check(field, &["l"], &[&["a;b"], &[";;"]]);
    assert_eq!(codes(&checker, &table), ["3:l:constraint-error/maxLength"]);
}

#[test]
fn finds_everything_and_says_where() {
    let (checker, table) = check(
        VOTES,
        &["id", "for", "against", "all"],
        &[
            &["a", "2", "1", "3"],
            &["", "x", "1", "3"],
            &["a", "4", "1", "3"],
            &["", "", "", ""],
            &["b", "1", "1"],
            &["c", "1", "1", "2", "9"],
        ],
    );
    assert_eq!(
        codes(&checker, &table),
        [
            "3:id:constraint-error/required",
            "3:for:type-error",
            "3:all:cohesive-columns-value",
            "4:all:sum-columns-value",
            "4:all:compare-columns-value",
            "4:id:unique-error",
            "5::blank-row",
            "6:all:missing-cell",
            "6:all:cohesive-columns-value",
            "7::extra-cell",
        ]
    );
    assert_eq!(checker.schema.faults.len(), 1);
}

#[test]
fn an_edit_is_checked_where_it_stands_and_where_it_matters() {
    let (mut checker, mut table) =
        check(VOTES, &["id", "for", "against", "all"], &[&["a", "2", "1", "3"], &["a", "1", "1", "2"]]);
    assert_eq!(codes(&checker, &table), ["3:id:unique-error"]);
    let code = table.columns[0].intern("b");
    table.exchange(0, &mut [(0, code)]);
    checker.refresh(&table, Some(Touched { rows: &[0], columns: Some(&[0]) }));
    assert!(codes(&checker, &table).is_empty());
    let code = table.columns[1].intern("7");
    table.exchange(1, &mut [(1, code)]);
    checker.refresh(&table, Some(Touched { rows: &[1], columns: Some(&[1]) }));
    assert_eq!(codes(&checker, &table), ["3:all:sum-columns-value", "3:all:compare-columns-value"]);
}

#[test]
fn headers_are_matched_by_exact_name() {
    let (checker, table) = check(VOTES, &[" id ", "FOR", "all"], &[&["a", "x", "3"]]);
    assert_eq!(codes(&checker, &table), ["::cohesive-columns-value"]);
    let (checker, table) = check(VOTES, &["id", "id"], &[&["", ""]]);
    assert_eq!(codes(&checker, &table), [":id:duplicate-label"]);
    let (checker, table) = check(VOTES, &["nothing"], &[&["", ""]]);
    assert_eq!(codes(&checker, &table), [":id:missing-label"]);
}

#[test]
fn a_schema_says_how_its_header_must_be_answered() {
    let header = |fields_match: &str, labels: &[&str]| {
        let schema = format!(
            r#"{{"fieldsMatch":"{fields_match}","fields":[{{"name":"a","constraints":{{"required":true}}}},{{"name":"b"}}]}}"#
        );
        let (checker, table) = check(&schema, labels, &[&["1", "2", "3"]]);
        codes(&checker, &table)
    };
    assert_eq!(header("exact", &["a", "b"]), ["3::extra-cell"].map(|c| c.replace('3', "2")));
    assert_eq!(header("exact", &["a", "c", ""]), ["::extra-label", ":b:incorrect-label", "::blank-label"]);
    assert_eq!(header("equal", &["b", "x", "y"]), ["::extra-label", "::extra-label", ":a:missing-label"]);
    assert_eq!(header("subset", &["a", "x", "y"]), [":b:missing-label"]);
    assert_eq!(header("superset", &["a", "x", "y"]), ["::extra-label", "::extra-label"]);
    assert_eq!(header("partial", &["a", "x", "y"]), [""; 0]);
}

#[test]
fn keys_of_the_second_version_are_checked() {
    let schema = r#"{"uniqueKeys":[["a","b"]],"foreignKeys":[{"fields":"parent","reference":{"fields":"a"}}],
        "fields":[{"name":"a"},{"name":"b"},{"name":"parent"},{"name":"size","categories":["S",{"value":"L"}]}]}"#;
    let rows: [&[&str]; 4] = [&["1", "x", "", "S"], &["1", "y", "1", "L"], &["1", "x", "9", "M"], &["2", "", "2", ""]];
    let (checker, table) = check(schema, &["a", "b", "parent", "size"], &rows);
    assert_eq!(codes(&checker, &table), ["4:size:category", "4::unique-error", "4:parent:foreign-key"]);
    assert_eq!(checker.schema.faults, []);
    let elsewhere = r#"{"foreignKeys":[{"fields":"a","reference":{"resource":"towns","fields":"id"}}],"primaryKey":"z","fields":[{"name":"a"}]}"#;
    let (checker, _) = check(elsewhere, &["a"], &[&["1"]]);
    assert_eq!(checker.schema.faults.len(), 2, "{:?}", checker.schema.faults);
}

#[test]
fn what_befell_a_text_is_an_advice_and_changes_no_verdict() {
    let schema = r##"{"missingValues":["","#N/D"],"fields":[{"name":"a"},{"name":"n","type":"number"}]}"##;
    let rows: [&[&str]; 6] =
        [&["école", "1"], &["dÃ©jÃ\u{a0}", "1"], &["caf\u{fffd}", "1"], &[" #NOM? ", "1"], &["#N/D", "1"], &["a", "#DIV/0!"]];
    let (checker, table) = check(schema, &["a", "n"], &rows);
    assert_eq!(
        codes(&checker, &table),
        ["3:a:mojibake", "4:a:lost-character", "5:a:error-cell", "7:n:type-error", "7:n:error-cell"]
    );
    assert_eq!(checker.bad_rows(), 1);
}
