#!/usr/bin/env python3
"""Peer of the workload W1: OpenFisca-Core, one household a simulation or a whole column of them.

    peer_openfisca.py single dump FILE           one simulation a household
    peer_openfisca.py single eval FILE ROUNDS
    peer_openfisca.py column dump FILE           one simulation for the whole file
    peer_openfisca.py column column FILE ROUNDS [HOUSEHOLDS]    statuses and scores, as arrays
    peer_openfisca.py column reasons FILE ROUNDS [HOUSEHOLDS]   ... and a yes/no array for each possible reason

With HOUSEHOLDS the file's households are repeated up to that number. One thread. The line printed is that of measure.h.
"""
import os

for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR"):
    os.environ[library + "_NUM_THREADS"] = "1"

import itertools
import json
import resource
import sys
import time

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2024-06"
ROUND_SECONDS = 0.5
MOST_SINGLE = 100  # households in a timed pass of single simulations
PROGRAMS = ("snap", "aps", "hcsp")
STATUSES = ("eligible", "ineligible", "unknown")
RISKS = {"abuse": 5, "neglect": 4, "exploitation": 3, "self_neglect": 3, "hazard": 2}
ADL = "bathing dressing eating toileting mobility transfer grooming continence".split()
IADL = "meals housework laundry shopping phone transport medication money".split()
INTEGERS = ("age household_size earned_income unearned_income rent medical_expenses dependent_care child_support "
            "liquid_assets").split() + ["adl_" + k for k in ADL] + ["iadl_" + k for k in IADL]
BOOLS = "elderly_disabled physical_impairment mental_impairment dementia".split() + ["risk_" + k for k in RISKS]
CHOICES = {
    "living": "alone spouse family facility",
    "utilities": "heating basic phone none",
    "citizen": "citizen lpr5 lpr other",
    "danger": "none low high",
    "medicaid": "active pending none denied missing",
    "able_helper": "no yes missing",  # an answer that may be absent has to be a choice
}


def whole(*numbers):
    return np.array(numbers, np.int32)


POVERTY_200 = whole(0, 2510, 3408, 4304, 5200, 6098, 6994, 7890, 8788)
POVERTY_100 = whole(0, 1255, 1704, 2152, 2600, 3049, 3497, 3945, 4394)
ALLOTMENT = whole(0, 292, 536, 768, 975, 1158, 1390, 1536, 1756)
STANDARD = whole(0, 204, 204, 204, 217, 254, 291, 291, 291)
UTILITY = whole(600, 310, 62, 0)
DANGER_POINTS = whole(0, 2, 6)


class Rules:
    """The tax and benefit system; a formula is a function of `g`, which gives another variable's array."""

    def __init__(self):
        self.person = build_entity("person", "persons", "An applicant", is_person=True)
        self.system = TaxBenefitSystem([self.person])
        self.enums = {name: Enum(name, [(word, word) for word in words.split()]) for name, words in CHOICES.items()}
        self.reasons = []  # (program, reason, variable), in the order of the output
        for name in INTEGERS:
            self.variable(name, int)
        for name in BOOLS:
            self.variable(name, bool)
        for name, enum in self.enums.items():
            default = enum["missing"] if "missing" in CHOICES[name] else list(enum)[0]
            self.variable(name, Enum, possible_values=enum, default_value=default)
        self.snap()
        self.aps()
        self.hcsp()
        self.outcome = [f"{program}_{what}" for program in PROGRAMS for what in ("status", "score")]

    def variable(self, name, value_type, formula=None, **more):
        members = dict(value_type=value_type, entity=self.person, definition_period=DateUnit.MONTH, label=name, **more)
        if formula:
            members["formula"] = lambda person, period: formula(lambda other: person(other, period))
        self.system.add_variable(type(name, (Variable,), members))

    def reason(self, text, formula):
        name = "r_" + text.replace(".", "_").replace("-", "_").replace("+", "_more")
        self.variable(name, bool, formula)
        self.reasons.append((text.split(".")[0], text, name))

    def chosen(self, name, word):
        code = CHOICES[name].split().index(word)
        return lambda g: np.asarray(g(name)) == code

    @staticmethod
    def any_of(*names):
        return lambda g: np.logical_or.reduce([g("r_" + name) for name in names])

    @staticmethod
    def band(program, low, high):
        status, points = program + "_status", program + "_points"
        return lambda g: (g(status) == 0) & (g(points) >= low) & (g(points) < high)

    def status_and_score(self, program, missing):
        self.variable(program + "_status", int, lambda g: np.where(g(program + "_fail"), 1, np.where(g(missing), 2, 0)))
        self.variable(program + "_score", int,
                      lambda g: np.where(g(program + "_status") == 0, g(program + "_points"), 0))

    def snap(self):
        variable, reason = self.variable, self.reason
        variable("gross", int, lambda g: g("earned_income") + g("unearned_income"))
        variable("over", bool, lambda g: g("gross") > POVERTY_200[g("household_size")])
        variable("adjusted", int, lambda g: np.maximum(0, 100 * g("gross") - 20 * g("earned_income") - 100 * (
            STANDARD[g("household_size")] + g("dependent_care") + g("child_support")
            + np.where(g("elderly_disabled"), np.maximum(0, g("medical_expenses") - 35), 0))))
        variable("excess", int, lambda g: np.maximum(
            0, 100 * (g("rent") + UTILITY[np.asarray(g("utilities"))]) - g("adjusted") // 2))
        variable("net", int, lambda g: np.maximum(
            0, g("adjusted") - np.where(g("elderly_disabled"), g("excess"), np.minimum(g("excess"), 71200))))
        variable("benefit", int, lambda g: ALLOTMENT[g("household_size")] - (3 * g("net") + 999) // 1000)
        reason("snap.citizenship", self.chosen("citizen", "other"))
        reason("snap.gross_test_waived", lambda g: g("elderly_disabled"))
        reason("snap.gross_income_over_limit", lambda g: ~g("elderly_disabled") & g("over"))
        reason("snap.assets_over_limit", lambda g: g("elderly_disabled") & g("over") & (g("liquid_assets") > 4500))
        reason("snap.shelter_capped", lambda g: ~g("elderly_disabled") & (g("excess") > 71200))
        reason("snap.net_income_over_limit", lambda g: g("net") > 100 * POVERTY_100[g("household_size")])
        reason("snap.minimum_benefit", lambda g: (g("household_size") <= 2) & (g("benefit") < 23))
        reason("snap.zero_benefit", lambda g: (g("household_size") > 2) & (g("benefit") <= 0))
        variable("snap_fail", bool, self.any_of("snap_citizenship", "snap_gross_income_over_limit",
                                                "snap_assets_over_limit", "snap_net_income_over_limit",
                                                "snap_zero_benefit"))
        variable("snap_status", int, lambda g: np.where(g("snap_fail"), 1, 0))
        variable("snap_score", int, lambda g: np.where(
            g("snap_fail"), 0, np.where(g("r_snap_minimum_benefit"), 23, g("benefit"))))

    def aps(self):
        variable, reason, chosen = self.variable, self.reason, self.chosen
        alone = chosen("living", "alone")
        reason("aps.under_18", lambda g: g("age") < 18)
        reason("aps.no_impairment", lambda g: ~(g("physical_impairment") | g("mental_impairment")))
        reason("aps.no_risk", lambda g: ~np.logical_or.reduce([g("risk_" + k) for k in RISKS]))
        reason("aps.missing.able_helper", chosen("able_helper", "missing"))
        reason("aps.able_helper", chosen("able_helper", "yes"))
        variable("aps_fail", bool, self.any_of("aps_under_18", "aps_no_impairment", "aps_no_risk", "aps_able_helper"))
        variable("aps_points", int, lambda g: sum(
            points * g("risk_" + k).astype(np.int32) for k, points in RISKS.items())
            + 2 * g("mental_impairment") + g("physical_impairment") + DANGER_POINTS[np.asarray(g("danger"))]
            + 2 * alone(g) + (g("age") >= 80))
        self.status_and_score("aps", "r_aps_missing_able_helper")
        for k in RISKS:
            reason("aps.risk." + k, lambda g, k=k: ~g("aps_fail") & g("risk_" + k))
        for number, low, high in ((1, 14, 999), (2, 8, 14), (3, 0, 8)):
            reason(f"aps.priority.{number}", self.band("aps", low, high))

    def hcsp(self):
        variable, reason, chosen = self.variable, self.reason, self.chosen
        no_medicaid, denied = chosen("medicaid", "none"), chosen("medicaid", "denied")
        reason("hcsp.under_18", lambda g: g("age") < 18)
        reason("hcsp.in_facility", chosen("living", "facility"))
        reason("hcsp.missing.medicaid", chosen("medicaid", "missing"))
        reason("hcsp.no_medicaid", lambda g: no_medicaid(g) | denied(g))
        reason("hcsp.medicaid_pending", chosen("medicaid", "pending"))
        variable("below", bool, lambda g: sum(
            (g("adl_" + k) >= 2).astype(np.int32) for k in ADL) < np.where(g("dementia"), 2, 3))
        reason("hcsp.adl_below_threshold", lambda g: g("below"))
        reason("hcsp.dementia_rule", lambda g: ~g("below") & g("dementia"))
        variable("hcsp_fail", bool, self.any_of("hcsp_under_18", "hcsp_in_facility", "hcsp_no_medicaid",
                                                "hcsp_adl_below_threshold"))
        variable("hcsp_points", int, lambda g: 2 * sum(g("adl_" + k) for k in ADL) + sum(g("iadl_" + k) for k in IADL))
        self.status_and_score("hcsp", "r_hcsp_missing_medicaid")
        for k in ADL:
            reason("hcsp.adl." + k, lambda g, k=k: (g("hcsp_status") == 0) & (g("adl_" + k) >= 3))
        for text, low, high in (("0-10", 0, 25), ("11-20", 25, 40), ("21-35", 40, 55), ("36+", 55, 9999)):
            reason("hcsp.hours." + text, self.band("hcsp", low, high))

    # From answers to simulations

    @staticmethod
    def choice(household, name):
        if name == "able_helper":
            return {True: "yes", False: "no", None: "missing"}[household.get(name)]
        return household.get(name, "missing")

    def columns(self, households, count):
        columns = {k: np.array([h[k] for h in households], np.int32) for k in INTEGERS}
        columns.update({k: np.array([h[k] for h in households], bool) for k in BOOLS})
        columns.update({k: enum.encode(np.array([self.choice(h, k) for h in households]))
                        for k, enum in self.enums.items()})
        if count == len(households):
            return columns
        repeated = {k: np.resize(np.asarray(a), count) for k, a in columns.items()}
        return {k: EnumArray(a, self.enums[k]) if k in self.enums else a for k, a in repeated.items()}

    def column_simulation(self, columns, count):
        simulation = SimulationBuilder().build_default_simulation(self.system, count=count)
        for name, values in columns.items():
            simulation.set_input(name, PERIOD, values)
        return simulation

    def situation(self, household):
        person = {k: {PERIOD: household[k]} for k in INTEGERS + BOOLS}
        person.update({k: {PERIOD: self.choice(household, k)} for k in self.enums})
        return {"persons": {"applicant": person}}

    def single_simulation(self, situation):
        return SimulationBuilder().build_from_entities(self.system, situation)

    def calculate(self, simulation, with_reasons):
        names = self.outcome + ([variable for _, _, variable in self.reasons] if with_reasons else [])
        return {name: simulation.calculate(name, PERIOD) for name in names}

    def results(self, arrays, count):
        """One list of {program, status, score, reasons} a household, from calculate(..., with_reasons=True)."""
        lists = {name: array.tolist() for name, array in arrays.items()}
        for i in range(count):
            result = []
            for program in PROGRAMS:
                score, status = lists[program + "_score"][i], STATUSES[lists[program + "_status"][i]]
                reasons = [text for owner, text, name in self.reasons if owner == program and lists[name][i]]
                if program == "snap" and status == "eligible":
                    reasons.append(f"snap.benefit={score}")
                result.append({"program": program, "status": status, "score": score, "reasons": reasons})
            yield result


def canonical(result):
    return ";".join("{program}:{status}:{score}:".format(**r) + ",".join(r["reasons"]) for r in result) + "\n"


def read(path, most=None):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in itertools.islice(lines, most)]


def measure(name, mode, n, rounds, one_pass):
    checksum, cpu, wall = int(one_pass()), [], []
    for _ in range(rounds):
        cpu0, wall0, households, used = time.process_time(), time.perf_counter(), 0, 0.0
        while used < ROUND_SECONDS:
            if one_pass() != checksum:
                raise SystemExit("two passes gave different results")
            households += n
            used = time.process_time() - cpu0
        cpu.append(round(used / households * 1e6, 4))
        wall.append(round((time.perf_counter() - wall0) / households * 1e6, 4))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"peer": name, "mode": mode, "n": n, "us_per_household": cpu, "wall_us_per_household": wall,
                      "rss_mb": round(memory, 1), "checksum": checksum}))


def dump(rules, variant, households):
    if variant == "column":
        simulation = rules.column_simulation(rules.columns(households, len(households)), len(households))
        sys.stdout.writelines(map(canonical, rules.results(rules.calculate(simulation, True), len(households))))
        return
    for household in households:
        simulation = rules.single_simulation(rules.situation(household))
        sys.stdout.writelines(map(canonical, rules.results(rules.calculate(simulation, True), 1)))


def eval_single(rules, situations, rounds):
    def one_pass():
        total = 0
        for situation in situations:
            arrays = rules.calculate(rules.single_simulation(situation), True)
            total += sum(r["score"] + len(r["reasons"]) for r in next(rules.results(arrays, 1)))
        return total
    measure("openfisca-single", "E", len(situations), rounds, one_pass)


def eval_column(rules, columns, count, rounds, with_reasons):
    def one_pass():
        arrays = rules.calculate(rules.column_simulation(columns, count), with_reasons)
        return sum(int(arrays[name].sum(dtype=np.int64)) for name in rules.outcome)
    measure("openfisca-column", "column-reasons" if with_reasons else "column", count, rounds, one_pass)


def main(arguments):
    variant, mode, path, *numbers = arguments + [""] * (3 - len(arguments))
    if not all(number.isdigit() and int(number) > 0 for number in numbers):
        mode = ""
    rules = Rules()
    if mode == "dump" and variant in ("single", "column") and not numbers:
        dump(rules, variant, read(path))
    elif mode == "eval" and variant == "single" and len(numbers) == 1:
        eval_single(rules, [rules.situation(h) for h in read(path, MOST_SINGLE)], int(numbers[0]))
    elif mode in ("column", "reasons") and variant == "column" and len(numbers) in (1, 2):
        households = read(path)
        count = int(numbers[1]) if len(numbers) == 2 else len(households)
        columns = rules.columns(households, count)
        del households
        eval_column(rules, columns, count, int(numbers[0]), mode == "reasons")
    else:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
