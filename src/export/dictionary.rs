use serde_json::Value;

use crate::{
    check::{Checker, Rule},
    i18n::{Arg, Locale, explain},
    schema::{CompiledField, Constraint, Field, Schema},
    table::Table,
    value::{Kind, TextFormat},
};

/// Writes what each column means, in Markdown, for those who will read the data: from the schema, with what it asks of the
/// values.
pub fn dictionary(locale: Locale, schema: &Schema, schema_url: Option<&str>, checker: &Checker, table: &Table) -> String {
    let words = locale.pack();
    let say = |template, what: &str| locale.fill(template, &[("what", Arg::Text(what))]);
    let mut out = format!("# {}\n\n", say(words.dictionary_title, &plain(&schema.title)));
    let version = schema.version.as_deref().map(|version| say(words.dictionary_version, version.trim_start_matches('v')));
    let named = [Some(plain(&schema.title)), version, schema_url.map(|url| format!("<{url}>"))];
    let named: Vec<String> = named.into_iter().flatten().collect();
    out.push_str(&format!("{}\n", say(words.dictionary_schema, &named.join(", "))));
    // Examples have a line of their own.
    let mut bare = schema.clone();
    bare.fields.iter_mut().for_each(|field| field.example = None);
    for (at, (field, compiled)) in schema.fields.iter().zip(&checker.schema.fields).enumerate() {
        let heading = if field.title == field.name { String::new() } else { format!(" – {}", plain(&field.title)) };
        out.push_str(&format!("\n## {}{heading}\n\n", code(&field.name)));
        if !field.description.is_empty() {
            out.push_str(&format!("{}\n\n", plain(&field.description)));
        }
        let given = if compiled.required { words.dictionary_required } else { words.dictionary_optional };
        let mut told = vec![given.to_owned()];
        for rule in rules(compiled) {
            told.push(plain(&explain(locale, rule, &bare, &checker.schema.checks, Some(at), "").expected));
        }
        told.extend(bounds(locale, field));
        if let Some(example) = field.example.as_deref().filter(|example| !example.is_empty()) {
            told.push(say(words.dictionary_example, &code(example)));
        }
        if checker.layout.columns.get(at).copied().flatten().is_none() {
            told.push(words.dictionary_absent.to_owned());
        }
        told.iter().filter(|line| !line.is_empty()).for_each(|line| out.push_str(&format!("- {line}\n")));
    }
    let extras: Vec<&String> = checker.layout.extras.iter().filter_map(|column| table.labels.get(*column)).collect();
    if !extras.is_empty() {
        out.push_str(&format!("\n## {}\n\n", words.dictionary_extras));
        extras.iter().for_each(|label| out.push_str(&format!("- {}\n", code(label.trim()))));
    }
    out
}

/// What a field asks of the form of its values.
fn rules(field: &CompiledField) -> Vec<Rule> {
    let asks = |of: fn(&Constraint) -> bool| field.constraints.iter().any(of);
    let pattern = asks(|constraint| matches!(constraint, Constraint::Pattern(_)));
    let listed = asks(|constraint| matches!(constraint, Constraint::Enum(_)));
    let text = matches!(field.kind, Kind::Text(TextFormat::Any) | Kind::Any | Kind::Unread(_));
    let form = (!text && !listed).then_some(Rule::Type);
    form.into_iter().chain(pattern.then_some(Rule::Pattern)).collect()
}

/// The bounds of a field, and all the values that it accepts where they are listed.
fn bounds(locale: Locale, field: &Field) -> Vec<String> {
    let words = locale.pack();
    let written = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let accepted = |value: &Value| {
        let values = value.as_array().into_iter().flatten().map(|value| code(&written(value)));
        values.collect::<Vec<_>>().join(", ")
    };
    let asked = [
        ("minLength", words.dictionary_min_length),
        ("maxLength", words.dictionary_max_length),
        ("minimum", words.dictionary_minimum),
        ("maximum", words.dictionary_maximum),
        ("exclusiveMinimum", words.dictionary_above),
        ("exclusiveMaximum", words.dictionary_below),
        ("enum", words.dictionary_enum),
    ];
    let told = asked.into_iter().filter_map(|(key, template)| Some((key, template, field.constraints.get(key)?)));
    told.map(|(key, template, value)| {
        let what = if key == "enum" { accepted(value) } else { written(value) };
        locale.fill(template, &[("what", Arg::Text(&what))])
    })
    .collect()
}

/// A text as it is written in the file.
fn code(text: &str) -> String {
    format!("`{}`", text.replace(['`', '\n', '\r'], " ").trim())
}

/// A text of a schema on one line, without markup of its own.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check::Layout, schema::CompiledSchema};

    #[test]
    fn each_column_is_told_with_what_it_asks() {
        let schema = Schema::from_json(
            r#"{"title":"Actes","version":"v1","fields":[
                {"name":"d","title":"Jour","type":"date","description":"Le <jour>\ndu vote.","example":"2024-01-31","constraints":{"required":true}},
                {"name":"v","constraints":{"enum":["pour","contre"],"maxLength":6}},
                {"name":"x","title":"Objet"}]}"#,
        )
        .unwrap();
        let table = Table::new(vec!["d".into(), "v".into(), " plus ".into()], 1);
        let layout = Layout::chosen(vec![Some(0), Some(1), None], vec![2]);
        let checker = Checker::new(CompiledSchema::new(&schema), layout, &table);
        let told = dictionary(Locale::Fr, &schema, Some("https://x/s.json"), &checker, &table);
        for part in [
            "# Dictionnaire des colonnes",
            "version 1, <https://x/s.json>",
            "## `d` – Jour\n\nLe &lt;jour> du vote.\n\n- Toujours remplie.\n",
            "`2024-01-31`",
            "## `v`\n",
            "`pour`, `contre`",
            "6 caractères",
            "aucune colonne",
            "- `plus`",
        ] {
            assert!(told.contains(part), "{part}\n{told}");
        }
        assert_eq!(told.matches("2024-01-31").count(), 1, "{told}");
    }
}
