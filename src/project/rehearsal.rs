use super::{EXAMPLE, Outcome, Project};
use crate::{
    export::Parts,
    i18n::Locale,
    protocol::{Export, Filter, Reply, Request},
};

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
    [opened, again, rows, filtered].into_iter().all(|outcome| !outcome.replies.is_empty() && travels(&outcome))
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
