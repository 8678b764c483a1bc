//! The names of the bands: the one place. A band says what was seen, not what somebody is worth.

use crate::plans::BANDS;

/// Lowest first.
pub(super) const NAMES: [&str; BANDS as usize] = ["Not yet", "Nearly", "Solid", "Strong"];

/// A mean this near to a band, in tenths, is that band.
const NEAR: u8 = 2;

/// The name of a band, 0 the lowest.
pub(super) fn name(band: u8) -> &'static str {
    NAMES.get(usize::from(band)).or(NAMES.last()).copied().unwrap_or_default()
}

/// A mean in tenths (10 is the lowest band, 40 the highest) in words: "Solid", "between Nearly and
/// Solid".
pub(super) fn mean_name(tenths: u8) -> String {
    match around(tenths) {
        (low, high) if low == high => name(low).to_owned(),
        (low, high) => format!("between {} and {}", name(low), name(high)),
    }
}

/// The same, shorter: "Nearly–Solid".
pub(super) fn mean_range(tenths: u8) -> String {
    match around(tenths) {
        (low, high) if low == high => name(low).to_owned(),
        (low, high) => format!("{}–{}", name(low), name(high)),
    }
}

/// The bands between which a mean is; the same one twice where it is near to it.
fn around(tenths: u8) -> (u8, u8) {
    let tenths = tenths.clamp(10, 10 * BANDS);
    let (band, rest) = (tenths / 10 - 1, tenths % 10);
    match rest {
        rest if rest <= NEAR => (band, band),
        rest if rest >= 10 - NEAR => (band + 1, band + 1),
        _ => (band, band + 1),
    }
}

/// The mean of bands, in tenths and rounded; none of none.
pub(super) fn mean(bands: impl IntoIterator<Item = u8>) -> Option<u8> {
    let (mut sum, mut count) = (0_u32, 0_u32);
    for band in bands {
        sum += (u32::from(band.min(BANDS - 1)) + 1) * 10;
        count += 1;
    }
    u8::try_from((sum + count / 2).checked_div(count)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_named_by_the_bands_that_it_is_near() {
        let names: Vec<String> =
            [0, 10, 12, 13, 17, 18, 25, 40, 99].map(mean_name).into_iter().collect();
        assert_eq!(
            names,
            [
                "Not yet",
                "Not yet",
                "Not yet",
                "between Not yet and Nearly",
                "between Not yet and Nearly",
                "Nearly",
                "between Nearly and Solid",
                "Strong",
                "Strong",
            ]
        );
        assert_eq!(
            (mean_range(25), mean_range(30)),
            ("Nearly–Solid".to_owned(), "Solid".to_owned())
        );
        assert_eq!(mean([1, 2, 2]), Some(27));
        assert_eq!((mean([]), mean([0]), mean([9])), (None, Some(10), Some(40)));
    }
}
