//! How a file was read, and what changing it shows: controls that tell the reading that holds, rows that are left out, and a
//! keyboard that stays on the page.

use thirtyfour::Key;

use crate::{
    harness::{Studio, fixture, in_studio},
    samples::{COLUMNS, column, register},
};

/// Opens a file, and shows how it was read.
async fn read(studio: &Studio, name: &str, text: impl AsRef<[u8]>) {
    studio.upload(&studio.write(name, text)).await;
    studio.go(1).await;
    studio.see(".preview tbody tr").await;
}

/// Waits for a field to hold a text.
async fn holds(studio: &Studio, selector: &str, text: &str) {
    let script = format!("return document.querySelector('{selector}').value === '{text}'");
    studio.until(&format!("« {text} » in {selector}"), &script).await;
}

#[test]
fn choices_come_back_with_the_reading_that_holds() {
    in_studio(async |studio| {
        let columns = COLUMNS.len();
        read(studio, "petit.csv", register(3, |_, _| {})).await;
        studio.click("label:has([name=delimiter]):nth-of-type(1)").await;
        studio.says(".context", "point-virgule").await;
        studio.see("#undo:enabled").await.focus().await.unwrap();
        studio.press(Key::Enter).await;
        studio.says(".context", "· virgule").await;
        studio.see("[name=delimiter]:checked[aria-label='virgule']").await;
        // There is nothing more to take back: the button that had the keyboard cannot keep it.
        studio.is_on("#content").await;
        studio.click("label:has(#header-none)").await;
        studio.says(".context", "sans en-tête").await;
        holds(studio, "#header-line", "").await;
        studio.click("#line-after").await;
        studio.says(".context", "en-tête ligne 1").await;
        studio.see("#header-none:not(:checked)").await;
        assert_eq!(studio.count(".preview thead th").await, columns + 1);
    });
}

#[test]
fn a_number_that_cannot_be_leaves_the_one_that_holds() {
    in_studio(async |studio| {
        read(studio, "petit.csv", register(3, |_, _| {})).await;
        studio.fill("#header-line", "50").await;
        studio.see(".banner.bad[role=alert]").await;
        holds(studio, "#header-line", "1").await;
        // What was not possible is forgotten at the next reading.
        studio.click("#line-after").await;
        holds(studio, "#header-line", "2").await;
        studio.gone(".banner.bad").await;
        for wrong in ["-3", "", "4294967296", "1.5"] {
            studio.fill("#footer-lines", wrong).await;
            holds(studio, "#footer-lines", "0").await;
        }
        studio.fill("#header-line", "50").await;
        studio.click(".banner.bad button").await;
        studio.is_on("#content").await;
        studio.click("#another-file").await;
        studio.see("#file").await;
        studio.is_on("#content").await;
    });
}

#[test]
fn what_was_corrected_is_not_lost_by_another_reading() {
    in_studio(async |studio| {
        studio.upload(&fixture("deliberations.xlsx")).await;
        studio.go(3).await;
        studio.click("#repair-all").await;
        studio.gone("#repair-all").await;
        let left = studio.texts("#t-causes").await;
        studio.go(1).await;
        studio.click("#line-after").await;
        studio.says(".toast", "Vos corrections étaient celles de l’autre lecture").await;
        studio.click(".toast button").await;
        studio.go(3).await;
        studio.says("#t-causes", &left[0]).await;
    });
}

#[test]
fn presses_add_up_however_quick() {
    in_studio(async |studio| {
        read(studio, "long.csv", register(60_000, |_, _| {})).await;
        studio.see("#line-after").await.focus().await.unwrap();
        studio.press(Key::Enter + Key::Enter + Key::Enter).await;
        holds(studio, "#header-line", "4").await;
        studio.see("#line-before").await.focus().await.unwrap();
        studio.press(Key::Enter + Key::Enter + Key::Enter + Key::Enter).await;
        holds(studio, "#header-line", "1").await;
        studio.see("#line-before[aria-disabled=true]").await;
        studio.is_on("#line-before").await;
    });
}

#[test]
fn rows_left_out_show_it() {
    in_studio(async |studio| {
        let remark = register(4, |number, row| {
            if number == 2 {
                row[column("COLL_NOM")] = "# à revoir".to_owned();
            }
        });
        read(studio, "remarques.csv", remark).await;
        studio.fill("#footer-lines", "1").await;
        studio.says(".preview tbody tr:nth-child(5)", "écartée").await;
        assert_eq!(studio.count(".preview .off").await, 1);
        studio.click("label:has(#remarks)").await;
        studio.says(".preview tbody tr:nth-child(4)", "écartée").await;
        assert_eq!(studio.count(".preview .off").await, 2);
    });
}

#[test]
fn lost_characters_offer_other_encodings() {
    in_studio(async |studio| {
        let mut bytes = register(3, |_, row| row[column("DELIB_OBJET")] = "Été à la forêt, déjà arrêté".to_owned());
        let end = bytes.len();
        bytes.splice(end - 2..end - 2, [0xff]);
        read(studio, "cassé.csv", bytes).await;
        studio.says(".noticed", "caractère").await;
        studio.click("label:has([name=encoding]:not(:checked))").await;
        studio.says(".context", "Windows").await;
    });
}
