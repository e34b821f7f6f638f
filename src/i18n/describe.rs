use super::Locale;
use crate::metadata::{Frequency, Granularity};

/// What a frequency is called.
pub fn frequency_name(locale: Locale, frequency: Frequency) -> &'static str {
    let (fr, en) = match frequency {
        Frequency::Daily => ("Chaque jour", "Every day"),
        Frequency::Weekly => ("Chaque semaine", "Every week"),
        Frequency::Monthly => ("Chaque mois", "Every month"),
        Frequency::Quarterly => ("Chaque trimestre", "Every quarter"),
        Frequency::Semiannual => ("Deux fois par an", "Twice a year"),
        Frequency::Annual => ("Chaque année", "Every year"),
        Frequency::Irregular => {
            ("Sans rythme fixe, après chaque séance par exemple", "Now and then, after each meeting for instance")
        }
        Frequency::Never => ("Une seule fois", "Once only"),
        Frequency::Continuous => ("En continu", "At any moment"),
        Frequency::OneMinute => ("Chaque minute", "Every minute"),
        Frequency::FiveMinutes => ("Toutes les 5 minutes", "Every 5 minutes"),
        Frequency::TenMinutes => ("Toutes les 10 minutes", "Every 10 minutes"),
        Frequency::FifteenMinutes => ("Tous les quarts d’heure", "Every quarter of an hour"),
        Frequency::ThirtyMinutes => ("Toutes les demi-heures", "Every half-hour"),
        Frequency::Hourly => ("Chaque heure", "Every hour"),
        Frequency::Bihourly => ("Toutes les 2 heures", "Every 2 hours"),
        Frequency::Trihourly => ("Toutes les 3 heures", "Every 3 hours"),
        Frequency::TwelveHours => ("Toutes les 12 heures", "Every 12 hours"),
        Frequency::SeveralTimesADay => ("Plusieurs fois par jour", "Several times a day"),
        Frequency::ThreeTimesADay => ("Trois fois par jour", "Three times a day"),
        Frequency::Semidaily => ("Deux fois par jour", "Twice a day"),
        Frequency::FiveTimesAWeek => ("Cinq fois par semaine", "Five times a week"),
        Frequency::ThreeTimesAWeek => ("Trois fois par semaine", "Three times a week"),
        Frequency::Semiweekly => ("Deux fois par semaine", "Twice a week"),
        Frequency::Biweekly => ("Toutes les deux semaines", "Every two weeks"),
        Frequency::ThreeTimesAMonth => ("Trois fois par mois", "Three times a month"),
        Frequency::Semimonthly => ("Deux fois par mois", "Twice a month"),
        Frequency::Bimonthly => ("Tous les deux mois", "Every two months"),
        Frequency::ThreeTimesAYear => ("Trois fois par an", "Three times a year"),
        Frequency::Biennial => ("Tous les deux ans", "Every two years"),
        Frequency::Triennial => ("Tous les trois ans", "Every three years"),
        Frequency::Quadrennial => ("Tous les quatre ans", "Every four years"),
        Frequency::Quinquennial => ("Tous les cinq ans", "Every five years"),
        Frequency::Decennial => ("Tous les dix ans", "Every ten years"),
        Frequency::Bidecennial => ("Tous les vingt ans", "Every twenty years"),
        Frequency::Tridecennial => ("Tous les trente ans", "Every thirty years"),
        Frequency::Punctual => ("Au besoin", "As needed"),
        Frequency::NotPlanned => ("Rien n’est prévu", "Not planned"),
        Frequency::Other => ("Un autre rythme", "Otherwise"),
    };
    if locale == Locale::Fr { fr } else { en }
}

/// What a level of detail is called.
pub fn granularity_name(locale: Locale, granularity: Granularity) -> &'static str {
    let (fr, en) = match granularity {
        Granularity::Point => ("Adresse, lieu précis", "Address, exact place"),
        Granularity::Iris => ("Quartier (IRIS)", "District (IRIS)"),
        Granularity::Commune => ("Commune", "Municipality (commune)"),
        Granularity::Epci => ("Intercommunalité", "Group of municipalities (EPCI)"),
        Granularity::Departement => ("Département", "Département"),
        Granularity::Region => ("Région", "Region"),
        Granularity::Country => ("Pays", "Country"),
        Granularity::Other => ("Autre", "Other"),
    };
    if locale == Locale::Fr { fr } else { en }
}
