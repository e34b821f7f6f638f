//! Words that say little, or nothing, of a column.

/// Words that say nothing of a column.
pub const EMPTY: &[&str] = &[
    "de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "et", "en", "a", "au", "aux", "sur", "par", "dans", "the", "of",
    "in", "and", "to", "at", "ou", "si", "son", "sa", "ses", "ce", "cette", "qui", "que", "est", "s", "is", "sont", "avec",
    "votre", "quel", "quelle", "il", "elle", "on", "y", "se", "dont", "notre", "nos", "leur", "cet",
];

/// Words between brackets that speak of the writing, not of the thing.
pub const WRITING: &[&str] = &[
    "obligatoire",
    "facultatif",
    "optionnel",
    "chiffre",
    "caractere",
    "jj",
    "mm",
    "aaaa",
    "aa",
    "yyyy",
    "dd",
    "format",
    "oui",
    "non",
    "ttc",
    "texte",
    "libre",
    "liste",
    "true",
    "false",
    "ex",
    "exemple",
    "requis",
    "required",
    "optional",
    "hh",
    "iso",
    "o",
    "vrai",
    "faux",
];

/// Units: they say how a thing is counted, seldom which thing it is.
pub const UNITS: &[&str] = &[
    "euro", "eur", "kw", "kva", "kwh", "m", "cm", "km", "m2", "m3", "ha", "minute", "mn", "h", "mois", "go", "mo", "an", "metre",
    "ml", "kg", "t", "degre", "wgs84", "l93", "bar", "unite", "k", "hectare", "kilowatt",
];
