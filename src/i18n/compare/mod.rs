//! The words of what is published and what is here, side by side.

mod en;
mod fr;

use super::{Arg, Locale, frequency_name, words::keys};
use crate::{
    metadata::{Frequency, Licence, Zone},
    publish::Field,
    table::{Example, Fate},
};

keys! {
    /// The texts of the comparisons of the fifth step.
    CompareWords {
        changes_title, changes_text, changes_read, changes_copy, changes_reading, changes_refused, changes_none, changes_rows,
        added, removed, changed, by_key, by_content, columns_added, columns_removed, columns_renamed, reordered, cells,
        fate_changed, fate_added, fate_removed, place, more_cells, first_rows, described_title, described_text, described_read,
        described_same, replace, published, here, empty, not_ours,
    }
}

impl Locale {
    /// The words of the comparisons in this language.
    pub fn compare_words(self) -> &'static CompareWords {
        match self {
            Locale::Fr => &fr::WORDS,
            Locale::En => &en::WORDS,
        }
    }
}

/// What a field of a dataset is called.
pub fn field_name(locale: Locale, field: Field) -> &'static str {
    let (words, own) = (locale.words(), locale.pack());
    match field {
        Field::Title => words.m_title,
        Field::Description => words.m_description,
        Field::Summary => own.m_summary,
        Field::Licence => words.m_licence,
        Field::Frequency => words.m_frequency,
        Field::Period => words.sum_period,
        Field::Territory => words.m_territory,
        Field::Tags => own.m_tags,
    }
}

/// What a platform keeps in a field, in words; empty where it keeps nothing.
pub fn field_text(locale: Locale, field: Field, value: &serde_json::Value) -> String {
    let text = value.as_str().unwrap_or_default();
    let at = |key: &str| value.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
    let list = |list: &serde_json::Value, name: fn(&str) -> String| {
        let items = list.as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
        items.map(name).collect::<Vec<_>>().join(", ")
    };
    match field {
        Field::Title | Field::Description | Field::Summary => text.to_owned(),
        Field::Licence => Licence::of(text).map_or_else(|| text.to_owned(), |licence| licence.title().to_owned()),
        Field::Frequency => Frequency::of(text).map_or(text, |frequency| frequency_name(locale, frequency)).to_owned(),
        Field::Period => match (at("start"), at("end")) {
            (start, "") => locale.day(start),
            (start, end) => format!("{} – {}", locale.day(start), locale.day(end)),
        },
        Field::Territory => {
            let named = |zone: &str| {
                Zone::typed(zone).and_then(|zone| zone.name()).map_or(zone.to_owned(), |name| format!("{name} ({zone})"))
            };
            list(value.get("zones").unwrap_or(&serde_json::Value::Null), named)
        }
        Field::Tags => list(value, str::to_owned),
    }
}

/// What became of a row, and which one it is.
pub fn row_fate(locale: Locale, example: &Example, key: &[String]) -> (&'static str, String) {
    let words = locale.compare_words();
    let fate = match example.fate {
        Fate::Changed => words.fate_changed,
        Fate::Added => words.fate_added,
        Fate::Removed => words.fate_removed,
    };
    let name = match key {
        [] => {
            let place = locale.fill(words.place, &[("n", Arg::Count(example.place as u64))]);
            format!("{place} : {}", example.name.join(", "))
        }
        key => key.iter().zip(&example.name).map(|(column, text)| format!("{column} {text}")).collect::<Vec<_>>().join(", "),
    };
    (fate, name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_platform_keeps_is_told_in_words() {
        let fr = |field, value| field_text(Locale::Fr, field, &value);
        assert_eq!(fr(Field::Licence, json!("lov2")), Licence::of("lov2").unwrap().title());
        assert_eq!(fr(Field::Licence, json!("other-pd")), "other-pd");
        assert_eq!(fr(Field::Frequency, json!("annual")), "Chaque année");
        assert_eq!(fr(Field::Period, json!({ "start": "2024-01-01", "end": null })), "1er janvier 2024");
        assert_eq!(
            fr(Field::Period, json!({ "start": "2024-01-01", "end": "2024-12-31" })),
            "1er janvier 2024 – 31 décembre 2024"
        );
        assert_eq!(
            fr(Field::Territory, json!({ "zones": ["country:fr", "fr:commune:69123"] })),
            "France (country:fr), fr:commune:69123"
        );
        assert_eq!(fr(Field::Tags, json!(["a", "b"])), "a, b");
        assert_eq!((fr(Field::Title, json!(null)), fr(Field::Period, json!(null))), (String::new(), String::new()));
    }

    #[test]
    fn a_row_is_called_by_its_key_or_by_its_place() {
        let name = vec!["123".to_owned(), "x".to_owned()];
        let example = Example { fate: Fate::Added, place: 1_200, name, cells: Vec::new(), more: 0 };
        let key = ["siret".to_owned()];
        assert_eq!(row_fate(Locale::Fr, &example, &key), ("Ajoutée", "siret 123".to_owned()));
        assert_eq!(row_fate(Locale::En, &example, &[]).1, "row 1,200 : 123, x");
    }
}
