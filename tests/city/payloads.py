#!/usr/bin/env python3
"""The sample households that the City publishes for its screening API put to the pack access_nyc, as of a day of its rule files.

    payloads.py ASKONCE PAYLOADS.json [--plugins DIR] [--forms DIR]

The City publishes no expected programs for them. Those below were found by reading its rule files (ACCESS-NYC-Rules 1.43) with
an interpreter of their own, which knows nothing of this pack. The file of payloads is not part of this tree.
"""
import argparse
import json
import sys

import unit_cases

AS_OF = "2026-05-25"

# caseId -> the programs that the City's rules name, S2R left out.
EXPECTED = {
    "11111": "007 011 013 015 019 021 025 026 027 032 033 034 035 038 039 043 045 046 055 056 060",
    "22222": "007 009 010 011 013 019 021 024 025 026 028 030 032 033 034 035 038 039 043 045 046 054 055 056 060",
    "33333": "007 010 011 013 019 021 023 025 026 028 030 031 032 033 034 035 036 038 039 043 045 046 055 056 060",
    "44444": "007 011 013 015 019 026 027 031 032 033 035 037 038 039 043 045 046 055 056 059 061",
    "55555": "007 009 010 011 012 013 019 023 026 028 030 032 033 034 035 038 039 040 043 045 046 055 056 060 062",
    "66666": "003 007 008 010 011 013 019 022 023 026 032 033 034 035 037 038 039 040 043 045 046 047 055 056 059 060 061",
    "77777": "003 004 006 007 009 011 013 016 019 022 023 026 031 032 033 034 035 038 039 040 043 045 046 055 056 062",
    "88888": "001 003 004 006 007 011 013 019 022 023 026 029 030 032 033 034 035 038 039 040 043 045 046 055 056 060",
    "99999": "003 007 008 009 010 011 013 019 022 023 026 032 033 034 035 038 039 040 043 045 046 055 056 060 062",
}


def numbers(told):
    """Amounts are texts in the sample."""
    return [{**entry, "amount": float(entry["amount"])} for entry in told or []]


def answers(payload):
    persons = sorted(payload["person"], key=lambda p: p["householdMemberType"] != "HeadOfHousehold")
    household = payload["household"][0]
    ours = {"pregnant_any": any(p.get("pregnant") for p in persons), "veteran_any": any(p.get("veteran") for p in persons)}
    unit_cases.home({**household, "cashOnHand": float(household.get("cashOnHand") or 0)}, ours)
    unit_cases.client(persons[0], len(persons) == 1, ours)
    lists = [{"incomes": unit_cases.entries(numbers(p.get("incomes")), unit_cases.INCOMES),
              "expenses": unit_cases.entries(numbers(p.get("expenses")), unit_cases.EXPENSES)} for p in persons]
    ours.update(lists[0])
    ours["household_roster"] = [{**unit_cases.member(p), **money} for p, money in zip(persons[1:], lists[1:])]
    return ours


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("askonce")
    parser.add_argument("payloads")
    parser.add_argument("--plugins")
    parser.add_argument("--forms")
    given = parser.parse_args()
    options = [o for name in ("plugins", "forms") if getattr(given, name) for o in (f"--{name}", getattr(given, name))]
    with open(given.payloads, encoding="utf-8") as file:
        payloads = json.load(file)["households"]
    found = unit_cases.assess(given.askonce, [answers(p) for p in payloads], options, AS_OF)
    passed = failed = 0
    for number, payload in enumerate(payloads):
        case, result = payload["household"][0]["caseId"], found.get(number, "no result")
        expected = {"S2R" + code for code in EXPECTED[case].split()}
        wrong = {"": result} if isinstance(result, str) else {
            program: status for program, status in result.items()
            if status not in ("likely", "unlikely") or (status == "likely") != (program in expected)}
        passed, failed = passed + (not wrong), failed + bool(wrong)
        print(f"{case}  " + (f"{len(expected)} programs" if not wrong else f"differs: {wrong}"))
    if len(payloads) != len(EXPECTED):
        failed += 1
        print(f"{len(EXPECTED)} households were expected, {len(payloads)} are there")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
