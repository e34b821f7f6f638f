//! A program made into a table: where nothing is remembered and nothing is looked at ahead, the steps that a text can
//! have led to are a state, and each character leads from one state to the next at one look.

use std::collections::HashMap;

use super::{
    program::{Program, Step},
    syntax::Assertion,
};

/// States beyond which a program is followed step by step: sets of steps multiply.
const STATES: usize = 400;
/// Steps looked at while the table is made, beyond which it is not worth making.
const WORK: usize = 200_000;

/// Nothing fits any more.
const DEAD: u16 = 0;
/// It fits, whatever follows.
const DONE: u16 = 1;
/// Before the first character.
const START: u16 = 2;

/// The table of a program, for texts of ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Automaton {
    /// The kind of each character: those of one kind lead to the same states.
    kinds: [u8; 128],
    /// The number of kinds.
    width: usize,
    /// Where the row of the state stands that each kind leads to, row after row of as many as there are kinds.
    next: Vec<u16>,
    /// Whether a text that ends in a state fits.
    ends: Vec<bool>,
}

impl Automaton {
    /// Makes the table of a program; `None` where it remembers, looks around, or would take too many states.
    pub fn new(program: &Program) -> Option<Automaton> {
        let masks: Vec<u128> = program.steps().iter().map(Step::ascii).collect();
        let (kinds, samples) = kinds(&masks);
        let mut builder = Builder { steps: program.steps(), known: HashMap::new(), states: Vec::new(), work: WORK };
        // The dead state and the one that fits lead to themselves.
        builder.states.extend([State { steps: Vec::new(), end: false }, State { steps: Vec::new(), end: true }]);
        if builder.state(&[0], true)? != START {
            return None;
        }
        let (width, mut next) = (samples.len(), Vec::new());
        // A few hundred states of at most 128 kinds.
        let row = |state: u16| state * width as u16;
        for state in [DEAD, DONE] {
            next.extend(std::iter::repeat_n(row(state), width));
        }
        let mut at = usize::from(START);
        while let Some(state) = builder.states.get(at) {
            let steps = state.steps.clone();
            for sample in &samples {
                let takes = |step: &&usize| masks.get(**step).is_some_and(|mask| mask >> sample & 1 == 1);
                let after: Vec<usize> = steps.iter().filter(takes).map(|step| step + 1).collect();
                next.push(row(builder.state(&after, false)?));
            }
            at += 1;
        }
        Some(Automaton { kinds, width, next, ends: builder.states.iter().map(|state| state.end).collect() })
    }

    /// Whether a text fits; `None` for one that the table is not made for: it has other characters than ASCII ones, or
    /// ends with a line feed, before which `$` holds too.
    pub fn fits(&self, text: &str) -> Option<bool> {
        if text.ends_with('\n') {
            return None;
        }
        let mut row = usize::from(START) * self.width;
        for byte in text.bytes() {
            let kind = *self.kinds.get(usize::from(byte))?;
            row = usize::from(*self.next.get(row + usize::from(kind))?);
        }
        self.ends.get(row / self.width).copied()
    }
}

/// The kind of each ASCII character under these sets of characters, and a character of each kind.
fn kinds(masks: &[u128]) -> ([u8; 128], Vec<u8>) {
    let mut sets: Vec<u128> = masks.to_vec();
    sets.sort_unstable();
    sets.dedup();
    let (mut kinds, mut samples) = ([0; 128], Vec::new());
    let same = |a: u8, b: u8| sets.iter().all(|set| set >> a & 1 == set >> b & 1);
    for (byte, kind) in (0_u8..).zip(&mut kinds) {
        let known = samples.iter().position(|sample| same(*sample, byte));
        *kind = known.unwrap_or(samples.len()) as u8;
        if known.is_none() {
            samples.push(byte);
        }
    }
    (kinds, samples)
}

struct Builder<'a> {
    steps: &'a [Step],
    known: HashMap<(Vec<usize>, bool), u16>,
    states: Vec<State>,
    work: usize,
}

/// The steps that wait for a character, and whether a text that ends here fits.
struct State {
    steps: Vec<usize>,
    end: bool,
}

impl Builder<'_> {
    /// The state that these steps make, before the first character or after one.
    fn state(&mut self, entries: &[usize], start: bool) -> Option<u16> {
        let (steps, fits) = self.reach(entries, start, false)?;
        if fits && !start {
            return Some(DONE);
        }
        let (_, end) = self.reach(entries, start, true)?;
        if steps.is_empty() && !end && !start {
            return Some(DEAD);
        }
        let key = (steps, end);
        if let Some(state) = self.known.get(&key).filter(|_| !start) {
            return Some(*state);
        }
        let state = u16::try_from(self.states.len()).ok().filter(|at| usize::from(*at) < STATES)?;
        self.states.push(State { steps: key.0.clone(), end });
        // What fits before the first character fits at once, whatever it is: left to the program, it is so rare.
        if start && fits {
            return None;
        }
        if !start {
            self.known.insert(key, state);
        }
        Some(state)
    }

    /// The steps waiting for a character that others lead to without one, and whether they lead to the end of the program.
    fn reach(&mut self, entries: &[usize], start: bool, end: bool) -> Option<(Vec<usize>, bool)> {
        let mut seen = vec![false; self.steps.len()];
        let (mut waiting, mut fits) = (Vec::new(), false);
        let mut left = entries.to_vec();
        while let Some(at) = left.pop() {
            match seen.get_mut(at) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            self.work = self.work.checked_sub(1)?;
            match self.steps.get(at)? {
                Step::Char(_) | Step::Class(_) | Step::Folded(_) => waiting.push(at),
                Step::Fits => fits = true,
                Step::Assertion(Assertion::Start) => left.extend(start.then_some(at + 1)),
                Step::Assertion(Assertion::End | Assertion::VeryEnd) => left.extend(end.then_some(at + 1)),
                Step::Split(first, second, _) => left.extend([*first, *second]),
                Step::Jump(to) => left.push(*to),
                Step::Save(_) | Step::Round(_) => left.push(at + 1),
                Step::Again { split, .. } => left.push(*split),
                Step::Assertion(_) | Step::Backreference(_) | Step::Look { .. } | Step::Atomic(_) => return None,
            }
        }
        waiting.sort_unstable();
        Some((waiting, fits))
    }
}
