use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// How often a dataset is updated, in the vocabulary of the European Union (EU frequency) and of data.gouv.fr, which took it
/// in October 2025. "Unknown" is no choice: it is what no choice means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every three months.
    Quarterly,
    /// Twice a year.
    Semiannual,
    /// Every year.
    Annual,
    /// Now and then, after each meeting.
    Irregular,
    /// Once only.
    Never,
    /// At any moment.
    Continuous,
    /// Every minute.
    OneMinute,
    /// Every five minutes.
    FiveMinutes,
    /// Every ten minutes.
    TenMinutes,
    /// Every quarter of an hour.
    FifteenMinutes,
    /// Every half-hour.
    ThirtyMinutes,
    /// Every hour.
    Hourly,
    /// Every two hours.
    Bihourly,
    /// Every three hours.
    Trihourly,
    /// Every twelve hours.
    TwelveHours,
    /// Several times a day.
    SeveralTimesADay,
    /// Three times a day.
    ThreeTimesADay,
    /// Twice a day.
    Semidaily,
    /// Five times a week.
    FiveTimesAWeek,
    /// Three times a week.
    ThreeTimesAWeek,
    /// Twice a week.
    Semiweekly,
    /// Every two weeks.
    Biweekly,
    /// Three times a month.
    ThreeTimesAMonth,
    /// Twice a month.
    Semimonthly,
    /// Every two months.
    Bimonthly,
    /// Three times a year.
    ThreeTimesAYear,
    /// Every two years.
    Biennial,
    /// Every three years.
    Triennial,
    /// Every four years.
    Quadrennial,
    /// Every five years.
    Quinquennial,
    /// Every ten years.
    Decennial,
    /// Every twenty years.
    Bidecennial,
    /// Every thirty years.
    Tridecennial,
    /// As needed.
    Punctual,
    /// Not planned.
    NotPlanned,
    /// Otherwise.
    Other,
}

impl Frequency {
    /// The usual ones, the most frequent first: what most publishers choose from.
    pub const USUAL: [Frequency; 8] = [
        Frequency::Daily,
        Frequency::Weekly,
        Frequency::Monthly,
        Frequency::Quarterly,
        Frequency::Semiannual,
        Frequency::Annual,
        Frequency::Irregular,
        Frequency::Never,
    ];

    /// The others, the most frequent first.
    pub const OTHERS: [Frequency; 31] = [
        Frequency::Continuous,
        Frequency::OneMinute,
        Frequency::FiveMinutes,
        Frequency::TenMinutes,
        Frequency::FifteenMinutes,
        Frequency::ThirtyMinutes,
        Frequency::Hourly,
        Frequency::Bihourly,
        Frequency::Trihourly,
        Frequency::TwelveHours,
        Frequency::SeveralTimesADay,
        Frequency::ThreeTimesADay,
        Frequency::Semidaily,
        Frequency::FiveTimesAWeek,
        Frequency::ThreeTimesAWeek,
        Frequency::Semiweekly,
        Frequency::Biweekly,
        Frequency::ThreeTimesAMonth,
        Frequency::Semimonthly,
        Frequency::Bimonthly,
        Frequency::ThreeTimesAYear,
        Frequency::Biennial,
        Frequency::Triennial,
        Frequency::Quadrennial,
        Frequency::Quinquennial,
        Frequency::Decennial,
        Frequency::Bidecennial,
        Frequency::Tridecennial,
        Frequency::Punctual,
        Frequency::NotPlanned,
        Frequency::Other,
    ];

    /// All of them, the usual ones first.
    pub fn all() -> impl Iterator<Item = Frequency> {
        Frequency::USUAL.into_iter().chain(Frequency::OTHERS)
    }

    /// The frequency of a code of the vocabulary, or of a name of data.gouv.fr, former names included.
    pub fn of(name: &str) -> Option<Frequency> {
        let name = match name {
            "realtime" => "continuous",
            "fourTimesADay" => "severalTimesADay",
            "fourTimesAWeek" => "other",
            "fortnighly" => "biweekly",
            "biannual" => "semiannual",
            name => name,
        };
        Frequency::all().find(|known| known.code() == name || known.udata() == name)
    }

    /// Its code in the vocabulary: the last part of its address.
    pub fn code(self) -> &'static str {
        self.names().1
    }

    /// Its name on data.gouv.fr.
    pub fn udata(self) -> &'static str {
        self.names().0
    }

    /// Its name in the SCDL catalogue of a collectivité, the nearest one there is.
    pub fn scdl(self) -> &'static str {
        self.names().2
    }

    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Frequency::Daily => ("daily", "DAILY", "Quotidienne ou plusieurs fois par jour"),
            Frequency::Weekly => ("weekly", "WEEKLY", "Hebdomadaire ou plusieurs fois par semaine"),
            Frequency::Monthly => ("monthly", "MONTHLY", "Mensuelle ou plusieurs fois par mois"),
            Frequency::Quarterly => ("quarterly", "QUARTERLY", "Trimestrielle"),
            Frequency::Semiannual => ("semiannual", "ANNUAL_2", "Semestrielle"),
            Frequency::Annual => ("annual", "ANNUAL", "Annuelle"),
            Frequency::Irregular => ("irregular", "IRREG", "Irrégulière"),
            Frequency::Never => ("never", "NEVER", "Ponctuelle"),
            Frequency::Continuous => ("continuous", "UPDATE_CONT", "Continuelle"),
            Frequency::OneMinute => ("oneMinute", "1MIN", "Continuelle"),
            Frequency::FiveMinutes => ("fiveMinutes", "5MIN", "Continuelle"),
            Frequency::TenMinutes => ("tenMinutes", "10MIN", "Continuelle"),
            Frequency::FifteenMinutes => ("fifteenMinutes", "15MIN", "Continuelle"),
            Frequency::ThirtyMinutes => ("thirtyMinutes", "30MIN", "Continuelle"),
            Frequency::Hourly => ("hourly", "HOURLY", "Toutes les heures"),
            Frequency::Bihourly => ("bihourly", "BIHOURLY", "Quotidienne ou plusieurs fois par jour"),
            Frequency::Trihourly => ("trihourly", "TRIHOURLY", "Quotidienne ou plusieurs fois par jour"),
            Frequency::TwelveHours => ("twelveHours", "12HRS", "Quotidienne ou plusieurs fois par jour"),
            Frequency::SeveralTimesADay => ("severalTimesADay", "CONT", "Quotidienne ou plusieurs fois par jour"),
            Frequency::ThreeTimesADay => ("threeTimesADay", "DAILY_3", "Quotidienne ou plusieurs fois par jour"),
            Frequency::Semidaily => ("semidaily", "DAILY_2", "Quotidienne ou plusieurs fois par jour"),
            Frequency::FiveTimesAWeek => ("fiveTimesAWeek", "WEEKLY_5", "Hebdomadaire ou plusieurs fois par semaine"),
            Frequency::ThreeTimesAWeek => ("threeTimesAWeek", "WEEKLY_3", "Hebdomadaire ou plusieurs fois par semaine"),
            Frequency::Semiweekly => ("semiweekly", "WEEKLY_2", "Hebdomadaire ou plusieurs fois par semaine"),
            Frequency::Biweekly => ("biweekly", "BIWEEKLY", "Mensuelle ou plusieurs fois par mois"),
            Frequency::ThreeTimesAMonth => ("threeTimesAMonth", "MONTHLY_3", "Mensuelle ou plusieurs fois par mois"),
            Frequency::Semimonthly => ("semimonthly", "MONTHLY_2", "Mensuelle ou plusieurs fois par mois"),
            Frequency::Bimonthly => ("bimonthly", "BIMONTHLY", "Bimestrielle"),
            Frequency::ThreeTimesAYear => ("threeTimesAYear", "ANNUAL_3", "Semestrielle"),
            Frequency::Biennial => ("biennial", "BIENNIAL", "Biennale"),
            Frequency::Triennial => ("triennial", "TRIENNIAL", "Triennale"),
            Frequency::Quadrennial => ("quadrennial", "QUADRENNIAL", "Inconnue"),
            Frequency::Quinquennial => ("quinquennial", "QUINQUENNIAL", "Quinquennale"),
            Frequency::Decennial => ("decennial", "DECENNIAL", "Inconnue"),
            Frequency::Bidecennial => ("bidecennial", "BIDECENNIAL", "Inconnue"),
            Frequency::Tridecennial => ("tridecennial", "TRIDECENNIAL", "Inconnue"),
            Frequency::Punctual => ("punctual", "AS_NEEDED", "Ponctuelle"),
            Frequency::NotPlanned => ("notPlanned", "NOT_PLANNED", "Inconnue"),
            Frequency::Other => ("other", "OTHER", "Inconnue"),
        }
    }
}

/// By its name on data.gouv.fr.
impl Serialize for Frequency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.udata())
    }
}

/// By its name on data.gouv.fr; recipes once wrote it with a capital.
impl<'de> Deserialize<'de> for Frequency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Frequency, D::Error> {
        let mut name = String::deserialize(from)?;
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        Frequency::of(&name).ok_or_else(|| D::Error::custom("no such frequency"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_frequency() {
        for frequency in Frequency::all() {
            assert_eq!(Frequency::of(frequency.code()), Some(frequency));
            assert_eq!(Frequency::of(frequency.udata()), Some(frequency));
            // Recipes hold the name of the variant.
            let written = [format!("\"{frequency:?}\""), serde_json::to_string(&frequency).unwrap()];
            assert!(written.iter().all(|text| serde_json::from_str::<Frequency>(text).ok() == Some(frequency)), "{written:?}");
        }
        assert_eq!(Frequency::all().count(), 39);
        assert_eq!((Frequency::of("biannual"), Frequency::of("unknown")), (Some(Frequency::Semiannual), None));
    }
}
