use crate::{metadata::Metadata, text};

/// The name proposed for the table of a dataset: its schema, and the year that it covers last. `now` is a moment in
/// RFC 3339.
pub fn csv_name(schema_title: &str, metadata: &Metadata, now: &str) -> String {
    let year = metadata.end.get(..4).unwrap_or_default();
    file_name(now, &metadata.siren, &format!("{schema_title} {year}"))
}

/// Names a published file: `20241231_217903996_deliberations-2024.csv` (rule of the guides of
/// data.gouv.fr: date, publisher's SIREN, subject in unaccented words). Without a SIREN, its place is left out.
fn file_name(date: &str, siren: &str, subject: &str) -> String {
    let day: String = date.chars().filter(char::is_ascii_digit).take(8).collect();
    let mut words: Vec<String> = text::words(subject).into_iter().take(8).collect();
    if words.is_empty() {
        words.push("donnees".to_owned());
    }
    let parts = [day, siren.to_owned(), words.join("-")];
    let kept: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.csv", kept.join("_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_rule() {
        assert_eq!(file_name("2024-12-31", "217903996", "Délibérations 2024"), "20241231_217903996_deliberations-2024.csv");
        assert_eq!(file_name("2024-12-31", "", "«»"), "20241231_donnees.csv");
    }
}
