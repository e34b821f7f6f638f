//! Files of every kind: those that cannot be read are refused with a sentence, the others can be read another way.

use thirtyfour::Key;

use crate::{
    harness::{Studio, fixture, in_studio},
    samples::{COLUMNS, register},
};

/// Every refusal is followed by a good file, which opens.
async fn refused(studio: &Studio, path: &std::path::Path, sentence: &str) {
    studio.choose(path).await;
    studio.says(".banner.bad[role=alert] strong", sentence).await;
    let advice: String = studio.run("return document.querySelector('.banner.bad p').innerText").await;
    assert!(advice.ends_with('.'), "{advice}");
    studio.upload(&studio.write("bon.csv", register(3, |_, _| {}))).await;
    studio.gone(".banner.bad").await;
    studio.says(".context", "3 lignes").await;
    studio.go(1).await;
    studio.click(".head .btn:not(.btn-main)").await;
}

#[test]
fn unusable_files_are_refused_with_a_sentence() {
    in_studio(async |studio| {
        let empty = studio.write("rien.csv", "");
        let pdf = studio.write("acte.pdf", "%PDF-1.7\n%âãÏÓ\n1 0 obj\n");
        refused(studio, &fixture("password.xlsx"), "« password.xlsx » est protégé par un mot de passe.").await;
        refused(studio, &fixture("empty.xlsx"), "« empty.xlsx » ne contient aucune donnée.").await;
        refused(studio, &empty, "« rien.csv » est vide.").await;
        refused(studio, &pdf, "« acte.pdf » n’est pas un tableau (PDF).").await;
    });
}

#[test]
fn hostile_files_are_refused_with_a_sentence() {
    in_studio(async |studio| {
        for name in ["far.xlsx", "bomb.xlsx", "repeated.ods"] {
            refused(studio, &fixture(name), &format!("« {name} » est trop grand")).await;
        }
    });
}

/// Drops a file of labels alone on a part of the page.
async fn dropped(studio: &Studio, onto: &str) {
    let drop = format!(
        "const data = new DataTransfer();
         data.items.add(new File(['{},\\n'], 'tombé.csv'));
         document.querySelector('{onto}').dispatchEvent(
             new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}))",
        COLUMNS.join(",")
    );
    studio.run::<()>(&drop).await;
    studio.says(".context .file", "tombé.csv").await;
}

#[test]
fn a_file_dropped_on_the_page_is_opened() {
    in_studio(async |studio| {
        dropped(studio, ".drop").await;
        studio.arrive(2).await;
    });
}

#[test]
fn a_file_dropped_over_corrections_sets_them_aside() {
    in_studio(async |studio| {
        studio.upload(&fixture("deliberations.xlsx")).await;
        // Nothing was done yet: there is nothing to go back to.
        dropped(studio, "main").await;
        assert_eq!(studio.count("#go-back").await, 0);
        studio.go(1).await;
        studio.click("#another-file").await;
        studio.click("#example").await;
        studio.arrive(2).await;
        studio.go(3).await;
        studio.click("#repair-all").await;
        studio.gone("#repair-all").await;
        let left = studio.texts("#t-causes").await;
        dropped(studio, "main").await;
        studio.says(".toast", "« deliberations_exemple.xlsx » et vos corrections sont gardés").await;
        studio.says("#go-back", "Revenir à « deliberations_exemple.xlsx »").await;
        studio.click("#go-back").await;
        studio.says(".context .file", "deliberations_exemple.xlsx").await;
        studio.go(3).await;
        studio.see("#undo:enabled").await;
        assert_eq!(studio.texts("#t-causes").await, left);
        // And forth, and back: each keeps its place.
        studio.click("#go-back").await;
        studio.says(".context .file", "tombé.csv").await;
        studio.click("#go-back").await;
        studio.says(".context .file", "deliberations_exemple.xlsx").await;
        studio.see("#undo:enabled").await.click().await.unwrap();
        studio.go(3).await;
        studio.see("#repair-all").await;
    });
}

#[test]
fn another_sheet_or_another_header_reads_the_table_again() {
    in_studio(async |studio| {
        studio.upload(&fixture("twosheets.xlsx")).await;
        studio.go(1).await;
        studio.says(".context", "feuille « Données » · en-tête ligne 1 · 5 lignes").await;
        studio.says(".preview .hd", "nom").await;
        // Each sheet shows how it starts: nothing has to be opened to choose.
        studio.says(".cards .pick:nth-child(1)", "Ce classeur présente un").await;
        studio.says(".cards .pick:nth-child(2) .tick", "6 lignes, 2 colonnes").await;
        studio.click(".cards .pick:nth-child(1) label").await;
        studio.says(".context", "feuille « Notice »").await;
        studio.click(".cards .pick:nth-child(3) label").await;
        studio.says(".context", "feuille « Cachée »").await;
        studio.click(".preview tbody tr:nth-child(2) button").await;
        studio.says(".context", "en-tête ligne 2 · 1 ligne").await;
        studio.says(".preview tbody tr:nth-child(1)", "écartée").await;
        studio.fill("#header-line", "1").await;
        studio.says(".context", "en-tête ligne 1 · 2 lignes").await;
    });
}

#[test]
fn the_arrows_go_from_one_sheet_to_the_next() {
    in_studio(async |studio| {
        studio.upload(&fixture("twosheets.xlsx")).await;
        studio.go(1).await;
        studio.see(".cards").await;
        studio.run::<()>("document.querySelector('input[name=sheet]:checked').focus()").await;
        studio.press(Key::Down).await;
        studio.says(".context", "feuille « Cachée »").await;
        studio.press(Key::Up).await;
        studio.says(".context", "feuille « Données »").await;
        // A control drawn anew by what it changed has the keyboard still.
        studio.run::<()>("document.querySelector('#line-after').focus()").await;
        studio.press(Key::Enter).await;
        studio.says(".context", "en-tête ligne 2").await;
        studio.until("the button has the keyboard", "return document.activeElement.id === 'line-after'").await;
    });
}

#[test]
fn among_many_sheets_the_one_read_is_in_sight() {
    in_studio(async |studio| {
        let row = |cells: &[&str]| {
            let cells: String = cells.iter().map(|c| format!("<Cell><Data ss:Type=\"String\">{c}</Data></Cell>")).collect();
            format!("<Row>{cells}</Row>")
        };
        let sheet = |n: usize| {
            let rows = row(&["nom", "valeur"]) + row(&["a", "b"]).repeat(n).as_str();
            format!("<Worksheet ss:Name=\"Mois {n}\"><Table>{rows}</Table></Worksheet>")
        };
        let sheets: String = (1..=24).map(sheet).collect();
        let ns = "urn:schemas-microsoft-com:office:spreadsheet";
        let book = format!("<?xml version=\"1.0\"?><Workbook xmlns=\"{ns}\" xmlns:ss=\"{ns}\">{sheets}</Workbook>");
        studio.upload(&studio.write("mois.xml", book)).await;
        studio.go(1).await;
        studio.says(".cards > :has(:checked)", "Mois 24").await;
        let seen = "const box = document.querySelector('.cards').getBoundingClientRect();
            const card = document.querySelector('.cards > :has(:checked)').getBoundingClientRect();
            return card.top >= box.top - 4 && card.bottom <= box.bottom + 4";
        studio.until("the sheet read is in sight", seen).await;
    });
}

#[test]
fn of_a_sheet_with_several_tables_another_can_be_read() {
    in_studio(async |studio| {
        let first: String = (0..6).map(|n| format!("Asso {n};Dole;{n}00\n")).collect();
        let second: String = (0..3).map(|n| format!("Service {n};1{n}\n")).collect();
        let lines = format!("nom;ville;montant\n{first};;\n;;\nservice;agents\n{second}");
        studio.choose(&studio.write("deux.csv", lines)).await;
        studio.says(".preview .hd", "montant").await;
        studio.click("label:has(input[name=block]:not(:checked))").await;
        studio.says(".preview .hd", "service agents").await;
        studio.see("#line-10").await;
    });
}

#[test]
fn a_windows_1252_file_shows_its_accents() {
    in_studio(async |studio| {
        let text = String::from_utf8(register(3, |_, _| {})).unwrap().replace(',', ";");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        studio.upload(&studio.write("latin.csv", bytes)).await;
        studio.says(".context", "point-virgule").await;
        studio.says(".map", "Commune de Val-d’Exemple").await;
        studio.says(".map", "Finances locales/Décisions budgétaires").await;
        studio.go(1).await;
        studio.says(".preview", "Ouverture de crédits n° 0").await;
        // Read as UTF-8, the accents are lost, and the page says so.
        studio.click("label:has(input[name=encoding]:not(:checked))").await;
        studio.says(".noticed", "illisibles").await;
        studio.click("label:has(input[name=encoding]:not(:checked))").await;
        studio.says(".preview", "Ouverture de crédits n° 0").await;
        studio.click(".seps label:nth-child(2)").await;
        studio.says(".context", "virgule · en-tête ligne 1").await;
    });
}

#[test]
fn the_studio_speaks_english_too() {
    in_studio(async |studio| {
        studio.says("h1", "Un fichier à publier ? Posez-le ici.").await;
        studio.select("#language", "en").await;
        studio.until("the page says that it is in English", "return document.documentElement.lang === 'en'").await;
        studio.upload(&studio.write("good.csv", register(3, |_, _| {}))).await;
        studio.says(".context", "3 rows").await;
        studio.go(3).await;
        studio.says(".empty h3", "Everything conforms").await;
    });
}
