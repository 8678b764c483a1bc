"""Holds soft coverage against graded answers of strangers.

What is chosen is chosen on the training part of SciEntsBank alone, by leaving out one question, or one
whole subject, at a time. Its test parts are read only with --open, to be run once.

Usage: evaluate.py VECTORS DATA [--open | --bank QUESTIONS | --examples QUESTIONS FILE]
  DATA holds scientsbank.csv and saf_en.csv (qid,group,question,reference,answer,score,max,extra).
"""

import csv
import dataclasses
import json
import pathlib
import sys

import numpy as np
import yaml

import features
import table
import text

PARTS = {"UA": "test-unseen-answers", "UQ": "test-unseen-questions", "UD": "test-unseen-domains"}
RIDGE = 1.0


class Answers:
    """Graded answers with the numbers of the method for each."""

    def __init__(self, rows, vectors):
        self.question = np.array([r["qid"] for r in rows])
        self.subject = np.array([r["group"] for r in rows])
        self.score = np.array([float(r["score"]) for r in rows])
        self.right = (self.score >= 2.5).astype(float)
        kept = {}

        def side(source):
            if source not in kept:
                kept[source] = features.Side(source, vectors)
            return kept[source]

        self.sides = [(side(r["question"]), side(r["reference"]), side(r["answer"])) for r in rows]

    def coverage(self, rules):
        return np.array([features.coverage(*s, rules) for s in self.sides])

    def exact(self, rules):
        return np.array([features.exact(*s, rules) for s in self.sides])

    def cosine(self):
        return np.array([features.cosine(*s) for s in self.sides])

    def hints(self):
        return np.array([features.hints(r, a) for _, r, a in self.sides])

    def words(self):
        return np.array([np.log1p(len(a.stems)) for _, _, a in self.sides])


def area(value, right):
    """Area under the ROC curve, ties counted half."""
    _, inverse, counts = np.unique(value, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    good = right.sum()
    return (rank[right == 1].sum() - good * (good + 1) / 2) / (good * (len(right) - good))


def best_threshold(value, right):
    """The threshold with the most right decisions on these rows."""
    order = np.argsort(-value, kind="stable")
    hits = np.cumsum(right[order])
    taken = np.arange(1, len(value) + 1)
    correct = hits + (len(value) - right.sum()) - (taken - hits)
    correct[:-1][value[order][:-1] == value[order][1:]] = -1
    best = int(correct.argmax())
    nearest = value[order][min(best + 1, len(value) - 1)]
    return float((value[order][best] + nearest) / 2)


def fit(columns, right):
    """Logistic regression with a small ridge on standardised columns; gives means, scales, weights (bias last)."""
    mean, scale = columns.mean(0), columns.std(0) + 1e-9
    whole = np.c_[(columns - mean) / scale, np.ones(len(columns))]
    held = np.eye(whole.shape[1]) * RIDGE
    held[-1, -1] = 0
    found = np.zeros(whole.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-whole @ found))
        slope = whole.T @ (p - right) + held @ found
        found -= np.linalg.solve(whole.T @ (whole * (p * (1 - p))[:, None]) + held, slope)
    return mean, scale, found


def probability(model, columns):
    mean, scale, found = model
    return 1 / (1 + np.exp(-(np.c_[(columns - mean) / scale, np.ones(len(columns))] @ found)))


def left_out(columns, right, group):
    """Probabilities for each group from a fit on all the others."""
    found = np.zeros(len(right))
    for one in np.unique(group):
        out = group == one
        found[out] = probability(fit(columns[~out], right[~out]), columns[out])
    return found


def surprise(p, right):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return -(right * np.log(p) + (1 - right) * np.log(1 - p)).mean()


def macro_f1(said, right):
    found = []
    for kind in (0, 1):
        both = ((said == kind) & (right == kind)).sum()
        found.append(2 * both / max(1, (said == kind).sum() + (right == kind).sum()))
    return float(np.mean(found))


def spread(function, groups, *arrays):
    """The middle 95 % of a figure over 2,000 draws of whole questions."""
    chance = np.random.default_rng(1)
    members = [np.flatnonzero(groups == g) for g in np.unique(groups)]
    found = []
    for _ in range(2000):
        rows = np.concatenate([members[i] for i in chance.integers(0, len(members), len(members))])
        found.append(function(*(a[rows] for a in arrays)))
    return np.percentile(found, [2.5, 97.5])


def isotonic(value, goal):
    """The rising step function nearest to the goal; gives a function."""
    order = np.argsort(value, kind="stable")
    blocks = []
    for v, g in zip(value[order], goal[order]):
        blocks.append([g, 1.0, v])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, count, last = blocks.pop()
            blocks[-1][0] = (blocks[-1][0] * blocks[-1][1] + mean * count) / (blocks[-1][1] + count)
            blocks[-1][1] += count
            blocks[-1][2] = last
    ends, heights = np.array([b[2] for b in blocks]), np.array([b[0] for b in blocks])
    return lambda x: heights[np.minimum(np.searchsorted(ends, x), len(heights) - 1)]


def variants(answers, rules):
    """Everything that is compared, as columns."""
    soft = answers.coverage(rules)
    yield "soft coverage, plain", answers.coverage(features.PLAIN)[:, None]
    yield "soft coverage, chosen rules", soft[:, None]
    changes = [("power", (0.5, 1.0)), ("echoed", (0.05, 0.25, 0.4, 1.0)), ("aside", (0.3, 0.7)),
               ("borrowed", (0.6, 1.0)), ("floor", (0.1, 0.3, 0.4)), ("exact_numbers", (True,)), ("repair", (False,))]
    for name, values in changes:
        for value in values:
            yield f"  {name} = {value}", answers.coverage(dataclasses.replace(rules, **{name: value}))[:, None]
    yield "equal stems only", answers.exact(rules)[:, None]
    yield "cosine without the question", answers.cosine()[:, None]
    yield "length of the answer", answers.words()[:, None]
    yield "soft + equal stems", np.c_[soft, answers.exact(rules)]
    yield "soft + cosine", np.c_[soft, answers.cosine()]
    yield "soft + hints of contradiction", np.c_[soft, answers.hints()]
    yield "soft + length of the answer", np.c_[soft, answers.words()]


def choose(train, rules):
    print("Training part, by leaving out one question (Q) or one subject (S):")
    print(f"{'':34} {'AUC S':>6} {'acc Q':>6} {'acc S':>6} {'loss Q':>6} {'loss S':>6}")
    for name, columns in variants(train, rules):
        q = left_out(columns, train.right, train.question)
        s = left_out(columns, train.right, train.subject)
        hit = [((p > 0.5) == train.right).mean() for p in (q, s)]
        loss = [surprise(p, train.right) for p in (q, s)]
        print(f"{name:34} {area(s, train.right):6.4f} {hit[0]:6.4f} {hit[1]:6.4f} {loss[0]:6.4f} {loss[1]:6.4f}", flush=True)


def open_once(rows, vectors, train, rules):
    print("Test parts; thresholds and fits from the training part only:")
    for name, chosen in (("plain", features.PLAIN), ("chosen rules", rules)):
        value = train.coverage(chosen)
        model = fit(value[:, None], train.right)
        mean, scale, found = model
        even = mean[0] - found[1] * scale[0] / found[0]
        counted = best_threshold(value, train.right)
        slope, shift = found[0] / scale[0], found[1] - found[0] * mean[0] / scale[0]
        print(f"{name}: p = 1/(1+exp(-({slope:.4f} * coverage {shift:+.4f}))), "
              f"p = 0.5 at {even:.4f}; most right decisions in training at {counted:.4f}")
        for part, split in PARTS.items():
            test = Answers([r for r in rows if r["extra"].split("|")[0] == split], vectors)
            value = test.coverage(chosen)
            for how, threshold in (("p = 0.5", even), ("counted", counted)):
                said = (value >= threshold).astype(float)
                low, high = spread(lambda a, b: (a == b).mean(), test.question, said, test.right)
                print(f"  {part} {how:8} accuracy {(said == test.right).mean():.4f} [{low:.3f}, {high:.3f}], "
                      f"macro-F1 {macro_f1(said, test.right):.4f}, AUC {area(value, test.right):.4f}, n {len(said)}")


def networks(rows, vectors, rules):
    """SAF: the correlation with the score, raw and through a rising function fitted on the other questions."""
    saf = Answers(rows, vectors)
    for name, chosen in (("plain", features.PLAIN), ("chosen rules", rules)):
        value = saf.coverage(chosen)
        found = np.zeros(len(value))
        for one in np.unique(saf.question):
            out = saf.question == one
            found[out] = isotonic(value[~out], saf.score[~out])(value[out])
        low, high = spread(lambda a, b: np.corrcoef(a, b)[0, 1], saf.question, found, saf.score)
        print(f"SAF {name}: raw r {np.corrcoef(value, saf.score)[0, 1]:.4f}, leave-question-out r "
              f"{np.corrcoef(found, saf.score)[0, 1]:.4f} [{low:.3f}, {high:.3f}], "
              f"RMSE {np.sqrt(((found - saf.score) ** 2).mean()):.4f}, n {len(value)}")


def bank(vectors, rules, questions):
    """Without labels: does a term find its key point, and a model answer its own key points?"""
    found, own, other = [], [], []
    silent = features.Side("", vectors)
    topics = [yaml.safe_load(p.read_text())["questions"] for p in sorted(pathlib.Path(questions).glob("*.yaml"))]
    for topic in topics:
        answers = [features.Side(q["answer"], vectors) for q in topic]
        for place, question in enumerate(topic):
            prompt = features.Side(question["prompt"], vectors)
            points = [features.Side(k["point"], vectors) for k in question["key_points"]]
            for here, point in enumerate(question["key_points"]):
                for there, answer in enumerate(answers):
                    (own if there == place else other).append(features.coverage(prompt, points[here], answer, rules))
                for term in point.get("terms") or []:
                    side = features.Side(str(term), vectors)
                    if side.stems and not any(side.has & p.has for p in points):
                        values = [features.coverage(silent, side, p, features.PLAIN) for p in points]
                        found.append(int(np.argmax(values)) == here)
    print(f"{np.mean(found):.4f} of {len(found)} terms that share no stem with a key point come nearest to their own")
    right = np.r_[np.ones(len(own)), np.zeros(len(other))]
    print(f"key points in their own model answer against those of the same topic: AUC {area(np.r_[own, other], right):.4f}, "
          f"middle coverage {np.median(own):.3f} against {np.median(other):.3f}")


def examples(vectors, rules, questions, out):
    """Cases with their numbers, from the bank itself, so that the judge can be held to them."""
    cases = []
    for path in sorted(pathlib.Path(questions).glob("*.yaml")):
        for question in yaml.safe_load(path.read_text())["questions"][:1]:
            answer = question["answer"].split("\n\n")[0]
            for point in question["key_points"][:2]:
                given = (question["prompt"], point["point"], answer)
                sides = [features.Side(part, vectors) for part in given]
                cases.append({
                    "question": given[0], "reference": given[1], "answer": given[2],
                    "stems": sides[1].stems,
                    "pieces": [text.pieces(w, vectors.known) for w in sides[1].words],
                    "weights": [round(float(w), 5) for w in features.weights(sides[0], sides[1], rules)],
                    "matches": [round(float(m), 5) for m in features.matches(*sides, rules)],
                    "coverage": round(features.coverage(*sides, rules), 5),
                })
    out.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print(f"{len(cases)} cases in {out}")


def main(vectors, data, *rest):
    known, numbers, _ = table.read(pathlib.Path(vectors))
    vectors, rules = features.Vectors(known, numbers), features.Rules()
    if rest[:1] == ("--examples",):
        examples(vectors, rules, rest[1], pathlib.Path(rest[2]))
        return
    if rest[:1] == ("--bank",):
        bank(vectors, rules, rest[1])
        return
    data = pathlib.Path(data)
    rows = list(csv.DictReader(open(data / "scientsbank.csv", newline="")))
    train = Answers([r for r in rows if r["extra"].split("|")[0] == "train"], vectors)
    if rest == ("--open",):
        open_once(rows, vectors, train, rules)
    else:
        choose(train, rules)
    networks(list(csv.DictReader(open(data / "saf_en.csv", newline=""))), vectors, rules)


if __name__ == "__main__":
    main(*sys.argv[1:])
