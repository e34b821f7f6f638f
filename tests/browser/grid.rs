//! The grid by keyboard: editing, checks that follow at once, undo, blocks, rows, errors, and where the keyboard is.

use thirtyfour::Key;

use crate::{
    harness::{Studio, in_studio, quoted},
    samples::{column, register},
};

/// Opens a register of a few rows at the third step.
async fn open(studio: &Studio, rows: usize, change: impl Fn(usize, &mut [String; 17])) {
    studio.upload(&studio.write("registre.csv", register(rows, change))).await;
    studio.go(3).await;
    studio.see("#c-0-0").await;
}

fn id(row: usize, name: &str) -> String {
    format!("#c-{row}-{}", column(name))
}

/// Clicks a cell, its column brought in sight: only those in sight are drawn.
async fn choose(studio: &Studio, row: usize, name: &str) {
    let title = format!("#h-{}", column(name));
    studio.see(&title).await;
    let bring = format!("document.querySelector('{title}').scrollIntoView({{ block: 'nearest', inline: 'center' }})");
    studio.run::<()>(&bring).await;
    studio.click(&id(row, name)).await;
}

/// Waits for the text of a cell, without what is said to readers only.
async fn holds(studio: &Studio, row: usize, name: &str, text: &str) {
    let own = "[...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data).join('')";
    let id = id(row, name);
    let script = format!("const e = document.querySelector('{id}'); return !!e && {own} === {}", quoted(text));
    studio.until(&format!("« {text} » alone in {id}"), &script).await;
}

/// Waits for the count of the cells to correct.
async fn to_fix(studio: &Studio, cells: usize) {
    match cells {
        0 => studio.says("#t-causes", "Rien à corriger").await,
        _ => studio.says_only("#t-causes .figure", &cells.to_string()).await,
    }
    studio.says_only(".tabs [role=tab]:first-child .badge", &cells.to_string()).await;
}

#[test]
fn a_cell_is_edited_by_keyboard() {
    in_studio(async |studio| {
        open(studio, 4, |_, _| {}).await;
        choose(studio, 0, "DELIB_OBJET").await;
        // Typing replaces; Enter writes and goes down.
        studio.press("Un objet" + Key::Enter).await;
        holds(studio, 0, "DELIB_OBJET", "Un objet").await;
        studio.is_on(&id(1, "DELIB_OBJET")).await;
        // Enter and F2 open the cell on its own text; Tab writes and goes right.
        studio.press(Key::Enter + " bis" + Key::Tab).await;
        holds(studio, 1, "DELIB_OBJET", "Ouverture de crédits n° 1 bis").await;
        studio.is_on(&id(1, "BUDGET_ANNEE")).await;
        studio.press(Key::Left + Key::F2 + " et ter").await;
        assert_eq!(studio.value("#cell-editor").await, "Ouverture de crédits n° 1 bis et ter");
        // Escape gives up.
        studio.press(Key::Escape).await;
        studio.gone("#cell-editor").await;
        holds(studio, 1, "DELIB_OBJET", "Ouverture de crédits n° 1 bis").await;
        studio.is_on(&id(1, "DELIB_OBJET")).await;
        // So does writing nothing new: two edits are undone, not three.
        studio.press(Key::Enter + Key::Enter).await;
        studio.is_on(&id(2, "DELIB_OBJET")).await;
        studio.press_with(Key::Control, "zz").await;
        holds(studio, 0, "DELIB_OBJET", "Ouverture de crédits n° 0").await;
        studio.see("#undo:disabled").await;
    });
}

#[test]
fn what_breaks_is_counted_at_once_and_what_mends_is_not() {
    in_studio(async |studio| {
        open(studio, 4, |_, _| {}).await;
        to_fix(studio, 0).await;
        choose(studio, 2, "DELIB_DATE").await;
        studio.press("demain" + Key::Enter).await;
        to_fix(studio, 1).await;
        studio.see(&format!("{}[aria-invalid=true]", id(2, "DELIB_DATE"))).await;
        studio.says(".cause", "date illisible").await;
        studio.press(Key::Up).await;
        studio.says(".inspect", "« demain » n’est pas une date").await;
        studio.press("2024-03-04" + Key::Enter).await;
        to_fix(studio, 0).await;
        studio.gone(&format!("{}[aria-invalid]", id(2, "DELIB_DATE"))).await;
    });
}

#[test]
fn columns_are_checked_against_one_another() {
    in_studio(async |studio| {
        open(studio, 3, |_, _| {}).await;
        choose(studio, 1, "VOTE_POUR").await;
        // 14 for, where 13 voted.
        studio.press("14" + Key::Enter).await;
        studio.says(".causes", "ligne se contredit").await;
        studio.says(".causes", "compte faux").await;
        choose(studio, 1, "VOTE_REEL").await;
        studio.press("15" + Key::Enter).await;
        studio.until("no contradiction left", "return !document.querySelector('.causes').innerText.includes('contredit')").await;
        studio.press_with(Key::Control, "z").await;
        studio.press_with(Key::Control, "z").await;
        to_fix(studio, 0).await;
    });
}

#[test]
fn a_block_is_cleared_undone_and_redone() {
    in_studio(async |studio| {
        open(studio, 4, |_, _| {}).await;
        choose(studio, 0, "PREF_ID").await;
        studio.press_with(Key::Shift, Key::Down + Key::Right).await;
        let chosen = "return document.querySelectorAll('[role=gridcell][aria-selected=true]').length === 4";
        studio.until("four chosen cells", chosen).await;
        studio.press(Key::Delete).await;
        for row in 0..2 {
            holds(studio, row, "PREF_ID", "").await;
            holds(studio, row, "PREF_DATE", "").await;
        }
        holds(studio, 2, "PREF_ID", "PREF099").await;
        studio.says(".toast", "4 cases écrites").await;
        studio.press_with(Key::Control, "z").await;
        holds(studio, 1, "PREF_ID", "PREF099").await;
        studio.press_with(Key::Control, "y").await;
        holds(studio, 1, "PREF_ID", "").await;
        studio.click("#undo").await;
        holds(studio, 1, "PREF_ID", "PREF099").await;
        studio.click("#redo").await;
        holds(studio, 1, "PREF_ID", "").await;
    });
}

#[test]
fn blocks_are_copied_and_pasted() {
    in_studio(async |studio| {
        open(studio, 3, |_, _| {}).await;
        choose(studio, 0, "BUDGET_ANNEE").await;
        let paste = "const data = new DataTransfer();
            data.setData('text/plain', '2021\\tBudget annexe\\r\\n2022\\tCaisse des écoles\\r\\n');
            document.activeElement.dispatchEvent(
                new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
        studio.run::<Option<bool>>(paste).await;
        holds(studio, 0, "BUDGET_ANNEE", "2021").await;
        holds(studio, 0, "BUDGET_NOM", "Budget annexe").await;
        holds(studio, 1, "BUDGET_ANNEE", "2022").await;
        holds(studio, 1, "BUDGET_NOM", "Caisse des écoles").await;
        holds(studio, 2, "BUDGET_ANNEE", "2024").await;
        // From one place to another with the browser's own clipboard; what falls below the table adds rows.
        studio.press_with(Key::Shift, Key::Down + Key::Right).await;
        studio.press_with(Key::Control, "c").await;
        studio.says(".toast", "Copié").await;
        choose(studio, 2, "BUDGET_ANNEE").await;
        studio.press_with(Key::Control, "v").await;
        holds(studio, 2, "BUDGET_NOM", "Budget annexe").await;
        holds(studio, 3, "BUDGET_NOM", "Caisse des écoles").await;
        holds(studio, 3, "DELIB_OBJET", "").await;
    });
}

#[test]
fn rows_are_added_and_deleted() {
    in_studio(async |studio| {
        open(studio, 4, |_, _| {}).await;
        choose(studio, 1, "DELIB_ID").await;
        studio.click("#add-row").await;
        holds(studio, 2, "DELIB_ID", "").await;
        holds(studio, 3, "DELIB_ID", "DCM-000002").await;
        studio.says(".tools .seg", "Toutes 5").await;
        studio.says(".causes", "ligne vide").await;
        studio.is_on(&id(2, "COLL_NOM")).await;
        studio.press_with(Key::Control, "z").await;
        studio.see("#grid[aria-rowcount='5']").await;
        studio.press_with(Key::Control, "y").await;
        studio.see("#grid[aria-rowcount='6']").await;
        holds(studio, 2, "DELIB_ID", "").await;
        studio.click("#delete-rows").await;
        holds(studio, 2, "DELIB_ID", "DCM-000002").await;
        studio.says(".tools .seg", "Toutes 4").await;
        choose(studio, 0, "DELIB_ID").await;
        studio.press_with(Key::Shift, Key::Down).await;
        studio.says("#delete-rows", "Supprimer 2 lignes").await;
        studio.click("#delete-rows").await;
        holds(studio, 0, "DELIB_ID", "DCM-000002").await;
        studio.says(".tools .seg", "Toutes 2").await;
        studio.click(".toast button").await;
        holds(studio, 0, "DELIB_ID", "DCM-000000").await;
    });
}

#[test]
fn errors_are_reached_by_key_and_shown_alone() {
    in_studio(async |studio| {
        let bad = |number: usize, row: &mut [String; 17]| {
            if number % 50 == 20 {
                row[column("DELIB_DATE")] = "hier".to_owned();
            }
        };
        open(studio, 150, bad).await;
        to_fix(studio, 3).await;
        choose(studio, 0, "COLL_NOM").await;
        for row in [20, 70, 120] {
            studio.press(Key::F8).await;
            studio.is_on(&id(row, "DELIB_DATE")).await;
        }
        studio.press_with(Key::Shift, Key::F8).await;
        studio.is_on(&id(70, "DELIB_DATE")).await;
        studio.click("#next-error").await;
        studio.is_on(&id(120, "DELIB_DATE")).await;
        studio.click(".tools .seg button:nth-child(2)").await;
        studio.see("#grid[aria-rowcount='4']").await;
        holds(studio, 1, "DELIB_ID", "DCM-000070").await;
        studio.click(".tools .seg button:nth-child(1)").await;
        studio.see("#grid[aria-rowcount='151']").await;
        studio.click(".cause button[aria-pressed]").await;
        studio.see("#grid[aria-rowcount='4']").await;
    });
}

#[test]
fn the_keyboard_never_leaves_the_grid_while_moving() {
    in_studio(async |studio| {
        open(studio, 2000, |_, _| {}).await;
        choose(studio, 0, "COLL_NOM").await;
        // A key pressed while the rows are drawn again must not fall on the page itself.
        let count = "window.keys = [0, 0];
            addEventListener('keydown', e => { keys[Number(!!e.target.closest('#grid'))] += 1 }, true)";
        studio.run::<()>(count).await;
        let press = async |key: Key, times: usize| studio.press(char::from(key).to_string().repeat(times)).await;
        press(Key::Down, 70).await;
        press(Key::Right, 20).await;
        press(Key::Up, 30).await;
        press(Key::Left, 10).await;
        studio.is_on("[role=gridcell][tabindex='0']").await;
        press(Key::PageDown, 40).await;
        press(Key::PageUp, 30).await;
        // These keys come faster than the screen: on a busy machine, one or two may find the rows between two drawings.
        let [beside, inside] = studio.run::<[usize; 2]>("return keys").await;
        assert!(beside <= 2 && inside >= 198, "{beside} keys beside the grid, {inside} in it");
        studio.is_on("[role=gridcell][tabindex='0']").await;
        studio.in_sight("[role=gridcell][tabindex='0']").await;
        studio.press_with(Key::Control, Key::Home).await;
        studio.is_on(&id(0, "COLL_NOM")).await;
        studio.press_with(Key::Control, Key::End).await;
        studio.is_on(&id(1999, "DELIB_URL")).await;
        studio.in_sight(&id(1999, "DELIB_URL")).await;
    });
}

#[test]
fn a_column_out_of_sight_is_one_key_away() {
    in_studio(async |studio| {
        open(studio, 60, |_, _| {}).await;
        choose(studio, 0, "COLL_NOM").await;
        let drawn = studio.count("#grid [aria-rowindex='2'] [role=gridcell]").await;
        assert!(drawn < 17, "{drawn} columns are drawn");
        studio.run::<()>("document.querySelector('#grid').scrollLeft = 9999").await;
        studio.see(&id(0, "DELIB_URL")).await;
        studio.gone(&id(0, "COLL_NOM")).await;
        // The keyboard waits on the grid, and goes back to the cell that was chosen.
        studio.is_on("#grid[tabindex='0']").await;
        studio.press(Key::Enter + "2").await;
        assert_eq!(studio.value("#cell-editor").await, "Commune de Val-d’Exemple2");
        studio.in_sight(&id(0, "COLL_NOM")).await;
        // What is being typed is written when its cell goes out of sight.
        studio.run::<()>("document.querySelector('#grid').scrollLeft = 9999").await;
        studio.gone(&id(0, "COLL_NOM")).await;
        studio.run::<()>("document.querySelector('#grid').scrollLeft = 0").await;
        holds(studio, 0, "COLL_NOM", "Commune de Val-d’Exemple2").await;
        studio.is_on(&id(0, "COLL_NOM")).await;
        studio.press(char::from(Key::Right).to_string().repeat(16)).await;
        studio.is_on(&id(0, "DELIB_URL")).await;
        studio.in_sight(&id(0, "DELIB_URL")).await;
    });
}

#[test]
fn what_is_typed_while_the_grid_moves_is_all_there() {
    in_studio(async |studio| {
        open(studio, 600, |_, _| {}).await;
        choose(studio, 0, "DELIB_OBJET").await;
        studio.press("Un").await;
        let drawn = "[...document.querySelectorAll('#grid [aria-rowindex=\"2\"] > *')].map(e => e.ariaColIndex).join()";
        let first: String = studio.run(&format!("return {drawn}")).await;
        studio.run::<()>("const g = document.querySelector('#grid'); g.scrollLeft += g.scrollLeft > 400 ? -400 : 400").await;
        studio.until("other columns are drawn", &format!("return {drawn} !== '{first}'")).await;
        studio.is_on("#cell-editor").await;
        studio.press(" objet" + Key::Enter).await;
        holds(studio, 0, "DELIB_OBJET", "Un objet").await;
        // A row far away comes back, and with it all that was typed meanwhile.
        choose(studio, 1, "DELIB_OBJET").await;
        studio.run::<()>("document.querySelector('#grid').scrollTop = 12000").await;
        studio.gone(&id(1, "DELIB_OBJET")).await;
        studio.is_on("#grid").await;
        studio.press("Autre").await;
        studio.see("#cell-editor").await;
        assert_eq!(studio.value("#cell-editor").await, "Autre");
        studio.press(Key::Enter).await;
        holds(studio, 1, "DELIB_OBJET", "Autre").await;
    });
}
