"""How measurements are printed: Markdown tables, and what was aimed at beside what came out."""
import sys

from load import median, ratio

ALL_AIMS = []  # (aim, figure, bound, reached)
WRONG = []     # what a witness found; then no figure counts


def progress(text):
    if sys.stderr.isatty():
        print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)


def number(x):
    return f"{x:,.0f}" if x >= 100 else f"{x:.1f}" if x >= 10 else f"{x:.2f}"


def table(title, found, base):
    """One row a server and number of connections."""
    print(f"\n### {title}\n")
    versus = f" x {base} |" if base else ""
    print(f"| | connections | requests/s | least - most | p50 ms | p99 ms | most ms | CPU µs a request | MB |{versus} errors |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|" + ("--:|" if base else "") + "--:|")
    for (name, connections), rounds in found.items():
        rates = [one["rps"] for one in rounds]
        cpu = number(median(rounds, "cpu_us"))
        if median(rounds, "others_cpu_us"):
            cpu += f" + {number(median(rounds, 'others_cpu_us'))} (database)"
        against = f" {ratio(rounds, found[(base, connections)]):.2f} |" if base else ""
        errors = sum(one["errors"] for one in rounds)
        wrong = sum(one["wrong"] for one in rounds)
        if wrong:
            WRONG.append(f"{name}: {wrong} replies were wrong")
        print(f"| {name} | {connections} | {number(median(rounds, 'rps'))} | {number(min(rates))} - {number(max(rates))} | "
              f"{median(rounds, 'p50_ms'):.2f} | {median(rounds, 'p99_ms'):.2f} | {max(one['most_ms'] for one in rounds):.0f} | "
              f"{cpu} | {number(max(one['memory_mb'] for one in rounds))} |{against} {errors}{' WRONG' if wrong else ''} |")
    foreign = max(one["foreign"] for rounds in found.values() for one in rounds)
    looked = sum(one["witness"] for rounds in found.values() for one in rounds)
    print(f"\n{looked:,} replies compared during the load. Other work used at most {foreign:.2f} of a processor.", flush=True)


def verdict(aim, figure, bound, kind):
    reached = figure >= bound if kind == "least" else figure <= bound
    ALL_AIMS.append((aim, figure, bound, kind, reached))
    print(f"\n{'reached' if reached else 'NOT reached'}: {aim}: {number(figure)} (at {kind} {bound:,})", flush=True)


def aims(found, wanted):
    """wanted: (text, name, base, times), at 32 connections."""
    for text, name, base, times in wanted:
        if (base, 32) in found:
            verdict(f"{name}: {text}", ratio(found[(name, 32)], found[(base, 32)]), times, "least")


def figures(found, wanted):
    for text, key, field, bound, kind in wanted:
        value = sum(one[field] for one in found[key]) if field == "errors" else median(found[key], field)
        verdict(f"{key[0]}: {text}", value, bound, kind)


def summary():
    if ALL_AIMS:
        print("\n### What was aimed at, and what came out\n\n| aim | bound | came out | |\n|---|--:|--:|---|")
        for aim, figure, bound, kind, reached in ALL_AIMS:
            print(f"| {aim} | at {kind} {bound:,} | {number(figure)} | {'reached' if reached else '**not reached**'} |")
    for text in WRONG:
        print(f"WRONG: {text}")
