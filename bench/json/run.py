#!/usr/bin/env python3
"""Compiles the parsers of this folder and measures them on the W1 lines, round by round in turn: run.py [ROUNDS]

Needs bench/w1/setup.sh (for the lines) and libyajl-dev, libjansson-dev, libsimdjson-dev, g++. Programs go to the build
folder ($BENCH_BUILD, else build/bench). Prints a Markdown table of CPU time a line, medians.
"""
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
W1 = os.path.join(os.path.dirname(HERE), "w1")
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get("BENCH_BUILD", os.path.join(ROOT, "build", "bench")))
LINES = os.path.join(BUILD, "w1-20000.jsonl")
WARNINGS = "-Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wvla -Werror".split()

# label, what makes the program, arguments before FILE ROUNDS
PARSERS = (
    ("libyajl, a handle a line", "parse_c", ("yajl-line",)),
    ("libyajl, a handle a line, its memory from an arena", "parse_c", ("yajl-arena",)),
    ("libyajl, one handle for the file", "parse_c", ("yajl-stream",)),
    ("libyajl, one handle for the file, UTF-8 not checked", "parse_c", ("yajl-stream-raw",)),
    ("libjansson, a tree a line", "parse_c", ("jansson",)),
    ("simdjson On-Demand, any x86-64", "parse_simdjson", ()),
    ("simdjson On-Demand, for this processor (`-march=native`)", "parse_simdjson_native", ()),
    ("hand-written scanner that knows only W1 lines", "parse_c", ("scanner",)),
)


def build():
    def here(name):
        return os.path.join(HERE, name)

    def in_w1(name):
        return os.path.join(W1, name)

    def in_build(name):
        return os.path.join(BUILD, name)

    c = ["gcc", "-std=gnu17", "-O2", *WARNINGS]
    subprocess.run([*c, "-o", in_build("parse_c"), here("parse_c.c"), in_w1("answers.c"), in_w1("measure.c"),
                    "-lyajl", "-ljansson"], check=True)
    subprocess.run([*c, "-c", "-o", in_build("measure.o"), in_w1("measure.c")], check=True)
    for name, flag in (("parse_simdjson", "-mtune=generic"), ("parse_simdjson_native", "-march=native")):
        subprocess.run(["g++", "-std=c++17", "-O2", "-Wall", "-Wextra", flag, f'-DNAME="{name}"', "-o", in_build(name),
                        here("parse_simdjson.cpp"), in_build("measure.o"), "-lsimdjson"], check=True)


def main(arguments):
    if not os.path.exists(LINES):
        raise SystemExit(f"run.py: {LINES} is missing: run bench/w1/setup.sh")
    build()
    found = {label: [] for label, _, _ in PARSERS}
    for _ in range(int(arguments[0]) if arguments else 7):
        for label, program, more in PARSERS:
            done = subprocess.run([os.path.join(BUILD, program), *more, LINES, "1"], stdout=subprocess.PIPE, check=True)
            found[label].append(json.loads(done.stdout))
    if len({one["checksum"] for measured in found.values() for one in measured}) != 1:
        raise SystemExit("run.py: the parsers did not see the same keys and values")
    size = os.path.getsize(LINES) / found[PARSERS[0][0]][0]["n"]
    reference = [one["us_per_household"][0] for one in found[PARSERS[0][0]]]
    print("| | µs a line | least - most | MB/s | x libyajl |\n|---|--:|--:|--:|--:|")
    for label, _, _ in PARSERS:
        times = [one["us_per_household"][0] for one in found[label]]
        median, ratio = statistics.median(times), statistics.median(a / b for a, b in zip(times, reference))
        print(f"| {label} | {median:.2f} | {min(times):.2f} - {max(times):.2f} | {size / median:,.0f} | {ratio:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
