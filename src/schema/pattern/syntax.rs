//! The syntax of Python's regular expressions (module `re`), read into a tree.

use super::class::{Class, Named};

/// A pattern, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// Nothing: always there.
    Empty,
    /// One character.
    Char(char),
    /// One character of a class.
    Class(Class),
    /// A place between characters.
    Assertion(Assertion),
    /// One part after the other.
    Sequence(Vec<Tree>),
    /// One part or another, the first that fits.
    Either(Vec<Tree>),
    /// A part several times.
    Repeat {
        /// The part.
        tree: Box<Tree>,
        /// At least so many times.
        least: u32,
        /// At most so many times; `None` for no limit.
        most: Option<u32>,
        /// Whether as few as possible come first.
        lazy: bool,
    },
    /// A part that is remembered under its number.
    Group(u32, Box<Tree>),
    /// What a group remembered, again.
    Backreference(u32),
    /// A part that is there, or is not, before or after this place.
    Look {
        /// The part.
        tree: Box<Tree>,
        /// Whether it stands before.
        behind: bool,
        /// Whether it must not be there.
        not: bool,
    },
    /// A part whose first fit is the only one tried.
    Atomic(Box<Tree>),
    /// A part where capitals and small letters are one.
    IgnoreCase(Box<Tree>),
}

/// A place between characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assertion {
    /// The start of the text.
    Start,
    /// The end of the text, or just before a line feed that ends it.
    End,
    /// The very end of the text.
    VeryEnd,
    /// The edge of a word.
    WordEdge,
    /// Not the edge of a word.
    NotWordEdge,
}

/// Characters of a pattern; the longest official one has about three thousand.
const LONGEST: usize = 20_000;
/// Groups within groups beyond this depth are refused: the reader calls itself.
const DEPTH: u32 = 100;

/// Reads a pattern; `None` where Python would refuse it, or where this program cannot follow.
pub fn parse(pattern: &str) -> Option<Tree> {
    let chars: Vec<char> = pattern.chars().collect();
    if chars.len() > LONGEST {
        return None;
    }
    let mut reader = Reader { chars, at: 0, groups: 0, names: Vec::new() };
    let tree = reader.either(0)?;
    (reader.at == reader.chars.len()).then_some(tree)
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    groups: u32,
    names: Vec<(String, u32)>,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn eat(&mut self, text: &str) -> bool {
        let wanted = text.chars().count();
        let found = self.chars.get(self.at..self.at + wanted).is_some_and(|there| there.iter().copied().eq(text.chars()));
        if found {
            self.at += wanted;
        }
        found
    }

    fn until(&mut self, end: char) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.next()? {
                c if c == end => return Some(text),
                c => text.push(c),
            }
        }
    }

    fn either(&mut self, depth: u32) -> Option<Tree> {
        let mut choices = vec![self.sequence(depth)?];
        while self.eat("|") {
            choices.push(self.sequence(depth)?);
        }
        if choices.len() == 1 { choices.pop() } else { Some(Tree::Either(choices)) }
    }

    fn sequence(&mut self, depth: u32) -> Option<Tree> {
        if depth > DEPTH {
            return None;
        }
        let mut parts = Vec::new();
        while self.peek().is_some_and(|c| c != '|' && c != ')') {
            if let Some(flags) = self.flags() {
                // Flags alone hold for what follows, to the end of the group.
                let rest = self.sequence(depth + 1)?;
                parts.push(if flags? { Tree::IgnoreCase(Box::new(rest)) } else { rest });
                break;
            }
            let atom = self.atom(depth)?;
            parts.push(self.repeated(atom)?);
        }
        match parts.len() {
            0 => Some(Tree::Empty),
            1 => parts.pop(),
            _ => Some(Tree::Sequence(parts)),
        }
    }

    /// `(?i)` and the like: whether case is ignored; `Some(None)` for a flag that is not followed.
    fn flags(&mut self) -> Option<Option<bool>> {
        let rest = self.chars.get(self.at..)?;
        let rest = rest.strip_prefix(&['(', '?'])?;
        let end = rest.iter().position(|c| *c == ')')?;
        let flags = rest.get(..end).filter(|flags| !flags.is_empty() && flags.iter().all(char::is_ascii_alphabetic))?;
        let known = flags.iter().all(|flag| matches!(flag, 'i' | 'u'));
        let ignore = flags.contains(&'i');
        self.at += end + 3;
        Some(known.then_some(ignore))
    }

    fn atom(&mut self, depth: u32) -> Option<Tree> {
        Some(match self.next()? {
            '(' => self.group(depth + 1)?,
            '[' => Tree::Class(self.class()?),
            '.' => Tree::Class(Class::any_but_line_feed()),
            '^' => Tree::Assertion(Assertion::Start),
            '$' => Tree::Assertion(Assertion::End),
            '\\' => self.escape()?,
            '*' | '+' | '?' => return None,
            c => Tree::Char(c),
        })
    }

    fn group(&mut self, depth: u32) -> Option<Tree> {
        let look = |behind, not| move |tree| Tree::Look { tree: Box::new(tree), behind, not };
        let tree = if !self.eat("?") {
            self.captured(depth)?
        } else if self.eat(":") {
            self.either(depth)?
        } else if self.eat("=") {
            look(false, false)(self.either(depth)?)
        } else if self.eat("!") {
            look(false, true)(self.either(depth)?)
        } else if self.eat("<=") {
            look(true, false)(self.either(depth)?)
        } else if self.eat("<!") {
            look(true, true)(self.either(depth)?)
        } else if self.eat(">") {
            Tree::Atomic(Box::new(self.either(depth)?))
        } else if self.eat("P<") {
            let name = self.until('>')?;
            self.names.push((name, self.groups + 1));
            self.captured(depth)?
        } else if self.eat("P=") {
            let name = self.until(')')?;
            let (_, number) = self.names.iter().find(|(known, _)| *known == name)?;
            return Some(Tree::Backreference(*number));
        } else if self.eat("#") {
            self.until(')')?;
            return Some(Tree::Empty);
        } else if self.eat("i:") {
            Tree::IgnoreCase(Box::new(self.either(depth)?))
        } else {
            return None;
        };
        self.eat(")").then_some(tree)
    }

    fn captured(&mut self, depth: u32) -> Option<Tree> {
        self.groups += 1;
        let number = self.groups;
        Some(Tree::Group(number, Box::new(self.either(depth)?)))
    }

    /// The part read, with the repetition that follows it.
    fn repeated(&mut self, tree: Tree) -> Option<Tree> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts() {
                Some((least, most, length)) => {
                    self.at += length - 1;
                    (least, most)
                }
                // A brace that counts nothing is a brace.
                None => return Some(tree),
            },
            _ => return Some(tree),
        };
        self.at += 1;
        if most.is_some_and(|most| most < least) || matches!(tree, Tree::Assertion(_)) {
            return None;
        }
        let lazy = self.eat("?");
        let possessive = !lazy && self.eat("+");
        if self.peek().is_some_and(|c| matches!(c, '*' | '+' | '?') || (c == '{' && self.counts().is_some())) {
            return None;
        }
        let tree = Tree::Repeat { tree: Box::new(tree), least, most, lazy };
        Some(if possessive { Tree::Atomic(Box::new(tree)) } else { tree })
    }

    /// `{m}`, `{m,}`, `{,n}`, `{m,n}` at this place, with its length.
    fn counts(&self) -> Option<(u32, Option<u32>, usize)> {
        let rest = self.chars.get(self.at + 1..)?;
        let end = rest.iter().take(12).position(|c| *c == '}')?;
        let inside: String = rest.get(..end)?.iter().collect();
        let number = |text: &str| (text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u32>().ok());
        let (least, most) = match inside.split_once(',') {
            Some(("", "")) => (0, None),
            Some(("", most)) => (0, Some(number(most)??)),
            Some((least, "")) => (number(least)??, None),
            Some((least, most)) => (number(least)??, Some(number(most)??)),
            None => (number(&inside)??, Some(number(&inside)??)),
        };
        Some((least, most, end + 2))
    }

    fn escape(&mut self) -> Option<Tree> {
        let c = self.next()?;
        Some(match c {
            'A' => Tree::Assertion(Assertion::Start),
            'Z' => Tree::Assertion(Assertion::VeryEnd),
            'b' => Tree::Assertion(Assertion::WordEdge),
            'B' => Tree::Assertion(Assertion::NotWordEdge),
            '1'..='9' => {
                let mut number = c.to_digit(10)?;
                if let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
                    self.at += 1;
                    number = number * 10 + digit;
                }
                if number > self.groups {
                    return None;
                }
                Tree::Backreference(number)
            }
            _ => match Named::of(c) {
                Some((named, not)) => Tree::Class(Class::named(named, not)),
                None => Tree::Char(self.escaped(c)?),
            },
        })
    }

    /// The character that an escape stands for; its letter has been read.
    fn escaped(&mut self, c: char) -> Option<char> {
        Some(match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'a' => '\u{7}',
            'x' => self.hexadecimal(2)?,
            'u' => self.hexadecimal(4)?,
            'U' => self.hexadecimal(8)?,
            '0' => {
                let mut code = 0;
                for _ in 0..2 {
                    let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else { break };
                    code = code * 8 + digit;
                    self.at += 1;
                }
                char::from_u32(code)?
            }
            c if c.is_ascii_alphanumeric() => return None,
            c => c,
        })
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<char> {
        let text: String = self.chars.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        if text.starts_with('+') { None } else { char::from_u32(u32::from_str_radix(&text, 16).ok()?) }
    }

    /// A class between brackets; the first has been read.
    fn class(&mut self) -> Option<Class> {
        let not = self.eat("^");
        let (mut ranges, mut named) = (Vec::new(), Vec::new());
        let mut first = true;
        loop {
            let c = self.next()?;
            if c == ']' && !first {
                return Some(Class::of(ranges, named, not));
            }
            first = false;
            let from = match self.member(c)? {
                Member::Char(from) => from,
                Member::Named(class) => {
                    named.push(class);
                    continue;
                }
            };
            let range = self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|c| *c != ']');
            if !range {
                ranges.push((from, from));
                continue;
            }
            self.at += 1;
            let c = self.next()?;
            match self.member(c)? {
                Member::Char(to) if from <= to => ranges.push((from, to)),
                _ => return None,
            }
        }
    }

    fn member(&mut self, c: char) -> Option<Member> {
        if c != '\\' {
            return Some(Member::Char(c));
        }
        let c = self.next()?;
        Some(match Named::of(c) {
            Some(named) => Member::Named(named),
            None if c == 'b' => Member::Char('\u{8}'),
            None => Member::Char(self.escaped(c)?),
        })
    }
}

/// A member of a class.
enum Member {
    Char(char),
    Named((Named, bool)),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_python_refuses() {
        for bad in ["(", "(a", "a)", "[a", "*", "a**", "a{2}{3}", "(?P=x)", r"\1", r"\q", "[b-a]", "a{3,2}", "(?Z)", r"\N{DASH}"]
        {
            assert_eq!(parse(bad), None, "{bad}");
        }
        let deep = format!("{}{}", "(".repeat(10_000), ")".repeat(10_000));
        assert_eq!(parse(&deep), None);
    }

    #[test]
    fn braces_that_count_nothing_are_braces() {
        for good in ["x{a}", "{", "a{", "{2", "a{,}", "[]a]", "[^]]", "(?#why)a", "(?i)a", "(?P<n>a)(?P=n)", "a{,2}"] {
            assert!(parse(good).is_some(), "{good}");
        }
    }
}
