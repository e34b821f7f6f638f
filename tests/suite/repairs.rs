//! What the program makes of messy cells: a table of examples to read, what holds of every field of every schema
//! carried, and a whole messy file.

use std::{collections::BTreeSet, sync::LazyLock};

use atelier::{
    check::{Severity, judge},
    i18n::{Locale, explain_fix},
    project::Project,
    protocol::{Export, Overview, Reply, Request},
    repair::{Fix, Order, Proposal, Safety, accepted, guess, propose},
    schema::{CompiledField, CompiledSchema, Schema, bundled, bundled_text},
};
use proptest::{prelude::*, sample::select, test_runner::RngSeed};

use crate::support::{NOW, exported, shared};

/// The fields of the examples, by a short name.
pub(super) const FIELDS: &[(&str, &str)] = &[
    ("date", r#"{"name":"d","type":"date"}"#),
    ("french date", r#"{"name":"d","type":"date","format":"%d/%m/%Y"}"#),
    ("year as date", r#"{"name":"d","type":"date","format":"%Y"}"#),
    ("moment", r#"{"name":"d","type":"datetime"}"#),
    ("time", r#"{"name":"h","type":"time"}"#),
    ("year", r#"{"name":"annee","type":"year"}"#),
    ("month", r#"{"name":"mois","type":"yearmonth"}"#),
    (
        "period",
        r#"{"name":"p","constraints":{"pattern":"^[0-9]{4}\\-[0-9]{2}\\-[0-9]{2}(\\/[0-9]{4}\\-[0-9]{2}\\-[0-9]{2})?$"}}"#,
    ),
    ("years", r#"{"name":"p","constraints":{"pattern":"^[0-9]{4}(\\/[0-9]{4})?$"}}"#),
    ("number", r#"{"name":"n","type":"number"}"#),
    ("integer", r#"{"name":"n","type":"integer"}"#),
    ("comma number", r#"{"name":"n","type":"number","decimalChar":","}"#),
    ("share", r#"{"name":"part","type":"number","constraints":{"minimum":0,"maximum":1}}"#),
    ("rate", r#"{"name":"taux","type":"number","constraints":{"minimum":0,"maximum":100}}"#),
    ("siret", r#"{"name":"siret","constraints":{"pattern":"^\\d{14}$"},"customCheck":"siret"}"#),
    ("loose siret", r#"{"name":"siret","customCheck":"siret"}"#),
    ("counted siret", r#"{"name":"siret","constraints":{"pattern":"^\\d{14}$"}}"#),
    ("siren", r#"{"name":"siren","constraints":{"pattern":"^\\d{9}$"},"customCheck":"siren"}"#),
    ("rna", r#"{"name":"rna","constraints":{"pattern":"^W\\d{9}$"}}"#),
    ("insee", r#"{"name":"insee","constraints":{"pattern":"^([013-9]\\d|2[AB1-9])\\d{3}$"}}"#),
    ("postcode", r#"{"name":"cp","constraints":{"pattern":"^\\d{5}$"}}"#),
    ("charging point", r#"{"name":"id","constraints":{"pattern":"^[A-Z]{2}[A-Z0-9]{4,33}$"}}"#),
    ("street", r#"{"name":"rue","constraints":{"pattern":"^[a-zA-Z0-9\\-\\'\\s\\d\\u00C0-\\u00FF]+$"}}"#),
    ("boolean", r#"{"name":"b","type":"boolean"}"#),
    ("oui non", r#"{"name":"b","type":"boolean","trueValues":["oui"],"falseValues":["non"]}"#),
    ("oui non inconnu", r#"{"name":"b","constraints":{"enum":["oui","non","inconnu"]}}"#),
    ("true false pattern", r#"{"name":"b","constraints":{"pattern":"^(true|false)$"}}"#),
    (
        "aid",
        r#"{"name":"nature","constraints":{"enum":["aide en numéraire","aide en nature","aide en numéraire;aide en nature","aide en nature;aide en numéraire"]}}"#,
    ),
    ("parking", r#"{"name":"type","constraints":{"enum":["bataille","épi","parallèle"]}}"#),
    ("reach", r#"{"name":"acces","constraints":{"enum":["Non accessible","Réservé PMR"]}}"#),
    ("fixe", r#"{"name":"lieu","constraints":{"pattern":"(?:(?:^|\\|)(Itinérant|Fixe))+$"}}"#),
    (
        "allergens",
        r#"{"name":"a","type":"array","arrayItem":{"type":"string","constraints":{"enum":["lait","céleri","oeufs"]}}}"#,
    ),
    ("list", r#"{"name":"l","type":"list","itemType":"integer"}"#),
    ("department", r#"{"name":"dep","customCheck":"departement"}"#),
    ("subject", r#"{"name":"m","customCheck":"nomenclature-acte"}"#),
    ("point", r#"{"name":"p","type":"geopoint"}"#),
    ("point array", r#"{"name":"p","type":"geopoint","format":"array","customCheck":"coordonnees-gps-francaises"}"#),
    ("point object", r#"{"name":"p","type":"geopoint","format":"object"}"#),
    ("phone", r#"{"name":"tel","customCheck":"phone-number-value"}"#),
    (
        "coded phone",
        r#"{"name":"telephone","constraints":{"pattern":"^(\\+33|\\+590|\\+594|\\+262|\\+596|\\+269|\\+687|\\+689|\\+508|\\+681)(\\d){6,9}$"}}"#,
    ),
    ("hours", r#"{"name":"horaires","customCheck":"opening-hours-value"}"#),
    ("charging hours", r#"{"name":"horaires","constraints":{"pattern":"(.*?)((\\d{1,2}:\\d{2})-(\\d{1,2}:\\d{2})|24/7)"}}"#),
    ("web", r#"{"name":"url","format":"uri"}"#),
    ("email", r#"{"name":"mail","format":"email"}"#),
    ("text", r#"{"name":"objet"}"#),
    ("required text", r#"{"name":"objet","constraints":{"required":true}}"#),
    ("short text", r#"{"name":"objet","constraints":{"maxLength":8}}"#),
    ("name", r#"{"name":"nomBeneficiaire"}"#),
    ("required date", r#"{"name":"d","type":"date","constraints":{"required":true}}"#),
];

/// Nothing is proposed.
const NOTHING: &str = "(nothing)";
/// The agent is asked.
const ASKED: &str = "(asked)";

/// Field, messy cell, what it becomes; a `!` before the field where the agent must look first.
pub(super) const CASES: &[(&str, &str, &str)] = &[
    // Dates
    ("date", "15/10/2017", "2017-10-15"),
    ("date", "15-10-2017", "2017-10-15"),
    ("date", "15.10.2017", "2017-10-15"),
    ("date", "15/10/17", "2017-10-15"),
    ("date", "31/12/29", "2029-12-31"),
    ("date", "31/12/30", "1930-12-31"),
    ("date", "2017/10/15", "2017-10-15"),
    ("date", "20171015", "2017-10-15"),
    ("date", "15 octobre 2017", "2017-10-15"),
    ("date", "15 OCTOBRE 2017", "2017-10-15"),
    ("date", "15\u{a0}octobre\u{202f}2017", "2017-10-15"),
    ("date", "1er janv. 2020", "2020-01-01"),
    ("date", "dimanche 3 mars 2024", "2024-03-03"),
    ("!date", "lundi 3 mars 2024", "2024-03-03"),
    ("date", "15-oct-17", "2017-10-15"),
    ("date", "15 févr. 2021", "2021-02-15"),
    ("date", "15-Feb-2021", "2021-02-15"),
    ("date", "10/15/2017", "2017-10-15"),
    ("date", "15/10/2017 00:00:00", "2017-10-15"),
    ("!date", "15/10/2017 14h30", "2017-10-15"),
    ("!date", "43023", "2017-10-15"),
    ("date", "17000", NOTHING),
    ("date", "03/04/2024", ASKED),
    ("date", "mercredi 03/04/2024", "2024-04-03"),
    ("date", "30/02/2024", NOTHING),
    ("date", "octobre 2017", NOTHING),
    ("date", "2017", NOTHING),
    ("date", "sans objet", ""),
    ("date", "-", ""),
    ("required date", "NC", NOTHING),
    ("french date", "2017-10-15", "15/10/2017"),
    ("french date", "15 oct. 2017", "15/10/2017"),
    ("moment", "15/10/2017 14:30", "2017-10-15T14:30:00"),
    ("moment", "15 octobre 2017 à 14h30", "2017-10-15T14:30:00"),
    ("!moment", "43023,5", "2017-10-15T12:00:00"),
    ("time", "9h30", "09:30:00"),
    ("time", "14 h", "14:00:00"),
    ("year", "2017.0", "2017"),
    ("year", "année 2017", "2017"),
    ("!year", "15/10/2017", "2017"),
    ("!year", "03/04/2017", "2017"),
    ("!year as date", "2017-10-15", "2017"),
    ("month", "octobre 2017", "2017-10"),
    ("month", "10/2017", "2017-10"),
    ("!month", "15/10/2017", "2017-10"),
    ("period", "16/11/2023 - 03/06/2024", "2023-11-16/2024-06-03"),
    ("period", "du 16/11/2023 au 03/06/2024", "2023-11-16/2024-06-03"),
    ("period", "du 3 au 5 avril 2024", "2024-04-03/2024-04-05"),
    ("period", "16/11/2023", "2023-11-16"),
    ("period", "12/10/2023 - 02/03/2024", ASKED),
    ("period", "03/06/2024 - 16/11/2023", NOTHING),
    ("years", "2017-2018", "2017/2018"),
    ("years", "2017 à 2018", "2017/2018"),
    // Numbers
    ("number", "1234,5", "1234.5"),
    ("number", "1 234,50 €", "1234.50"),
    ("number", "1\u{202f}234\u{a0}567,8", "1234567.8"),
    ("number", "1'234.5", "1234.5"),
    ("number", "1.234,5", "1234.5"),
    ("number", "1.234.567", "1234567"),
    ("number", "€ 12,5", "12.5"),
    ("number", "12 euros", "12"),
    ("number", "(1 250,00)", "-1250.00"),
    ("number", "− 12,5", "-12.5"),
    ("number", "1,5E+1", "15"),
    ("number", "1,2,3", NOTHING),
    ("number", "12 34", NOTHING),
    ("number", "12 ou 13", NOTHING),
    ("number", "douze", NOTHING),
    ("!number", "22 kW", "22"),
    ("!number", "150 m²", "150"),
    ("!number", "3,5 t", "3.5"),
    ("!number", "12 k€", "12000"),
    ("!number", "1,5 M€", "1500000"),
    ("!number", "100 € TTC", "100"),
    ("number", "10 %", NOTHING),
    ("number", "NC", ""),
    ("!number", "-", ""),
    ("!number", "néant", ""),
    ("number", "48°51'24\"N", "48.8566667"),
    ("integer", "1 234", "1234"),
    ("integer", "12,00", "12"),
    ("integer", "12.0", "12"),
    ("integer", "12,5", NOTHING),
    ("integer", "1.234", NOTHING),
    ("comma number", "1 234.5", "1234,5"),
    ("share", "10 %", "0.1"),
    ("share", "100%", "1"),
    ("share", "2,5 %", "0.025"),
    ("share", "0,45", "0.45"),
    ("share", "250 %", NOTHING),
    ("rate", "10 %", "10"),
    // Identifiers
    ("siret", "218 601 946 00013", "21860194600013"),
    ("siret", "218.601.946-00013", "21860194600013"),
    ("siret", "SIRET : 218 601 946 00013", "21860194600013"),
    ("siret", "21860194600013.0", "21860194600013"),
    ("siret", "2,1860194600013E+13", "21860194600013"),
    ("siret", "2,18602E+13", NOTHING),
    ("siret", "\u{200b}21860194600013", "21860194600013"),
    ("siret", "564986800527", "00564986800527"),
    ("siret", "21860194600014", NOTHING),
    ("loose siret", "218 601 946 00013", "21860194600013"),
    ("counted siret", "218 601 946 00013", "21860194600013"),
    ("counted siret", "1860194600013", NOTHING),
    ("siren", "218 601 946", "218601946"),
    ("siren", "n° SIREN 218-601-946", "218601946"),
    ("rna", "w380475558", "W380475558"),
    ("rna", "W 380 475 558", "W380475558"),
    ("rna", "RNA : w380475558", "W380475558"),
    ("insee", "2a004", "2A004"),
    ("insee", "1004", "01004"),
    ("insee", "01004.0", "01004"),
    ("postcode", "1 004", "01004"),
    ("postcode", "CP 86 000", "86000"),
    ("postcode", "860", NOTHING),
    ("charging point", "FR*S31*P001*1", "FRS31P0011"),
    ("charging point", "frs31p001", "FRS31P001"),
    ("street", "12 rue A. Briand", NOTHING),
    // Yes and no
    ("boolean", "oui", "true"),
    ("boolean", "FAUX", "false"),
    ("oui non", "VRAI", "oui"),
    ("oui non", "N", "non"),
    ("oui non", "1", "oui"),
    ("oui non", "x", "oui"),
    ("oui non", "✓", "oui"),
    ("oui non", "peut-être", NOTHING),
    ("oui non", "nc", ""),
    ("oui non inconnu", "TRUE", "oui"),
    ("oui non inconnu", "Non", "non"),
    ("oui non inconnu", "INCONNU", "inconnu"),
    ("true false pattern", "Oui", "true"),
    ("true false pattern", "0", "false"),
    // Lists
    ("aid", "Aide en  NUMERAIRE", "aide en numéraire"),
    ("!aid", "Numéraire", "aide en numéraire"),
    ("!aid", "en nature", "aide en nature"),
    ("aid", "aides en nature", "aide en nature"),
    ("aid", "aide en nature , Aide en numéraire", "aide en nature;aide en numéraire"),
    ("!aid", "numéraire et nature", "aide en numéraire;aide en nature"),
    ("aid", "aide", NOTHING),
    ("aid", "prêt", NOTHING),
    ("!parking", "bataile", "bataille"),
    ("!parking", "paralelle", "parallèle"),
    ("parking", "bataye", NOTHING),
    ("parking", "Epi", "épi"),
    ("reach", "accessible", NOTHING),
    ("fixe", "fixe", "Fixe"),
    ("fixe", "Itinérant, Fixe", "Itinérant|Fixe"),
    ("fixe", "itinerant et fixe", "Itinérant|Fixe"),
    ("allergens", "lait, céleri", r#"["lait","céleri"]"#),
    ("allergens", "Lait", r#"["lait"]"#),
    ("allergens", "['lait', 'oeufs']", r#"["lait","oeufs"]"#),
    ("allergens", r#"["Lait"]"#, r#"["lait"]"#),
    ("list", "1;2;3", "1,2,3"),
    ("department", "cote d'or", "Côte-d'Or"),
    ("subject", "Finances locales / Divers", "Finances locales/Divers"),
    // Points
    ("point", "2,3522 ; 48,8566", "2.3522,48.8566"),
    ("!point", "48,8566 ; 2,3522", "2.3522,48.8566"),
    ("point", "48°51'24\"N 2°21'07\"E", "2.3519444,48.8566667"),
    ("point", "POINT (2.3522 48.8566)", "2.3522,48.8566"),
    ("point", r#"{"lat": 48.8566, "lng": 2.3522}"#, "2.3522,48.8566"),
    ("!point", "652469.02 6862035.26", "2.3522,48.8566"),
    ("point", "12 ; 13", NOTHING),
    ("!point array", "[48.8566, 2.3522]", "[2.3522,48.8566]"),
    ("!point array", "48.8566, 2.3522", "[2.3522,48.8566]"),
    ("point array", "2.3522 48.8566", "[2.3522,48.8566]"),
    ("!point array", "16.24 ; -61.53", "[-61.53,16.24]"),
    ("point object", "N 48,8566 E 2,3522", r#"{"lon": 2.3522, "lat": 48.8566}"#),
    // Telephone numbers
    ("coded phone", "Tél. : 05 49 00 00 00", "+33549000000"),
    ("phone", "05/49/00/00/00 - 06/12/34/56/78", NOTHING),
    ("coded phone", "05 49 00 00 00", "+33549000000"),
    ("coded phone", "05.49.00.00.00", "+33549000000"),
    ("coded phone", "+33 (0)5 49 00 00 00", "+33549000000"),
    ("coded phone", "0033549000000", "+33549000000"),
    ("coded phone", "549000000", "+33549000000"),
    ("coded phone", "0262 20 20 20", "+262262202020"),
    ("coded phone", "05 49 00 00 00 ou 06 12 34 56 78", NOTHING),
    // Opening hours
    ("!hours", "lundi au vendredi 9h-12h et 14h-18h", "Mo-Fr 09:00-12:00,14:00-18:00"),
    ("!hours", "du lun. au ven. de 8h30 à 17h, sam 9h-12h", "Mo-Fr 08:30-17:00; Sa 09:00-12:00"),
    ("!hours", "24h/24 7j/7", "24/7"),
    ("!hours", "tous les jours sauf dimanche", "Mo-Sa"),
    ("!hours", "fermé le lundi", "Mo off"),
    ("hours", "sur rendez-vous", NOTHING),
    ("!charging hours", "24h/24", "24/7"),
    ("!charging hours", "lundi au samedi 8h-20h", "Mo-Sa 08:00-20:00"),
    // Addresses
    ("!web", "www.ville.fr/x", "https://www.ville.fr/x"),
    ("!web", "http//ville.fr", "http://ville.fr"),
    ("web", "voir le site", NOTHING),
    ("email", "mailto:a@b.fr", "a@b.fr"),
    ("email", "Mairie <a@b.fr>", "a@b.fr"),
    ("email", "a (at) b.fr", "a@b.fr"),
    ("email", "a@b.fr.", "a@b.fr"),
    ("email", "a@b.fr ; c@d.fr", NOTHING),
    // Free texts
    ("text", " école ", "école"),
    ("text", "rue  du\u{a0}Bac", "rue du Bac"),
    ("text", " a  b ", "a b"),
    ("text", "in\u{200b}visible", "invisible"),
    ("!text", "ligne 1\nligne 2", "ligne 1 ligne 2"),
    ("!text", "sans objet", ""),
    ("!text", "AIDE AU FONCTIONNEMENT DU CCAS", "Aide au fonctionnement du CCAS"),
    ("text", "dÃ©jÃ\u{a0}", "déjà"),
    ("text", "Aide : « oui »", NOTHING),
    ("text", "#N/A", NOTHING),
    ("!text", "=Subvention", "Subvention"),
    ("!text", "- autre", "autre"),
    ("!text", "=-5", "-5"),
    ("!text", "@mairie", "mairie"),
    ("!text", "=\"00123\"", "00123"),
    ("!text", "-2+3+cmd|' /C calc'!A0", "2+3+cmd|' /C calc'!A0"),
    ("text", "+33 1 23 45 67 89", NOTHING),
    ("text", "=", NOTHING),
    ("number", "-12.5", NOTHING),
    ("required text", "néant", NOTHING),
    ("short text", "abcd    efg", "abcd efg"),
    ("name", "ASSOCIATION DES AMIS DU VAL", NOTHING),
];

fn field(name: &str) -> CompiledField {
    let (_, document) = FIELDS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name}"));
    CompiledSchema::new(&Schema::from_json(&format!("{{\"fields\":[{document}]}}")).unwrap()).fields.remove(0)
}

#[test]
fn messy_cells_become_what_a_careful_person_would_write() {
    assert!(CASES.len() >= 150, "{}", CASES.len());
    let mut wrong = Vec::new();
    for (name, cell, expected) in CASES {
        let (name, confirmed) = name.strip_prefix('!').map_or((*name, false), |name| (name, true));
        let field = field(name);
        let found = propose(&field, &judge(&field, cell).broken, cell);
        let (to, fix) = match &found {
            Some(Proposal::Sure { fix, to }) => (to.as_str(), Some(*fix)),
            Some(Proposal::Ask { .. }) => (ASKED, None),
            None => (NOTHING, None),
        };
        let looked = fix.is_some_and(|fix| fix.safety() == Safety::Confirm);
        if to != *expected || (fix.is_some() && looked != confirmed) {
            wrong.push(format!("{name}: {cell:?} gives {to:?} ({fix:?}), not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_value_is_guessed_among_those_accepted() {
    assert_eq!(guess(&field("aid"), "Numéraire").as_deref(), Some("aide en numéraire"));
    assert_eq!(guess(&field("parking"), "batail").as_deref(), Some("bataille"));
    assert_eq!(guess(&field("parking"), "zzz"), None);
    assert_eq!(guess(&field("department"), "haute vienne").as_deref(), Some("Haute-Vienne"));
    assert_eq!(accepted(&field("oui non")), ["oui", "non"]);
    assert!(accepted(&field("text")).is_empty());
}

/// Every field of the schemas carried, with its name to tell it.
static EVERY: LazyLock<Vec<(String, CompiledField)>> = LazyLock::new(|| {
    let fields = |entry: &atelier::schema::Entry| {
        let compiled = CompiledSchema::new(&Schema::from_json(bundled_text(entry).unwrap()).unwrap());
        let named = |field: CompiledField| (format!("{} {}", entry.name, field.name), field);
        compiled.fields.into_iter().map(named).collect::<Vec<_>>()
    };
    bundled().iter().flat_map(fields).collect()
});

/// What must hold of any text in any field.
fn holds(name: &str, field: &CompiledField, text: &str) {
    let broken = judge(field, text).broken;
    let is_error = |rules: &[atelier::check::Rule]| rules.iter().any(|rule| rule.severity() == Severity::Error);
    let found = propose(field, &broken, text);
    assert!(found.is_none() || !broken.is_empty(), "{name}: {text:?} is good, and yet {found:?}");
    let results = match &found {
        Some(Proposal::Sure { fix, to }) => {
            assert_ne!(to, text, "{name}: {fix:?}");
            vec![(Some(*fix), to)]
        }
        Some(Proposal::Ask { day_first, month_first }) => vec![(None, day_first), (None, month_first)],
        None => Vec::new(),
    };
    for (fix, to) in results {
        let left = judge(field, to).broken;
        // Accents are put right even where something else stays wrong; nothing gets worse.
        if fix == Some(Fix::Mojibake) {
            assert!(
                left.iter().all(|rule| broken.contains(rule) || rule.severity() == Severity::Advice),
                "{name}: {text:?} gives {to:?}: {left:?}"
            );
            continue;
        }
        assert!(!is_error(&left), "{name}: {text:?} gives {to:?}: {left:?}");
        match propose(field, &left, to) {
            Some(Proposal::Sure { fix: next, to: then }) if next.safety() == Safety::Safe => {
                panic!("{name}: {text:?} gives {to:?} ({fix:?}), which gives {then:?} ({next:?})")
            }
            Some(Proposal::Ask { .. }) => panic!("{name}: {text:?} gives {to:?}, which is asked about"),
            _ => {}
        }
    }
}

/// Every messy cell of the examples, in every field of every schema: 100 000 pairs.
#[test]
fn a_repair_is_good_whatever_the_field() {
    for (name, field) in EVERY.iter() {
        CASES.iter().for_each(|(_, cell, _)| holds(name, field, cell));
    }
}

#[test]
fn what_was_repaired_is_valid_in_the_fields_of_the_examples() {
    for (name, _) in FIELDS {
        let field = field(name);
        CASES.iter().for_each(|(_, cell, _)| holds(name, &field, cell));
    }
}

/// A cell of the examples, put together with others or cut.
fn cell() -> impl Strategy<Value = String> {
    let known: Vec<&'static str> = CASES.iter().flat_map(|(_, cell, to)| [*cell, *to]).collect();
    let piece = select(known).prop_map(str::to_owned);
    let glue = select(vec!["", " ", "  ", ", ", ";", "|", "\n", "/", "-", "\u{a0}", "\u{200b}", " et ", " au "]);
    prop_oneof![
        4 => (piece.clone(), glue.clone(), piece.clone()).prop_map(|(a, glue, b)| format!("{a}{glue}{b}")),
        2 => (glue.clone(), piece.clone(), glue).prop_map(|(before, piece, after)| format!("{before}{piece}{after}")),
        2 => (piece, 0_usize..20).prop_map(|(piece, at)| piece.chars().skip(at / 4).take(at).collect()),
        1 => r"\PC{0,16}",
        1 => "[0-9 ,.€%hE+/-]{1,14}",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_171_015), ..ProptestConfig::default() })]

    #[test]
    fn a_repair_is_good_whatever_the_text(text in cell(), at in any::<prop::sample::Index>()) {
        let (name, field) = at.get(&EVERY);
        holds(name, field, &text);
        let (name, _) = at.get(FIELDS);
        holds(name, &self::field(name), &text);
    }
}

fn overview(replies: Vec<Reply>) -> Overview {
    let found = replies.into_iter().find_map(|reply| match reply {
        Reply::Overview(overview) => Some(*overview),
        _ => None,
    });
    found.unwrap()
}

/// One button for what is safe, then one click a cause: the file of a careful person, in eight clicks at most.
#[test]
fn a_messy_file_takes_few_clicks() {
    let Some(path) = shared("messy/subventions_2023.csv") else { return };
    let mut project = Project::default();
    let mut state = overview(project.open("subventions_2023.csv", &std::fs::read(&path).unwrap()).replies);
    assert_eq!(state.schema_name.as_deref(), Some("scdl/subventions"));
    // The totals line is no data: the agent leaves it out.
    state = overview(project.handle(Request::DeleteRows { from: state.rows - 1, to: state.rows - 1 }).replies);
    let mut clicks = 1;
    if !state.causes.is_empty() {
        state = overview(project.handle(Request::RepairAll).replies);
        clicks += 1;
    }
    let mut seen = BTreeSet::new();
    while let Some(cause) = state.causes.iter().find(|cause| !seen.contains(&cause.key)).cloned() {
        seen.insert(cause.key);
        let order = cause.question.is_some().then_some(Order::DayFirst);
        println!("{:?} {} {:?} -> {:?}", cause.key, cause.count, cause.before, cause.after);
        state = overview(project.handle(Request::Repair { key: cause.key, order }).replies);
        clicks += 1;
    }
    let csv = String::from_utf8(exported(&project, Export::Csv, "x.csv", NOW)).unwrap();
    let expected = std::fs::read_to_string(path.with_file_name("subventions_2023.expected.csv")).unwrap();
    for (found, expected) in csv.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!((state.bad_rows, csv.lines().count()), (0, expected.lines().count()));
    assert!(clicks <= 8, "{clicks}");
}

/// Each repair tells what it does, with an example where one is needed.
#[test]
fn every_repair_of_the_examples_is_explained() {
    for (name, cell, _) in CASES {
        let field = field(name.trim_start_matches('!'));
        if let Some(Proposal::Sure { fix, .. }) = propose(&field, &judge(&field, cell).broken, cell) {
            for locale in [Locale::Fr, Locale::En] {
                let told = explain_fix(locale, fix);
                assert!(told.len() > 20 && !told.contains('{'), "{fix:?}: {told}");
            }
        }
    }
}
