"""What can be seen when an answer is held against a reference: a few numbers between 0 and 1.

The judge computes the same; README.md gives the formulas. Knows nothing of thresholds or of data sets.
"""

import dataclasses
import functools
import re

import numpy as np

import text


@dataclasses.dataclass(frozen=True)
class Rules:
    """The numbers of the method. The defaults are the ones that were chosen on the training part."""

    power: float = 0.7      # weight of a word: the length of its vector to this power
    echoed: float = 0.15    # times this, if the question says it already
    aside: float = 1.0      # times this, if it stands in round brackets (tried, not used)
    borrowed: float = 0.8   # a cosine to a word that the answer has from the question counts this much
    floor: float = 0.2      # below this cosine two words have nothing to do with each other
    exact_numbers: bool = False  # numbers and single letters match only themselves (tried, not used)
    repair: bool = True     # a slip of the finger counts as the word itself


# Soft coverage as it was first measured, to compare with.
PLAIN = Rules(power=1.0, echoed=0.25, borrowed=1.0, repair=False)

# Pairs of which one must not pass for the other, for the hint of a contradiction.
OPPOSITES = """
more less|more fewer|increase decrease|increase reduce|rise fall|rise drop|up down|high low|higher lower|
fast slow|faster slower|large small|larger smaller|big small|bigger smaller|long short|longer shorter|
hot cold|warm cool|same different|open close|start stop|begin end|add remove|before after|always never|
all none|push pull|attract repel|gain lose|heavy light|hard soft|strong weak|thick thin|wet dry|
expand contract|contract relax|absorb reflect|absorb release|melt freeze|evaporate condense|
positive negative|true false|inside outside|top bottom|front back|left right|near far|deep shallow|
read write|client server|synchronous asynchronous|public private|optimistic pessimistic|commit rollback|
encrypt decrypt|allow deny|accept reject|enable disable|succeed fail|success failure|safe unsafe|
mutable immutable|stateful stateless|horizontal vertical|strong eventual|primary replica|leader follower|
producer consumer|sender receiver|first last|old new|better worse|best worst|cheap expensive
"""


@functools.lru_cache(maxsize=1)
def opposites():
    found = {}
    for pair in OPPOSITES.replace("\n", "").split("|"):
        one, other = (text.stem(w) for w in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


class Vectors:
    """Vectors of whole words: the sum of their pieces."""

    def __init__(self, known, table):
        self.known, self.table, self.kept = known, table, {}

    def word(self, word):
        if word not in self.kept:
            found = text.pieces(word, self.known)
            self.kept[word] = self.table[found].sum(0) if found else np.zeros(self.table.shape[1], np.float32)
        return self.kept[word]


class Side:
    """One text, ready to be compared: its content words, one of each stem (the first), in their order."""

    def __init__(self, source, vectors):
        spoken = text.words(source)
        self.negations = sum(w in text.NEGATIONS for w in spoken)
        first = {}
        for word in spoken:
            if word not in text.STOP_WORDS:
                first.setdefault(text.stem(word), word)
        self.stems, self.words = list(first), list(first.values())
        self.has = set(first)
        rows = [vectors.word(w) for w in self.words]
        self.raw = np.array(rows, np.float32).reshape(len(rows), vectors.table.shape[1])
        self.norm = np.linalg.norm(self.raw, axis=1)
        self.unit = self.raw / np.maximum(self.norm, 1e-9)[:, None]
        self.number = np.array([len(s) == 1 or any(c.isdigit() for c in s) for s in self.stems], bool)
        inner = {text.stem(w) for part in re.findall(r"\(([^)]*)\)", source) for w in text.words(part)}
        self.aside = np.array([s in inner for s in self.stems], bool)


def one_edit(one, other):
    """Whether a letter more, less or other, or two neighbours swapped, makes one word into the other."""
    if one == other or min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    i = 0
    while i < min(len(one), len(other)) and one[i] == other[i]:
        i += 1
    a, b = one[i:], other[i:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def slip(one, other):
    """Whether two words of five letters or more, or for six and more their stems, are a slip of the finger apart."""
    return one_edit(one, other) or (len(one) >= 6 and one_edit(text.stem(one), text.stem(other)))


def weights(question, reference, rules=Rules()):
    """How much each content word of the reference counts."""
    found = reference.norm.astype(np.float64) ** rules.power
    found = found * np.where([s in question.has for s in reference.stems], rules.echoed, 1.0)
    return found * np.where(reference.aside, rules.aside, 1.0)


def matches(question, reference, answer, rules=Rules()):
    """How well the answer says each content word of the reference: 1 for the same stem or a slip of the
    finger, else by the nearest word of the answer."""
    if not reference.stems or not answer.stems:
        return np.zeros(len(reference.stems))
    cosines = reference.unit @ answer.unit.T
    cosines = cosines * np.where([s in question.has for s in answer.stems], rules.borrowed, 1.0)
    if rules.exact_numbers:
        cosines[reference.number[:, None] | answer.number[None, :]] = 0.0
    found = np.clip((cosines.max(1).astype(np.float64) - rules.floor) / (1 - rules.floor), 0, 1)
    for i, stem in enumerate(reference.stems):
        if stem in answer.has or (rules.repair and any(slip(reference.words[i], w) for w in answer.words)):
            found[i] = 1.0
    return found


def coverage(question, reference, answer, rules=Rules()):
    """Soft coverage: the weighted mean of the matches; 0 for a reference without content words."""
    weight = weights(question, reference, rules)
    if weight.sum() <= 0:
        return 0.0
    return float((weight * matches(question, reference, answer, rules)).sum() / weight.sum())


def exact(question, reference, answer, rules=Rules()):
    """The same with equal stems only."""
    weight = weights(question, reference, rules)
    same = np.array([s in answer.has for s in reference.stems], float)
    return float((weight * same).sum() / weight.sum()) if weight.sum() > 0 else 0.0


def cosine(question, reference, answer):
    """Cosine of the sums of both texts, without what points where the question points."""
    along = question.raw.sum(0)
    along = along / max(float(np.linalg.norm(along)), 1e-9)
    one, other = reference.raw.sum(0), answer.raw.sum(0)
    one, other = one - along * (one @ along), other - along * (other @ along)
    return float(one @ other / max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1e-9))


def hints(reference, answer):
    """Marks of a contradiction: negations more or fewer than in the reference, and an opposite of a word of
    the reference in its place."""
    known = opposites()
    turned = any(o in answer.has and o not in reference.has
                 for s in reference.stems if s not in answer.has for o in known.get(s, ()))
    return [float(answer.negations > reference.negations), float(answer.negations < reference.negations), float(turned)]
