#!/usr/bin/env python3
"""Measures askonce and its peers on the workload W1 in one run, round by round in turn, and prints Markdown tables.

    run.py [--rounds N] [--only NAME,NAME] [--askonce COMMAND]    timing; identity on 1,000 households first
    run.py --identity [--only ...]                                identity on 100,000 households, no timing

Prepare with setup.sh. A peer that is not installed is named as skipped. Figures are CPU time, medians of the rounds;
a ratio is the median of each round's own ratio, so a slow spell of the machine falls on both sides. The tables, the
single rounds and the identity go to w1.json in the build folder ($BENCH_BUILD, else build/bench).
"""
import argparse
import hashlib
import json
import os
import shlex
import statistics
import subprocess
import sys
import time
from collections import namedtuple

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.abspath(os.environ.get("BENCH_BUILD", os.path.join(ROOT, "build", "bench")))

# SHA-256 of the canonical lines of the first households, by their number (workload.md says how a line looks).
IDENTITY = {
    1000: "c9cfe5f153bc762b49a8c1008d7267c8082a1ef058919d969395d0e484395aca",
    5000: "5be5b35a3f5df19369d201d157e922b97eda2a76373c2631b4c2279ea5222211",
    100000: "eff5b12c2cf136055c1b3155671d39ea272caed948191c703f6c37291437dd81",
}

# needs: the file that says that the peer is installed. modes: which of MODES it can be asked for.
# most: the most households of its identity check (for one that needs minutes for all of them).
Peer = namedtuple("Peer", "name label command needs modes most", defaults=(100000,))
Mode = namedtuple("Mode", "name title file arguments")

MODES = (
    Mode("E", "One household: answers in memory, result with its reasons", 20000, ("eval",)),
    Mode("J", "One household: JSON text in, JSON text out", 20000, ("json",)),
    Mode("column 100,000", "A column of 100,000 households: statuses and scores", 100000, ("column", "100000")),
    Mode("column 1,000,000", "A column of 1,000,000 households: statuses and scores", 100000, ("column", "1000000")),
    Mode("reasons 100,000", "A column of 100,000 households: statuses, scores and reasons", 100000,
         ("reasons", "100000")),
)
ONE, COLUMNS = ("E", "J"), ("column 100,000", "column 1,000,000")


def in_build(*path):
    return os.path.join(BUILD, *path)


def node(script, *arguments):
    return ["node", os.path.join(HERE, script), *arguments]


def peers(askonce):
    lua, zen = in_build("peer_lua"), in_build("npm", "node_modules", "@gorules", "zen-engine", "package.json")
    openfisca = [in_build("venv", "bin", "python"), os.path.join(HERE, "peer_openfisca.py")]
    fisca_installed = in_build("venv", "installed.txt")
    return (
        Peer("askonce", "**askonce**", askonce, askonce[0], ("E",) + COLUMNS),
        Peer("c", "C by hand, struct to struct", [in_build("peer_c")], in_build("peer_c"), ONE + COLUMNS),
        Peer("js", "JavaScript by hand, Node", node("peer_js.mjs"), "node", ONE),
        Peer("lua", "Lua 5.4 by hand, tables, hook and memory cap", [lua, "table"], lua, ONE),
        Peer("lua-userdata", "Lua 5.4 by hand, userdata, hook and memory cap", [lua, "userdata"], lua, ONE),
        Peer("lua-bare", "Lua 5.4 by hand, tables, no limits", [lua, "table-bare"], lua, ONE),
        Peer("zen", "GoRules ZEN, expression nodes", node("peer_zen.mjs", "expression"), zen, ONE),
        Peer("zen-table", "GoRules ZEN, decision tables", node("peer_zen.mjs", "table"), zen, ("E",)),
        Peer("zen-function", "GoRules ZEN, function node", node("peer_zen.mjs", "function"), zen, ("E",)),
        Peer("jre", "json-rules-engine", node("peer_jre.mjs"),
             in_build("npm", "node_modules", "json-rules-engine", "package.json"), ONE),
        Peer("openfisca", "OpenFisca, one household a simulation", openfisca + ["single"], fisca_installed, ("E",),
             5000),
        Peer("openfisca-column", "OpenFisca, vectorised", openfisca + ["column"], fisca_installed,
             COLUMNS + ("reasons 100,000",)),
    )


BASES = (("askonce", "askonce"), ("C", "c"), ("JavaScript", "js"))  # the columns of ratios


def missing(needs):
    if os.sep in needs:
        return not os.path.exists(needs)
    return not any(os.access(os.path.join(folder, needs), os.X_OK) for folder in os.get_exec_path())


def households(count):
    return in_build(f"w1-{count}.jsonl")


def environment():
    return dict(os.environ, BENCH_BUILD=BUILD)


def canonical_hash(peer, count):
    """SHA-256 of what `peer` dumps for the first `count` households, or a text that says why there is none."""
    digest = hashlib.sha256()
    process = subprocess.Popen(peer.command + ["dump", households(count)], stdout=subprocess.PIPE, env=environment())
    for block in iter(lambda: process.stdout.read(1 << 20), b""):
        digest.update(block)
    return digest.hexdigest() if process.wait() == 0 else f"failed with exit code {process.returncode}"


def check_identity(chosen, most):
    """Prints one line a peer. Returns {name: hash} and whether all agree."""
    found, good = {}, True
    for peer in chosen:
        count = min(most, peer.most)
        found[peer.name] = canonical_hash(peer, count)
        same = found[peer.name] == IDENTITY[count]
        good = good and same
        verdict = "same" if same else "DIFFERENT"
        print(f"{verdict:9} {peer.name:18} {count:>7} households  {found[peer.name]}", flush=True)
    return found, good


def busy_seconds():
    """CPU seconds of the whole machine outside idle and waiting, since it started."""
    with open("/proc/stat", encoding="ascii") as stat:
        ticks = [int(field) for field in stat.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def own_seconds():
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def measure(peer, mode):
    verb, *more = mode.arguments
    command = peer.command + [verb, households(mode.file), "1", *more]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment(), check=False)
    if done.returncode != 0:
        raise SystemExit(f"run.py: {shlex.join(command)} failed with exit code {done.returncode}")
    return json.loads(done.stdout)


def progress(text):
    if sys.stderr.isatty():
        print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)


def run_rounds(chosen, rounds):
    """{(mode, peer): [one measurement a round]}, and how many cores other work used meanwhile."""
    found = {}
    busy, own, wall = busy_seconds(), own_seconds(), time.monotonic()
    for number in range(rounds):
        for mode in MODES:
            for peer in chosen:
                if mode.name in peer.modes:
                    progress(f"round {number + 1} of {rounds}: {mode.name}, {peer.name}")
                    found.setdefault((mode.name, peer.name), []).append(measure(peer, mode))
    progress("")
    foreign = max(0.0, (busy_seconds() - busy) - (own_seconds() - own)) / (time.monotonic() - wall)
    return found, foreign


def check_sums(found):
    """Peers that timed the same households must have found the same scores and reasons."""
    sums = {}
    for (mode, peer), measurements in found.items():
        for one in measurements:
            if one.get("checksum") is not None:
                sums.setdefault((mode, one["n"]), {}).setdefault(one["checksum"], set()).add(peer)
    wrong = {key: by_sum for key, by_sum in sums.items() if len(by_sum) > 1}
    for (mode, n), by_sum in wrong.items():
        print(f"run.py: mode {mode}, {n} households: different results: {by_sum}", file=sys.stderr)
    return not wrong


def times(found, mode, peer):
    return [one["us_per_household"][0] for one in found.get((mode, peer), [])]


def digits(x):
    return f"{x:.3f}" if x < 1 else f"{x:.2f}" if x < 10 else f"{x:,.1f}" if x < 100 else f"{x:,.0f}"


def table(found, mode, chosen):
    """The rows of one mode as dictionaries, fastest first."""
    rows = []
    for peer in chosen:
        mine = times(found, mode.name, peer.name)
        if not mine:
            continue
        measured = found[(mode.name, peer.name)]
        row = {"peer": peer.name, "label": peer.label, "n": measured[0]["n"], "us": statistics.median(mine),
               "min": min(mine), "max": max(mine), "rss_mb": statistics.median(one["rss_mb"] for one in measured),
               "rounds": mine, "against": {}}
        if "engine_us" in measured[0]:
            row["engine_us"] = statistics.median(one["engine_us"] for one in measured)
        for _, base in BASES:
            theirs = times(found, mode.name, base)
            if theirs:
                row["against"][base] = statistics.median(m / t for m, t in zip(mine, theirs))
        rows.append(row)
    return sorted(rows, key=lambda row: row["us"])


def markdown(mode, rows):
    bases = [(title, base) for title, base in BASES if any(base in row["against"] for row in rows)]
    lines = [f"### {mode.title}", "",
             "| | µs a household | least - most | households/s | " + " | ".join(f"x {title}" for title, _ in bases)
             + (" | " if bases else "") + "MB |", "|---|--:|--:|--:|" + "--:|" * (len(bases) + 1)]
    for row in rows:
        ratios = "".join(f"{digits(row['against'][base])} | " if base in row["against"] else "| " for _, base in bases)
        lines.append(f"| {row['label']} | {digits(row['us'])} | {digits(row['min'])} - {digits(row['max'])} | "
                     f"{1e6 / row['us']:,.0f} | {ratios}{row['rss_mb']:,.0f} |")
    for row in rows:
        if "engine_us" in row:
            lines.append(f"\n{row['label']}: {digits(row['engine_us'])} µs by the engine's own clock, "
                         "without the way from and to JavaScript.")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="names of peers, separated by commas")
    parser.add_argument("--identity", action="store_true")
    parser.add_argument("--askonce", default=shlex.quote(os.path.join(ROOT, "build", "release", "bench_w1")),
                        help="askonce's command, with the command line of workload.md")
    options = parser.parse_args()
    everyone = peers(shlex.split(options.askonce))
    unknown = set(options.only.split(",") if options.only else ()) - {peer.name for peer in everyone}
    if unknown or options.rounds < 1:
        parser.error(f"no peer is called {', '.join(sorted(unknown))}" if unknown else "--rounds must be 1 or more")
    wanted = [peer for peer in everyone if not options.only or peer.name in options.only.split(",")]
    chosen = [peer for peer in wanted if not missing(peer.needs)]
    skipped = [peer.name for peer in wanted if peer not in chosen]
    if not os.path.exists(households(20000)):
        raise SystemExit(f"run.py: {households(20000)} is missing: run bench/w1/setup.sh")
    for name in skipped:
        print(f"skipped   {name:18} not installed or not built")
    hashes, same = check_identity(chosen, 100000 if options.identity else 1000)
    if options.identity or not same:
        return 0 if same else 1
    found, foreign = run_rounds(chosen, options.rounds)
    sums_agree = check_sums(found)
    tables = {mode.name: table(found, mode, chosen) for mode in MODES}
    for mode in MODES:
        if tables[mode.name]:
            print("\n" + markdown(mode, tables[mode.name]), end="")
    print(f"\nMedians of {options.rounds} interleaved rounds of CPU time; {os.cpu_count()} cores, of which other work "
          f"used {foreign:.2f} meanwhile." + (f" Skipped: {', '.join(skipped)}." if skipped else ""))
    with open(in_build("w1.json"), "w", encoding="utf-8") as out:
        json.dump({"rounds": options.rounds, "cores": os.cpu_count(), "foreign_cores": round(foreign, 2),
                   "skipped": skipped, "identity_1000": hashes, "results_agree": sums_agree, "tables": tables},
                  out, indent=1)
        out.write("\n")
    return 0 if sums_agree else 1


if __name__ == "__main__":
    sys.exit(main())
