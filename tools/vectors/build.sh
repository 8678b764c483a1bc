#!/usr/bin/env bash
# Rebuilds src/judge/vectors.safetensors from packages alone. About an hour on two cores, 3 GB of disk.
# Needs Python 3.11, and Debian 12 for the text of its packages. Usage: build.sh [FOLDER TO BUILD IN]
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${1:-$root/target/vectors}
# Sentences that the teacher is asked for: a multiple of its block of 2,048.
sentences=100352

mkdir -p "$build"
if [ ! -x "$build/venv/bin/python" ]; then
  python3 -m venv "$build/venv"
fi
# Without dependencies of dependencies: the tokenizer's would be a client for a model hub, which is not used.
"$build/venv/bin/pip" install --quiet --no-deps -r "$here/requirements.txt"

python="$build/venv/bin/python"
"$python" "$here/corpus.py" "$build" "$root/questions"
"$python" "$here/teacher.py" "$build" "$sentences"
mkdir -p "$root/src/judge"
"$python" "$here/distil.py" "$build" "$root/src/judge/vectors.safetensors"
