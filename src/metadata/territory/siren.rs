use super::Zone;

/// Communes whose number in their SIREN is not their number at INSEE, of départements where the two are one for all others.
/// Taken, as the list of départements below, from the communes of `@etalab/decoupage-administratif` 6.0.0 read side by
/// side with their SIREN.
const RENUMBERED: &str = "211502919:15160 211604277:16297 212203921:22201 212406037:24560 212803381:28034 213305568:33017 \
213503642:35206 213300171:47017 214703308:47019 214703456:47033 214703316:47058 214703324:47095 214703357:47163 \
214703373:47223 214703381:47227 214703464:47259 215407990:54133 215408006:54388 215408022:54411 215407982:54523 \
215408030:54554 215408014:54601 215408048:54602 215508441:55118 215503731:55371 215505876:55373 215508458:55386 \
215508417:55487 215508425:55540 215708629:57562 215708637:57767 216209106:62119 216405803:64007 216405878:64031 \
216405886:64108 216405845:64179 216405860:64252 216405829:64311 216405712:64329 216405811:64349 216405894:64461 \
216405852:64462 216504837:65003 216705681:67406 217105931:71101 217500016:75056 217705359:77136 218805364:88106 \
218904878:89288";

/// Départements where most numbers differ: nothing is told from a SIREN there.
const APART: [&str; 10] = ["02", "08", "10", "19", "23", "51", "52", "60", "80", "87"];

/// The territory of the body that has a SIREN: a group of communes by the list of them, a commune or a département by the
/// number that stands in it. `None` for any other body, and where the number cannot be trusted.
pub fn zone_of_siren(siren: &str) -> Option<Zone> {
    if siren.len() != 9 || !siren.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let at = |from: usize, to: usize| siren.get(from..to).unwrap_or_default();
    match at(0, 2) {
        "21" => commune(siren),
        // 22 69 …: the département of the Rhône; 22 97 4 …: that of La Réunion.
        "22" if at(2, 4) == "97" => Zone::departement(at(2, 5)),
        "22" => Zone::departement(at(2, 4)),
        _ => Zone::epci(siren),
    }
}

/// 21 69 0123 1: commune 123 of the Rhône, and a check digit.
fn commune(siren: &str) -> Option<Zone> {
    let known = RENUMBERED.split(' ').filter_map(|pair| pair.split_once(':')).find(|(known, _)| *known == siren);
    if let Some((_, code)) = known {
        return Zone::commune(code);
    }
    let (departement, number) = (siren.get(2..4)?, siren.get(4..8)?);
    match departement {
        // Of the four digits, the first tells the département.
        "97" => Zone::commune(&format!("97{}{}", number.get(..1)?, number.get(2..)?)),
        // Corsica, whose numbers are not shared by its two halves.
        "20" => ["2A", "2B"].into_iter().find_map(|half| Zone::commune(&format!("{half}{}", number.strip_prefix('0')?))),
        other if APART.contains(&other) => None,
        other => Zone::commune(&format!("{other}{}", number.strip_prefix('0')?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_siren_tells_the_territory_of_its_body() {
        for (siren, zone) in [
            ("216901231", Some("fr:commune:69123")),
            ("217500016", Some("fr:commune:75056")),
            ("212000046", Some("fr:commune:2A004")),
            ("212000335", Some("fr:commune:2B033")),
            ("219740115", Some("fr:commune:97411")),
            ("216405803", Some("fr:commune:64007")),
            ("200046977", Some("fr:epci:200046977")),
            ("226900016", Some("fr:departement:69")),
            ("229740014", Some("fr:departement:974")),
            // Numbered anew since: 02047 has the number 46 in its SIREN.
            ("210200465", None),
            ("130025265", None),
            ("", None),
            ("21690123é", None),
        ] {
            assert_eq!(zone_of_siren(siren).as_ref().map(Zone::id), zone, "{siren}");
        }
    }
}
