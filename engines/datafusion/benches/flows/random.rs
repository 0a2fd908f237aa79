//! Numbers that look random and are the same on every run.

/// SplitMix64, by Sebastiano Vigna's description of it.
pub struct Random(u64);

impl Random {
    /// The numbers that belong to a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, each as likely as the others as far as a bench can tell.
    pub fn below(&mut self, end: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(end)) >> 32) as u32
    }

    /// A rank below `end`: the first often, the last seldom, as Zipf's law has it.
    pub fn rank(&mut self, end: u32) -> u32 {
        let share = (self.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        (f64::from(end).powf(share) as u32).saturating_sub(1)
    }
}
