use atelier::{
    intake::{self, Choices},
    mapping::{Confidence, rank, suggest},
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
