use serde::{Deserialize, Serialize};

use super::Metadata;
use crate::value::parse_date;

/// Characters that a description must exceed to count (`QUALITY_DESCRIPTION_LENGTH` of udata).
pub const DESCRIPTION: usize = 100;

/// One of the nine points that data.gouv.fr gives a dataset (`compute_quality_score` of udata, 17.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Point {
    /// A description of more than a hundred characters.
    Description,
    /// A frequency.
    Frequency,
    /// The frequency is kept: it is, on the day of the publication.
    UpToDate,
    /// A licence.
    Licence,
    /// A period.
    Period,
    /// A territory: zones, for its name alone says nothing to the platform.
    Territory,
    /// A file in an open format: the table is a CSV.
    OpenFormat,
    /// Every file can be reached: the platform itself holds them.
    Available,
    /// A file that explains the others, or a description of one: both are given.
    Documented,
}

impl Point {
    /// All of them: first those that the agent gives, then those that come by themselves.
    pub const ALL: [Point; 9] = [
        Point::Description,
        Point::Frequency,
        Point::UpToDate,
        Point::Licence,
        Point::Period,
        Point::Territory,
        Point::OpenFormat,
        Point::Available,
        Point::Documented,
    ];

    /// Whether a description, published with its table and its dictionary, has this point.
    pub fn is_met(self, metadata: &Metadata) -> bool {
        match self {
            Point::Description => metadata.description.chars().count() > DESCRIPTION,
            Point::Frequency | Point::UpToDate => metadata.frequency.is_some(),
            Point::Period => metadata.period().is_some(),
            Point::Territory => !metadata.zones.is_empty(),
            Point::Licence | Point::OpenFormat | Point::Available | Point::Documented => true,
        }
    }
}

impl Metadata {
    /// The points out of nine that data.gouv.fr will give.
    pub fn score(&self) -> usize {
        Point::ALL.into_iter().filter(|point| point.is_met(self)).count()
    }

    /// The first and the last day covered, once the first one is a day; the last one is empty where the period is not over.
    /// `None` where a day cannot be read, or the end comes before the start.
    pub fn period(&self) -> Option<(&str, &str)> {
        let is_day = |day: &str| parse_date(day, "%Y-%m-%d").is_some();
        let ends = self.end.is_empty() || (is_day(&self.end) && self.end >= self.start);
        (is_day(&self.start) && ends).then_some((&self.start, &self.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::{Frequency, Zone};

    #[test]
    fn the_score_is_that_of_the_platform() {
        let mut metadata = Metadata::default();
        assert_eq!(metadata.score(), 4);
        metadata.description = "é".repeat(100);
        assert_eq!(metadata.score(), 4);
        metadata.description.push('!');
        // A frequency without a length of time is kept by nature.
        metadata.frequency = Some(Frequency::Irregular);
        assert_eq!(metadata.score(), 7);
        metadata.end = "2024-12-31".into();
        assert_eq!((metadata.score(), metadata.period()), (7, None));
        metadata.start = "2025-01-01".into();
        assert_eq!(metadata.score(), 7);
        metadata.start = "2024-01-01".into();
        metadata.zones = vec![Zone::france()];
        assert_eq!((metadata.score(), metadata.period()), (9, Some(("2024-01-01", "2024-12-31"))));
    }
}
