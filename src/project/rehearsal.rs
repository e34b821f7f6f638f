use super::{EXAMPLE, Outcome, Project};
use crate::{
    export::Parts,
    i18n::Locale,
    protocol::{Export, Filter, Reply, Request},
};

/// A field whose rows share their values, and one where they are all different: they are repaired in two ways. And one of
/// telephone numbers, whose rules take a while to be read.
const FIELDS: &str = r#"{"fields": [{"name": "a", "type": "boolean"}, {"name": "b", "type": "number"},
    {"name": "c", "customCheck": "phone-number-value"}]}"#;
/// Rows that are repaired, and how many times: a browser compiles well what has gone round some 100 000 times.
const ROWS: u32 = 12_000;
const TIMES: usize = 8;

/// Does a small job from end to end and throws it away, before the agent has one to do.
///
/// A browser compiles a function when it first runs, and compiles it well only once it has run for a while: the first
/// file of a tab took twice the time of the second. Whether the job was done is told, for nothing else can be seen of it.
pub(super) fn rehearse() -> bool {
    let mut project = Project::default();
    let (name, bytes) = EXAMPLE;
    let opened = project.open(name, bytes);
    let table = Parts::gather(|to| match project.export(Export::Csv, "x.csv", "", Locale::Fr, to) {
        Reply::Failed => Err(std::io::ErrorKind::NotFound.into()),
        _ => Ok(()),
    });
    let Ok(table) = table else { return false };
    // A text is the more usual file.
    let again = Project::default().open("x.csv", &table);
    let rows = project.handle(Request::Rows { seq: 0, start: 0, count: 30 });
    let filtered = project.handle(Request::Filter(Filter::Errors));
    // The page runs the same program: what it is to read is read here too.
    [opened, again, rows, filtered].into_iter().all(|outcome| !outcome.replies.is_empty() && travels(&outcome)) && repair()
}

/// Repairs whole columns, so that the first one of a long file does not wait for the compiler.
fn repair() -> bool {
    let mut text = String::from("a;b;c\n");
    for row in 0..ROWS {
        text.push_str(if row % 3 == 0 { "Vrai" } else { "true" });
        text.push_str(&format!(";{row},5;0199002737\n"));
    }
    let mut project = Project::default();
    project.open("x.csv", text.as_bytes());
    project.handle(Request::UseSchemaText { text: FIELDS.to_owned(), name: None, url: None });
    let keys: Vec<_> = project.causes().iter().filter(|cause| cause.is_proposed()).map(|cause| cause.key).collect();
    for _ in 0..TIMES {
        for key in &keys {
            project.handle(Request::Repair { key: *key, order: None });
            project.handle(Request::Undo);
        }
    }
    keys.len() == 2
}

fn travels(outcome: &Outcome) -> bool {
    let there_and_back = |reply| serde_json::from_str::<Reply>(&serde_json::to_string(reply)?);
    outcome.replies.iter().all(|reply| there_and_back(reply).is_ok())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_whole_job_is_rehearsed() {
        assert!(super::rehearse());
    }
}
