"""How a text becomes words, stems and pieces. The judge does exactly the same; README.md says it in words.

Knows nothing of vectors but the list of tokens.
"""

import functools
import re
import unicodedata

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")

# Words that carry no content of their own. Negations, "more" and "most" are not here: they turn what is said.
STOP_WORDS = frozenset("""
a about after again all also am an and any are as at be because been before being but by can could did do does
doing done each else for from further get gets got had has have having he her here hers him his how i if in into is it
its itself just let lets may me might much must my of off on one only or other our ours out over own
same she should so some such than that the their them then there these they this those through to too under up
upon us very was we were what when where which while who whom why will with would you your yours
s t d ll m re ve
""".split())

# "don't" comes apart into "don" and "t".
NEGATIONS = frozenset("""
no not never none nothing nobody neither nor cannot without don dont doesn doesnt didn didnt isn isnt aren wasn
weren won wont wouldn shouldn couldn hasn haven hadn cant
""".split())


def fold(text):
    """Lower case, without accents: NFD, marks (category Mn) dropped, then lower case."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return text.lower()


def words(text):
    """Maximal runs of a-z and 0-9 in the folded text. All else only parts words."""
    return re.findall(r"[a-z0-9]+", fold(text))


@functools.lru_cache(maxsize=None)
def stem(word):
    """The English Snowball stem (Porter2)."""
    return _STEMMER.stemWord(word)


def pieces(word, known):
    """WordPieces of one word: the longest known beginning, then the longest known "##" continuation, and so
    on. `known` maps tokens to their numbers and holds every single letter and digit, so all words end."""
    found, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start:
            token = word[start:end] if start == 0 else "##" + word[start:end]
            if token in known:
                found.append(known[token])
                break
            end -= 1
        else:
            return []
        start = end
    return found
