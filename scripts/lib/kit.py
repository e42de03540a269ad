# Counts what `askonce plugin coverage --json` or `plugin mutate --json` says: programs that are good, programs that are not.
# Which are not, and why in a line, goes to standard error. For scripts/test.
# usage: kit.py coverage|mutate FILE
import json
import sys

LIMIT = 5  # survivors of a hundred changes: fewer than this many


def uncovered(program):
    gaps = [f"{c['part']} {c['code'] or c['text']}: never {', '.join(c['missing'])}" for c in program["criteria"] if c["missing"]]
    if program["unreadable"]:
        gaps.append(f"{program['unreadable']} cases cannot be run")
    return gaps


def unnoticed(program):
    if program["failing"] or not program["cases"]:
        return [f"{program['failing']} of {program['cases']} cases fail"]
    counted = program["killed"] + program["survived"]
    if not program["survived"] or 100 * program["survived"] < LIMIT * counted:
        return []
    return [f"{program['survived']} of {counted} changes survive (askonce plugin mutate {program['program']})"]


def main():
    check = {"coverage": uncovered, "mutate": unnoticed}[sys.argv[1]]
    with open(sys.argv[2]) as file:
        programs = json.load(file)["programs"]
    found = {program["program"]: check(program) for program in programs}
    for name, lines in found.items():
        for line in lines:
            print(f"  {name}: {line}", file=sys.stderr)
    bad = sum(1 for lines in found.values() if lines)
    print(len(found) - bad, bad)


main()
