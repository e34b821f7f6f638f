//! Columns and schemas chosen by the agent, against what was proposed.

use crate::{
    harness::in_studio,
    samples::{COLUMNS, column, register, row},
};

#[test]
fn a_column_beside_the_schema_is_published_only_where_it_is_kept() {
    in_studio(async |studio| {
        let table = format!("{},Rapporteur\n{},Mme Exemple\n", COLUMNS.join(","), row(1).join(","));
        studio.upload(&studio.write("rapporteur.csv", table)).await;
        studio.says(".left h3", "Rapporteur").await;
        studio.click(".left label:nth-of-type(2)").await;
        studio.see(".left label:nth-of-type(2) input:checked").await;
        studio.go(5).await;
        studio.click("#take-csv").await;
        let (_, csv) = studio.downloaded("csv").await;
        assert_eq!(String::from_utf8(csv).unwrap().lines().next(), Some(format!("{},Rapporteur", COLUMNS.join(",")).as_str()));
    });
}

#[test]
fn a_field_takes_the_column_that_the_agent_chooses() {
    in_studio(async |studio| {
        studio.upload(&studio.write("registre.csv", register(2, |_, _| {}))).await;
        let date = format!(".map tbody tr:nth-child({}) ", column("DELIB_DATE") + 1);
        let select = format!("{date}select");
        studio.says(&date, "Sûr").await;
        studio.select(&select, "").await;
        studio.says(&date, "Manquante").await;
        studio.select(&select, &column("PREF_DATE").to_string()).await;
        studio.says(&date, "Votre choix").await;
        studio.says(&date, "2024-01-02").await;
        studio.click("#undo").await;
        studio.says(&date, "Manquante").await;
    });
}

#[test]
fn another_schema_can_be_used_official_or_not() {
    in_studio(async |studio| {
        studio.upload(&studio.write("registre.csv", register(2, |_, _| {}))).await;
        studio.says("#t-schema", "Délibérations").await;
        studio.click("#change-schema").await;
        studio.see("#schema-search").await.send_keys("rien de tel").await.unwrap();
        studio.says(".empty", "Rien pour « rien de tel »").await;
        studio.see("#schema-search").await.clear().await.unwrap();
        studio.see("#schema-search").await.send_keys("prenoms").await.unwrap();
        studio.until("one schema", "return document.querySelectorAll('.choice').length === 1").await;
        studio.click(".choice").await;
        studio.says("#t-schema", "Prénoms").await;
        studio.click("#change-schema").await;
        let own = r#"{ "title": "Le nôtre", "fields": [{ "name": "DELIB_ID", "title": "Numéro", "type": "string" }] }"#;
        let own = studio.write("notre.json", own);
        studio.see("#own-schema").await.send_keys(own.display().to_string()).await.unwrap();
        studio.says("#t-schema", "Le nôtre").await;
        assert_eq!(studio.count(".map tbody tr").await, 1);
        studio.click("#change-schema").await;
        let broken = studio.write("abime.json", r#"{ "fields": "#);
        studio.see("#own-schema").await.send_keys(broken.display().to_string()).await.unwrap();
        studio.says(".banner.bad", "Ce schéma ne peut pas être utilisé.").await;
        studio.says(".context", "Le nôtre").await;
    });
}
