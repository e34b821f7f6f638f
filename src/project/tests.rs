use super::*;
use crate::{
    check::Rule,
    export::Parts,
    i18n::Locale,
    protocol::{Block, Done, Export, Overview},
    recipe::{Misfit, Operation, RecipeError},
    repair::{CauseKind, Fix, Order},
};

fn overview(outcome: Outcome) -> Overview {
    let found = outcome.replies.into_iter().find_map(|reply| match reply {
        Reply::Overview(overview) => Some(*overview),
        _ => None,
    });
    found.unwrap()
}

fn opened(name: &str, bytes: &[u8]) -> (Project, Overview) {
    let mut project = Project::default();
    let state = overview(project.open(name, bytes));
    (project, state)
}

fn csv(project: &Project) -> String {
    let file = Parts::gather(|to| {
        assert_ne!(project.export(Export::Csv, "x.csv", "2025-01-14T10:00:00Z", Locale::Fr, to), Reply::Failed);
        Ok(())
    });
    String::from_utf8(file.unwrap()).unwrap()
}

fn write(project: &mut Project, row: usize, column: usize, text: &str) -> Overview {
    overview(project.handle(Request::Write { row, column, block: vec![vec![text.to_owned()]] }))
}

/// The whole job: a messy workbook in, the file of a careful person out, then all of it taken back.
#[test]
fn a_messy_workbook_becomes_a_clean_table() {
    let (mut project, state) = opened("d.xlsx", EXAMPLE.1);
    assert_eq!(state.schema_name.as_deref(), Some("scdl/deliberations"));
    let untouched = csv(&project);
    let questions: Vec<_> = state.causes.iter().filter(|cause| cause.question.is_some()).cloned().collect();
    assert!(!questions.is_empty());
    let mut state = overview(project.handle(Request::RepairAll));
    for cause in questions {
        assert!(cause.question.unwrap().sure_day_first > 0);
        state = overview(project.handle(Request::Repair { key: cause.key, order: Some(Order::DayFirst) }));
    }
    assert_eq!((state.causes.clone(), state.bad_rows), (vec![], 0));
    assert_eq!(csv(&project), include_str!("../../tests/fixtures/deliberations.expected.csv"));
    assert_eq!((state.metadata.siren.as_str(), state.metadata.territory.as_str()), ("219900172", "Val-d’Exemple"));
    let mut steps = 0;
    while state.can_undo {
        state = overview(project.handle(Request::Undo));
        steps += 1;
    }
    assert_eq!(csv(&project), untouched);
    for _ in 0..steps {
        state = overview(project.handle(Request::Redo));
    }
    assert!(state.causes.is_empty() && !state.can_redo);
}

fn own(text: &str) -> Request {
    Request::UseSchemaText { text: text.to_owned(), name: None, url: None }
}

const VOTES: &[u8] = b"DELIB_ID;COLL_NOM;COLL_SIRET;DELIB_DATE;DELIB_OBJET;DELIB_MATIERE_CODE;DELIB_MATIERE_NOM;VOTE_REEL;VOTE_POUR;VOTE_CONTRE;VOTE_ABSTENTION;VOTE_EFFECTIF;Notes\n\
1;Ville;21860194600013;2024-01-02;Objet;8.4;Finances locales/Divers;3;2;1;0;5;x\n\
2;Ville;21860194600013;2024-01-02;Objet;8.4;Finances locales/Divers;3;2;1;0;5;y\n\
;;;;;;;;;;;;\n";

#[test]
fn an_edit_is_checked_at_once_and_can_be_taken_back() {
    let (mut project, state) = opened("v.csv", VOTES);
    let kinds: Vec<CauseKind> = state.causes.iter().map(|cause| cause.key.kind).collect();
    assert_eq!(kinds, [CauseKind::Fix(Fix::BlankRow)]);
    let reel = project.slots().iter().position(|slot| matches!(slot, commands::Slot::Field(12, _))).unwrap();
    let state = write(&mut project, 0, reel, "9");
    assert_eq!((state.bad_rows, state.causes.len()), (2, 3), "{:?}", state.causes);
    let found = project.handle(Request::Next { row: 0, column: 0, back: false });
    assert_eq!(found.replies, [Reply::Found(Some((0, 11)))]);
    let state = overview(project.handle(Request::Undo));
    assert_eq!((state.bad_rows, state.can_redo), (1, true));
    let key = state.causes[0].key;
    let state = overview(project.handle(Request::Repair { key, order: None }));
    assert_eq!((state.rows, state.bad_rows), (2, 0));
    assert_eq!(overview(project.handle(Request::Undo)).rows, 3);
}

#[test]
fn rows_and_columns_come_and_go() {
    let (mut project, state) = opened("v.csv", VOTES);
    assert!(state.mapping.columns[16].is_none());
    // A field without a column gets one when it is first written.
    let state = write(&mut project, 1, 16, "https://x.example/1");
    assert!(state.mapping.columns[16].is_some() && state.labels.last().unwrap() == "DELIB_URL");
    assert!(csv(&project).contains("5,2,1,0") || csv(&project).contains("https://x.example/1"));
    let state = overview(project.handle(Request::InsertRow { below: Some(0) }));
    assert_eq!((state.rows, state.shown), (4, 4));
    write(&mut project, 1, 2, "nouveau");
    assert_eq!(project.copy(Block { top: 0, left: 2, bottom: 2, right: 2 }), "1\nnouveau\n2");
    let state = overview(project.handle(Request::DeleteRows { from: 0, to: 1 }));
    assert_eq!(state.rows, 2);
    for _ in 0..4 {
        project.handle(Request::Undo);
    }
    let state = overview(project.handle(Request::Redo));
    assert_eq!((state.rows, state.labels.len()), (3, 14));
    let state = overview(project.handle(Request::Undo));
    assert_eq!((state.rows, state.labels.len(), state.can_undo), (3, 13, false));
    // What is shown follows rows that come back, or go again.
    let state = overview(project.handle(Request::DeleteRows { from: 0, to: 1 }));
    assert_eq!((state.rows, state.shown), (1, 1));
    let state = overview(project.handle(Request::Undo));
    assert_eq!((state.rows, state.shown), (3, 3));
    assert_eq!(project.copy(Block { top: 0, left: 2, bottom: 2, right: 2 }), "1\n2\n");
    assert_eq!(overview(project.handle(Request::Redo)).shown, 1);
}

#[test]
fn a_block_pasted_past_the_end_adds_rows() {
    let (mut project, _) = opened("v.csv", VOTES);
    let block = vec![vec!["8".to_owned(), "a\0b".into()], vec!["9".into(), "c".into()]];
    let state = overview(project.handle(Request::Write { row: 2, column: 2, block }));
    assert_eq!((state.rows, state.shown), (4, 4));
    assert_eq!(project.copy(Block { top: 2, left: 2, bottom: 9, right: 2 }), "8\n9");
    assert_eq!(overview(project.handle(Request::Undo)).rows, 3);
}

#[test]
fn what_cannot_be_read_changes_nothing() {
    let (mut project, _) = opened("v.csv", VOTES);
    let outcome = project.open("x.pdf", b"%PDF");
    assert!(matches!(&outcome.replies[..], [Reply::Refused { .. }]));
    assert_eq!(project.overview().rows, 3);
    let refused = project.handle(own("{}"));
    assert_eq!(refused.replies, [Reply::SchemaRefused(SchemaError::NoFields)]);
    assert_eq!(project.overview().schema_name.as_deref(), Some("scdl/deliberations"));
}

/// A workbook of these sheets, each of lines cut at `;`.
fn workbook(sheets: &[&str]) -> Vec<u8> {
    let cell = |cell: &str| format!("<Cell><Data ss:Type=\"String\">{cell}</Data></Cell>");
    let row = |line: &str| format!("<Row>{}</Row>", line.split(';').map(cell).collect::<String>());
    let sheet = |lines: &&str| format!("<Worksheet><Table>{}</Table></Worksheet>", lines.lines().map(row).collect::<String>());
    let spaces =
        "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"";
    format!("<?xml version=\"1.0\"?><Workbook {spaces}>{}</Workbook>", sheets.iter().map(sheet).collect::<String>()).into_bytes()
}

#[test]
fn another_sheet_finds_its_own_schema_and_one_of_the_same_labels_keeps_it() {
    let votes = "COLL_NOM;COLL_SIRET;DELIB_ID;DELIB_DATE;DELIB_OBJET\nDole;21390198500018;1;2024-01-02;Budget\n";
    let grants = "nomAttribuant;idAttribuant;dateConvention;nomBeneficiaire;montant;nature\nDole;21390198500018;2024-01-02;A;12;aide en numéraire";
    let bytes = workbook(&[votes, &format!("{votes}Dole;21390198500018;2;2024-01-03;Voirie\n"), grants]);
    let choices = |sheet| Choices { sheet: Some(sheet), ..Choices::default() };
    let read = |sheet| intake::read("x.xls", &bytes, &choices(sheet)).unwrap();
    let mut project = Project::default();
    project.take("x.xls", 1, read(0));
    let state = overview(project.handle(own(r#"{"title":"T","fields":[{"name":"COLL_NOM"}]}"#)));
    assert_eq!(state.mapping.columns, [Some(0)]);
    let state = overview(project.take_again(choices(1), read(1)));
    assert_eq!((state.rows, state.schema_name, state.mapping.columns), (2, None, vec![Some(0)]));
    let state = overview(project.take_again(choices(2), read(2)));
    assert_eq!(state.schema_name.as_deref(), Some("scdl/subventions"));
}

#[test]
fn another_reading_says_that_it_leaves_what_was_corrected() {
    let (mut project, _) = opened("v.csv", VOTES);
    let again = |project: &mut Project, header| {
        let choices = Choices { header: Some(header), ..Choices::default() };
        let opened = intake::read("v.csv", VOTES, &choices).unwrap();
        project.take_again(choices, opened).replies.contains(&Reply::Done(Done::ReadAgain))
    };
    assert!(!again(&mut project, 2));
    assert!(!again(&mut project, 1));
    write(&mut project, 0, 0, "X");
    let corrected = csv(&project);
    assert!(again(&mut project, 2) && !again(&mut project, 1));
    project.handle(Request::Undo);
    project.handle(Request::Undo);
    assert_eq!(csv(&project), corrected);
}

#[test]
fn a_file_that_follows_no_schema_waits_for_one() {
    let (mut project, state) = opened("x.csv", b"foo;bar\n1;2\n");
    assert_eq!((state.schema_name, state.columns.len()), (None, 2));
    let state = overview(project.handle(own(r#"{"title":"T","fields":[{"name":"foo","type":"integer"}]}"#)));
    assert_eq!((state.columns.len(), state.mapping.columns.clone(), state.schema_name), (1, vec![Some(0)], None));
    let state = overview(project.handle(Request::Keep { column: 1, keep: true }));
    assert_eq!(state.columns.len(), 2);
    assert_eq!(csv(&project), "foo,bar\n1,2\n");
}

#[test]
fn misread_accents_are_repaired_and_taken_back() {
    let text = "ville;prix\ncolle;1\nÃ‰vry;2\nlâ€™Ã\u{a0}-cÃ´tÃ©;#N/A\nPÃ¢tÃ©;1Â\u{a0}234,50\n";
    let (mut project, _) = opened("x.csv", text.as_bytes());
    let schema = r#"{"title":"T","fields":[{"name":"ville"},{"name":"prix","type":"number"}]}"#;
    let state = overview(project.handle(own(schema)));
    let untouched = csv(&project);
    let causes = |state: &Overview| -> Vec<(CauseKind, bool, u32)> {
        state.causes.iter().map(|cause| (cause.key.kind, cause.key.advice, cause.count)).collect()
    };
    let lost = (CauseKind::Rule(Rule::ErrorCell), false, 1);
    let priced = (CauseKind::Fix(Fix::Mojibake), false, 1);
    let named = (CauseKind::Fix(Fix::Mojibake), true, 3);
    let mut found = causes(&state);
    found.sort();
    assert_eq!((found, state.bad_rows), (vec![priced, named, lost], 2));
    let state = overview(project.handle(Request::RepairAll));
    assert_eq!((causes(&state)[0], state.bad_rows), (lost, 1));
    assert_eq!(csv(&project), "ville,prix\ncolle,1\nÉvry,2\nl’à-côté,#N/A\nPâté,1234.50\n");
    project.handle(Request::Undo);
    assert_eq!(csv(&project), untouched);
}

/// Last month's work, done again on this month's file by its recipe alone.
#[test]
fn a_recipe_does_the_work_again() {
    let file = |month: &str| {
        format!(
            "Numéro;Jour;Objet de l'acte;Pour;Contre;Nul;Réel;Notes\n1;15/{month}/2024;  Vote ;3;1;0;5;a\n2;04/{month}/2024;;4;0;0;5;b\n2;04/{month}/2024;;4;0;0;5;b\n"
        )
    };
    let schema = r#"{"title":"T","fields":[{"name":"id"},{"name":"date","type":"date"},{"name":"objet"},{"name":"nom"},{"name":"votes"}]}"#;
    let (mut first, _) = opened("votes_2024-03.csv", file("03").as_bytes());
    first.handle(own(schema));
    for (field, column) in [(0, Some(0)), (1, Some(1)), (2, Some(2))] {
        first.handle(Request::Assign { field, column });
    }
    first.handle(Request::Keep { column: 7, keep: true });
    first.handle(Request::RepairAll);
    let date = |state: &Overview| state.causes.iter().find(|cause| cause.question.is_some()).unwrap().key;
    let key = date(&first.overview());
    first.handle(Request::Repair { key, order: Some(Order::DayFirst) });
    for operation in [
        Operation::Derive { field: "nom".into(), template: "Ville {@year}".into() },
        Operation::Derive { field: "votes".into(), template: "{Pour}-{Contre}".into() },
        Operation::FillDown { field: "objet".into() },
        Operation::Match { field: "objet".into(), values: [("Vote".to_owned(), "Budget".to_owned())].into() },
        Operation::Replace { field: Some("Notes".into()), find: "B".into(), with: "c".into(), whole: false, case: false },
        Operation::RemoveDuplicates,
    ] {
        let outcome = first.handle(Request::Operate(operation.clone()));
        assert!(matches!(outcome.replies.last(), Some(Reply::Done(Done::Changed(1..)))), "{operation:?} {:?}", outcome.replies);
    }
    let expected = "id,date,objet,nom,votes,Notes\n1,2024-03-15,Budget,Ville 2024,3-1,a\n2,2024-03-04,Budget,Ville 2024,4-0,c\n";
    assert_eq!(csv(&first), expected);
    let written = first.handle(Request::WriteRecipe).replies;
    let [Reply::Recipe { text, by_hand: 0 }] = &written[..] else { panic!("{written:?}") };
    let (mut second, _) = opened("votes_2024-04.csv", file("05").as_bytes());
    let replies = second.handle(Request::Replay(text.clone())).replies;
    let Some(Reply::Replayed { done, misfits }) = replies.last() else { panic!("{replies:?}") };
    assert_eq!((done.len(), misfits.len()), (8, 0), "{done:?} {misfits:?}");
    assert_eq!(csv(&second), expected.replace("-03-", "-05-"));
    // A file that lacks a column keeps what it has, and says so.
    let (mut third, _) = opened("x.csv", b"Num\xc3\xa9ro;Jour;Autre\n1;2024-01-02;z\n");
    let untouched = third.overview();
    let replies = third.handle(Request::Replay(text.clone())).replies;
    let Some(Reply::Replayed { misfits, .. }) = replies.last() else { panic!("{replies:?}") };
    assert!(
        misfits.iter().any(|misfit| matches!(misfit, Misfit::MissingColumn(service) if service.field == "objet")),
        "{misfits:?}"
    );
    assert!(misfits.contains(&Misfit::NewColumn("Autre".into())), "{misfits:?}");
    assert_eq!(csv(&third), "id,date,objet,nom,votes\n1,2024-01-02,,,\n");
    while third.overview().can_undo {
        third.handle(Request::Undo);
    }
    assert_eq!(third.overview().mapping, untouched.mapping);
    assert_eq!(third.handle(Request::Replay("{}".into())).replies, [Reply::RecipeRefused(RecipeError::NotARecipe)]);
}

/// One line of what was repaired is taken back, under what was done since; the recipe then tells the others.
#[test]
fn one_repair_is_taken_back_and_the_others_stay() {
    let schema = r#"{"fields":[{"name":"a","type":"number"},{"name":"d","type":"date"},{"name":"t"}]}"#;
    let (mut project, _) = opened("x.csv", "a;d;t\n1 000,5;15/10/2017;x\n2,5;16/10/2017; y \n;;\n".as_bytes());
    project.handle(own(schema));
    project.handle(Request::RepairAll);
    let repaired = "a,d,t\n1000.5,2017-10-15,x\n2.5,2017-10-16,y\n";
    assert_eq!(csv(&project), repaired);
    let lines = project.repairs();
    assert_eq!(lines.len(), 4, "{lines:?}");
    let at = |fix: Fix| lines.iter().position(|line| line.key.kind == CauseKind::Fix(fix)).unwrap();
    // A cell written since keeps what was written.
    project.handle(Request::Write { row: 0, column: 0, block: vec![vec!["7".into()]] });
    project.handle(Request::TakeBack(at(Fix::Number)));
    assert_eq!(csv(&project), "a,d,t\n7,2017-10-15,x\n\"2,5\",2017-10-16,y\n");
    assert_eq!(project.repairs().len(), 3);
    project.handle(Request::Undo);
    project.handle(Request::Undo);
    assert_eq!(csv(&project), repaired);
    project.handle(Request::TakeBack(at(Fix::BlankRow)));
    assert_eq!(csv(&project), format!("{repaired},,\n"));
    let recipe = project.recipe().unwrap();
    assert!(!recipe.operations.contains(&Operation::RepairSafe) && recipe.operations.len() == 3, "{recipe:?}");
    while project.overview().can_undo {
        project.handle(Request::Undo);
    }
    assert_eq!(project.repairs(), []);
}

/// The values that a field does not accept are told, with what they may stand for.
#[test]
fn wrong_values_are_matched() {
    let schema = r#"{"fields":[{"name":"k","constraints":{"enum":["public","privé"]}}]}"#;
    let (mut project, _) = opened("x.csv", "k;l\npublique;1\npriv;1\npriv;2\nautre;1\nprivé;1\n".as_bytes());
    project.handle(own(schema));
    let replies = project.handle(Request::Values(0)).replies;
    let [Reply::Values(wrong)] = &replies[..] else { panic!("{replies:?}") };
    let values: Vec<_> = wrong.values.iter().map(|value| (value.text.as_str(), value.count, value.guess.as_deref())).collect();
    assert_eq!(values, [("priv", 2, Some("privé")), ("publique", 1, Some("public")), ("autre", 1, None)]);
    assert_eq!(wrong.accepted, ["public", "privé"]);
}
