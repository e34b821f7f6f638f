//! What the values of a column say of the field it may serve.

use super::vocabulary::Facet;
use crate::{
    check::{check_cell, is_siren, is_siret},
    repair::propose,
    schema::{CompiledField, Constraint},
    table::{Looks, Profile, Table},
    text,
    value::{Kind, TextFormat, Value},
};

/// Distinct values tried against a field.
const TRIED: usize = 60;

/// The values of a column that are tried, and what they look like.
#[derive(Debug)]
pub struct Sample<'a> {
    /// Distinct values, trimmed, the empty one left out.
    pub values: Vec<&'a str>,
    looks: Looks,
}

impl<'a> Sample<'a> {
    /// Takes some values of a column.
    pub fn of(table: &'a Table, column: usize, profile: &Profile) -> Sample<'a> {
        let all = table.tally(column).map(|(_, value, _)| value).filter(|value| !text::trim(value).is_empty());
        Sample { values: all.take(TRIED).collect(), looks: profile.looks }
    }

    fn share(&self, is: impl Fn(&str) -> bool) -> f64 {
        let good = self.values.iter().filter(|value| is(text::trim(value))).count();
        good as f64 / self.values.len().max(1) as f64
    }

    /// How well the values fit a field, from 0 to 1: `None` where the field says nothing of its values.
    pub fn fit(&self, field: &CompiledField) -> Option<f64> {
        let bound = field.constraints.iter().any(|c| matches!(c, Constraint::Pattern(_) | Constraint::Enum(_)));
        let free = matches!(field.kind, Kind::Any | Kind::Text(TextFormat::Any)) && !bound && field.checks.is_empty();
        if free || self.values.is_empty() {
            return None;
        }
        let good = self.values.iter().map(|value| {
            let broken = check_cell(field, value).broken;
            match broken.is_empty() {
                true => 1.0,
                false if propose(field, &broken, value).is_some() => 0.9,
                false => 0.0,
            }
        });
        Some(good.sum::<f64>() / self.values.len() as f64)
    }

    /// How well the values are what a facet asks; `None` where it asks nothing that can be seen.
    pub fn shows(&self, facet: Facet) -> Option<f64> {
        if self.values.is_empty() {
            return None;
        }
        let digits = |value: &str| value.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect::<String>();
        let number = |value: &str| value.replace(',', ".").trim().parse::<f64>().ok();
        let counted = |value: &str, count: usize| {
            let digits = digits(value);
            digits.len() == count && digits.bytes().all(|b| b.is_ascii_digit())
        };
        Some(match facet {
            // Zeros lost by a spreadsheet, and keys that are wrong, are to be repaired, not a reason to look away.
            Facet::Siret => self.share(|v| is_siret(&digits(v)) || counted(v, 14) || counted(v, 13) || v.contains("E+")),
            Facet::Siren => self.share(|v| is_siren(&digits(v)) || counted(v, 9)),
            Facet::Rna => self.share(|v| v.len() == 10 && v.starts_with(['W', 'w'])),
            Facet::Insee | Facet::Postcode => {
                self.share(|v| (4..=5).contains(&v.len()) && v.bytes().filter(u8::is_ascii_digit).count() >= 4)
            }
            Facet::Date => match self.looks {
                Looks::Dates | Looks::Years => 1.0,
                Looks::Numbers => self.share(|v| number(v).is_some_and(|n| (20_000.0..60_000.0).contains(&n))),
                _ => self.share(|v| v.bytes().filter(u8::is_ascii_digit).count() >= 3),
            },
            Facet::Year => self.share(|v| v.bytes().filter(u8::is_ascii_digit).count() >= 4),
            Facet::Money | Facet::Count | Facet::Size | Facet::Share | Facet::Duration => {
                let letters = |v: &str| v.chars().filter(|c| c.is_alphabetic()).count();
                self.share(|v| v.bytes().filter(u8::is_ascii_digit).count() >= letters(v))
            }
            Facet::Web => self.share(|v| v.contains("://") || v.starts_with("www.") || v.contains('.') && !v.contains(' ')),
            Facet::Phone => self.share(|v| v.bytes().filter(u8::is_ascii_digit).count() >= 4),
            Facet::Mail => self.share(|v| v.contains('@')),
            Facet::Latitude => self.share(|v| number(v).is_some_and(|n| n.abs() <= 90.0 && !(-6.0..10.0).contains(&n))),
            Facet::Longitude => self.share(|v| number(v).is_some_and(|n| n.abs() <= 180.0 && !(41.0..52.0).contains(&n))),
            Facet::Position => {
                self.share(|v| v.bytes().filter(u8::is_ascii_digit).count() >= 4 && v.contains([',', ' ', ';', '(']))
            }
            // A name is no date, no address of the web, no number that carries its key.
            Facet::Name | Facet::Place | Facet::Address | Facet::Subject => match self.looks {
                Looks::Dates | Looks::Years | Looks::Addresses | Looks::Emails | Looks::Siret | Looks::YesNo => 0.0,
                Looks::Numbers if facet != Facet::Name => 0.2,
                _ => return None,
            },
            _ => return None,
        })
    }

    /// Whether the values are those of a list, and could hardly be anything else: all of them are in it,
    /// and there are several, or one that is no short code.
    pub fn is_of_list(&self, field: &CompiledField) -> bool {
        let accepted = field.constraints.iter().find_map(|c| match c {
            Constraint::Enum(values) => Some(values),
            _ => None,
        });
        let Some(accepted) = accepted.filter(|list| list.len() >= 3) else { return false };
        let folded: Vec<String> = accepted.iter().map(fold_value).filter(|text| !is_common(text)).collect();
        let telling = self.values.len() >= 2 || self.values.iter().any(|value| text::fold(value).len() >= 6);
        telling && self.values.iter().all(|value| folded.contains(&text::fold(value)))
    }
}

fn fold_value(value: &Value) -> String {
    match value {
        Value::Text(text) => text::fold(text),
        _ => String::new(),
    }
}

/// Words that many lists hold.
fn is_common(text: &str) -> bool {
    matches!(text, "" | "oui" | "non" | "autre" | "inconnu" | "nonrenseigne" | "na" | "true" | "false")
}
