//! A pattern made into steps, and the machine that follows them.
//!
//! Without back-references, whether the rest fits depends on the step and the place alone: each pair
//! is tried once, and the time is that of the text times the pattern. With back-references there is
//! no such bound, so steps are counted.

use super::{
    class::{Class, is_word},
    syntax::{Assertion, Tree},
};

/// Steps beyond this number are refused: counted repetitions multiply. Parts without a step count too.
const STEPS: usize = 20_000;

/// A pattern ready to be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    steps: Vec<Step>,
    splits: usize,
    slots: usize,
    remembers: bool,
}

/// One step of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Char(char),
    Class(Class),
    /// A character or a class, whatever the case.
    Folded(Class),
    Assertion(Assertion),
    /// Go on at the first, then at the second if that fails; its number among such steps.
    Split(usize, usize, usize),
    Jump(usize),
    /// Remember the start or the end of a group.
    Save(usize),
    Backreference(usize),
    /// Remember the place where a round of a repetition starts.
    Round(usize),
    /// Go back to the split for another round. One that took nothing is the last; where it could not
    /// even have remembered a group it is no round at all, for leaving out the round leads to the same.
    Again {
        split: usize,
        slot: usize,
        groups: bool,
    },
    Look {
        program: Box<Program>,
        behind: Option<usize>,
        not: bool,
    },
    Atomic(Box<Program>),
    Fits,
}

impl Step {
    /// The ASCII characters that it takes, one bit each.
    pub fn ascii(&self) -> u128 {
        match self {
            Step::Char(c) if c.is_ascii() => 1 << (*c as u32),
            Step::Class(class) => class.ascii(),
            Step::Folded(class) => {
                (0..128_u8).filter(|byte| folded(class, char::from(*byte))).fold(0, |bits, byte| bits | 1 << byte)
            }
            _ => 0,
        }
    }
}

/// What following a program comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It fits, up to this place.
    Fits(usize),
    /// It does not.
    Fails,
    /// Too many steps.
    GivenUp,
}

impl Program {
    /// Makes a program of a tree; `None` where it would be too long, or looks behind at no fixed distance.
    pub fn new(tree: &Tree) -> Option<Program> {
        Program::within(tree, &mut { STEPS })
    }

    /// The same, with the number of steps that are left: parts followed on their own share it.
    fn within(tree: &Tree, left: &mut usize) -> Option<Program> {
        let mut compiler = Compiler { left: *left, ..Compiler::default() };
        compiler.add(tree, false)?;
        compiler.push(Step::Fits)?;
        let Compiler { mut steps, splits, groups, rounds, remembers, left: kept } = compiler;
        *left = kept;
        // Rounds are kept in the slots after those of groups.
        for step in &mut steps {
            if let Step::Round(slot) | Step::Again { slot, .. } = step {
                *slot += groups;
            }
        }
        Some(Program { steps, splits, slots: groups + rounds, remembers })
    }

    /// The steps, the first one first.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether it has back-references, so that its time has no bound.
    pub fn remembers(&self) -> bool {
        self.remembers
    }

    /// Follows the program on a text from a place on. `budget` is the number of steps left, and goes down.
    pub fn run(&self, text: &[char], start: usize, budget: &mut usize, scratch: &mut Scratch) -> Outcome {
        let width = text.len() + 1;
        let Scratch { slots, tried, waiting } = scratch;
        slots.clear();
        slots.resize(if self.remembers { self.slots } else { 0 }, None);
        let tries = if self.remembers { 0 } else { (self.splits * width).div_ceil(64) };
        if tries / 16 > *budget {
            return Outcome::GivenUp;
        }
        tried.clear();
        tried.resize(tries, 0);
        *budget -= tries / 16;
        waiting.clear();
        waiting.push(Waiting::Branch(0, start));
        while let Some(next) = waiting.pop() {
            let (mut step, mut at) = match next {
                Waiting::Branch(step, at) => (step, at),
                Waiting::Restore(slot, value) => {
                    if let Some(kept) = slots.get_mut(slot) {
                        *kept = value;
                    }
                    continue;
                }
            };
            loop {
                if *budget == 0 {
                    return Outcome::GivenUp;
                }
                *budget -= 1;
                match self.steps.get(step) {
                    None => break,
                    Some(Step::Fits) => return Outcome::Fits(at),
                    Some(Step::Char(wanted)) if text.get(at) == Some(wanted) => (step, at) = (step + 1, at + 1),
                    Some(Step::Class(class)) if text.get(at).is_some_and(|c| class.holds(*c)) => (step, at) = (step + 1, at + 1),
                    Some(Step::Folded(class)) if text.get(at).is_some_and(|c| folded(class, *c)) => {
                        (step, at) = (step + 1, at + 1);
                    }
                    Some(Step::Char(_) | Step::Class(_) | Step::Folded(_)) => break,
                    Some(Step::Assertion(assertion)) => {
                        if !assertion.holds(text, at) {
                            break;
                        }
                        step += 1;
                    }
                    Some(Step::Jump(to)) => step = *to,
                    Some(Step::Split(first, second, number)) => {
                        if !self.remembers {
                            let place = number * width + at;
                            let Some(word) = tried.get_mut(place / 64) else { break };
                            let bit = 1 << (place % 64);
                            if *word & bit != 0 {
                                break;
                            }
                            *word |= bit;
                        }
                        waiting.push(Waiting::Branch(*second, at));
                        step = *first;
                    }
                    Some(Step::Save(slot) | Step::Round(slot)) => {
                        if let Some(kept) = slots.get_mut(*slot) {
                            if self.remembers {
                                waiting.push(Waiting::Restore(*slot, *kept));
                            }
                            *kept = Some(at);
                        }
                        step += 1;
                    }
                    Some(Step::Again { split, slot, groups }) => {
                        let empty = self.remembers && slots.get(*slot).copied().flatten() == Some(at);
                        match (empty, groups) {
                            (false, _) => step = *split,
                            (true, true) => step += 1,
                            (true, false) => break,
                        }
                    }
                    Some(Step::Backreference(group)) => {
                        let slot = |n: usize| slots.get(n).copied().flatten();
                        let said = slot(group * 2).zip(slot(group * 2 + 1)).and_then(|(from, to)| text.get(from..to));
                        let Some(said) = said.filter(|said| text.get(at..).is_some_and(|rest| rest.starts_with(said))) else {
                            break;
                        };
                        (step, at) = (step + 1, at + said.len());
                    }
                    Some(Step::Look { program, behind, not }) => {
                        let from = match behind {
                            Some(width) => at.checked_sub(*width),
                            None => Some(at),
                        };
                        let found = match from.map(|from| program.run(text, from, budget, &mut Scratch::default())) {
                            Some(Outcome::GivenUp) => return Outcome::GivenUp,
                            Some(Outcome::Fits(_)) => true,
                            _ => false,
                        };
                        if found == *not {
                            break;
                        }
                        step += 1;
                    }
                    Some(Step::Atomic(program)) => match program.run(text, at, budget, &mut Scratch::default()) {
                        Outcome::GivenUp => return Outcome::GivenUp,
                        Outcome::Fails => break,
                        Outcome::Fits(end) => (step, at) = (step + 1, end),
                    },
                }
            }
        }
        Outcome::Fails
    }
}

/// What following a program needs for a while, kept from one text to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    slots: Vec<Option<usize>>,
    tried: Vec<u64>,
    waiting: Vec<Waiting>,
}

/// What is left to try.
#[derive(Debug)]
enum Waiting {
    Branch(usize, usize),
    Restore(usize, Option<usize>),
}

impl Assertion {
    fn holds(self, text: &[char], at: usize) -> bool {
        let word = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| is_word(*c));
        let edge = || word(at.checked_sub(1)) != word(Some(at));
        match self {
            Assertion::Start => at == 0,
            Assertion::End => at == text.len() || (at + 1 == text.len() && text.get(at) == Some(&'\n')),
            Assertion::VeryEnd => at == text.len(),
            Assertion::WordEdge => edge(),
            Assertion::NotWordEdge => !edge(),
        }
    }
}

/// Whether a class holds a character, its capital or its small letter.
fn folded(class: &Class, c: char) -> bool {
    class.holds(c) || c.to_lowercase().chain(c.to_uppercase()).any(|c| class.holds(c))
}

#[derive(Default)]
struct Compiler {
    steps: Vec<Step>,
    splits: usize,
    groups: usize,
    rounds: usize,
    remembers: bool,
    /// Steps that may still be added.
    left: usize,
}

impl Compiler {
    fn push(&mut self, step: Step) -> Option<usize> {
        self.steps.push(step);
        Some(self.steps.len() - 1)
    }

    /// A split whose ways are not known yet.
    fn split(&mut self) -> Option<usize> {
        self.splits += 1;
        self.push(Step::Split(0, 0, self.splits - 1))
    }

    fn send(&mut self, at: usize, first: usize, second: usize) {
        if let Some(Step::Split(one, other, _)) = self.steps.get_mut(at) {
            (*one, *other) = (first, second);
        }
    }

    fn set(&mut self, at: usize, step: Step) {
        if let Some(place) = self.steps.get_mut(at) {
            *place = step;
        }
    }

    fn add(&mut self, tree: &Tree, fold: bool) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        match tree {
            Tree::Empty => {}
            Tree::Char(c) if fold => {
                self.push(Step::Folded(Class::of(vec![(*c, *c)], Vec::new(), false)))?;
            }
            Tree::Char(c) => {
                self.push(Step::Char(*c))?;
            }
            Tree::Class(class) => {
                self.push(if fold { Step::Folded(class.clone()) } else { Step::Class(class.clone()) })?;
            }
            Tree::Assertion(assertion) => {
                self.push(Step::Assertion(*assertion))?;
            }
            Tree::Sequence(parts) => parts.iter().try_for_each(|part| self.add(part, fold))?,
            Tree::Either(choices) => {
                let mut ends = Vec::new();
                for (at, choice) in choices.iter().enumerate() {
                    let last = at + 1 == choices.len();
                    let split = if last { None } else { Some(self.split()?) };
                    self.add(choice, fold)?;
                    if let Some(split) = split {
                        ends.push(self.push(Step::Fits)?);
                        self.send(split, split + 1, self.steps.len());
                    }
                }
                let end = self.steps.len();
                ends.into_iter().for_each(|jump| self.set(jump, Step::Jump(end)));
            }
            Tree::Repeat { tree, least, most, lazy } => self.repeat(tree, *least, *most, *lazy, fold)?,
            Tree::Group(number, tree) => {
                let slot = *number as usize * 2;
                self.groups = self.groups.max(slot + 2);
                self.push(Step::Save(slot))?;
                self.add(tree, fold)?;
                self.push(Step::Save(slot + 1))?;
            }
            Tree::Backreference(number) => {
                self.remembers = true;
                self.push(Step::Backreference(*number as usize))?;
            }
            Tree::Look { tree, behind, not } => {
                let behind = if *behind { Some(width(tree)?) } else { None };
                let program = Box::new(self.part(tree, fold)?);
                self.push(Step::Look { program, behind, not: *not })?;
            }
            Tree::Atomic(tree) => {
                let program = self.part(tree, fold)?;
                self.push(Step::Atomic(Box::new(program)))?;
            }
            Tree::IgnoreCase(tree) => self.add(tree, true)?,
        }
        Some(())
    }

    /// A part followed on its own. It may not speak of groups: they are not known there.
    fn part(&mut self, tree: &Tree, fold: bool) -> Option<Program> {
        let wrapped = if fold { Tree::IgnoreCase(Box::new(tree.clone())) } else { tree.clone() };
        let program = Program::within(&wrapped, &mut self.left)?;
        (!program.remembers).then_some(program)
    }

    fn repeat(&mut self, tree: &Tree, least: u32, most: Option<u32>, lazy: bool, fold: bool) -> Option<()> {
        let ways = |here: usize, away: usize| if lazy { (away, here) } else { (here, away) };
        for _ in 0..least {
            self.add(tree, fold)?;
        }
        match most {
            None => {
                let slot = self.rounds;
                self.rounds += 1;
                let start = self.split()?;
                self.push(Step::Round(slot))?;
                self.add(tree, fold)?;
                self.push(Step::Again { split: start, slot, groups: has_group(tree) })?;
                let (first, second) = ways(start + 1, self.steps.len());
                self.send(start, first, second);
            }
            Some(most) => {
                let mut splits = Vec::new();
                for _ in least..most {
                    splits.push(self.split()?);
                    self.add(tree, fold)?;
                }
                let end = self.steps.len();
                for at in splits {
                    let (first, second) = ways(at + 1, end);
                    self.send(at, first, second);
                }
            }
        }
        Some(())
    }
}

/// Whether a tree remembers something.
fn has_group(tree: &Tree) -> bool {
    match tree {
        Tree::Group(..) => true,
        Tree::Sequence(parts) | Tree::Either(parts) => parts.iter().any(has_group),
        Tree::Repeat { tree, .. } | Tree::IgnoreCase(tree) => has_group(tree),
        // A part followed on its own keeps what it remembers to itself.
        _ => false,
    }
}

/// How many characters a tree takes, where that is always the same.
fn width(tree: &Tree) -> Option<usize> {
    Some(match tree {
        Tree::Empty | Tree::Assertion(_) | Tree::Look { .. } => 0,
        Tree::Char(_) | Tree::Class(_) => 1,
        Tree::Sequence(parts) => parts.iter().try_fold(0_usize, |all, part| all.checked_add(width(part)?))?,
        Tree::Either(choices) => {
            let mut widths = choices.iter().map(width);
            let first = widths.next()??;
            return widths.all(|width| width == Some(first)).then_some(first);
        }
        Tree::Repeat { tree, least, most, .. } if Some(*least) == *most => width(tree)?.checked_mul(*least as usize)?,
        Tree::Group(_, tree) | Tree::Atomic(tree) | Tree::IgnoreCase(tree) => width(tree)?,
        Tree::Repeat { .. } | Tree::Backreference(_) => return None,
    })
}
