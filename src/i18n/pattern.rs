use super::{Arg, Locale};
use crate::schema::{Form, Meaning};

/// How many values of a list are quoted.
const QUOTED: usize = 8;

/// What a pattern asks, in words; `None` where it has no words.
pub fn pattern_words(locale: Locale, pattern: &str) -> Option<String> {
    let words = locale.words();
    let known = match Meaning::of(pattern)? {
        Meaning::Digits(n) => return Some(locale.fill_n(words.pattern_digits, n as usize)),
        Meaning::Members { members, separator } => return Some(members_words(locale, &members, separator)),
        Meaning::Known(form) => match form {
            Form::Rna => words.pattern_rna,
            Form::CommuneCode => words.pattern_commune,
            Form::IrisCode => words.pattern_iris,
            Form::ActesCode => words.pattern_actes_code,
            Form::Years => words.pattern_years,
            Form::Period => words.pattern_period,
            Form::Moment => words.pattern_moment,
            Form::WebAddress => words.pattern_web,
            Form::PictureAddress => words.pattern_picture,
            Form::WebAddresses => words.pattern_webs,
            Form::Phone => words.pattern_phone,
            Form::ChargingPoint => words.pattern_charging_point,
            Form::ChargingStations => words.pattern_charging_stations,
            Form::ChargingHours => words.pattern_charging_hours,
            Form::Texts => words.pattern_texts,
            Form::Codes => words.pattern_codes,
            Form::ActivityCodes => words.pattern_activity,
            Form::FirstName => words.pattern_first_name,
            Form::CommuneName => words.pattern_commune_name,
            Form::PlaceName => words.pattern_place_name,
            Form::StreetName => words.pattern_street_name,
            Form::AddressLine => words.pattern_address_line,
            Form::Identifier => words.pattern_identifier,
            Form::AmenityCode => words.pattern_amenity,
            Form::CarParkCode => words.pattern_car_park,
            Form::TaxiRankCode => words.pattern_taxi_rank,
            Form::NumberOrNone => words.pattern_number_or_none,
            Form::Pivot => words.pattern_pivot,
            Form::ThreeNumbers => words.pattern_three_numbers,
        },
    };
    Some(known.to_owned())
}

fn members_words(locale: Locale, members: &[String], separator: Option<char>) -> String {
    let words = locale.words();
    let mut list = members.iter().take(QUOTED).map(|member| locale.quote(member)).collect::<Vec<_>>().join(", ");
    if members.len() > QUOTED {
        list.push('…');
    }
    let Some(separator) = separator else { return locale.fill(words.pattern_one_of, &[("bound", Arg::Text(&list))]) };
    let named = match separator {
        '|' => words.pattern_sep_bar.to_owned(),
        ',' => words.pattern_sep_comma.to_owned(),
        ';' => words.pattern_sep_semicolon.to_owned(),
        other => locale.quote(&other.to_string()),
    };
    locale.fill(words.pattern_some_of, &[("sep", Arg::Text(&named)), ("bound", Arg::Text(&list))])
}
