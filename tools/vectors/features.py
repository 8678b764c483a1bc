"""What can be seen when an answer is held against a reference: a few numbers between 0 and 1.

The judge computes the same; README.md gives the formulas. Knows nothing of thresholds or of data sets.
"""

import functools
import re

import numpy as np

import text

ECHOED = 0.25     # weight of a word that the question gives away
ASIDE = 0.5       # weight of a word in brackets
FLOOR = 0.2       # below this cosine two words have nothing to do with each other
STRONG = 0.6

OPPOSITES = """more less|more fewer|increase decrease|increase reduce|rise fall|rise drop|up down|high low|higher lower|
fast slow|faster slower|large small|larger smaller|big small|bigger smaller|long short|longer shorter|hot cold|
warm cool|hotter colder|warmer cooler|same different|open close|start stop|begin end|add remove|before after|
always never|all none|push pull|attract repel|gain lose|heavy light|heavier lighter|hard soft|harder softer|
strong weak|stronger weaker|thick thin|thicker thinner|wet dry|expand contract|contract relax|absorb reflect|
absorb release|melt freeze|evaporate condense|positive negative|true false|inside outside|top bottom|front back|
left right|near far|closer farther|deep shallow|read write|client server|synchronous asynchronous|
public private|optimistic pessimistic|commit rollback|encrypt decrypt|allow deny|accept reject|enable disable|
succeed fail|success failure|safe unsafe|mutable immutable|stateful stateless|horizontal vertical|
strong eventual|blocking nonblocking|primary replica|leader follower|producer consumer|sender receiver|
first last|older newer|old new|better worse|best worst|cheap expensive|rough smooth|bright dark|loud quiet"""


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
    """One text, ready to be compared: its content words, once each, in their order."""

    def __init__(self, source, vectors, keep=None):
        all_words = text.words(source)
        self.first = all_words[0] if all_words else ""
        self.negations = sum(w in text.NEGATIONS for w in all_words) + len(re.findall(r"n['’]t\b", source))
        self.order = [text.stem(w) for w in all_words if w not in text.STOP_WORDS]
        seen = {}
        for w in all_words:
            if w not in text.STOP_WORDS:
                seen.setdefault(text.stem(w), w)
        self.stems = list(seen)
        self.place = {s: i for i, s in enumerate(self.stems)}
        raw = [vectors.word(w) for w in seen.values()]
        self.raw = np.array(raw, np.float32).reshape(len(raw), vectors.table.shape[1])
        self.norm = np.linalg.norm(self.raw, axis=1)
        self.unit = self.raw / np.maximum(self.norm, 1e-9)[:, None]
        self.surface = list(seen.values())


def near(one, other):
    """Whether two words are one slip of the finger apart: one letter more, less, other, or two swapped."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 5 or one == other:
        return False
    i = 0
    while i < min(len(one), len(other)) and one[i] == other[i]:
        i += 1
    a, b = one[i:], other[i:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def matches(reference, answer, repair=True):
    """For each content word of the reference how well the answer says it: 1 for the same stem, else by the
    nearest word of the answer."""
    if not answer.stems or not reference.stems:
        return np.zeros(len(reference.stems), np.float32)
    cosines = reference.unit @ answer.unit.T
    found = np.clip((cosines.max(1) - FLOOR) / (1 - FLOOR), 0, 1)
    for i, stem in enumerate(reference.stems):
        if stem in answer.place:
            found[i] = 1.0
        elif repair and any(near(reference.surface[i], w) for w in answer.surface):
            found[i] = 1.0
    return found
