use crate::i18n::{Arg, Locale};

/// What the note beside the files tells.
#[derive(Debug)]
pub struct Readme<'a> {
    /// The language of the pack.
    pub locale: Locale,
    /// The title of the dataset.
    pub title: &'a str,
    /// The files, each with what it is.
    pub files: &'a [(String, String)],
    /// The day, `2024-12-31`.
    pub day: &'a str,
    /// Cells left to correct.
    pub errors: u32,
    /// Cells that a spreadsheet takes for formulas.
    pub formulas: u32,
    /// Texts cut in the workbook.
    pub cut: usize,
    /// Whether there is a line for the catalogue.
    pub catalogue: bool,
}

impl Readme<'_> {
    /// Writes the note as plain text, with the mark and the line ends that the oldest Windows reads.
    pub fn text(&self) -> String {
        let words = self.locale.pack();
        let made = self.locale.fill(
            words.readme_made,
            &[("day", Arg::Text(&self.locale.day(self.day))), ("version", Arg::Text(env!("CARGO_PKG_VERSION")))],
        );
        let mut lines = vec![self.title.to_owned(), String::new(), made];
        lines.push(words.readme_holds.to_owned());
        lines.extend(self.files.iter().map(|(name, what)| format!("- {name}\n  {what}")));
        let counted = |template, n: usize| (n > 0).then(|| self.locale.fill_n(template, n));
        for said in [
            counted(words.readme_left, self.errors as usize),
            counted(words.readme_formulas, self.formulas as usize),
            counted(words.readme_cut, self.cut),
            self.catalogue.then(|| words.readme_catalogue.to_owned()),
            Some(words.readme_publish.to_owned()),
            Some(words.readme_again.to_owned()),
        ] {
            lines.extend(said.into_iter().flat_map(|said| [String::new(), said]));
        }
        format!("\u{feff}{}\n", lines.join("\n").trim_start()).replace('\n', "\r\n")
    }
}
