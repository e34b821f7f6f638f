//! Opening hours in French, to those of OpenStreetMap (specification of the key `opening_hours`).

use super::{Fix, Proposal};
use crate::{
    schema::{CompiledField, Form, Meaning, ValueCheck},
    text,
};

/// Monday to Sunday, then public holidays.
const NAMES: [&str; 8] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"];
const FRENCH: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
/// Words that say nothing by themselves.
const SILENT: [&str; 22] = [
    "de",
    "du",
    "le",
    "les",
    "la",
    "des",
    "l",
    "ouvert",
    "ouverte",
    "ouverture",
    "horaires",
    "horaire",
    "d'ouverture",
    "ainsi",
    "que",
    "puis",
    "h",
    "aux",
    "en",
    "continu",
    "jours",
    "jour",
];

/// What a sentence is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// A day, by its place in [`NAMES`].
    Day(usize),
    /// A time of day, in minutes.
    Time(u32),
    /// All seven days.
    EveryDay,
    /// All twenty-four hours.
    AllDay,
    /// Up to.
    To,
    /// And: another day, another span of hours.
    And,
    /// Not open.
    Closed,
    /// The days that follow are left out.
    Except,
    /// The end of a rule.
    End,
}

/// Days that share the same hours.
#[derive(Debug, Clone, Default)]
struct Rule {
    days: [bool; 8],
    left_out: [bool; 8],
    spans: Vec<(u32, u32)>,
    closed: bool,
    all_day: bool,
}

/// What a text may become in a field of opening hours.
pub fn candidates(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let asked = field.checks.contains(&ValueCheck::OpeningHours) || field.meaning == Some(Meaning::Known(Form::ChargingHours));
    let found = asked.then(|| read(text)).flatten();
    let valid = found.filter(|hours| opening_hours_syntax::parse(hours).is_ok());
    valid.map(|to| Proposal::Sure { fix: Fix::OpeningHours, to }).into_iter().collect()
}

/// Opening hours as OpenStreetMap writes them; `None` where a word of the sentence is not understood.
pub fn read(value: &str) -> Option<String> {
    let rules = rules(&tokens(value)?)?;
    let written: Option<Vec<String>> = rules.iter().map(Rule::written).collect();
    let written = written?;
    (!written.is_empty()).then(|| written.join("; "))
}

fn tokens(value: &str) -> Option<Vec<Token>> {
    let plain = text::without_accents(value).to_lowercase();
    let mut plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" ")).replace('\'', "' ");
    for (long, short) in [
        ("7 jours sur 7", "7j/7"),
        ("7 jours/7", "7j/7"),
        ("24 heures sur 24", "24h/24"),
        ("24h sur 24", "24h/24"),
        ("24 h/24", "24h/24"),
        ("24h / 24", "24h/24"),
        ("7j / 7", "7j/7"),
        ("7j sur 7", "7j/7"),
        ("7 j/7", "7j/7"),
        ("tous les jours", "7j/7"),
        ("toute la journee", "24h/24"),
        ("jours feries", "feries"),
        ("jour ferie", "feries"),
        ("a l' exception", "sauf"),
        ("week-end", "weekend"),
        ("jusqu' a", "a"),
        ("d' ouverture", ""),
    ] {
        plain = plain.replace(long, short);
    }
    let mut found = Vec::new();
    let chars: Vec<char> = plain.chars().collect();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let rest = chars.get(at..).unwrap_or_default();
        let starts = |text: &str| text.chars().enumerate().all(|(place, c)| rest.get(place) == Some(&c));
        let fixed = [
            ("24h/24", Token::AllDay),
            ("24/24", Token::AllDay),
            ("24h24", Token::AllDay),
            ("7j/7", Token::EveryDay),
            ("7j7", Token::EveryDay),
            ("7/7", Token::EveryDay),
        ];
        if let Some((text, token)) = fixed.iter().find(|(text, _)| starts(text)) {
            found.push(*token);
            at += text.len();
        } else if c.is_ascii_digit() {
            let (time, length) = time(rest)?;
            found.push(Token::Time(time));
            at += length;
        } else if c.is_alphabetic() {
            let word: String = rest.iter().take_while(|c| c.is_alphabetic() || **c == '\'').collect();
            at += word.chars().count();
            if !SILENT.contains(&word.trim_end_matches('\'')) {
                found.extend(said(&word)?);
            }
        } else {
            match c {
                '-' | '–' | '→' => found.push(Token::To),
                ',' | '/' | '&' | '+' => found.push(Token::And),
                ';' | '|' | '\n' => found.push(Token::End),
                ' ' | '.' | ':' | '(' | ')' => {}
                _ => return None,
            }
            at += 1;
        }
    }
    Some(found)
}

/// `9h`, `9h30`, `09:30`, `9 h 30`: minutes since midnight, and how many characters that takes.
fn time(chars: &[char]) -> Option<(u32, usize)> {
    let digits = |from: usize| chars.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
    let spaces = |from: usize| usize::from(chars.get(from) == Some(&' '));
    let number = |from: usize, long: usize| chars.iter().skip(from).take(long).collect::<String>().parse::<u32>().ok();
    let long = digits(0);
    let hours = number(0, long).filter(|_| long <= 2)?;
    let mut at = long + spaces(long);
    if !matches!(chars.get(at), Some('h' | ':')) {
        return None;
    }
    at += 1;
    let gap = spaces(at);
    let (minutes, end) = match digits(at + gap) {
        2 => (number(at + gap, 2)?, at + gap + 2),
        0 => (0, at),
        // "20h 7j/7": the number after the space is something else.
        _ if gap == 1 => (0, at),
        _ => return None,
    };
    // "9 h 14 h" are two times: the second number has a letter of its own.
    let (minutes, end) = match chars.get(end).filter(|_| gap == 1) {
        Some('h') => (0, at),
        _ => (minutes, end),
    };
    (minutes < 60 && hours * 60 + minutes <= 1440).then_some((hours * 60 + minutes, end))
}

/// What a word says; `None` where that is not known.
fn said(word: &str) -> Option<Vec<Token>> {
    let single = word.strip_suffix('s').unwrap_or(word);
    let day = FRENCH.iter().position(|day| *day == single || (matches!(word.len(), 2..=4) && day.starts_with(word)));
    if let Some(day) = day {
        return Some(vec![Token::Day(day)]);
    }
    Some(match word {
        "a" | "au" => vec![Token::To],
        "et" => vec![Token::And],
        "ferie" | "feries" => vec![Token::Day(7)],
        "weekend" | "weekends" => vec![Token::Day(5), Token::To, Token::Day(6)],
        "ferme" | "fermee" | "fermeture" => vec![Token::Closed],
        "sauf" | "hors" | "excepte" => vec![Token::Except],
        "midi" => vec![Token::Time(720)],
        "minuit" => vec![Token::Time(1440)],
        _ => return None,
    })
}

fn rules(tokens: &[Token]) -> Option<Vec<Rule>> {
    let mut done = Vec::new();
    let mut rule = Rule::default();
    // Days left out follow, days closed follow, days of the hours just said follow.
    let (mut except, mut closing, mut trailing) = (false, false, false);
    let mut tokens = tokens.iter().copied().peekable();
    while let Some(token) = tokens.next() {
        let full = !rule.spans.is_empty() || rule.all_day || rule.closed;
        match token {
            Token::Day(_) | Token::EveryDay => {
                // A day after hours starts another rule, unless it is left out, or closed: "fermé le lundi et le mardi".
                if full && !except && !closing && !trailing {
                    trailing = rule.days == [false; 8] && !rule.closed;
                    if !trailing {
                        done.push(std::mem::take(&mut rule));
                    }
                }
                let last = match (token, tokens.next_if_eq(&Token::To)) {
                    (Token::Day(_), Some(_)) => match tokens.next()? {
                        Token::Day(last) => Some(last),
                        _ => return None,
                    },
                    _ => None,
                };
                let marked = if except { &mut rule.left_out } else { &mut rule.days };
                match (token, last) {
                    (Token::Day(first), last) => mark(marked, first, last.unwrap_or(first))?,
                    _ => mark(marked, 0, 6)?,
                }
            }
            Token::Time(from) => {
                except = false;
                if std::mem::take(&mut trailing) {
                    done.push(std::mem::take(&mut rule));
                }
                let (Some(Token::To), Some(Token::Time(to))) = (tokens.next(), tokens.next()) else { return None };
                if from == to || from == 1440 || rule.closed || rule.all_day {
                    return None;
                }
                rule.spans.push((from, to));
            }
            Token::AllDay if rule.spans.is_empty() && !rule.closed => rule.all_day = true,
            Token::AllDay => return None,
            Token::Closed => {
                (except, trailing) = (false, false);
                if full {
                    done.push(std::mem::take(&mut rule));
                }
                closing = rule.days == [false; 8];
                rule.closed = true;
            }
            Token::Except => except = true,
            Token::And => {}
            Token::To => return None,
            Token::End => {
                (except, closing, trailing) = (false, false, false);
                if full {
                    done.push(std::mem::take(&mut rule));
                }
            }
        }
    }
    if rule.days != [false; 8] || rule.closed || rule.all_day || !rule.spans.is_empty() || rule.left_out != [false; 8] {
        done.push(rule);
    }
    // Days without hours beside others with some: which hours are theirs?
    let idle = |rule: &Rule| rule.spans.is_empty() && !rule.all_day && !rule.closed;
    (done.len() == 1 || !done.iter().any(idle)).then_some(done)
}

/// Marks the days from one to another, past Sunday if need be.
fn mark(days: &mut [bool; 8], first: usize, last: usize) -> Option<()> {
    if (first == 7) != (last == 7) {
        return None;
    }
    let mut day = first;
    loop {
        *days.get_mut(day)? = true;
        if day == last {
            return Some(());
        }
        day = (day + 1) % 7;
    }
}

impl Rule {
    /// One rule as OpenStreetMap writes it.
    fn written(&self) -> Option<String> {
        let none = [false; 8];
        let week = [true, true, true, true, true, true, true, false];
        let mut days = self.days;
        let holidays_out = self.left_out.last().copied().unwrap_or_default();
        if self.left_out != none {
            // What is left out is left out of the whole week where no day was named.
            days = if days == none { week } else { days };
            for (day, out) in days.iter_mut().zip(self.left_out) {
                *day &= !out;
            }
        }
        let hours = match (self.closed, self.all_day) {
            (true, _) => "off".to_owned(),
            // Round the clock, with no day named or with all of them, has a name of its own.
            (_, true) if (days == none || days == week) && self.left_out == none => return Some("24/7".to_owned()),
            (_, true) => "00:00-24:00".to_owned(),
            _ => self.spans.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect::<Vec<_>>().join(","),
        };
        // "fermé" alone, or days left out of nothing.
        if days == none && (self.closed || hours.is_empty()) {
            return None;
        }
        let parts = [listed(&days), hours].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        Some(if holidays_out { format!("{parts}; PH off") } else { parts })
    }
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Days as spans: `Mo-Fr,Su`, holidays last.
fn listed(days: &[bool; 8]) -> String {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (day, _) in days.iter().enumerate().filter(|(day, open)| **open && *day < 7) {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => spans.push((day, day)),
        }
    }
    let name = |day: usize| NAMES.get(day).copied().unwrap_or_default();
    let span = |(first, last): &(usize, usize)| match last - first {
        0 => name(*first).to_owned(),
        1 => format!("{},{}", name(*first), name(*last)),
        _ => format!("{}-{}", name(*first), name(*last)),
    };
    let mut parts: Vec<String> = spans.iter().map(span).collect();
    parts.extend(days.last().copied().unwrap_or_default().then(|| name(7).to_owned()));
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_hours_become_those_of_openstreetmap() {
        for (text, expected) in [
            ("lundi au vendredi 9h-12h et 14h-18h", "Mo-Fr 09:00-12:00,14:00-18:00"),
            ("du lun. au ven. de 8h30 à 17h, sam 9h-12h", "Mo-Fr 08:30-17:00; Sa 09:00-12:00"),
            ("Lundi, mardi et jeudi : 9h00 - 12h30 / 13h30 - 17h00", "Mo,Tu,Th 09:00-12:30,13:30-17:00"),
            ("24h/24 7j/7", "24/7"),
            ("24h/24 et 7j/7", "24/7"),
            ("7j/7 24h/24", "24/7"),
            ("24 heures sur 24", "24/7"),
            ("tous les jours de 8h à minuit", "Mo-Su 08:00-24:00"),
            ("tous les jours sauf dimanche 9h-12h", "Mo-Sa 09:00-12:00"),
            ("tous les jours sauf dimanche", "Mo-Sa"),
            ("9h-18h sauf le lundi", "Tu-Su 09:00-18:00"),
            ("fermé le lundi", "Mo off"),
            ("du mardi au samedi 10h-19h. Fermé dimanche et lundi", "Tu-Sa 10:00-19:00; Mo,Su off"),
            ("Lundi fermé ; mardi 14h-18h", "Mo off; Tu 14:00-18:00"),
            ("08:30-12:00", "08:30-12:00"),
            ("du lundi au vendredi de 9 h à 12 h 30 et de 14 h à 18 h", "Mo-Fr 09:00-12:30,14:00-18:00"),
            ("lundi au samedi 22h-2h", "Mo-Sa 22:00-02:00"),
            ("week-end et jours fériés 10h-12h", "Sa,Su,PH 10:00-12:00"),
            ("lundis et mercredis 9h-midi", "Mo,We 09:00-12:00"),
            ("du lundi au vendredi sauf jours fériés 9h-17h", "Mo-Fr 09:00-17:00; PH off"),
            ("9h-12h du lundi au vendredi", "Mo-Fr 09:00-12:00"),
            ("9h-12h lundi, 14h-18h mardi et jeudi", "Mo 09:00-12:00; Tu,Th 14:00-18:00"),
            ("8h-20h tous les jours sauf le dimanche", "Mo-Sa 08:00-20:00"),
            ("samedi au lundi 9h-10h", "Mo,Sa,Su 09:00-10:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
            assert!(opening_hours_syntax::parse(expected).is_ok(), "{expected}");
        }
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        for text in [
            "",
            "lundi 9h",
            "sur rendez-vous",
            "le matin",
            "9-12",
            "lundi 9h-25h",
            "fermé",
            "été 9h-12h",
            "9h-12h-14h",
            "lundi à 9h",
            "lundi 9h-12h 14h-18h mardi",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
