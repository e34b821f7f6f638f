use std::io::{self, Write};

use crate::metadata::{Granularity, Metadata};

/// Writes the line of a dataset in the catalogue of its collectivité, after the header of the SCDL schema *catalogue* (0.1.3).
/// `theme` is the shelf that the schema stands on, `day` the day of the publication. The address of the dataset is left empty: it
/// is known once it is published.
///
/// # Errors
/// Where it cannot be written to.
pub fn write_catalogue(
    metadata: &Metadata,
    csv_name: &str,
    theme: Option<&str>,
    day: &str,
    to: &mut dyn Write,
) -> io::Result<()> {
    let theme = match theme {
        Some("vie-municipale") => "Administration locale",
        Some("mobilite") => "Mobilité",
        Some("territoire") => "Territoire et environnement",
        Some("sante") => "Santé",
        _ => "Administration",
    };
    let scale = metadata.zones.first().and_then(Granularity::of_zone).or(metadata.granularity);
    // One line a dataset, for those who read line by line.
    let description = metadata.description.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: [(&str, &str); 20] = [
        ("COLL_NOM", &metadata.organisation),
        ("COLL_SIRET", &metadata.siret),
        ("ID", csv_name.trim_end_matches(".csv")),
        ("TITRE", &metadata.title),
        ("DESCRIPTION", &description),
        ("THEME", theme),
        ("PRODUCTEUR_NOM", &metadata.organisation),
        ("PRODUCTEUR_SIRET", &metadata.siret),
        ("COUV_SPAT_MAILLE", scale.map_or("", Granularity::scdl)),
        ("COUV_SPAT_NOM", &metadata.territory),
        ("COUV_TEMP_DEBUT", &metadata.start),
        ("COUV_TEMP_FIN", &metadata.end),
        ("DATE_PUBL", day),
        ("FREQ_MAJ", metadata.frequency.map_or("Inconnue", |frequency| frequency.scdl())),
        ("DATE_MAJ", day),
        ("MOTS_CLES", &metadata.tags.join(";")),
        ("LICENCE", metadata.licence.scdl()),
        ("NOMBRE_RESSOURCES", "1"),
        ("FORMAT_RESSOURCES", "csv"),
        ("URL", ""),
    ];
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(to);
    writer.write_record(line.iter().map(|(name, _)| name))?;
    writer.write_record(line.iter().map(|(_, value)| value))?;
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        check::{Checker, Layout},
        intake::{self, Choices},
        metadata::{Frequency, Zone},
        schema::{CompiledSchema, Schema, bundled_text, find_bundled},
    };

    #[test]
    fn the_line_lacks_nothing_but_the_address_to_come() {
        let mut metadata = Metadata {
            title: "Délibérations".into(),
            description: "Deux\nlignes".into(),
            organisation: "Ville de Lyon".into(),
            siret: "21690123100011".into(),
            tags: vec!["deliberations".into(), "lyon".into()],
            territory: "Lyon".into(),
            zones: vec![Zone::commune("69123").unwrap()],
            start: "2024-01-01".into(),
            end: "2024-12-31".into(),
            ..Metadata::default()
        };
        let entry = find_bundled("scdl/catalogue").unwrap();
        let schema = CompiledSchema::new(&Schema::from_json(bundled_text(&entry).unwrap()).unwrap());
        for frequency in Frequency::all().map(Some).chain([None]) {
            metadata.frequency = frequency;
            let mut bytes = Vec::new();
            write_catalogue(&metadata, "x.csv", Some("mobilite"), "2025-01-14", &mut bytes).unwrap();
            let table = intake::read("catalogue.csv", &bytes, &Choices::default()).unwrap().table;
            let layout = Layout::of(&schema, &table.labels);
            let checker = Checker::new(schema.clone(), layout, &table);
            let left: Vec<String> =
                checker.findings(&table).map(|finding| checker.schema.fields[finding.field.unwrap()].name.clone()).collect();
            assert_eq!(left, ["URL"], "{frequency:?}");
        }
    }
}
