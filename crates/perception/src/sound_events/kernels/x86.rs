//! Sums of products with the wide instructions of x86. Each lane is an output of its own, so that nothing has to be
//! summed across lanes, and enough sums are under way for none to wait for another.

use std::arch::x86_64::{
    __m256i, __m512i, _mm_loadu_si128, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_loadu_si256,
    _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_storeu_si256, _mm512_cvtepi8_epi16,
    _mm512_dpbusd_epi32, _mm512_dpwssd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512,
    _mm512_storeu_si512,
};

use super::matrix::{OUTPUTS, Pair, Quad, QuadWeights, Rows, Sums, Weights};

/// Outputs in a register of 256 bits, and registers in a block.
const LANES_256: usize = 8;
const REGISTERS_256: usize = OUTPUTS / LANES_256;
/// The same for 512 bits.
const LANES_512: usize = 16;
const REGISTERS_512: usize = OUTPUTS / LANES_512;

/// See `sums` of `matrix`.
#[target_feature(enable = "avx2")]
pub(super) fn sums_avx2<const ROWS: usize>(rows: Rows<'_, Pair, ROWS>, weights: &[Weights]) -> [Sums; ROWS] {
    let rows = rows.map(|row| &row[..weights.len()]);
    let mut sums = [[_mm256_setzero_si256(); REGISTERS_256]; ROWS];
    for (index, weights) in weights.iter().enumerate() {
        let weights: [_; REGISTERS_256] =
            std::array::from_fn(|register| load_256(&weights.as_chunks().0[register]));
        for (row, sums) in rows.iter().zip(&mut sums) {
            let values = _mm256_set1_epi32(both(row[index]));
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(values, weights));
            }
        }
    }
    let mut totals = [[0; OUTPUTS]; ROWS];
    for (totals, sums) in totals.iter_mut().zip(sums) {
        for (total, sum) in totals.as_chunks_mut().0.iter_mut().zip(sums) {
            store_256(total, sum);
        }
    }
    totals
}

/// See `sums` of `matrix`.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub(super) fn sums_avx512<const ROWS: usize>(
    rows: Rows<'_, Pair, ROWS>,
    weights: &[Weights],
) -> [Sums; ROWS] {
    let rows = rows.map(|row| &row[..weights.len()]);
    let mut sums = [[_mm512_setzero_si512(); REGISTERS_512]; ROWS];
    for (index, weights) in weights.iter().enumerate() {
        let weights: [_; REGISTERS_512] =
            std::array::from_fn(|register| load_512(&weights.as_chunks().0[register]));
        for (row, sums) in rows.iter().zip(&mut sums) {
            let values = _mm512_set1_epi32(both(row[index]));
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = _mm512_dpwssd_epi32(*sum, values, weights);
            }
        }
    }
    totals_512(sums)
}

/// As `sums` of `matrix`, of quads: twice as many products in one instruction, and weights that need no widening.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub(super) fn quad_sums<const ROWS: usize>(
    rows: Rows<'_, Quad, ROWS>,
    weights: &[QuadWeights],
) -> [Sums; ROWS] {
    let rows = rows.map(|row| &row[..weights.len()]);
    let mut sums = [[_mm512_setzero_si512(); REGISTERS_512]; ROWS];
    for (index, weights) in weights.iter().enumerate() {
        let weights: [_; REGISTERS_512] =
            std::array::from_fn(|register| load_quads(&weights.as_chunks().0[register]));
        for (row, sums) in rows.iter().zip(&mut sums) {
            let values = _mm512_set1_epi32(i32::from_le_bytes(row[index]));
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = _mm512_dpbusd_epi32(*sum, values, weights);
            }
        }
    }
    totals_512(sums)
}

/// Sums out of their registers.
#[target_feature(enable = "avx512f")]
fn totals_512<const ROWS: usize>(sums: [[__m512i; REGISTERS_512]; ROWS]) -> [Sums; ROWS] {
    let mut totals = [[0; OUTPUTS]; ROWS];
    for (totals, sums) in totals.iter_mut().zip(sums) {
        for (total, sum) in totals.as_chunks_mut().0.iter_mut().zip(sums) {
            store_512(total, sum);
        }
    }
    totals
}

/// Two values in one lane, the first in its lower half.
fn both([low, high]: Pair) -> i32 {
    i32::from(low as u16) | (i32::from(high) << 16)
}

/// Weights widened to 16 bits.
#[target_feature(enable = "avx2")]
#[allow(unsafe_code, reason = "loading a register from memory takes a pointer")]
fn load_256(weights: &[[i8; 2]; LANES_256]) -> __m256i {
    // SAFETY: the reference is to 16 bytes that may be read, and this instruction asks for no alignment.
    _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(std::ptr::from_ref(weights).cast()) })
}

#[target_feature(enable = "avx2")]
#[allow(unsafe_code, reason = "storing a register in memory takes a pointer")]
fn store_256(totals: &mut [i32; LANES_256], sums: __m256i) {
    // SAFETY: the reference is to 32 bytes that may be written, and this instruction asks for no alignment.
    unsafe { _mm256_storeu_si256(std::ptr::from_mut(totals).cast(), sums) }
}

/// Weights widened to 16 bits.
#[target_feature(enable = "avx512f,avx512bw")]
#[allow(unsafe_code, reason = "loading a register from memory takes a pointer")]
fn load_512(weights: &[[i8; 2]; LANES_512]) -> __m512i {
    // SAFETY: the reference is to 32 bytes that may be read, and this instruction asks for no alignment.
    _mm512_cvtepi8_epi16(unsafe { _mm256_loadu_si256(std::ptr::from_ref(weights).cast()) })
}

#[target_feature(enable = "avx512f")]
#[allow(unsafe_code, reason = "loading a register from memory takes a pointer")]
fn load_quads(weights: &[[i8; 4]; LANES_512]) -> __m512i {
    // SAFETY: the reference is to 64 bytes that may be read, and this instruction asks for no alignment.
    unsafe { _mm512_loadu_si512(std::ptr::from_ref(weights).cast()) }
}

#[target_feature(enable = "avx512f")]
#[allow(unsafe_code, reason = "storing a register in memory takes a pointer")]
fn store_512(totals: &mut [i32; LANES_512], sums: __m512i) {
    // SAFETY: the reference is to 64 bytes that may be written, and this instruction asks for no alignment.
    unsafe { _mm512_storeu_si512(std::ptr::from_mut(totals).cast(), sums) }
}
