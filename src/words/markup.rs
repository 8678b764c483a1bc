//! Discord's Markdown, as far as it can reach beyond the text in which it stands: code fences,
//! code spans, pairs of markers, and quotes up to the end of a message.

/// A pair of markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Bold,
    Underline,
    Strike,
    Spoiler,
    Italic,
}

impl Span {
    const fn marker(self) -> &'static str {
        match self {
            Self::Bold => "**",
            Self::Underline => "__",
            Self::Strike => "~~",
            Self::Spoiler => "||",
            Self::Italic => "*",
        }
    }
}

/// The longest first, so that `**` is not taken for two `*`.
const SPANS: [Span; 5] = [Span::Bold, Span::Underline, Span::Strike, Span::Spoiler, Span::Italic];

const FENCE: &str = "```";

/// So many backticks in a span of code are one step: a page may end behind them.
const RUN: usize = 60;

/// What is open at a place in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Open {
    /// A code fence, with its language.
    fence: Option<String>,
    /// A code span, by the number of its backticks.
    code: Option<usize>,
    /// Pairs of markers, outermost first, with where they began.
    spans: Vec<(Span, usize)>,
}

impl Open {
    /// Whether the place is in code, where line breaks and blanks matter.
    pub(super) const fn in_fence(&self) -> bool {
        self.fence.is_some()
    }

    /// Whether the place is in a span of code.
    pub(super) const fn in_code(&self) -> bool {
        self.code.is_some()
    }

    /// What closes everything, after a text that ends with `before`.
    pub(super) fn closing(&self, before: &str) -> String {
        let mut text = String::new();
        if self.fence.is_some() {
            if !before.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(FENCE);
        }
        if let Some(length) = self.code {
            if before.ends_with('`') {
                text.push(' ');
            }
            text.push_str(&"`".repeat(length));
        }
        for (span, _) in self.spans.iter().rev() {
            text.push_str(span.marker());
        }
        text
    }

    /// What opens everything again, before a text that begins with `after`.
    pub(super) fn opening(&self, after: &str) -> String {
        let mut text: String = self.spans.iter().map(|(span, _)| span.marker()).collect();
        if let Some(length) = self.code {
            text.push_str(&"`".repeat(length));
            // One backtick more would make another marker of it.
            if after.starts_with('`') {
                text.push(' ');
            }
        }
        if let Some(language) = &self.fence {
            text.push_str(FENCE);
            text.push_str(language);
            text.push('\n');
        }
        text
    }
}

/// Walks through a text, one piece at a time, and knows what is open after each.
pub(super) struct Walk<'a> {
    text: &'a str,
    at: usize,
    /// What is open at `at`.
    pub(super) open: Open,
    /// Where backticks stand that close nothing and open nothing, with their number.
    stray: Vec<(usize, usize)>,
    /// Where one backtick and where two stand alone for the last time.
    last: [Option<usize>; 2],
}

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let last = [1, 2].map(|run| last_run(text, run));
        Self { text, at: 0, open: Open::default(), stray: Vec::new(), last }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Where the walk stands.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Takes one marker or one character; none at the end.
    pub(super) fn step(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        let length = if self.open.fence.is_some() {
            self.in_fence(rest, first)
        } else if let Some(run) = self.open.code {
            self.in_code(rest, first, run)
        } else {
            self.outside(rest, first)
        };
        self.at += length;
        rest.get(..length)
    }

    fn in_fence(&mut self, rest: &str, first: char) -> usize {
        if rest.starts_with(FENCE) {
            self.open.fence = None;
            FENCE.len()
        } else {
            first.len_utf8()
        }
    }

    /// Only as many backticks as opened the span close it. Of a longer run so many are taken at a
    /// time that neither they nor what is left of it look like that.
    fn in_code(&mut self, rest: &str, first: char, run: usize) -> usize {
        let most = RUN + FENCE.len();
        let here = backticks(rest, most);
        if here == run {
            self.open.code = None;
        }
        if here == most { RUN } else { here.max(first.len_utf8()) }
    }

    fn outside(&mut self, rest: &str, first: char) -> usize {
        if first == '\\' {
            // A backslash takes the meaning from the sign after it.
            let next = rest.chars().nth(1).map_or(0, char::len_utf8);
            return 1 + next;
        }
        let run = backticks(rest, FENCE.len());
        if run >= FENCE.len() {
            let (language, length) = fence_opening(rest);
            self.open.fence = Some(language);
            return length;
        }
        if run > 0 {
            if self.last.get(run - 1).is_some_and(|last| *last > Some(self.at)) {
                self.open.code = Some(run);
            } else {
                self.stray.push((self.at, run));
            }
            return run;
        }
        for span in SPANS {
            if rest.starts_with(span.marker()) && !self.is_bullet(span, rest) {
                self.toggle(span);
                return span.marker().len();
            }
        }
        first.len_utf8()
    }

    /// A single `*` begins something only before a sign and ends it only after one; else it is a
    /// bullet or a multiplication.
    fn is_bullet(&self, span: Span, rest: &str) -> bool {
        if span != Span::Italic {
            return false;
        }
        if self.open.spans.iter().any(|(open, _)| *open == Span::Italic) {
            let before = self.text.get(..self.at).unwrap_or_default();
            before.chars().next_back().is_none_or(char::is_whitespace)
        } else {
            // At the end of a text, what is put after it is not known.
            rest.chars().nth(1).is_some_and(char::is_whitespace)
        }
    }

    fn toggle(&mut self, span: Span) {
        match self.open.spans.iter().rposition(|(open, _)| *open == span) {
            Some(place) => {
                self.open.spans.remove(place);
            }
            None => self.open.spans.push((span, self.at)),
        }
    }
}

/// How many backticks a text begins with, at most so many: there may be thousands.
fn backticks(text: &str, most: usize) -> usize {
    text.bytes().take(most).take_while(|byte| *byte == b'`').count()
}

/// Where exactly so many backticks stand for the last time.
fn last_run(text: &str, run: usize) -> Option<usize> {
    let mut end = text.len();
    while let Some(last) = text.get(..end)?.rfind('`') {
        let before = text.get(..=last)?;
        let start = before.trim_end_matches('`').len();
        if before.len() - start == run {
            return Some(start);
        }
        end = start;
    }
    None
}

/// The language of a fence, and the length of its opening without the line break.
fn fence_opening(text: &str) -> (String, usize) {
    let after = text.get(FENCE.len()..).unwrap_or_default();
    let length = after
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"_+-.#".contains(byte))
        .count();
    let language = after.get(..length).unwrap_or_default();
    // Only a short word with a line break after it is a language; all else is code already.
    if length <= 20 && after.get(length..).is_some_and(|rest| rest.starts_with('\n')) {
        (language.to_owned(), FENCE.len() + length)
    } else {
        (String::new(), FENCE.len())
    }
}

/// The text, changed so that nothing in it reaches beyond its end: a fence is closed, a marker
/// without a partner is made a plain sign, and a quote up to the end of the message too.
pub(super) fn contained(text: &str) -> String {
    let mut text = text.to_owned();
    // An escaped sign can change what the next ones mean, so it is looked at again; each round
    // makes at least one sign plain.
    for _ in 0..8 {
        let inside = inert_once(&text);
        if inside == text {
            break;
        }
        text = inside;
    }
    text
}

fn inert_once(text: &str) -> String {
    let mut walk = Walk::new(text);
    let mut plain: Vec<usize> = Vec::new();
    loop {
        let at = walk.at();
        let in_code = walk.open.in_fence() || walk.open.in_code();
        if !in_code && starts_endless_quote(text, at) {
            plain.push(at);
        }
        if walk.step().is_none() {
            break;
        }
    }
    for (at, length) in &walk.stray {
        plain.extend(*at..at + length);
    }
    for (span, at) in &walk.open.spans {
        plain.extend(*at..at + span.marker().len());
    }
    plain.sort_unstable();
    plain.dedup();
    let mut out = String::with_capacity(text.len() + plain.len() + FENCE.len() + 1);
    let mut from = 0;
    for at in plain {
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push('\\');
        from = at;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    if walk.open.in_fence() {
        let closing = Open { fence: walk.open.fence, ..Open::default() }.closing(&out);
        out.push_str(&closing);
    } else if (out.len() - out.trim_end_matches('\\').len()) % 2 == 1 {
        // A last backslash would take the meaning from whatever is put after it.
        out.push('\\');
    }
    out
}

/// Whether `>>> ` stands here at the beginning of a line: all that follows would be a quote.
fn starts_endless_quote(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    rest.starts_with(">>>")
        && text
            .get(..at)
            .unwrap_or_default()
            .trim_end_matches(' ')
            .chars()
            .next_back()
            .is_none_or(|c| c == '\n')
}

/// Whether everything that the text opens is closed at its end.
#[cfg(test)]
pub(super) fn is_contained(text: &str) -> bool {
    let mut walk = Walk::new(text);
    while walk.step().is_some() {}
    walk.open == Open::default() && walk.stray.is_empty()
}

/// Whether a code fence is open at the end of the text.
#[cfg(test)]
pub(super) fn ends_in_fence(text: &str) -> bool {
    let mut walk = Walk::new(text);
    while walk.step().is_some() {}
    walk.open.in_fence()
}
