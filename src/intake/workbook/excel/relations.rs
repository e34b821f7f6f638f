use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::{package::Package, xml};
use crate::intake::IntakeError;

/// The relations of a part: by their identifier, the kind and the part that they lead to.
#[derive(Debug, Default)]
pub struct Relations(HashMap<String, (String, String)>);

impl Relations {
    /// Reads those of a part, which stand beside it; those of the package for an empty name.
    pub fn of(package: &mut Package<'_>, part: &str) -> Result<Relations, IntakeError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let mut relations = HashMap::new();
        let Some(list) = package.part(&format!("{folder}/_rels/{name}.rels"))? else { return Ok(Relations::default()) };
        xml::walk(list, |event| {
            let (Event::Start(element) | Event::Empty(element)) = event else { return Ok(()) };
            let id = xml::attribute(element, "Id")?;
            if let (Some(id), Some(kind), Some(target)) =
                (id, xml::attribute(element, "Type")?, xml::attribute(element, "Target")?)
            {
                // The kind is an address, of which two editions of the standard only share the end.
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.insert(id, (kind, resolve(folder, &target)));
            }
            Ok(())
        })?;
        Ok(Relations(relations))
    }

    /// The part that a relation leads to, where it is of this kind.
    pub fn of_kind(&self, id: &str, kind: &str) -> Option<&str> {
        self.0.get(id).filter(|(found, _)| found == kind).map(|(_, part)| part.as_str())
    }

    /// The part that the only relation of a kind leads to.
    pub fn typed(&self, kind: &str) -> Option<&str> {
        self.0.values().find(|(found, _)| found == kind).map(|(_, part)| part.as_str())
    }
}

/// The name of a part from its address, absolute or relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    let from = if target.starts_with(['/', '\\']) { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split(['/', '\\'])) {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_absolute_or_relative() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl/deep", "../../../sheet.xml"), "sheet.xml");
    }
}
