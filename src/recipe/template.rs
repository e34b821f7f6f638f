/// A text with places for columns: `[{Longitude}, {Latitude}]`. A brace written twice stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Column(String),
}

/// The place of the file's name, without its extension.
pub const FILE: &str = "@file";
/// The place of the year that the file's name tells: `2023` for `subventions_2023.csv`.
pub const YEAR: &str = "@year";

impl Template {
    /// Reads a template; `None` where a brace is left open.
    pub fn read(text: &str) -> Option<Template> {
        let mut pieces = vec![Piece::Text(String::new())];
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let doubled = matches!(c, '{' | '}') && chars.next_if_eq(&c).is_some();
            if c == '{' && !doubled {
                let mut label = String::new();
                loop {
                    match chars.next()? {
                        '}' => break,
                        c => label.push(c),
                    }
                }
                pieces.push(Piece::Column(label));
                pieces.push(Piece::Text(String::new()));
            } else if let Some(Piece::Text(text)) = pieces.last_mut() {
                text.push(c);
            }
        }
        Some(Template(pieces))
    }

    /// A template that gives this text, whatever it holds.
    pub fn constant(text: &str) -> String {
        text.replace('{', "{{").replace('}', "}}")
    }

    /// The labels of its places.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Column(label) => Some(label.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Fills the places. Where it has some and all are empty, the whole is empty: a point without coordinates is none.
    pub fn fill<'a>(&self, value: impl Fn(&str) -> &'a str) -> String {
        let (mut filled, mut places, mut told) = (String::new(), false, false);
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Column(label) => {
                    let value = value(label).trim();
                    (places, told) = (true, told || !value.is_empty());
                    filled.push_str(value);
                }
            }
        }
        if places && !told { String::new() } else { filled }
    }
}

/// The name of a file without its extension, and the year that it tells.
pub fn of_file(name: &str) -> (&str, &str) {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    (stem, stem.split(|c: char| !c.is_ascii_digit()).rfind(year).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled() {
        let value = |label: &str| match label {
            "x" => " 1,5 ",
            _ => "",
        };
        let filled = |text: &str| Template::read(text).map(|template| template.fill(value));
        assert_eq!(filled("[{x}, {y}]").as_deref(), Some("[1,5, ]"));
        assert_eq!(filled("[{y}]").as_deref(), Some(""));
        assert_eq!(filled("Ville").as_deref(), Some("Ville"));
        assert_eq!(filled("{{x}}").as_deref(), Some("{x}"));
        assert_eq!(filled("{x"), None);
        assert_eq!(filled(&Template::constant("a{b}")).as_deref(), Some("a{b}"));
        let template = Template::read("{a b} {c}").unwrap();
        assert_eq!(template.labels().collect::<Vec<_>>(), ["a b", "c"]);
    }

    #[test]
    fn a_file_tells_its_year() {
        assert_eq!(of_file("subventions_2023.csv"), ("subventions_2023", "2023"));
        assert_eq!(of_file("20240131 export 2022-2023.v2.xlsx"), ("20240131 export 2022-2023.v2", "2023"));
        assert_eq!(of_file("liste"), ("liste", ""));
    }
}
