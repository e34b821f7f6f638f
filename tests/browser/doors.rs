//! The ways in: a copied block, an address, nothing but a schema, several files; and what becomes of the work that is
//! open when a reading is stopped, or when a worker dies.

use std::io::{Cursor, Write};

use serde_json::json;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    harness::{Studio, in_studio, quoted},
    samples::{COLUMNS, column, register, row},
};

/// Pastes on the page what a program puts on the clipboard: a kind, and its text.
async fn paste(studio: &Studio, selector: &str, kind: &str, text: &str) {
    let script = format!(
        "const data = new DataTransfer(); data.setData('{kind}', {});
         document.querySelector('{selector}').dispatchEvent(
             new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }}))",
        quoted(text)
    );
    studio.run::<()>(&script).await;
}

#[test]
fn a_block_copied_from_a_spreadsheet_or_a_page_is_a_table() {
    in_studio(async |studio| {
        let cells: Vec<String> = row(1).to_vec();
        let tabs = format!("{}\r\n{}\r\n", COLUMNS.join("\t"), cells.join("\t"));
        paste(studio, "body", "text/plain", &tabs).await;
        studio.arrive(2).await;
        studio.says(".context .file", "Tableau collé").await;
        studio.says(".context", "1 ligne").await;
        studio.go(1).await;
        studio.click(".head .btn:not(.btn-main)").await;
        studio.click("#way-paste").await;
        studio.is_on("#paste").await;
        paste(studio, "#paste", "text/plain", "un mot").await;
        studio.says("#paste-h", "n’est pas un tableau").await;
        let page = |cells: &[&str]| format!("<tr>{}</tr>", cells.iter().map(|c| format!("<td>{c}</td>")).collect::<String>());
        let second: Vec<&str> = cells.iter().map(String::as_str).collect();
        let table = format!("<table>{}{}{}</table>", page(&COLUMNS), page(&second), page(&second));
        paste(studio, "#paste", "text/html", &table).await;
        studio.arrive(2).await;
        studio.says(".context", "2 lignes").await;
    });
}

#[test]
fn an_address_is_read_once_it_is_asked_for() {
    in_studio(async |studio| {
        studio.click("#way-address").await;
        studio.fill("#file-address", "fichier.csv").await;
        studio.says("#file-address-h", "adresse complète").await;
        let address = format!("{}fichiers/subventions-2023.csv?x=1", studio.url());
        studio.fill("#file-address", &address).await;
        studio.says("#file-address-h", "Une seule demande partira vers 127.0.0.1:").await;
        studio.click("#fetch-file").await;
        studio.arrive(2).await;
        studio.says(".context .file", "subventions-2023.csv").await;
        studio.go(1).await;
        studio.click(".head .btn:not(.btn-main)").await;
        studio.click("#way-address").await;
        studio.is_on("#file-address").await;
        // Another port is another site, which the page may only ask in https; this one does not answer.
        studio.fill("#file-address", "http://127.0.0.1:9/x.csv").await;
        studio.says("#file-address-h", "en https://").await;
        studio.see("#fetch-file:disabled").await;
        studio.fill("#file-address", "https://127.0.0.1:9/x.csv").await;
        studio.click("#fetch-file").await;
        studio.says(".banner.bad[role=alert] strong", "127.0.0.1:9 n’a pas pu être lu.").await;
        studio.forgive("127.0.0.1:9").await;
    });
}

#[test]
fn an_answer_no_longer_wanted_is_given_up() {
    in_studio(async |studio| {
        // A host that answers when it is told to.
        let hold = "const real = fetch; window.fetch = (address, options) => new Promise((done, fail) => {
            window.answer = () => done(real(address));
            options.signal.addEventListener('abort', () => fail(options.signal.reason));
        })";
        studio.run::<()>(hold).await;
        studio.click("#way-address").await;
        let address = format!("{}fichiers/subventions-2023.csv", studio.url());
        studio.fill("#file-address", &address).await;
        studio.click("#fetch-file").await;
        studio.click("#stop-fetch").await;
        studio.gone("#stop-fetch").await;
        studio.is_on("#file-address").await;
        studio.click("#fetch-file").await;
        studio.see("#stop-fetch").await;
        let cell = work(studio).await;
        studio.run::<()>("answer()").await;
        studio.go(1).await;
        studio.go(3).await;
        studio.says(".context .file", "petit.csv").await;
        studio.says(&cell, "Objet écrit à la main").await;
    });
}

#[test]
fn a_table_is_filled_in_from_its_schema_alone() {
    in_studio(async |studio| {
        studio.click("#way-empty").await;
        studio.select("#empty-schema", "scdl/deliberations").await;
        studio.click("#start-empty").await;
        studio.arrive(2).await;
        studio.says(".context", "1 ligne").await;
        studio.click("#to-fix").await;
        let cell = format!("#c-0-{}", column("COLL_NOM"));
        studio.click(&cell).await;
        studio.press("Commune de Saint-Fictif").await;
        studio.press(thirtyfour::Key::Enter).await;
        studio.says(&cell, "Commune de Saint-Fictif").await;
        // There is no file to read another way.
        studio.go(1).await;
        studio.says("h1", "se remplit ici").await;
        assert_eq!(studio.count("main input").await, 0);
    });
}

#[test]
fn files_of_one_shape_become_one_table() {
    in_studio(async |studio| {
        let (a, b) = (studio.write("janvier.csv", register(3, |_, _| {})), studio.write("février.csv", register(4, |_, _| {})));
        let both = format!("{}\n{}", a.display(), b.display());
        studio.see("#file").await.send_keys(both).await.unwrap();
        studio.arrive(2).await;
        studio.says(".context", "7 lignes").await;
        studio.says(".left", "fichier_source").await;
        studio.go(1).await;
        studio.click(".head .btn:not(.btn-main)").await;
        let other = studio.write("autre.csv", "nom;ville\nA;B\n");
        studio.see("#file").await.send_keys(format!("{}\n{}", a.display(), other.display())).await.unwrap();
        studio.says(".banner.bad[role=alert] strong", "Ces fichiers n’ont pas les mêmes colonnes").await;
        studio.says(".banner.bad[role=alert] p", "autre.csv").await;
        // What was open is still there.
        studio.go(2).await;
        studio.says(".context", "7 lignes").await;
    });
}

/// Opens a small register and changes a cell.
async fn work(studio: &Studio) -> String {
    studio.upload(&studio.write("petit.csv", register(3, |_, _| {}))).await;
    studio.click("#to-fix").await;
    let cell = format!("#c-1-{}", column("DELIB_OBJET"));
    studio.click(&cell).await;
    studio.press("Objet écrit à la main").await;
    studio.press(thirtyfour::Key::Enter).await;
    studio.says(&cell, "Objet écrit à la main").await;
    cell
}

#[test]
fn a_reading_that_is_stopped_costs_nothing_to_the_work_open() {
    in_studio(async |studio| {
        let cell = work(studio).await;
        let line = format!("{}\n", row(1).join(";"));
        let large = format!("{}\n{}", COLUMNS.join(";"), line.repeat((120 << 20) / line.len()));
        for path in [studio.write("énorme.csv", large), studio.write("énorme.xlsx", workbook(100_000))] {
            studio.go(1).await;
            studio.click(".head .btn:not(.btn-main)").await;
            studio.choose(&path).await;
            studio.see("#arriving td").await;
            studio.says("#rows-read", "lignes lues").await;
            studio.click("#stop").await;
            studio.gone("#stop").await;
            studio.go(3).await;
            studio.says(&cell, "Objet écrit à la main").await;
        }
    });
}

/// A register of so many rows, as a workbook.
fn workbook(rows: usize) -> Vec<u8> {
    let line = |cells: &[String]| {
        let cells: String = cells.iter().map(|cell| format!("<c t=\"str\"><v>{cell}</v></c>")).collect();
        format!("<row>{cells}</row>")
    };
    let names = COLUMNS.map(str::to_owned);
    let lines: String = std::iter::once(line(&names)).chain((1..=rows).map(|number| line(&row(number)))).collect();
    let relations = |kind: &str, target: &str| {
        let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
        format!("<Relationships><Relationship Id=\"r1\" Type=\"{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relations("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>".to_owned()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{lines}</sheetData></worksheet>")),
    ] {
        book.start_file(name, SimpleFileOptions::default().compression_level(Some(1))).unwrap();
        book.write_all(part.as_bytes()).unwrap();
    }
    book.finish().unwrap().into_inner()
}

#[test]
fn one_file_after_another_opens_without_network() {
    in_studio(async |studio| {
        work(studio).await;
        studio.cut_network();
        for rows in [4, 5] {
            studio.go(1).await;
            studio.click(".head .btn:not(.btn-main)").await;
            studio.upload(&studio.write("autre.csv", register(rows, |_, _| {}))).await;
            studio.says(".context", &format!("{rows} lignes")).await;
        }
    });
}

/// Loads the page again with its workers at hand, for the test to end one as a lack of memory does.
async fn hold_workers(studio: &Studio) {
    let keep = "window.workers = []; const Real = Worker;
                window.Worker = class extends Real { constructor(...a) { super(...a); workers.push(this) } }";
    let source = json!({ "source": keep });
    studio.browser.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", source).await.unwrap();
    studio.browser.goto(studio.url()).await.unwrap();
    studio.see("#file").await;
}

/// Ends the page's first worker.
async fn end_first(studio: &Studio) {
    let die = "const dying = workers[0]; dying.terminate(); dying.dispatchEvent(new ErrorEvent('error', { cancelable: true }))";
    studio.run::<()>(die).await;
}

#[test]
fn a_worker_that_dies_while_a_file_is_read_costs_neither_of_them() {
    in_studio(async |studio| {
        hold_workers(studio).await;
        let cell = work(studio).await;
        studio.go(1).await;
        studio.click(".head .btn:not(.btn-main)").await;
        studio.choose(&studio.write("énorme.xlsx", workbook(200_000))).await;
        studio.see("#arriving td").await;
        end_first(studio).await;
        // The new file goes on; once it is stopped, the work is there.
        studio.says("h1", "énorme.xlsx").await;
        studio.click("#stop").await;
        studio.gone("#stop").await;
        studio.go(3).await;
        studio.says(&cell, "Objet écrit à la main").await;
    });
}

#[test]
fn a_file_read_otherwise_is_given_back_as_it_was_when_that_is_stopped() {
    in_studio(async |studio| {
        let line = format!("{}\n", row(1).join(";"));
        let large = format!("{}\n{}", COLUMNS.join(";"), line.repeat((60 << 20) / line.len()));
        studio.choose(&studio.write("long.csv", large)).await;
        studio.see(".map tbody tr").await;
        let read = studio.see(".context").await.text().await.unwrap();
        studio.go(1).await;
        // Stopped as soon as it can be: it may not last.
        let stop = "window.stopped = false; window.stoppable = false; new MutationObserver(() => {
            const stop = document.querySelector('.again button');
            if (stop && !stopped) { stopped = true; stop.click() }
            if (document.querySelector('#stop')) stoppable = true;
        }).observe(document.body, { childList: true, subtree: true })";
        studio.run::<()>(stop).await;
        studio.click("label:has(input[name=delimiter]):nth-of-type(4)").await;
        studio.says(".toast", "Votre travail est là").await;
        // While the project was done again, there was nothing to go back to.
        assert_eq!(studio.run::<(bool, bool)>("return [stopped, stoppable]").await, (true, false));
        assert_eq!(studio.see(".context").await.text().await.unwrap(), read);
    });
}

#[test]
fn a_worker_that_dies_is_replaced_by_one_that_does_the_work_again() {
    in_studio(async |studio| {
        hold_workers(studio).await;
        let cell = work(studio).await;
        end_first(studio).await;
        studio.says(".toast", "Votre travail est là").await;
        studio.says(&cell, "Objet écrit à la main").await;
        studio.click("#undo").await;
        studio
            .until("the edit is undone", &format!("return !document.querySelector('{cell}').innerText.includes('à la main')"))
            .await;
    });
}

#[test]
fn an_archive_of_several_tables_asks_which() {
    in_studio(async |studio| {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [("actes.csv", register(5, |_, _| {})), ("lisez-moi.csv", b"nom;ville\nA;B\n".to_vec())] {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
            archive.write_all(&bytes).unwrap();
        }
        let path = studio.write("export.zip", archive.finish().unwrap().into_inner());
        studio.choose(&path).await;
        studio.see("input[name=entry]").await;
        studio.says(".context", "5 lignes").await;
        studio.click("label:has(input[name=entry]:not(:checked))").await;
        studio.says(".context", "1 ligne").await;
        studio.says(".preview", "ville").await;
    });
}
