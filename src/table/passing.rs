/// Codes asked together.
pub const MANY: usize = 16;

/// Which codes of one byte pass a test.
#[derive(Debug)]
pub struct Passing {
    each: [bool; 256],
    /// For each low half of a code, the high halves with which it passes, a bit each: those below eight, then the others.
    #[cfg(target_arch = "wasm32")]
    halves: [[u8; 16]; 2],
}

impl Passing {
    /// Asks the test of each code.
    pub fn of(passes: impl Fn(u8) -> bool) -> Passing {
        Passing {
            each: std::array::from_fn(|code| passes(code as u8)),
            #[cfg(target_arch = "wasm32")]
            halves: [0, 8].map(|first| {
                std::array::from_fn(|low| {
                    (0..8).fold(0, |bits, high| bits | u8::from(passes((first + high) << 4 | low as u8)) << high)
                })
            }),
        }
    }

    /// The places of those that pass among these codes, [`MANY`] or fewer, a bit each.
    #[inline(always)]
    pub fn among(&self, codes: &[u8]) -> u32 {
        #[cfg(target_arch = "wasm32")]
        if let Some(many) = codes.first_chunk() {
            return self.among_many(many);
        }
        let passes = |code: &u8| u32::from(self.each.get(usize::from(*code)).copied().unwrap_or_default());
        codes.iter().zip(0..MANY).fold(0, |those, (code, at)| those | passes(code) << at)
    }

    /// Written out: a program built small keeps the loops that it is written with.
    #[cfg(target_arch = "wasm32")]
    #[inline(always)]
    fn among_many(&self, codes: &[u8; MANY]) -> u32 {
        use std::arch::wasm32::{
            i8x16_bitmask, i8x16_lt, i8x16_ne, i8x16_splat, i8x16_swizzle, u8x16, u8x16_shr, u64x2, v128, v128_and,
            v128_bitselect,
        };
        let lanes = |bytes: &[u8; MANY]| -> v128 {
            let [one, other] = bytes.as_chunks::<8>().0 else { return i8x16_splat(0) };
            u64x2(u64::from_le_bytes(*one), u64::from_le_bytes(*other))
        };
        let (none, codes) = (i8x16_splat(0), lanes(codes));
        let (low, high) = (v128_and(codes, i8x16_splat(0x0f)), u8x16_shr(codes, 4));
        let [below, beyond] = self.halves.each_ref().map(|half| i8x16_swizzle(lanes(half), low));
        let bit = i8x16_swizzle(u8x16(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128), high);
        let found = v128_and(v128_bitselect(beyond, below, i8x16_lt(codes, none)), bit);
        u32::from(i8x16_bitmask(i8x16_ne(found, none)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_pass_are_found_wherever_they_stand() {
        for wanted in 0..=255_u8 {
            let passing = Passing::of(|code| code == wanted || code == wanted ^ 1);
            for length in [1, MANY - 1, MANY] {
                let mut codes = vec![wanted ^ 16; length];
                assert_eq!(passing.among(&codes), 0);
                (codes[length - 1], codes[0]) = (wanted, wanted ^ 1);
                assert_eq!(passing.among(&codes), 1 | 1 << (length - 1));
            }
        }
    }
}
