#!/usr/bin/env bash
# Long runs of the machines that look for lost, doubled and leaked things. Each replaces its
# figures in docs/RELIABILITY.md. Without this script the same machines run among all tests, small.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TEXT'
usage: bash tests/reliability.sh MACHINE…

  model     random lives of a team against a naive model       CASES  (20000)
  crash     kill -9 of the program at random instants          CYCLES (300)
  storage   damage to every byte of a data folder              FLIPS  (200000)
  network   faults of Discord and of the way to it             ROUNDS (10)
  fuzz      hostile input for every parser                     INPUTS (200000)
  restart   start and stop with a filled data folder           STARTS (50)
  all       all of them, one after the other

Sizes are environment variables: CYCLES=1000 bash tests/reliability.sh crash
TEXT
}

run() {
  local size=$1 usual=$2
  shift 2
  printf '\n== %s (%s=%s)\n' "$machine" "$size" "${!size:-$usual}"
  env RELIABILITY=docs/RELIABILITY.md "$size=${!size:-$usual}" \
    cargo test --locked "$@" -- --nocapture --test-threads=1
}

[ $# -gt 0 ] || { usage; exit 2; }
[ "$1" = all ] && set -- model crash storage network fuzz restart
for machine in "$@"; do
  case $machine in
    model) run CASES 20000 --test model ;;
    crash) run CYCLES 300 --test crash ;;
    storage) run FLIPS 200000 --test damage ;;
    network) run ROUNDS 10 --test network ;;
    fuzz) run INPUTS 200000 --test fuzz ;;
    restart) run STARTS 50 --test restart ;;
    -h | --help | help) usage ;;
    *) usage; exit 2 ;;
  esac
done
