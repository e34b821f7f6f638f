//! Sheets that hold several tables, and ordinary tables that must not be cut.
//!
//! Each sheet is read twice, as a text and as a workbook: what is found must be the same.

use atelier::intake::{Block, Choices, IntakeError, Notice, Opened, read};

/// A workbook of these lines.
fn workbook(lines: &str) -> String {
    let cell = |text: &str| match text {
        "" => "<Cell/>".to_owned(),
        text => format!("<Cell><Data ss:Type=\"String\">{text}</Data></Cell>"),
    };
    let row = |line: &str| format!("<Row>{}</Row>", line.split(';').map(cell).collect::<String>());
    format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"A\"><Table>{}</Table></Worksheet></Workbook>",
        lines.lines().map(row).collect::<String>()
    )
}

fn both(lines: &str, choices: &Choices) -> [Result<Opened, IntakeError>; 2] {
    [read("a.csv", lines.as_bytes(), choices), read("a.xls", workbook(lines).as_bytes(), choices)]
}

/// Where tables stand: `1-4 A-C`.
fn places(blocks: &[Block]) -> String {
    let letter = |column: usize| char::from(b'A' + column as u8);
    let place = |b: &Block| format!("{}-{} {}-{}", b.top, b.bottom, letter(b.left), letter(b.right));
    blocks.iter().map(place).collect::<Vec<_>>().join(", ")
}

/// Checks where the tables are, then the labels of the one read first, and its rows.
fn check(cases: &[(&str, &str, &str, &str, usize)]) {
    let mut wrong = Vec::new();
    for (about, lines, blocks, labels, rows) in cases {
        for opened in both(lines, &Choices::default()) {
            let Opened { table, reading, .. } = opened.unwrap();
            let got = (places(&reading.blocks), table.labels.join(";"), table.len());
            if (got.0.as_str(), got.1.as_str(), got.2) != (*blocks, *labels, *rows) {
                wrong.push(format!("{about}\n   got      {got:?}\n   expected {:?}", (blocks, labels, rows)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lines that come again, numbered.
fn times(count: usize, line: &str) -> String {
    (1..=count).map(|n| line.replace('#', &n.to_string()) + "\n").collect()
}

#[test]
fn several_tables_are_told_apart() {
    let stock = format!("nom;ville;montant\n{}", times(6, "Asso #;Dole;#00"));
    let agents = format!("service;agents\n{}", times(3, "Service #;#2"));
    let floors = format!("service;agents;étage\n{}", times(3, "Service #;#2;#"));
    let wide = format!("adresse;code postal;commune;surface;étage\n{}", times(4, "# rue Haute;39100;Dole;#50;1"));
    let beside = "nom;montant;;jour;ouverture;fermeture\nA;12;;lundi;9 h;17 h\nB;13;;mardi;9 h;17 h\nC;14;;jeudi;9 h;17 h\n";
    let taller = times(5, "Z#;#5;;;;");
    check(&[
        ("one below the other", &format!("{stock}\n{agents}"), "1-7 A-C, 9-12 A-B", "nom;ville;montant", 6),
        ("the largest is the last", &format!("{floors}\n\n{stock}"), "1-4 A-C, 7-13 A-C", "nom;ville;montant", 6),
        (
            "each under its title",
            &format!("Subventions 2024;;\n{stock};;\nEffectifs;;\n{agents}"),
            "1-8 A-C, 10-14 A-B",
            "nom;ville;montant",
            6,
        ),
        (
            "three, of which one is wider",
            &format!("{stock}\n{wide}\n{agents}"),
            "1-7 A-C, 9-13 A-E, 15-18 A-B",
            "adresse;code postal;commune;surface;étage",
            4,
        ),
        (
            "words only, but more of them",
            "nom;ville;rôle\nA;Dole;élu\nB;Lons;agent\n\nsigle;intitulé;siège;objet\nX;Les amis;Dole;jeux\nY;Le club;Lons;sport\nZ;La troupe;Arbois;scène\n",
            "1-3 A-C, 5-8 A-D",
            "sigle;intitulé;siège;objet",
            3,
        ),
        (
            "years as labels",
            &format!("{stock}\ncommune;2022;2023\nDole;23000;23100\nLons;17000;17200\n"),
            "1-7 A-C, 9-11 A-C",
            "nom;ville;montant",
            6,
        ),
        (
            "blank rows in the first",
            &format!("{stock}\nAsso 7;Dole;700\n\n{agents}"),
            "1-9 A-C, 11-14 A-B",
            "nom;ville;montant",
            8,
        ),
        ("side by side", &format!("{beside}{taller}"), "1-9 A-B, 1-4 D-F", "nom;montant", 8),
        (
            "side by side, the second lower",
            "nom;montant;;;\nA;12;;;\nB;13;;;\nC;14;;code;sens\nD;15;;R;refusé\nE;16;;V;voté\nF;17;;;\n",
            "1-7 A-B, 4-6 D-E",
            "nom;montant",
            6,
        ),
    ]);
}

#[test]
fn ordinary_tables_stay_whole() {
    let stock = format!("nom;ville;montant\n{}", times(4, "Asso #;Dole;#00"));
    let one = |about, lines, labels, rows| (about, lines, "", labels, rows);
    let whole = "nom;ville;montant";
    check(&[
        one("blank rows within", "nom;n\nA;1\n\nB;2\nC;3\n\n\nD;4\n", "nom;n", 7),
        one(
            "a blank row every other row",
            &format!("nom;ville;montant\n{}Fin;Dole;700\n", times(5, "Asso #;Dole;#00\n")),
            whole,
            11,
        ),
        one("subtotals", &format!("{stock}Sous-total;;1000\n\nAsso 5;Dole;500\nAsso 6;Lons;600\nSous-total;;1100\n"), whole, 9),
        one("a header said again", &format!("{stock}\nnom;ville;montant\nAsso 5;Dole;500\nAsso 6;Lons;600\n"), whole, 7),
        one("districts under their titles", &format!("{stock}\nQuartier nord;;\nAsso 5;Dole;500\nAsso 6;Lons;600\n"), whole, 8),
        one(
            "words after a blank row",
            "nom;ville;rôle\nA;Dole;élu\nB;Lons;agent\n\nMartin;Paris;élu\nDurand;Lyon;agent\nPetit;Nice;élu\n",
            "nom;ville;rôle",
            6,
        ),
        one(
            "a value that lacks first after a blank row",
            &format!("{stock}\nAsso 5;Dole;néant\nAsso 6;Lons;600\nAsso 7;Lons;700\n"),
            whole,
            8,
        ),
        one(
            "sparse words after a blank row",
            "nom;ville;rôle;suite\nA;Dole;élu;non\nB;Lons;agent;oui\n\nMartin;Paris;;\nDurand;Lyon;;\nPetit;Nice;;\n",
            "nom;ville;rôle;suite",
            6,
        ),
        one("notes below", &format!("{stock}\nSource : mairie;;\nMontants en euros;;\nLu et approuvé;;\n"), whole, 8),
        one("a place and a day below", &format!("{stock}\nFait à Dole;le 12/03/2024;\n"), whole, 6),
        one("what it is about above", &format!("Commune;Dole\nAnnée;2024\nSIRET;21390198600015\n\n{stock}"), whole, 4),
        one("titles above", &format!("Subventions;;\nExport de mars;;\n;;\n{stock}"), whole, 4),
        one("a total apart", &format!("{stock}\nTotal général;;1000\nDont Dole;;900\nDont Lons;;100\n"), whole, 8),
    ]);
    // An empty column: a workbook leaves it out, a text keeps it.
    for (lines, rows) in [
        ("nom;n;;ville;rôle\nA;1;;Dole;élu\nB;2;;Lons;agent\nC;3;;Lyon;élu\n", 3),
        ("nom;n;;note;vu\nA;1;;x;oui\nB;2;;y;non\nC;3;;;\nD;4;;;\nE;5;;z;oui\n", 5),
        ("nom;n;;ville;rôle\nA;1;;Dole;élu\nB;2;;Lons;agent\nC;3;;Lyon;élu\n;;;;\nTotal;6;;;\nDont A;1;;;\n", 6),
        ("nom;n;;remarque\nA;1;;vu\nB;2;;vu\nC;3;;\nD;4;;\nE;5;;\n", 5),
        ("Titre;;;;\nnom;n;;ville;rôle\nA;1;;Dole;élu\nB;2;;Lons;agent\nC;3;;Lyon;élu\n", 3),
    ] {
        for (opened, columns) in both(lines, &Choices::default()).into_iter().zip([5, 4]) {
            let Opened { table, reading, .. } = opened.unwrap();
            let columns = if lines.contains("remarque") { columns - 1 } else { columns };
            assert_eq!((places(&reading.blocks), table.len(), table.labels.len()), (String::new(), rows, columns), "{lines}");
        }
    }
}

#[test]
fn the_table_is_chosen_by_its_place() {
    let lines = format!(
        "Subventions;;;\nnom;ville;montant;vote\n{}\n\nEffectifs au 1er janvier;;;\nservice;agents;;\n{}",
        times(5, "Asso #;Dole;#00;oui"),
        times(3, "Service #;#2;;")
    );
    let second = Choices { block: Some(1), ..Choices::default() };
    for opened in both(&lines, &second) {
        let Opened { table, reading, head, .. } = opened.unwrap();
        assert_eq!((places(&reading.blocks).as_str(), reading.block), ("1-7 A-D, 10-14 A-B", 1));
        assert_eq!((reading.header, reading.rows, reading.columns), (11, 3, 2));
        assert_eq!((table.labels.join(";"), table.line(table.order[0])), ("service;agents".into(), Some(12)));
        assert_eq!(reading.notices, [Notice::OtherTables(1), Notice::LinesAbove(1)]);
        assert_eq!(head[..2], [vec!["Effectifs au 1er janvier"], vec!["service", "agents"]]);
    }
    // A header tells which table is meant, by its line in the file; it stays within its table.
    for (choices, expected) in [
        (Choices { header: Some(12), ..Choices::default() }, (12, "Service 1;12", 2)),
        (Choices { header: Some(12), ..second.clone() }, (12, "Service 1;12", 2)),
        (Choices { header: Some(0), ..second.clone() }, (9, "A;B", 5)),
        (Choices { header: Some(3), block: Some(0), ..Choices::default() }, (3, "Asso 1;Dole;100;oui", 4)),
        (Choices { footer: 1, ..second.clone() }, (11, "service;agents", 2)),
        (Choices { block: Some(7), ..Choices::default() }, (2, "nom;ville;montant;vote", 5)),
    ] {
        for opened in both(&lines, &choices) {
            let Opened { table, reading, .. } = opened.unwrap();
            assert_eq!((reading.header, table.labels.join(";").as_str(), table.len()), expected, "{choices:?}");
        }
    }
    // A choice that came with another file is no trouble.
    let alone = read("a.csv", b"Titre\nnom;n\nA;1\nB;2\n", &Choices { header: Some(3), ..second }).unwrap();
    assert_eq!((alone.table.labels.join(";"), alone.reading.header), ("A;1".into(), 3));
}

#[test]
fn a_table_far_below_is_found_and_its_odd_rows_are_kept() {
    let lines = format!("nom;ville;montant\n{}\nservice;agents\nVoirie;12\nÉcoles\nEau;13\n", times(200_000, "Asso #;Dole;#00"));
    let opened =
        read("a.csv", lines.as_bytes(), &Choices { block: Some(1), header: Some(200_003), ..Choices::default() }).unwrap();
    assert_eq!(places(&opened.reading.blocks), "1-200001 A-C, 200003-200006 A-B");
    assert_eq!((opened.table.labels.join(";"), opened.table.len()), ("service;agents".into(), 3));
    assert_eq!(opened.reading.notices, [Notice::OtherTables(1), Notice::RaggedRows(1)]);
    let first = read("a.csv", lines.as_bytes(), &Choices::default()).unwrap();
    assert_eq!((first.table.len(), first.reading.rows), (200_000, 200_000));
}
