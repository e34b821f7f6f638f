//! What the suites share: the fixtures, and the shared references where they are present.

use std::path::{Path, PathBuf};

use atelier::{
    export::Parts,
    i18n::Locale,
    project::Project,
    protocol::{Export, Reply},
};

/// The path of a fixture.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The bytes of a fixture.
pub fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

/// A file of the reference corpus that stands beside a full checkout; says so where it is absent.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: ../shared/{name} is not here");
    None
}

/// The moment when most files are taken away.
pub const NOW: &str = "2025-01-14T10:00:00Z";

/// What a project gives to take away.
pub fn exported(project: &Project, what: Export, name: &str, now: &str) -> Vec<u8> {
    exported_in(project, what, name, now, Locale::Fr)
}

/// The same, in a language.
pub fn exported_in(project: &Project, what: Export, name: &str, now: &str, locale: Locale) -> Vec<u8> {
    let written = Parts::gather(|to| {
        let reply = project.export(what, name, now, locale, to);
        assert!(matches!(reply, Reply::Exported { .. }), "{reply:?}");
        Ok(())
    });
    written.unwrap()
}
