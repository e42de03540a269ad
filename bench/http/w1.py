"""W1's households as requests, and what each server's reply says in W1's words: so that all are asked the same and have to answer
the same. The workload is described in ../w1/workload.md."""
import hashlib
import json
import os
import random
import shutil

import contestants
from load import in_build

COUNT = 1000
# SHA-256 of the canonical lines of the first 1,000 households (../w1/run.py).
IDENTITY = "c9cfe5f153bc762b49a8c1008d7267c8082a1ef058919d969395d0e484395aca"
PROGRAMS = ("snap", "aps", "hcsp")
STATUS = {"likely": "eligible", "unlikely": "ineligible", "need_info": "unknown"}
# W1 lists reasons in the order of its steps; askonce lists unmet criteria, then notes.
ORDER = ("snap.citizenship snap.gross_test_waived snap.gross_income_over_limit snap.assets_over_limit snap.shelter_capped "
         "snap.net_income_over_limit snap.minimum_benefit snap.zero_benefit aps.under_18 aps.no_impairment aps.no_risk "
         "aps.missing.able_helper aps.able_helper hcsp.under_18 hcsp.in_facility hcsp.missing.medicaid hcsp.no_medicaid "
         "hcsp.medicaid_pending hcsp.adl_below_threshold").split()
FURTHER = 30


def further(number):
    """Thirty answers that no program reads, so that a body is 3.0 kB, as in an intake that serves many programs."""
    draw = random.Random(number)
    answers = {}
    for i in range(FURTHER - 1):
        answers[f"extra_{i:02d}"] = (draw.randrange(1000), draw.random() < 0.5, draw.choice(("Kings", "Queens", "Bronx")),
                                     None)[i % 4]
    return answers


def pad(household, size):
    """Makes the further texts longer, none beyond the 200 characters of a text, until the household has that many bytes."""
    household[f"extra_{FURTHER - 1:02d}"] = ""
    for i in range(FURTHER - 1, 0, -1):
        name, room = f"extra_{i:02d}", size - len(json.dumps(household, separators=(",", ":")))
        if isinstance(household[name], str) and room > 0:
            household[name] += " the lift is out of order" * 8
            household[name] = household[name][:min(195, room)].strip()


def further_items():
    kinds = ("type: integer, min: 0, max: 1000", "type: bool", "type: text", "type: text")
    lines = ["  - section: further", "    title: Further", "    items:"]
    lines += [f'      - {{id: extra_{i:02d}, {kinds[i % 4]}, text: "extra {i:02d}"}}' for i in range(FURTHER - 1)]
    lines.append(f'      - {{id: extra_{FURTHER - 1:02d}, type: text, text: "extra"}}')
    return "\n".join(lines) + "\n"


def rules(answers):
    """Arguments for serve: W1's rules, with a form of 48 items or of 78."""
    folder = contestants.W1_RULES
    forms = os.path.join(folder, "forms")
    if answers == 78:
        forms = in_build("forms78")
        shutil.rmtree(forms, ignore_errors=True)
        shutil.copytree(os.path.join(folder, "forms"), forms)
        path = os.path.join(forms, "intake.yaml")
        with open(path, encoding="utf-8") as form:
            before, groups = form.read().split("groups:\n", 1)
        with open(path, "w", encoding="utf-8") as form:
            form.write(before + further_items() + "groups:\n" + groups)
    return ("--forms", forms, "--plugins", os.path.join(folder, "plugins"), "--pack", "w1")


def bodies(answers):
    """1,000 bodies, the same bytes for everybody."""
    found = []
    with open(in_build("w1.jsonl"), encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            household = json.loads(line)
            if answers == 78:
                household.update(further(number))
                pad(household, 3000)
            found.append(json.dumps({"as_of": "2026-11-23", "answers": household}, separators=(",", ":")))
    return found[:COUNT]


def canonical(reply):
    """One household's line in W1's words, from askonce's reply (reasons or tree) or a peer's."""
    found = json.loads(reply)
    if "results" in found:
        by_program = {r["program"]: (r["status"], r["score"], r["reasons"]) for r in found["results"]}
    else:
        by_program = {d["program"]: in_w1_words(d) for d in found["determinations"]}
    return ";".join(f"{p}:{by_program[p][0]}:{by_program[p][1]}:{','.join(by_program[p][2])}" for p in PROGRAMS) + "\n"


def in_w1_words(determination):
    codes = [reason["code"] for reason in determination["reasons"]]
    codes.sort(key=lambda code: ORDER.index(code) if code in ORDER else len(ORDER))
    likely = determination["status"] == "likely"
    if likely and determination["program"] == "snap":
        codes.append(f"snap.benefit={determination['score']}")
    return STATUS[determination["status"]], determination["score"] if likely else 0, codes


def identity(replies):
    """Whether 1,000 replies say what everybody's have to say."""
    return hashlib.sha256("".join(canonical(reply) for reply in replies).encode()).hexdigest() == IDENTITY


def same_statuses(replies):
    """For replies without reasons: the statuses alone, against the peers' (1,000 lines are few enough to keep)."""
    return [sorted((d["program"], STATUS[d["status"]]) for d in json.loads(reply)["determinations"]) for reply in replies]


def statuses_of(replies):
    return [sorted((r["program"], r["status"]) for r in json.loads(reply)["results"]) for reply in replies]
