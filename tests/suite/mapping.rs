use atelier::{
    intake::{self, Choices},
    mapping::{CHOSEN_FROM, Confidence, Reason, rank, suggest},
    project::Project,
    protocol::Reply,
    schema::{CompiledSchema, Schema, bundled_text, find_bundled},
    table::{Profile, Table},
};

use crate::support::{bytes, shared};

fn read(name: &str, bytes: Vec<u8>) -> (Table, Vec<Profile>) {
    let table = intake::read(name, &bytes, &Choices::default()).unwrap().table;
    let profiles = (0..table.labels.len()).map(|column| Profile::of(&table, column)).collect();
    (table, profiles)
}

fn mapped(schema: &str, table: &Table, profiles: &[Profile]) -> Vec<(String, String, Confidence)> {
    let schema = Schema::from_json(bundled_text(&find_bundled(schema).unwrap()).unwrap()).unwrap();
    let (mapping, lines) = suggest(&schema, &CompiledSchema::new(&schema), table, profiles);
    let pairs = schema.fields.iter().zip(&mapping.columns).zip(&lines);
    pairs
        .map(|((f, column), line)| (f.name.clone(), column.map_or(String::new(), |c| table.labels[c].clone()), line.confidence))
        .collect()
}

#[test]
fn the_words_of_an_agent_find_their_fields() {
    let (table, profiles) = read("d.xlsx", bytes("deliberations.xlsx"));
    let found: Vec<String> = mapped("deliberations", &table, &profiles).into_iter().map(|(_, column, _)| column).collect();
    assert_eq!(
        found,
        [
            "Collectivité (nom)",
            "SIRET",
            "N° délibération",
            "Date de la délibération",
            "Matière (code)",
            "Nom de la matière",
            "Objet délibération",
            "Année budget",
            "Budget (nom)",
            "Préfecture (identifiant)",
            "Date de préfecture",
            "Effectif des votants",
            "Votants réels",
            "Votes pour",
            "Votes contre",
            "Abstentions",
            "URL du document",
        ]
    );
    let best = rank(&table, &profiles);
    assert_eq!(best[0].name, "scdl/deliberations");
    assert!(best[0].score >= 80 && best[0].score > best[1].score + 30, "{best:?}");
}

#[test]
fn the_shared_messy_files_find_theirs() {
    for (file, schema, fields) in
        [("deliberations_2024.xlsx", "scdl/deliberations", 17), ("subventions_2023.csv", "scdl/subventions", 12)]
    {
        let Some(path) = shared(&format!("messy/{file}")) else { return };
        let (table, profiles) = read(file, std::fs::read(path).unwrap());
        let best = rank(&table, &profiles);
        assert!(best[0].name == schema && best[0].matched >= fields, "{best:?} {:?}", mapped(schema, &table, &profiles));
    }
}

#[test]
fn exact_names_are_sure_and_nonsense_finds_nothing() {
    let (table, profiles) = read("x.csv", b"DELIB_DATE,coll-siret,zzz\n2024-01-02,21860194600013,a\n".to_vec());
    let found = mapped("deliberations", &table, &profiles);
    assert_eq!(found[3], ("DELIB_DATE".into(), "DELIB_DATE".into(), Confidence::Sure));
    assert_eq!(found[1], ("COLL_SIRET".into(), "coll-siret".into(), Confidence::Sure));
    let (table, profiles) = read("x.csv", b"foo,bar\n1,2\n".to_vec());
    assert!(rank(&table, &profiles).is_empty(), "{:?}", rank(&table, &profiles));
}

#[test]
fn near_fields_do_not_take_each_others_columns() {
    // "Nom" alone is nearer to two fields than the column that says whose name it is.
    let header = "Nom du bénéficiaire,SIRET bénéficiaire,Nom de la collectivité attribuante,SIRET de la collectivité attribuante,Date conv.,Mnt (€),Objet";
    let row = "Les amis du parc,21860194600013,Ville de Poitiers,21860194600013,02/01/2024,1 200,Fête";
    let (table, profiles) = read("x.csv", format!("{header}\n{row}\n").into_bytes());
    let found = mapped("subventions", &table, &profiles);
    let column = |field: &str| found.iter().find(|(name, ..)| name == field).unwrap().1.clone();
    assert_eq!(column("nomBeneficiaire"), "Nom du bénéficiaire");
    assert_eq!(column("idBeneficiaire"), "SIRET bénéficiaire");
    assert_eq!(column("nomAttribuant"), "Nom de la collectivité attribuante");
    assert_eq!(column("idAttribuant"), "SIRET de la collectivité attribuante");
    assert_eq!(column("dateConvention"), "Date conv.");
    assert_eq!((column("montant"), column("objet")), ("Mnt (€)".to_owned(), "Objet".to_owned()));
    assert_eq!(column("rnaBeneficiaire"), "");
}

#[test]
fn a_column_that_two_fields_want_serves_neither() {
    let (table, profiles) = read("x.csv", b"SIRET,montant\n21860194600013,12\n".to_vec());
    let found = mapped("subventions", &table, &profiles);
    assert!(found.iter().all(|(_, column, _)| column != "SIRET"), "{found:?}");
}

#[test]
fn values_alone_carry_only_what_is_unmistakable() {
    let text = "col1,col2\naide en nature,12\naide en num\u{e9}raire,13\n";
    let (table, profiles) = read("x.csv", text.as_bytes().to_vec());
    let schema = Schema::from_json(bundled_text(&find_bundled("subventions").unwrap()).unwrap()).unwrap();
    let (mapping, lines) = suggest(&schema, &CompiledSchema::new(&schema), &table, &profiles);
    let nature = schema.position("nature").unwrap();
    assert_eq!((mapping.columns[nature], mapping.columns.iter().flatten().count()), (Some(0), 1));
    assert_eq!((lines[nature].reason, lines[nature].confidence), (Reason::Values, Confidence::Doubtful));
}

#[test]
fn what_speaks_for_and_against_a_schema_is_told() {
    let (table, profiles) = read("x.csv", b"COLL_NOM,DELIB_DATE,zzz\nPoitiers,2024-01-02,a\n".to_vec());
    let best = rank(&table, &profiles);
    let delib = best.iter().find(|candidate| candidate.name == "scdl/deliberations").unwrap();
    assert_eq!((delib.matched, delib.unmatched_columns), (2, 1));
    assert!(delib.missing_required.contains(&"COLL_SIRET".to_owned()), "{delib:?}");
    // No two carried schemas are near twins; a schema is never its own.
    assert!(
        best.iter().all(|candidate| candidate.twins.iter().all(|twin| twin.name != candidate.name && twin.shared * 2 >= twin.of))
    );
}

#[test]
fn none_is_an_honest_answer() {
    let chosen = |text: &str| {
        let outcome = Project::default().open("x.csv", text.as_bytes());
        let overview = outcome.replies.into_iter().find_map(|reply| match reply {
            Reply::Overview(overview) => Some(overview),
            _ => None,
        });
        overview.unwrap().schema_name
    };
    // An inventory of another trade shares a few common words with many schemas: no more.
    let stock = "Référence article,Désignation,Rayon,Quantité en stock,Fournisseur,Date d'entrée,Prix unitaire HT\nA12,Vis,B3,400,Bolt,02/01/2024,0.12\n";
    assert_eq!(chosen(stock), None);
    assert_eq!(chosen("foo,bar\n1,2\n"), None);
    let good =
        "COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_OBJET,DELIB_URL\nPoitiers,21860194600013,1,2024-01-02,Parc,https://a.fr\n";
    assert_eq!(chosen(good).as_deref(), Some("scdl/deliberations"));
    assert_eq!(CHOSEN_FROM, 50);
}
