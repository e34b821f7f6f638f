use std::process::{Command, Output};

use serde_json::Value;

use crate::support::{fixture, shared};

fn check(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atelier")).arg("check").args(arguments).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn written(name: &str, text: &str) -> String {
    let path = std::env::temp_dir().join(format!("atelier-suite-{}-{name}", std::process::id()));
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_valid_file_gives_zero() {
    let file = fixture("deliberations.expected.csv");
    let output = check(&[file.to_str().unwrap(), "--schema", "deliberations", "--format", "json"]);
    let answer = json(&output);
    assert_eq!(output.status.code(), Some(0), "{answer}");
    assert_eq!((answer["valid"].as_bool(), answer["rows"].as_u64()), (Some(true), Some(24)));
    assert_eq!(answer["reading"]["header"], 1);
    assert_eq!((answer["errors"].as_array().unwrap().len(), answer["warnings"].as_array().unwrap().len()), (0, 0));
}

#[test]
fn an_invalid_file_gives_one_and_says_where() {
    let csv = "Titre\n\nCOLL_INSEE,COMMUNE_NOM,ENFANT_SEXE,ENFANT_PRENOM,NOMBRE_OCCURRENCES,ANNEE\n35238,Rennes,F,Alice,12,2016\n35238,Rennes,X,Zoé,douze,2016\n";
    let file = written("prenoms.csv", csv);
    let output = check(&[&file, "--schema", "scdl/prenoms", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let errors: Vec<String> = json(&output)["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| format!("{} {} {} {} {}", e["row"], e["field"], e["code"], e["constraint"], e["cell"]))
        .collect();
    assert_eq!(
        errors,
        [r#"5 "ENFANT_SEXE" "constraint-error" "enum" "X""#, r#"5 "NOMBRE_OCCURRENCES" "type-error" null "douze""#,]
    );
    let text = String::from_utf8(check(&[&file, "--schema", "prenoms"]).stdout).unwrap();
    assert!(text.contains("ligne 5, NOMBRE_OCCURRENCES") && text.contains("2 erreurs"), "{text}");
}

#[test]
fn what_cannot_be_read_gives_two_and_a_sentence() {
    let password = fixture("password.xlsx");
    let output = check(&[password.to_str().unwrap(), "--schema", "deliberations", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(json(&output)["errors"][0]["message"].as_str().unwrap().contains("mot de passe"));
    for arguments in [vec![], vec!["x.csv"], vec!["x.csv", "--schema", "deliberations"], vec!["x.csv", "--schema", "nope"]] {
        let output = check(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let sheets = fixture("twosheets.xlsx");
    let output = check(&[sheets.to_str().unwrap(), "--schema", "deliberations", "--sheet", "9"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_schema_of_ones_own_says_what_it_cannot_check() {
    let schema =
        written("own.json", r#"{"fields":[{"name":"a","type":"hologram"},{"name":"b","constraints":{"required":true}}]}"#);
    let file = written("own.csv", "a,b,c\nx,,z\n");
    let answer = json(&check(&[&file, "--schema", &schema, "--format", "json"]));
    assert_eq!(answer["errors"].as_array().unwrap().len(), 1);
    let warnings: Vec<&str> = answer["warnings"].as_array().unwrap().iter().map(|w| w["code"].as_str().unwrap()).collect();
    assert_eq!(warnings, ["extra-column", "not-checked"]);
}

/// Where the reference itself misreads the file, beyond what its own list of faults says.
const REFERENCE_AT_FAULT: [(&str, &str); 5] = [
    // A number of a cell in a text field is refused, whatever its digits: a SIRET typed in Excel.
    (".xls", "type-error"),
    // windows-1252 is taken for another encoding, and every accent for a fault.
    ("scdl__prenoms/enc_cp1252", "pattern"),
    // A blank first line is taken for the header, and the header for data.
    ("leading_blank_line", "type-error"),
    // The comma of a sentence is taken for a delimiter, in a file of one column that has none.
    ("single_column", "extra-cell"),
    // Spaces before quotes have what they hold cut at its comma.
    ("standard-mediation-num__exemple-valide", "pattern"),
];

/// The verdict of the reference validators on every official schema, case by case.
#[test]
fn the_reference_agrees() {
    let Some(corpus) = shared("corpus/compare.py") else { return };
    let output = Command::new("python3").arg(corpus).args(["--atelier", env!("CARGO_BIN_EXE_atelier")]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let total = said.lines().find(|line| line.contains("agree,")).unwrap();
    println!("{total}");
    let argued = |line: &str| REFERENCE_AT_FAULT.iter().any(|(file, what)| line.contains(file) && line.contains(what));
    let faults: Vec<&str> = said.lines().filter(|line| line.starts_with("DIFFERS") && !argued(line)).collect();
    assert!(faults.is_empty() && total.contains(" 0 without an answer"), "{total}\n{}", faults.join("\n"));
}
