//! The tables that the tests write: registers of deliberations, valid but for what a test changes.

/// The columns of the schema, in its order.
pub const COLUMNS: [&str; 17] = [
    "COLL_NOM",
    "COLL_SIRET",
    "DELIB_ID",
    "DELIB_DATE",
    "DELIB_MATIERE_CODE",
    "DELIB_MATIERE_NOM",
    "DELIB_OBJET",
    "BUDGET_ANNEE",
    "BUDGET_NOM",
    "PREF_ID",
    "PREF_DATE",
    "VOTE_EFFECTIF",
    "VOTE_REEL",
    "VOTE_POUR",
    "VOTE_CONTRE",
    "VOTE_ABSTENTION",
    "DELIB_URL",
];

/// The place of a column in the schema, and in the grid.
pub fn column(name: &str) -> usize {
    COLUMNS.iter().position(|column| *column == name).unwrap()
}

/// A valid row: 13 voters, of whom 10 for, 2 against and 1 who abstains.
pub fn row(number: usize) -> [String; 17] {
    let (month, day) = (number % 12 + 1, number % 27 + 1);
    [
        "Commune de Val-d’Exemple".to_owned(),
        "21990017200012".to_owned(),
        format!("DCM-{number:06}"),
        format!("2024-{month:02}-{day:02}"),
        "7.1".to_owned(),
        "Finances locales/Décisions budgétaires".to_owned(),
        format!("Ouverture de crédits n° {number}"),
        "2024".to_owned(),
        "Budget principal".to_owned(),
        "PREF099".to_owned(),
        format!("2024-{month:02}-{:02}", day + 1),
        "15".to_owned(),
        "13".to_owned(),
        "10".to_owned(),
        "2".to_owned(),
        "1".to_owned(),
        format!("https://val-d-exemple.example/actes/{number}.pdf"),
    ]
}

/// A register of as many rows, as a CSV file. `change` is given each row with its number, from 0.
pub fn register(rows: usize, change: impl Fn(usize, &mut [String; 17])) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).unwrap();
    for number in 0..rows {
        let mut cells = row(number);
        change(number, &mut cells);
        writer.write_record(&cells).unwrap();
    }
    writer.into_inner().unwrap()
}
