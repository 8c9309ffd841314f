//! Which instructions this processor has.

/// Kinds of instructions that the arithmetic exists for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Instructions {
    /// What every processor of its kind has.
    Plain,
    /// AVX2 of x86: 8 sums at once.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 of x86 with its instructions for neural networks: 16 sums at once.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
    /// Those that this processor has, the widest last.
    #[cfg(target_arch = "x86_64")]
    pub(super) fn available() -> impl Iterator<Item = Self> {
        let avx512 = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vnni");
        let known =
            [(Self::Plain, true), (Self::Avx2, is_x86_feature_detected!("avx2")), (Self::Avx512, avx512)];
        known.into_iter().filter_map(|(instructions, available)| available.then_some(instructions))
    }

    /// Those that this processor has, the widest last.
    #[cfg(not(target_arch = "x86_64"))]
    pub(super) fn available() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Plain)
    }

    /// Whether four products of bytes are summed at once.
    pub(super) fn multiply_quads(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return self == Self::Avx512;
        #[cfg(not(target_arch = "x86_64"))]
        false
    }

    /// The widest.
    pub(super) fn best() -> Self {
        Self::available().last().unwrap_or(Self::Plain)
    }
}
