use super::pattern::{Assertion, Class, Named, Tree, parse};

/// What a pattern asks, where that can be told in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// So many digits.
    Digits(u32),
    /// A form that people know by name.
    Known(Form),
    /// One value of a list, or several with a separator between them.
    Members {
        /// The values of the list.
        members: Vec<String>,
        /// What stands between two of them; `None` where only one is accepted.
        separator: Option<char>,
    },
}

/// A form that people know by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The number of an association: W and nine digits.
    Rna,
    /// The INSEE code of a commune.
    CommuneCode,
    /// The INSEE code of an IRIS district.
    IrisCode,
    /// A code of the ACTES classification.
    ActesCode,
    /// A year, or two.
    Years,
    /// A day, or two.
    Period,
    /// A day and a time with its zone.
    Moment,
    /// A web address.
    WebAddress,
    /// The web address of a picture.
    PictureAddress,
    /// Web addresses, bars between them.
    WebAddresses,
    /// A telephone number with the code of its country.
    Phone,
    /// An identifier of a charging point or station.
    ChargingPoint,
    /// Identifiers of charging stations, commas between them, or the words that say there is none.
    ChargingStations,
    /// Opening hours of a charging station.
    ChargingHours,
    /// Any texts, bars between them.
    Texts,
    /// Codes of letters and digits, bars between them.
    Codes,
    /// Codes of activity of the NAF, bars between them.
    ActivityCodes,
    /// A first name, capital first.
    FirstName,
    /// The name of a commune, capitals first.
    CommuneName,
    /// The name of a place: letters, spaces, hyphens.
    PlaceName,
    /// The name of a street: letters, digits, spaces, hyphens, apostrophes.
    StreetName,
    /// A line of address, with quotation marks and punctuation.
    AddressLine,
    /// Letters without accents, digits and underscores.
    Identifier,
    /// The identifier of an amenity.
    AmenityCode,
    /// The identifier of a car park.
    CarParkCode,
    /// The identifier of a taxi rank.
    TaxiRankCode,
    /// A whole number, or the words that say there is none.
    NumberOrNone,
    /// Nine to fourteen letters or digits.
    Pivot,
    /// Three whole numbers, bars between them.
    ThreeNumbers,
}

/// The patterns of the official schemas whose meaning cannot be worked out.
const KNOWN: &[(&str, Form)] = &[
    (r"^W\d{9}$", Form::Rna),
    (r"^([013-9]\d|2[AB1-9])\d{3}$", Form::CommuneCode),
    (r"^\d[AB\d]\d{3}$", Form::CommuneCode),
    (r"^([013-9]\d|2[AB1-9])\d{7}$", Form::IrisCode),
    (r"^\d\.\d{1,2}$", Form::ActesCode),
    (r"^[0-9]{4}(\/[0-9]{4})?$", Form::Years),
    (r"^[0-9]{4}\-[0-9]{2}\-[0-9]{2}(\/[0-9]{4}\-[0-9]{2}\-[0-9]{2})?$", Form::Period),
    (r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$", Form::Moment),
    (r"^(https?)://[^\s/$.?#].[^\s]*$", Form::WebAddress),
    (r"^https?://[^|\s]*$", Form::WebAddress),
    (r"^(https?://[^|\s]*)|([\w\-\.]+@([\w-]+\.)+[\w-]{2,})$", Form::WebAddress),
    (r"^https?://(?:[a-z0-9\-]+\.)+[a-z]{2,6}(?:/[^/#?]+)+\.(?:jpg|jpeg|gif|png)", Form::PictureAddress),
    (r"^(https?://[^|\s]*\|)*https?://[^|\s]*$", Form::WebAddresses),
    (r"^(\+33|\+590|\+594|\+262|\+596|\+269|\+687|\+689|\+590|\+508|\+681)(\d){6,9}$", Form::Phone),
    (r"^(\+33|\+590|\+594|\+262|\+596|\+269|\+687|\+689|\+508|\+681)(\d){6,9}$", Form::Phone),
    (r"^[A-Z]{2}[A-Z0-9]{4,33}$", Form::ChargingPoint),
    (r"(?:(?:^|,)(^[A-Z]{2}[A-Z0-9]{4,33}$|Non concerné))+$", Form::ChargingStations),
    (r"(.*?)((\d{1,2}:\d{2})-(\d{1,2}:\d{2})|24/7)", Form::ChargingHours),
    (r"^[^|]+(\|[^|]+)*$", Form::Texts),
    (r"^[A-Z]+-\d+(\|[A-Z]+-\d+)*$", Form::Codes),
    (
        r"^([A-U]|\d{2}|\d{2}\.\d|\d{2}\.\d{2}|\d{2}\.\d{2}[A-Z])(\|([A-U]|\d{2}|\d{2}\.\d|\d{2}\.\d{2}|\d{2}\.\d{2}[A-Z]))*$",
        Form::ActivityCodes,
    ),
    (
        r"^'?[A-ZÉÀÈÙÄËÏÖÜŸÂÊÎÔÛŶÇŒÆ][a-zéàèùäëïüöÿâêîôûŷçæœ]*(|'|(('[A-ZÉÀÈÙÄËÏÖÜŸÂÊÎÔÛŶÇŒÆa-zéàèùäëïüöÿâêîôûŷçæœ][a-zéàèùäëïüöÿâêîôûŷçæœ]*'?){1,2}|(-[A-ZÉÀÈÙÄËÏÖÜŸÂÊÎÔÛŶÇŒÆ][a-zéàèùäëïüöÿâêîôûŷçæœ]*'?){1,2}){1,5})$",
        Form::FirstName,
    ),
    (
        r"^(Le |La |Les |Los |Aux |L'|)([A-ZÉÇŒÈÎ])(((-| | - |')[A-ZÉÇŒÈÎ])|('|-| |)[a-zàâéèêëïîÿôûüœç])*( \([A-Z][a-z]*\)|)$",
        Form::CommuneName,
    ),
    (r"^[A-Za-z\s\-\u00C0-\u00FF]+$", Form::PlaceName),
    (r"^[a-zA-Z0-9\-\'\s\d\u00C0-\u00FF]+$", Form::StreetName),
    (r#"^[a-zA-Z0-9\-\–\'\’\«\»\°\"\s\dÀ-ÿ\(\)\,\.]+$"#, Form::AddressLine),
    (r#"^[a-zA-Z0-9\-\–\'\’\«\»\°\"\s\d\u00C0-\u00FF\(\)\,\.]+$"#, Form::AddressLine),
    (r"^[A-Za-z0-9_]+$", Form::Identifier),
    (r"^[\w]+$", Form::Identifier),
    (r"^[0-9A-B]{5}-[0-9]{8}-[0-9]{3}", Form::AmenityCode),
    (r"^([013-9]\d|2[AB1-9])\d{3}-P-\d{3}$", Form::CarParkCode),
    (r"^([013-9]\d|2[AB1-9])\d{3}-T-\d{3}$", Form::TaxiRankCode),
    (r"^(\d+|N/A)$", Form::NumberOrNone),
    (r"^[a-zA-Z0-9]{9,14}$", Form::Pivot),
    (r"\d{1,}\|\d{1,}\|\d{1,}", Form::ThreeNumbers),
];

impl Meaning {
    /// What a pattern asks; `None` where nobody could tell it in a sentence.
    pub fn of(pattern: &str) -> Option<Meaning> {
        if let Some((_, form)) = KNOWN.iter().find(|(known, _)| *known == pattern) {
            return Some(Meaning::Known(*form));
        }
        let tree = parse(pattern)?;
        let parts = parts(&tree);
        digits(&parts).or_else(|| members(&parts)).or_else(|| either(&tree))
    }
}

/// The parts of a pattern, the anchors at its ends left out.
fn parts(tree: &Tree) -> Vec<&Tree> {
    let all = match tree {
        Tree::Sequence(parts) => parts.iter().collect(),
        one => vec![one],
    };
    all.into_iter().filter(|tree| !matches!(tree, Tree::Assertion(Assertion::Start | Assertion::End))).collect()
}

fn digits(parts: &[&Tree]) -> Option<Meaning> {
    let [Tree::Repeat { tree, least, most, .. }] = parts else { return None };
    let Tree::Class(class) = &**tree else { return None };
    let digit =
        *class == Class::named(Named::Digit, false) || (class.ranges == [('0', '9')] && class.named.is_empty() && !class.not);
    (digit && Some(*least) == *most).then_some(Meaning::Digits(*least))
}

/// `(A|B)`, `(A|B)(,(A|B))*` and `(?:(?:^|,)(A|B))+`.
fn members(parts: &[&Tree]) -> Option<Meaning> {
    let (members, separator) = match parts {
        [Tree::Repeat { tree, least: 1, most: None, .. }] => {
            let Tree::Sequence(parts) = &**tree else { return None };
            let [Tree::Either(before), list] = parts.as_slice() else { return None };
            let [Tree::Assertion(Assertion::Start), Tree::Char(separator)] = before.as_slice() else { return None };
            (alternatives(list)?, Some(*separator))
        }
        [one] => (alternatives(one)?, None),
        [first, Tree::Repeat { tree, least: 0, most: None, .. }] => {
            let Tree::Sequence(parts) = inside(tree) else { return None };
            let [Tree::Char(separator), again] = parts.as_slice() else { return None };
            let members = alternatives(first)?;
            if alternatives(again)? != members {
                return None;
            }
            (members, Some(*separator))
        }
        _ => return None,
    };
    Some(Meaning::Members { members, separator })
}

/// `A(,A)*|B`: a list, or words that stand alone. They count among its values, for what is written is checked anyway.
fn either(tree: &Tree) -> Option<Meaning> {
    let Tree::Either(branches) = tree else { return None };
    let (mut all, mut separator) = (Vec::new(), None);
    for branch in branches {
        match members(&parts(branch)) {
            Some(Meaning::Members { members, separator: between }) => {
                all.extend(members);
                separator = separator.or(between);
            }
            _ => all.push(parts(branch).into_iter().map(|part| plain(inside(part))).collect::<Option<String>>()?),
        }
    }
    Some(Meaning::Members { members: all, separator })
}

/// What a group holds; a group repeated once counts as the group.
fn inside(tree: &Tree) -> &Tree {
    match tree {
        Tree::Group(_, tree) => inside(tree),
        Tree::Repeat { tree, least: 1, most: Some(1), .. } => inside(tree),
        other => other,
    }
}

/// Plain texts with bars between them, two at least.
fn alternatives(tree: &Tree) -> Option<Vec<String>> {
    let Tree::Either(choices) = inside(tree) else { return None };
    choices.iter().map(plain).collect()
}

fn plain(tree: &Tree) -> Option<String> {
    match tree {
        Tree::Char(c) => Some(c.to_string()),
        Tree::Sequence(parts) => parts.iter().map(plain).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(members: [&str; 2], separator: Option<char>) -> Option<Meaning> {
        Some(Meaning::Members { members: members.map(str::to_owned).to_vec(), separator })
    }

    #[test]
    fn simple_forms_are_told_in_words() {
        assert_eq!(Meaning::of(r"^\d{14}$"), Some(Meaning::Digits(14)));
        assert_eq!(Meaning::of(r"[0-9]{5}"), Some(Meaning::Digits(5)));
        assert_eq!(Meaning::of(r"^W\d{9}$"), Some(Meaning::Known(Form::Rna)));
        assert_eq!(Meaning::of(r"^[a-f]+\d{2}$"), None);
        assert_eq!(Meaning::of("("), None);
    }

    #[test]
    fn lists_in_disguise_are_lists() {
        assert_eq!(Meaning::of(r"(?:(?:^|\|)(Itinérant|Fixe))+$"), list(["Itinérant", "Fixe"], Some('|')));
        assert_eq!(Meaning::of(r"^(MIC|PME)(\|(MIC|PME))*$"), list(["MIC", "PME"], Some('|')));
        assert_eq!(Meaning::of(r"^(oui|non)$"), list(["oui", "non"], None));
        assert_eq!(Meaning::of(r"^(a|b)(\|(a|c))*$"), None);
    }
}
