"""The file of the vectors: safetensors, written by hand so that the same table always gives the same bytes.

Layout: 8 bytes length of the header (little endian), the header in JSON, the data of the tensors:
`scales` F32 [N], `vectors` I8 [N, D] (row i is vectors[i] * scales[i]), `tokens` U8 (N tokens joined by
line feeds, in the order of the rows, which is the order of their bytes).
"""

import hashlib
import json

import numpy as np

KINDS = {"I8": np.int8, "F16": np.float16, "F32": np.float32, "U8": np.uint8}


def write(path, tensors, metadata):
    """Tensors as (name, kind, array), written in this order; gives the sha256 of the file."""
    header, data = {"__metadata__": metadata}, b""
    for name, kind, array in tensors:
        raw = np.ascontiguousarray(array.astype(KINDS[kind])).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    # The format asks for data that begin at a multiple of eight; spaces may end the header.
    text += b" " * (-len(text) % 8)
    whole = len(text).to_bytes(8, "little") + text + data
    path.write_bytes(whole)
    return hashlib.sha256(whole).hexdigest(), len(whole)


def read(path):
    """Gives the tokens with their numbers, the vectors as floats, and the metadata."""
    whole = path.read_bytes()
    length = int.from_bytes(whole[:8], "little")
    header = json.loads(whole[8:8 + length])

    def tensor(name):
        entry = header[name]
        start, end = entry["data_offsets"]
        part = whole[8 + length + start:8 + length + end]
        return np.frombuffer(part, KINDS[entry["dtype"]]).reshape(entry["shape"])

    tokens = tensor("tokens").tobytes().decode().split("\n")
    vectors = tensor("vectors").astype(np.float32) * tensor("scales").astype(np.float32)[:, None]
    return {token: i for i, token in enumerate(tokens)}, vectors, header["__metadata__"]
