//! Values of a list, written otherwise than the list has them.

use super::{Fix, Proposal, Safety};
use crate::{
    check::place_list,
    schema::{CompiledField, Constraint, Meaning, ValueCheck},
    text,
    value::{Kind, Value},
};

/// The values that a field accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// As the schema writes them.
    pub values: Vec<String>,
    /// What stands between two of them in one cell, where several may be given.
    pub separator: Option<char>,
}

/// What separates the values of a cell, as people write them; the surest first.
const SEPARATORS: [&str; 8] = ["|", ";", "\n", ",", " / ", "/", " + ", " et "];
/// Words that change a value into its contrary.
const CONTRARY: [&str; 6] = ["non", "sans", "pas", "hors", "aucun", "aucune"];
/// Words too common to tell anything.
const EMPTY: [&str; 14] = ["de", "du", "des", "la", "le", "les", "et", "ou", "en", "a", "au", "aux", "d", "l"];

impl Accepted {
    /// The values that a field lists: in its `enum`, in its pattern where that is a list in disguise, in the
    /// items of an array, in an official list of names. `None` where it has no such list.
    pub fn of(field: &CompiledField) -> Option<Accepted> {
        if let Some(item) = &field.item {
            return Accepted::of(item).map(|items| Accepted { separator: None, ..items });
        }
        let listed = field.constraints.iter().find_map(|constraint| match constraint {
            Constraint::Enum(values) => Some(values),
            _ => None,
        });
        let text = |value: &Value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        if let Some(values) = listed.or(Some(&field.categories)).filter(|values| !values.is_empty()) {
            let values: Vec<String> = values.iter().filter_map(text).collect();
            return (!values.is_empty()).then_some(Accepted { values, separator: None });
        }
        if let Some(Meaning::Members { members, separator }) = &field.meaning {
            return Some(Accepted { values: members.clone(), separator: *separator });
        }
        field.checks.iter().find_map(|check| match check {
            ValueCheck::Place(list) => {
                let values: Vec<String> = place_list(*list).into_iter().map(str::to_owned).collect();
                (!values.is_empty()).then_some(Accepted { values, separator: None })
            }
            _ => None,
        })
    }

    /// The accepted value that one word or group of words stands for, and how far it is: by its letters,
    /// by one slip of the hand, by its words.
    fn meant(&self, value: &str) -> Option<(Fix, &String)> {
        let folded = text::fold(value);
        if folded.is_empty() {
            return None;
        }
        let mut same = self.values.iter().filter(|accepted| text::fold(accepted) == folded);
        if let Some(one) = same.next() {
            // Two accepted values alike but for case or accents: nobody can tell which is meant.
            return same.next().is_none().then_some((Fix::Variant, one));
        }
        let said = words(value);
        let mut plural = self.values.iter().filter(|accepted| !said.is_empty() && words(accepted) == said);
        if let Some(one) = plural.next().filter(|_| plural.next().is_none()) {
            return Some((Fix::Variant, one));
        }
        if let Some(one) = self.sex(&folded) {
            return Some((Fix::Synonym, one));
        }
        self.slipped(&folded).map(|one| (Fix::Typo, one)).or_else(|| self.worded(value).map(|one| (Fix::Synonym, one)))
    }

    /// The letter of a sex told in words, where the list has the two letters.
    fn sex(&self, folded: &str) -> Option<&String> {
        let letter = |letters: [&str; 2]| self.values.iter().find(|value| letters.contains(&value.as_str()));
        let (woman, man) = (letter(["F", "f"])?, letter(["M", "H"])?);
        match folded {
            "f" | "femme" | "femmes" | "fille" | "filles" | "feminin" | "female" => Some(woman),
            "m" | "h" | "homme" | "hommes" | "garcon" | "garcons" | "masculin" | "male" => Some(man),
            _ => None,
        }
    }

    /// The only value one slip away (a letter more, less, another, or two exchanged), for words of four
    /// letters and more; never for codes, whose neighbours are other codes.
    fn slipped(&self, folded: &str) -> Option<&String> {
        let figures = |text: &str| text.chars().any(char::is_numeric);
        if folded.chars().count() < 4 || figures(folded) {
            return None;
        }
        let mut near = self.values.iter().filter(|accepted| {
            let other = text::fold(accepted);
            other.chars().count() >= 4 && !figures(&other) && strsim::osa_distance(&other, folded) == 1
        });
        near.next().filter(|_| near.next().is_none())
    }

    /// The value that has all the words of the cell. Among several it is the one whose words all the others
    /// have too: "numéraire" is "aide en numéraire" rather than "aide en numéraire;aide en nature".
    fn worded(&self, value: &str) -> Option<&String> {
        let said = words(value);
        if said.is_empty() || said.iter().all(|word| word.chars().count() < 4) {
            return None;
        }
        let holds = |all: &[String], some: &[String]| some.iter().all(|word| all.contains(word));
        let found: Vec<(&String, Vec<String>)> =
            self.values.iter().map(|accepted| (accepted, words(accepted))).filter(|(_, words)| holds(words, &said)).collect();
        let (least, its) = found.iter().min_by_key(|(_, words)| words.len())?;
        let alone = found.iter().all(|(other, words)| other == least || (holds(words, its) && words.len() > its.len()));
        // What the value denies and the cell does not is no synonym.
        let denied = its.iter().any(|word| CONTRARY.contains(&word.as_str()) && !said.contains(word));
        (alone && !denied).then_some(*least)
    }

    /// Several values in one cell: each one found in the list, and the farthest that one of them was.
    fn several(&self, value: &str) -> Option<(Fix, Vec<&String>)> {
        SEPARATORS.iter().find_map(|separator| {
            let parts: Vec<&str> = value.split(separator).map(text::trim).filter(|part| !part.is_empty()).collect();
            if parts.is_empty() || (parts.len() == 1 && !value.contains(separator)) {
                return None;
            }
            let meant: Option<Vec<(Fix, &String)>> = parts.into_iter().map(|part| self.meant(part)).collect();
            let meant = meant?;
            let far = meant.iter().map(|(fix, _)| *fix).find(|fix| fix.safety() == Safety::Confirm);
            Some((far.unwrap_or(Fix::ListForm), meant.into_iter().map(|(_, value)| value).collect()))
        })
    }
}

/// The words that tell one value from another: folded, singular, small words left out.
fn words(value: &str) -> Vec<String> {
    let all = text::words(value).into_iter().filter(|word| !EMPTY.contains(&word.as_str()));
    let singular = |word: String| match word.strip_suffix(['s', 'x']) {
        Some(single) if single.len() >= 3 => single.to_owned(),
        _ => word,
    };
    let mut words: Vec<String> = all.map(singular).collect();
    words.sort();
    words.dedup();
    words
}

/// The accepted value that differs by case, accents, spaces or punctuation alone.
pub fn variants(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let accepted = Accepted::of(field).filter(|_| matches!(field.kind, Kind::Text(_)));
    let found = accepted.as_ref().and_then(|accepted| accepted.meant(text)).filter(|(fix, _)| *fix == Fix::Variant);
    found.map(|(fix, to)| Proposal::Sure { fix, to: to.clone() }).into_iter().collect()
}

/// What a text may become where a list is accepted: the value a slip away, the one that has its words,
/// or several of them put together as the field wants.
pub fn candidates(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let Some(accepted) = Accepted::of(field) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some((fix, to)) = accepted.meant(text) {
        found.push(Proposal::Sure { fix, to: to.clone() });
    }
    if let Some((fix, values)) = accepted.several(text) {
        let joints: Vec<String> = match accepted.separator {
            Some(separator) => vec![separator.to_string()],
            // An enumeration may list combinations; they are looked for as they are usually written.
            None => [";", ",", "|", "; ", ", ", "/", " et "].map(str::to_owned).to_vec(),
        };
        let joined = |joint: String| values.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(&joint);
        found.extend(joints.into_iter().map(|joint| Proposal::Sure { fix, to: joined(joint) }));
    }
    found
}

/// What a text may become in a field of JSON arrays, whose items are listed: `lait, oeufs`, `['lait']`, `lait`.
pub fn arrays(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let Some(accepted) = Accepted::of(field) else { return Vec::new() };
    let bare = text.trim_matches(['[', ']']).replace(['"', '«', '»'], "");
    let bare = if text.starts_with("['") { bare.replace('\'', "") } else { bare };
    let one = accepted.meant(text::trim(&bare)).map(|(fix, value)| (fix, vec![value]));
    let found = one.or_else(|| accepted.several(&bare));
    let form = |fix: Fix| if fix.safety() == Safety::Confirm { fix } else { Fix::ListForm };
    let written = found.and_then(|(fix, values)| Some((form(fix), serde_json::to_string(&values).ok()?)));
    written.map(|(fix, to)| Proposal::Sure { fix, to }).into_iter().collect()
}

/// What a text may become in a list field: the same values with the field's own separator.
pub fn lists(delimiter: &str, text: &str) -> Vec<Proposal> {
    let cut = [";", "|", ",", "\n", "/"].into_iter().filter(|separator| *separator != delimiter && text.contains(separator));
    let joined = |separator: &str| text.split(separator).map(text::trim).collect::<Vec<_>>().join(delimiter);
    cut.map(|separator| Proposal::Sure { fix: Fix::ListForm, to: joined(separator) }).collect()
}

/// The values that a field accepts, the best guess for a text first: the one it surely means, then by likeness.
/// Empty where the field lists none.
pub fn nearest(field: &CompiledField, value: &str) -> Vec<String> {
    let Some(accepted) = Accepted::of(field) else {
        return match &field.kind {
            Kind::Boolean(words) => words.yes.first().into_iter().chain(words.no.first()).cloned().collect(),
            _ => Vec::new(),
        };
    };
    let meant = accepted.meant(value).map(|(_, meant)| meant.clone());
    let plain = |text: &str| text::without_accents(text).to_lowercase();
    let said = plain(text::trim(value));
    let likeness = |accepted: &String| match meant.as_ref() == Some(accepted) {
        true => 2.0,
        false => strsim::jaro_winkler(&plain(accepted), &said),
    };
    let mut ranked: Vec<(f64, String)> = accepted.values.iter().map(|value| (likeness(value), value.clone())).collect();
    ranked.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    ranked.into_iter().map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(values: &[&str]) -> Accepted {
        Accepted { values: values.iter().map(|value| (*value).to_owned()).collect(), separator: None }
    }

    #[test]
    fn one_value_is_meant_or_none() {
        let aid = accepted(&[
            "aide en numéraire",
            "aide en nature",
            "aide en numéraire;aide en nature",
            "aide en nature;aide en numéraire",
        ]);
        let meant = |list: &Accepted, text: &str| list.meant(text).map(|(fix, value)| (fix, value.clone()));
        let is = |fix: Fix, text: &str| Some((fix, text.to_owned()));
        assert_eq!(meant(&aid, "Aide en NATURE"), is(Fix::Variant, "aide en nature"));
        assert_eq!(meant(&aid, "Numéraire"), is(Fix::Synonym, "aide en numéraire"));
        assert_eq!(meant(&aid, "aides en nature"), is(Fix::Variant, "aide en nature"));
        assert_eq!((meant(&aid, "aide"), meant(&aid, "en"), meant(&aid, "")), (None, None, None));
        let access = accepted(&["Non accessible", "autre"]);
        assert_eq!((meant(&access, "accessible"), meant(&access, "outre")), (None, is(Fix::Typo, "autre")));
        let codes = accepted(&["2023", "2024", "pair", "impair", "n1"]);
        assert_eq!((meant(&codes, "2025"), meant(&codes, "n2"), meant(&codes, "paix")), (None, None, is(Fix::Typo, "pair")));
        let sexes = accepted(&["M", "F", "I"]);
        assert_eq!((meant(&sexes, "Garçon"), meant(&sexes, "i")), (is(Fix::Synonym, "M"), is(Fix::Variant, "I")));
        let twins = accepted(&["Cote", "Côté"]);
        assert_eq!(meant(&twins, "cote"), None);
    }

    #[test]
    fn several_values_are_put_together() {
        let places = accepted(&["Fixe", "Itinérant"]);
        let several = |text: &str| places.several(text).map(|(fix, values)| (fix, values.len()));
        assert_eq!(several("fixe, itinerant"), Some((Fix::ListForm, 2)));
        assert_eq!(several("Fixe et itinérants"), Some((Fix::ListForm, 2)));
        assert_eq!((several("fixe, autre chose"), several("fixe")), (None, None));
    }
}
