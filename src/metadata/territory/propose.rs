use std::collections::BTreeSet;

use hashbrown::HashSet;

use super::{Zone, zone_of_siren};
use crate::{
    check::Checker,
    schema::{PlaceList, Schema, ValueCheck},
    table::Table,
    text,
};

/// The most zones of one level that are told one by one: beyond, the level above tells more.
const MOST: usize = 12;

/// The départements of each region: a line a region, its code first.
const REGIONS: &str = "01 971\n02 972\n03 973\n04 974\n06 976\n11 75 77 78 91 92 93 94 95\n24 18 28 36 37 41 45\n\
27 21 25 39 58 70 71 89 90\n28 14 27 50 61 76\n32 02 59 60 62 80\n44 08 10 51 52 54 55 57 67 68 88\n52 44 49 53 72 85\n\
53 22 29 35 56\n75 16 17 19 23 24 33 40 47 64 79 86 87\n76 09 11 12 30 31 32 34 46 48 65 66 81 82\n\
84 01 03 07 15 26 38 42 43 63 69 73 74\n93 04 05 06 13 83 84\n94 2A 2B";

/// The zones that the data cover: the communes that their codes name, or what holds these where they are many; without such
/// codes, the territory of the body that publishes. Nothing where nothing tells.
pub fn zones(schema: &Schema, checker: &Checker, table: &Table, siren: &str) -> Vec<Zone> {
    let fields = schema.fields.iter().enumerate();
    let columns = fields.filter(|(at, field)| codes_communes(checker, *at, &field.name));
    let columns = columns.filter_map(|(at, _)| checker.layout.columns.get(at).copied().flatten());
    let found = columns.filter_map(|column| named(table, column)).next();
    found.map_or_else(|| zone_of_siren(siren).into_iter().collect(), Named::widened)
}

/// Whether a field holds codes of communes: its schema checks it, or its name says so.
fn codes_communes(checker: &Checker, at: usize, name: &str) -> bool {
    let checked = checker
        .schema
        .fields
        .get(at)
        .is_some_and(|field| field.checks.iter().any(|check| matches!(check, ValueCheck::Place(PlaceList::CommuneCode))));
    let words = text::words(name);
    let says = |word: &str| words.iter().any(|other| other == word);
    checked || says("insee") || (says("code") && says("commune"))
}

/// What the codes of a column name.
#[derive(Debug, Default)]
struct Named<'t> {
    /// The communes, where they are few enough to be told one by one: as many as [`MOST`], and one more.
    communes: BTreeSet<&'t str>,
    /// The départements that hold them.
    departements: HashSet<&'t str>,
}

/// What a column names, where nearly all of its values have the form of a code of commune.
fn named<'t>(table: &'t Table, column: usize) -> Option<Named<'t>> {
    let mut found = Named::default();
    let (mut named, mut all) = (0_usize, 0_usize);
    table.each_value(column, |_, value, count| {
        let value = text::trim(value);
        if !value.is_empty() {
            all += count as usize;
            if is_code(value) {
                named += count as usize;
                found.add(value);
            }
        }
    });
    (named * 10 >= all * 9 && !found.communes.is_empty()).then_some(found)
}

/// Whether a text has the form of a code of commune: whether there is one is looked up where they are few.
fn is_code(text: &str) -> bool {
    let [first, second, rest @ ..] = text.as_bytes() else { return false };
    let corsica = *first == b'2' && matches!(second, b'A' | b'B');
    rest.len() == 3 && first.is_ascii_digit() && (corsica || second.is_ascii_digit()) && rest.iter().all(u8::is_ascii_digit)
}

impl<'t> Named<'t> {
    fn add(&mut self, commune: &'t str) {
        if self.communes.len() <= MOST {
            self.communes.insert(commune);
        }
        self.departements.insert(departement(commune));
    }

    /// The communes, or the départements, the regions or the country that hold them where they are many.
    fn widened(self) -> Vec<Zone> {
        if self.communes.len() <= MOST {
            let mut zones: Vec<Zone> = self.communes.into_iter().filter_map(Zone::commune).collect();
            zones.dedup();
            return zones;
        }
        let departements: BTreeSet<&str> = self.departements.into_iter().collect();
        if departements.len() <= MOST {
            return departements.into_iter().filter_map(Zone::departement).collect();
        }
        let regions: BTreeSet<&str> = departements.into_iter().filter_map(region).collect();
        match regions.len() <= MOST {
            true => regions.into_iter().filter_map(Zone::region).collect(),
            false => vec![Zone::france()],
        }
    }
}

fn departement(commune: &str) -> &str {
    let length = if commune.starts_with("97") { 3 } else { 2 };
    commune.get(..length).unwrap_or(commune)
}

fn region(departement: &str) -> Option<&'static str> {
    let mut regions = REGIONS.lines().filter_map(|line| line.split_once(' '));
    regions.find(|(_, held)| held.split(' ').any(|code| code == departement)).map(|(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check::Layout, schema::CompiledSchema};

    fn of(name: &str, values: &[&str], siren: &str) -> Vec<String> {
        let schema = Schema::from_json(&format!("{{\"fields\":[{{\"name\":\"{name}\"}}]}}")).unwrap();
        let mut table = Table::new(vec![name.into()], 1);
        values.iter().for_each(|value| table.push([*value]));
        let compiled = CompiledSchema::new(&schema);
        let layout = Layout::of(&compiled, &table.labels);
        let checker = Checker::new(compiled, layout, &table);
        zones(&schema, &checker, &table, siren).iter().map(|zone| zone.id().to_owned()).collect()
    }

    #[test]
    fn communes_of_the_data_make_the_territory() {
        assert_eq!(of("COLL_INSEE", &["69123", "69266", "69123", ""], "217500016"), ["fr:commune:69123", "fr:commune:69266"]);
        let many: Vec<String> = (1..60).map(|n| format!("69{n:03}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(of("code_commune", &many, ""), ["fr:departement:69"]);
        let everywhere: Vec<String> = (1..90).map(|n| format!("{n:02}004")).collect();
        let everywhere: Vec<&str> = everywhere.iter().map(String::as_str).collect();
        assert_eq!(of("codeInsee", &everywhere, "").len(), 12);
    }

    #[test]
    fn without_codes_the_publisher_tells() {
        assert_eq!(of("nom", &["69123"], "216901231"), ["fr:commune:69123"]);
        assert_eq!(of("insee", &["?", "12", "69123"], "200046977"), ["fr:epci:200046977"]);
        assert!(of("nom", &["x"], "").is_empty());
    }

    #[test]
    fn every_departement_has_its_region() {
        for zone in Zone::all().filter(|zone| zone.level() == "fr:departement") {
            let code = zone.code();
            let overseas = code.len() == 3 && !("971"..="974").contains(&code) && code != "976";
            assert!(overseas || region(code).and_then(Zone::region).is_some(), "{code}");
        }
    }
}
