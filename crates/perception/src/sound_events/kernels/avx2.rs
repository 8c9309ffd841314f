//! Sums of products with the AVX2 instructions of x86, several outputs at once so that they never wait for each other.

use std::arch::x86_64::{
    __m256i, _mm_add_epi32, _mm_extract_epi32, _mm256_add_epi32, _mm256_castsi256_si128,
    _mm256_extracti128_si256, _mm256_hadd_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_setzero_si256,
};

use super::{BLOCK, LANES};

/// See [`super::products`].
#[target_feature(enable = "avx2")]
pub(super) fn products(rows: [&[[i16; LANES]]; 2], weights: &[[i16; LANES]], sums: [&mut [i32]; 2]) {
    let [first, second] = rows;
    let length = first.len();
    let [first_sums, second_sums] = sums;
    let blocks = weights.chunks_exact(BLOCK * length);
    let (first_sums, second_sums) = (first_sums.as_chunks_mut().0, second_sums.as_chunks_mut().0);
    for ((weights, first_sums), second_sums) in blocks.zip(first_sums).zip(second_sums) {
        if second.is_empty() {
            [*first_sums] = block([first], weights);
        } else {
            [*first_sums, *second_sums] = block([first, second], weights);
        }
    }
}

/// The products of `R` rows with [`BLOCK`] rows of weights.
#[target_feature(enable = "avx2")]
fn block<const R: usize>(rows: [&[[i16; LANES]]; R], weights: &[[i16; LANES]]) -> [[i32; BLOCK]; R] {
    let length = rows[0].len();
    let (a, rest) = weights.split_at(length);
    let (b, rest) = rest.split_at(length);
    let (c, d) = rest.split_at(length);
    let mut sums = [[_mm256_setzero_si256(); BLOCK]; R];
    for (index, (((a, b), c), d)) in a.iter().zip(b).zip(c).zip(d).enumerate() {
        let weights = [load(a), load(b), load(c), load(d)];
        for (row, sums) in rows.iter().zip(&mut sums) {
            let values = load(&row[index]);
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(values, weights));
            }
        }
    }
    let mut totals = [[0; BLOCK]; R];
    for (total, sums) in totals.iter_mut().zip(sums) {
        *total = across(sums);
    }
    totals
}

/// The sum of all lanes of each register.
#[target_feature(enable = "avx2")]
fn across([a, b, c, d]: [__m256i; BLOCK]) -> [i32; BLOCK] {
    let quarters = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
    let sum = _mm_add_epi32(_mm256_castsi256_si128(quarters), _mm256_extracti128_si256::<1>(quarters));
    [
        _mm_extract_epi32::<0>(sum),
        _mm_extract_epi32::<1>(sum),
        _mm_extract_epi32::<2>(sum),
        _mm_extract_epi32::<3>(sum),
    ]
}

#[target_feature(enable = "avx2")]
#[allow(unsafe_code, reason = "loading a register from memory takes a pointer")]
fn load(values: &[i16; LANES]) -> __m256i {
    // SAFETY: the reference is to 32 bytes that may be read, and this instruction asks for no alignment.
    unsafe { _mm256_loadu_si256(std::ptr::from_ref(values).cast()) }
}
