//! What became of a text that people have read, as lines that went and lines that came.

/// What became of a text: lines that went, and lines that came.
pub(crate) fn changed(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    // The longest run of lines that both have, in order.
    let mut same = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for (i, was) in old.iter().enumerate().rev() {
        for (j, is) in new.iter().enumerate().rev() {
            same[i][j] =
                if was == is { same[i + 1][j + 1] + 1 } else { same[i + 1][j].max(same[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && same[i + 1][j] >= same[i][j + 1]) {
            // An option that is not as it was before is told by how it is now.
            if !old[i].trim_start().starts_with("( ) ") {
                lines.push(format!("- {}", old[i].trim()).trim_end().to_owned());
            }
            i += 1;
        } else {
            lines.push(format!("+ {}", new[j].trim()).trim_end().to_owned());
            j += 1;
        }
    }
    lines.join("\n")
}
