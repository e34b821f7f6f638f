use super::Words;
use crate::metadata::Frequency;

/// What a frequency is called.
pub fn frequency_name(words: &Words, frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Daily => words.frequency_daily,
        Frequency::Weekly => words.frequency_weekly,
        Frequency::Monthly => words.frequency_monthly,
        Frequency::Quarterly => words.frequency_quarterly,
        Frequency::Semiannual => words.frequency_semiannual,
        Frequency::Annual => words.frequency_annual,
        Frequency::Irregular => words.frequency_irregular,
        Frequency::Never => words.frequency_never,
    }
}
