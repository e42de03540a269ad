#!/usr/bin/env python3
"""Measures the command itself: start to first answer, and --bulk from JSON lines with its memory.

    run.py [--askonce COMMAND] [--sizes 10000,100000,1000000] [--rounds N] [--jobs N]

Bulk uses the three programs of W1 (../w1/askonce) and the households of ../w1/generate.py. Files go to $BENCH_BUILD, else build/bench; they
are deleted again. Prints Markdown. Wall time, since the figure is about two cores at once.
"""
import argparse
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get("BENCH_BUILD", os.path.join(ROOT, "build", "bench")))
RULES = os.path.join(ROOT, "bench", "w1", "askonce")


def run(command):
    """Wall seconds and the largest resident size in MB of one run. The size is looked up while it runs: what the kernel
    reports at the end would count this script too, from which it was forked."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    most = 0
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                most = max([most] + [int(line.split()[1]) for line in status if line.startswith("VmHWM")])
        except OSError:
            pass
        time.sleep(0.001 if time.monotonic() - begin < 0.1 else 0.05)
    if process.returncode != 0:
        raise SystemExit(f"run.py: {' '.join(command)} failed")
    return time.monotonic() - begin, most / 1024


def start(askonce, rounds):
    command = [askonce, "assess", os.path.join(ROOT, "examples", "eviction-at-82.json"), "--as-of", "2026-11-23"]
    found = [run(command) for _ in range(rounds * 4)]
    print("### Start to first answer: the eight shipped programs, one household, the whole report\n")
    print("| | median | most |\n|---|--:|--:|")
    print(f"| wall ms | {statistics.median(f[0] for f in found) * 1000:.1f} | {max(f[0] for f in found) * 1000:.1f} |")
    print(f"| resident MB | {statistics.median(f[1] for f in found):.1f} | {max(f[1] for f in found):.1f} |\n")


def households(path, count):
    """W1 households as the command takes them. One block of lines is generated and repeated."""
    block = subprocess.run([sys.executable, os.path.join(ROOT, "bench", "w1", "generate.py"), str(min(count, 100000))],
                           stdout=subprocess.PIPE, check=True).stdout.splitlines()
    with open(path, "wb") as out:
        for _ in range(max(1, count // 100000)):
            out.writelines(b'{"answers":' + line + b"}\n" for line in block)


def bulk(askonce, sizes, rounds, jobs):
    print(f"### --bulk: JSON lines in, JSON lines out (reasons, answers echoed), {jobs} threads\n")
    print("| households | households/s, median | most | resident MB |\n|--:|--:|--:|--:|")
    source, target = os.path.join(BUILD, "bulk.jsonl"), os.path.join(BUILD, "bulk.out.jsonl")
    for size in sizes:
        households(source, size)
        found = []
        for _ in range(rounds):
            found.append(run([askonce, "assess", "--bulk", source, "--out", target, "--force", "--jobs", str(jobs),
                              "--forms", os.path.join(RULES, "forms"), "--plugins", os.path.join(RULES, "plugins"),
                              "--pack", "w1"]))
            for left in (target, target + ".state", target + ".rejects.jsonl"):
                if os.path.exists(left):
                    os.remove(left)
        print(f"| {size:,} | {size / statistics.median(f[0] for f in found):,.0f} | "
              f"{size / min(f[0] for f in found):,.0f} | {max(f[1] for f in found):.1f} |", flush=True)
        os.remove(source)
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--askonce", default=os.path.join(ROOT, "build", "release", "askonce"))
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    os.makedirs(BUILD, exist_ok=True)
    start(options.askonce, options.rounds)
    bulk(options.askonce, [int(size) for size in options.sizes.split(",")], options.rounds, options.jobs)


if __name__ == "__main__":
    main()
