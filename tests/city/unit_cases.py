#!/usr/bin/env python3
"""The City's own unit cases (NYCOpportunity/benefits-screening-rules) put to the pack access_nyc.

    unit_cases.py ASKONCE CASES.json [--plugins DIR] [--forms DIR] [--verbose]

Each case becomes one household in the words of the form; `askonce assess --bulk` answers all of them; what is likely or possible
counts as eligible. Prints what passed for each program and ends with "N passed, N failed". The file of cases is not part of this tree.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

# The first day of the table that the cases were made with.
AS_OF = "2026-06-01"

# Cases that the City's own rules contradict: (program, name of the case) -> the text of the rule that decides. None so far.
EXPLAINED = {}

RELATIONS = {
    "HeadOfHousehold": "unrelated",  # a second head of household
    "Spouse": "spouse", "DomesticPartner": "domestic_partner", "BoyfriendGirlfriend": "boyfriend_girlfriend",
    "Child": "child", "StepChild": "step_child", "FosterChild": "foster_child", "Grandchild": "grandchild",
    "Parent": "parent", "StepParent": "step_parent", "FosterParent": "foster_parent", "Grandparent": "grandparent",
    "SisterBrother": "sibling", "StepSisterStepBrother": "step_sibling", "Other": "other_relative", "Unrelated": "unrelated",
}
RENTALS = {
    "NYCHA": "nycha", "MarketRate": "market", "RentControlled": "rent_control", "RentRegulatedHotel": "regulated_hotel",
    "Section213": "sec213", "MitchellLama": "mitchell_lama", "HDFC": "hdfc",
}
INCOMES = {
    "Wages": "wages", "SelfEmployment": "self_employment", "Unemployment": "unemployment",
    "CashAssistance": "cash_assistance", "ChildSupport": "child_support", "DisabilityMedicaid": "disability_medicaid",
    "SSI": "ssi", "SSDependent": "ss_dependent", "SSDisability": "ss_disability", "SSSurvivor": "ss_survivor",
    "SSRetirement": "ss_retirement", "NYSDisability": "nys_disability", "Veteran": "veteran", "Pension": "pension",
    "DeferredComp": "deferred_comp", "WorkersComp": "workers_comp", "Alimony": "alimony", "Boarder": "boarder",
    "Gifts": "gifts", "Rental": "rental", "Investment": "investment",
}
EXPENSES = {
    "ChildCare": "child_care", "ChildSupport": "child_support", "DependentCare": "dependent_care", "Rent": "rent",
    "Medical": "medical", "Heating": "heating", "Cooling": "cooling", "Mortgage": "mortgage", "Utilities": "utilities",
    "Telephone": "telephone", "InsurancePremiums": "insurance_premiums",
}
# Where no income is told, every aggregate that a case does not set is 0 or false. The totals hang together: one that is
# set stands for the others.
ZEROES = {
    "income_household_total_monthly": (0, ("income_household_total_yearly", "income_household_total_yearly_less_gifts")),
    "income_household_has_cash_assistance": (False, ()),
    "income_household_has_ssi": (False, ()),
    "income_household_has_benefit": (False, ("income_household_has_ssi",)),
    "income_household_all_ssi_or_cash": (False, ()),
    "income_household_monthly_ca_minus_work_expense": (0, ()),
    "income_household_wage_self_employment_boarder_monthly": (0, ()),
    "income_adults_children_total_monthly": (0, ()),
    "income_child_care_voucher_total_monthly": (0, ()),
    "income_medicaid_total_yearly": (0, ()),
    "income_owners_total_yearly": (0, ()),
    "income_hoh_and_spouse_earned_yearly": (0, ()),
    "income_head_has_s2r005_income": (False, ()),
    "income_owners_has_ssi_or_ssdb": (False, ()),
    "income_person_has_dm": (False, ()),
}


def entries(told, words):
    return [{"type": words[e["type"]], "amount": e["amount"], "frequency": e["frequency"].lower()} for e in told]


def monthly(entry):
    factor = {"weekly": 4.3333, "biweekly": 2.1667, "semimonthly": 2, "monthly": 1, "yearly": 1 / 12}
    return entry["amount"] * factor[entry["frequency"]]


def yearly(entry):
    return entry["amount"] if entry["frequency"] == "yearly" else 12 * monthly(entry)


def split(case):
    """The client and the others. Nobody is the head in a few cases: then a lone person is the client, unless what the person is to
    the head decides; then the head is somebody of whom nothing is told."""
    persons = case["persons"]
    for index, person in enumerate(persons):
        if person.get("householdMemberType") == "HeadOfHousehold":
            return index, [i for i in range(len(persons)) if i != index]
    if persons[0].get("householdMemberType") in ("FosterChild", "FosterParent", "Parent"):
        return None, list(range(len(persons)))
    return 0, list(range(1, len(persons)))


def member(person):
    medicaid = "none"
    if person.get("benefitsMedicaidDisability"):
        medicaid = "disability"
    elif person.get("benefitsMedicaid"):
        medicaid = "medicaid"
    return {
        "relation": RELATIONS[person.get("householdMemberType") or "Unrelated"], "age": person["age"],
        "student_status": "half_time" if person.get("student") else "none", "disabled": bool(person.get("disabled")),
        "blind": bool(person.get("blind")), "veteran": bool(person.get("veteran")), "pregnant": bool(person.get("pregnant")),
        "unemployed": bool(person.get("unemployed")), "worked_18mo": bool(person.get("unemployedWorkedLast18Months")),
        "medicaid": medicaid, "on_deed": bool(person.get("livingOwnerOnDeed")),
    }


def client(person, alone, answers):
    has_medicaid = bool(person.get("benefitsMedicaid") or person.get("benefitsMedicaidDisability"))
    answers.update({
        "age": person["age"], "student_status": "half_time" if person.get("student") else "none",
        "employment_status": "unemployed" if person.get("unemployed") else "employed",
        "client_disabled": bool(person.get("disabled")), "legally_blind": bool(person.get("blind")),
        "has_medicaid": "active" if has_medicaid else "none",
    })
    if has_medicaid:
        answers["medicaid_for_disability"] = bool(person.get("benefitsMedicaidDisability"))
    if person.get("unemployed"):
        answers["worked_18mo"] = bool(person.get("unemployedWorkedLast18Months"))
    if answers["living_situation"] == "rent_lease":
        answers["on_lease"] = bool(person.get("livingRentalOnLease"))
    if answers["living_situation"] == "own":
        answers["on_deed"] = bool(person.get("livingOwnerOnDeed"))
    if answers["pregnant_any"] and not alone:
        answers["client_pregnant"] = bool(person.get("pregnant"))
    if answers["veteran_any"] and not alone:
        answers["client_veteran"] = bool(person.get("veteran"))


def home(household, answers):
    answers["lives_in_nyc"] = True
    if household.get("livingShelter"):
        answers["living_situation"] = "dhs_shelter"
    elif household.get("livingOwner"):
        answers["living_situation"] = "own"
    elif household.get("livingRenting"):
        answers["living_situation"] = "rent_lease"
        answers["rental_type"] = RENTALS[household.get("livingRentalType") or "MarketRate"]
    else:
        answers["living_situation"] = "doubled_up"
    if household.get("cashOnHand") is not None:
        answers["liquid_assets"] = household["cashOnHand"]


def translate(settings):
    """The City's names into ours. An income without gifts is set by the month there, with fractions of a cent; ours is by the year."""
    ours = dict(settings)
    less = ours.pop("income_household_total_monthly_less_gifts", None)
    if less is not None:
        ours["income_household_total_yearly_less_gifts"] = round(12 * less, 2)
    return ours


def earn(settings, lists):
    """What a case sets beside incomes that are told: more incomes, until the total is the one that is set. lists[0] is the client's."""
    def add(index, kind, amount, frequency="yearly"):
        if round(amount, 2) > 0:
            lists[index].append({"type": kind, "amount": round(amount, 2), "frequency": frequency})

    per_person = {"income_person_earned_yearly": "wages", "income_person_investment_yearly": "investment",
                  "income_person_yearly": "gifts"}
    for name, kind in per_person.items():
        for index, amount in settings.pop(name, {}).items():
            add(int(index), kind, amount)
    for name in ("income_hoh_earned_yearly", "income_hoh_and_spouse_earned_yearly"):
        if name in settings:
            add(0, "wages", settings.pop(name))
    for name, kind in (("income_household_has_cash_assistance", "cash_assistance"), ("income_household_has_ssi", "ssi")):
        if settings.pop(name, False):
            add(0, kind, 1, "monthly")
    everything = [e for entries_of_one in lists for e in entries_of_one]
    for name in ("income_household_total_yearly", "income_owners_total_yearly"):
        if name in settings:
            add(0, "gifts", settings.pop(name) - sum(yearly(e) for e in everything))
    if "income_household_total_monthly" in settings:
        add(0, "gifts", settings.pop("income_household_total_monthly") - sum(monthly(e) for e in everything), "monthly")
    settings.pop("head_of_household_married", None)  # the people say so
    if settings:
        raise SystemExit("unit_cases.py: no way to set " + ", ".join(settings))


def household(case):
    """The answers of one case."""
    persons = case["persons"]
    head, others = split(case)
    answers = {"pregnant_any": any(p.get("pregnant") for p in persons),
               "veteran_any": any(p.get("veteran") for p in persons)}
    home(case["household"], answers)
    if head is None:
        for name in ("pregnant_any", "veteran_any"):
            answers.pop(name)
    else:
        client(persons[head], not others, answers)
    roster = [member(persons[i]) for i in others]
    answers["household_roster"] = roster
    settings = translate(case["set"])
    told = case["computed"] or any(p.get("incomes") for p in persons) or any(isinstance(v, dict) for v in settings.values())
    if told:
        order = ([] if head is None else [head]) + others
        lists = [entries(persons[i].get("incomes") or [], INCOMES) for i in order]
        earn(settings, lists)
        costs = [entries(persons[i].get("expenses") or [], EXPENSES) for i in order]
        if head is not None:
            answers["incomes"], answers["expenses"] = lists.pop(0), costs.pop(0)
        for entry, incomes, expenses in zip(roster, lists, costs):
            entry["incomes"], entry["expenses"] = incomes, expenses
    else:
        married = settings.pop("head_of_household_married", None)
        if married and not any(m["relation"] == "spouse" for m in roster):
            roster.append({**member({"age": persons[head or 0]["age"]}), "relation": "spouse"})  # set, but not among the persons
        answers.update(settings)
        if settings.get("income_owners_total_yearly") and not any(p.get("livingOwnerOnDeed") for p in persons):
            answers.pop("on_deed", None)  # somebody's income is set, and nobody is told to be an owner
        for name, (zero, unless) in ZEROES.items():
            if name not in answers and not any(settings.get(other) for other in unless):
                answers[name] = zero
        answers["child_support_paid_monthly"] = 0
        if "expense_household_has_child_or_dependent_care" not in answers:
            answers["dependent_care_cost_monthly"] = 0
    return answers


def assess(askonce, households, options):
    """The statuses of each household: {program: status}, or the problems when it was refused."""
    with tempfile.TemporaryDirectory() as folder:
        requests, results = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out.jsonl")
        with open(requests, "w", encoding="utf-8") as file:
            for number, answers in enumerate(households):
                file.write(json.dumps({"id": str(number), "as_of": AS_OF, "answers": answers}) + "\n")
        run = subprocess.run([askonce, "assess", "--bulk", requests, "--out", results, "--pack", "access_nyc", *options],
                             capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(run.args)}\n{run.stdout}{run.stderr}")
        found = {}
        with open(results, encoding="utf-8") as file:
            for line in file:
                result = json.loads(line)
                found[int(result["request"]["id"])] = {d["program"]: d["status"] for d in result["determinations"]}
        rejects = results + ".rejects.jsonl"
        if os.path.exists(rejects):
            with open(rejects, encoding="utf-8") as file:
                for line in file:
                    reject = json.loads(line)
                    found[reject["line"] - 1] = "; ".join(p.get("message", str(p)) for p in reject["problems"])
        return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("askonce")
    parser.add_argument("cases")
    parser.add_argument("--plugins")
    parser.add_argument("--forms")
    parser.add_argument("--verbose", action="store_true", help="print the household of each case that fails")
    given = parser.parse_args()
    options = [o for name in ("plugins", "forms") if getattr(given, name) for o in (f"--{name}", getattr(given, name))]
    with open(given.cases, encoding="utf-8") as file:
        source = json.load(file)
    cases = source["cases"]
    if len(cases) != source["count"]:
        raise SystemExit(f"{given.cases}: {source['count']} cases are announced, {len(cases)} are there")
    households = [household(case) for case in cases]
    found = assess(given.askonce, households, options)
    passed, failed = collections.Counter(), collections.Counter()
    for number, case in enumerate(cases):
        program = case["program"]
        statuses = found.get(number, "no result")
        status = statuses if isinstance(statuses, str) else statuses.get(program, "no such program")
        # A "no" has to be said: need_info is neither.
        right = status in ("likely", "possible") if case["expected"] else status == "unlikely"
        explained = EXPLAINED.get((program, case["name"]))
        if right or explained:
            passed[program] += 1
        else:
            failed[program] += 1
        if not right or explained:
            print(f"{program} {case['name']}: expected {'eligible' if case['expected'] else 'not eligible'}, got {status}"
                  + (f"; explained: {explained}" if explained else ""))
            if given.verbose:
                print("  " + json.dumps(households[number]))
    for program in sorted(set(passed) | set(failed)):
        print(f"{program}  {passed[program]} passed, {failed[program]} failed")
    print(f"{sum(passed.values())} passed, {sum(failed.values())} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
