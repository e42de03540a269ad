"""The NYC Benefits Screening API as this server speaks it: tokens, every limit and refusal, files, and that a household in the
City's words has the determinations that it has in ours. The translation is written here a second time, from the City's documentation,
so that a slip in plugins/access_nyc/shared/dialect.yaml is a difference."""
import csv
import io
import json
import random
import time
import unittest
import uuid

from support import ServerTest, main

INCOMES = {
    "Wages": "wages", "SelfEmployment": "self_employment", "Unemployment": "unemployment", "CashAssistance": "cash_assistance",
    "ChildSupport": "child_support", "DisabilityMedicaid": "disability_medicaid", "SSI": "ssi", "SSDependent": "ss_dependent",
    "SSDisability": "ss_disability", "SSSurvivor": "ss_survivor", "SSRetirement": "ss_retirement", "NYSDisability": "nys_disability",
    "Veteran": "veteran", "Pension": "pension", "DeferredComp": "deferred_comp", "WorkersComp": "workers_comp", "Alimony": "alimony",
    "Boarder": "boarder", "Gifts": "gifts", "Rental": "rental", "Investment": "investment",
}
EXPENSES = {
    "ChildCare": "child_care", "ChildSupport": "child_support", "DependentCare": "dependent_care", "Rent": "rent", "Medical": "medical",
    "Heating": "heating", "Cooling": "cooling", "Mortgage": "mortgage", "Utilities": "utilities", "Telephone": "telephone",
    "InsurancePremiums": "insurance_premiums",
}
FREQUENCIES = {"Weekly": "weekly", "Biweekly": "biweekly", "Monthly": "monthly", "Semimonthly": "semimonthly", "Yearly": "yearly"}
RELATIONS = {
    "Child": "child", "FosterChild": "foster_child", "StepChild": "step_child", "Grandchild": "grandchild", "Spouse": "spouse",
    "Parent": "parent", "FosterParent": "foster_parent", "StepParent": "step_parent", "Grandparent": "grandparent",
    "SisterBrother": "sibling", "StepSisterStepBrother": "step_sibling", "BoyfriendGirlfriend": "boyfriend_girlfriend",
    "DomesticPartner": "domestic_partner", "Unrelated": "unrelated", "Other": "other_relative",
}
RENTALS = {
    "NYCHA": "nycha", "MarketRate": "market", "RentControlled": "rent_control", "RentRegulatedHotel": "regulated_hotel",
    "Section213": "sec213", "LimitedDividendDevelopment": "market", "MitchellLama": "mitchell_lama",
    "RedevelopmentCompany": "market", "HDFC": "hdfc", "FamilyHome": "market", "Condo": "market",
}
LIVING = {
    "livingRenting": "rent_lease", "livingOwner": "own", "livingStayingWithFriend": "doubled_up", "livingHotel": "hotel",
    "livingShelter": "dhs_shelter", "livingPreferNotToSay": "institution",
}
FLAGS = ["student", "studentFulltime", "pregnant", "unemployed", "unemployedWorkedLast18Months", "blind", "disabled", "veteran",
         "benefitsMedicaid", "benefitsMedicaidDisability"]


def money(entries, words):
    return [{"type": words[e["type"]], "amount": float(e["amount"]), "frequency": FREQUENCIES[e["frequency"]]} for e in entries]


def studies(person):
    return "full_time" if person.get("studentFulltime") else "half_time" if person.get("student") else "none"


def in_our_words(request):
    """A household of the City's API as answers of the common intake."""
    household, people = request["household"][0], request["person"]
    head = next(p for p in people if p["householdMemberType"] == "HeadOfHousehold")
    medicaid = head.get("benefitsMedicaid", False) or head.get("benefitsMedicaidDisability", False)
    answers = {
        "liquid_assets": float(household.get("cashOnHand", 0)), "lives_in_nyc": True,
        "living_situation": next((ours for theirs, ours in LIVING.items() if household.get(theirs)), "institution"),
        "rental_type": RENTALS.get(household.get("livingRentalType"), "na"),
        "pregnant_any": any(p.get("pregnant", False) for p in people),
        "veteran_any": any(p.get("veteran", False) for p in people),
        "age": int(head["age"]), "student_status": studies(head), "client_pregnant": head.get("pregnant", False),
        "employment_status": "unemployed" if head.get("unemployed") else "employed",
        "worked_18mo": head.get("unemployedWorkedLast18Months", False), "legally_blind": head.get("blind", False),
        "client_disabled": head.get("disabled", False), "client_veteran": head.get("veteran", False),
        "has_medicaid": "active" if medicaid else "none", "medicaid_for_disability": head.get("benefitsMedicaidDisability", False),
        "on_deed": head.get("livingOwnerOnDeed", False), "on_lease": head.get("livingRentalOnLease", False),
        "incomes": money(head.get("incomes", []), INCOMES), "expenses": money(head.get("expenses", []), EXPENSES),
        "household_roster": [{
            "relation": RELATIONS[p["householdMemberType"]], "age": int(p["age"]), "student_status": studies(p),
            "pregnant": p.get("pregnant", False), "unemployed": p.get("unemployed", False),
            "worked_18mo": p.get("unemployedWorkedLast18Months", False), "blind": p.get("blind", False),
            "disabled": p.get("disabled", False), "veteran": p.get("veteran", False),
            "medicaid": "disability" if p.get("benefitsMedicaidDisability") else "medicaid" if p.get("benefitsMedicaid") else "none",
            "on_deed": p.get("livingOwnerOnDeed", False),
            "incomes": money(p.get("incomes", []), INCOMES), "expenses": money(p.get("expenses", []), EXPENSES),
        } for p in people if p is not head],
    }
    return {"answers": answers}


def some_entries(chance, words, most=3):
    return [{"amount": f"{chance.choice([0, 1, 1, 1, 1]) * chance.randrange(200000) / 100:.2f}", "type": chance.choice(list(words)),
             "frequency": chance.choice(list(FREQUENCIES))} for _ in range(chance.randrange(most + 1))]


def some_household(chance):
    """Any household that the City's API takes."""
    living = chance.choice(list(LIVING) + [None])
    household = {"caseId": f"case-{chance.randrange(1000)}", "cashOnHand": str(chance.choice([0, 50, 3000, 90000.5]))}
    if living:
        household[living] = True
    if living == "livingRenting" and chance.random() < 0.7:
        household["livingRentalType"] = chance.choice(list(RENTALS))
    people = []
    for number in range(chance.randrange(1, 9)):
        person = {"age": chance.randrange(0, 100) if number else chance.randrange(18, 100),
                  "householdMemberType": chance.choice(list(RELATIONS)) if number else "HeadOfHousehold",
                  "incomes": some_entries(chance, INCOMES), "expenses": some_entries(chance, EXPENSES)}
        person.update({flag: True for flag in FLAGS if chance.random() < 0.2})
        if living == "livingRenting" and chance.random() < 0.5:
            person["livingRentalOnLease"] = True
        if living == "livingOwner" and chance.random() < 0.5:
            person["livingOwnerOnDeed"] = True
        people.append(person)
    chance.shuffle(people)
    return {"household": [household], "person": people, "withholdPayload": chance.random() < 0.5}


ONE = {"household": [{"caseId": "a1", "cashOnHand": "10", "livingRenting": True}],
       "person": [{"age": 30, "householdMemberType": "HeadOfHousehold"}]}


def changed(**parts):
    """ONE with other values: household_X, person_X; None leaves a field out."""
    request = json.loads(json.dumps(ONE))
    for name, value in parts.items():
        where, field = name.split("_", 1)
        part = request[where][0]
        part.pop(field, None)
        if value is not None:
            part[field] = value
    return request


class City(ServerTest):
    options = {"rules": []}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reply = cls.server.request("POST", "/authToken", {"username": "tests", "password": cls.server.key}, key="")
        cls.token = reply.json["token"]

    def screen(self, body, query="", token=None):
        return self.ask("POST", "/eligibilityPrograms" + query, body, {"Authorization": token or self.token}, key="")

    def eligible(self, request, query=""):
        reply = self.screen([request], query)
        self.assertEqual(reply.status, 200, reply.body[:500])
        self.assertEqual(reply.headers["content-type"], "application/json")
        answer = reply.json
        self.assertEqual(set(answer), {"type", "eligiblePrograms"}, "every program is determined")
        self.assertEqual(answer["type"], "SUCCESS")
        return [program["code"] for program in answer["eligiblePrograms"]]

    def refused(self, body, *expected, status=400):
        """expected: (code, elementPath) of each error."""
        reply = self.screen(body)
        self.assertEqual(reply.status, status, reply.body[:500])
        self.assertEqual(reply.headers["content-type"], "application/json")
        self.assertEqual(reply.json["type"], "FAILURE")
        for error in reply.json["errors"]:
            self.assertEqual(set(error), {"message", "moreInfo", "code", "elementPath"})
        self.assertEqual({(error["code"], error["elementPath"]) for error in reply.json["errors"]}, set(expected), body)
        return reply.json["errors"]

    # ---- what comes out ----
    def test_same_as_in_our_words(self):
        chance = random.Random(20261128)
        seen = set()
        for number in range(150):
            request = some_household(chance)
            ours = self.ask("POST", "/v1/screenings?packs=access_nyc&detail=status&next=false", in_our_words(request))
            self.assertEqual(ours.status, 200, f"{request}\n{ours.body[:500]}")
            statuses = {d["program"]: d["status"] for d in ours.json["determinations"]}
            self.assertLessEqual(set(statuses.values()), {"likely", "possible", "unlikely"}, request)
            wanted = [code for code, status in statuses.items() if status in ("likely", "possible")]
            self.assertEqual(self.eligible(request), wanted, f"household {number}: {json.dumps(request)}")
            seen.update(wanted)
        self.assertGreaterEqual(len(seen), 30, "so many programs are met at all")

    def test_spelled_as_they_like(self):
        """Truth and numbers as texts, what is empty or null as left out, the household alone."""
        plain = changed(person_age=64, person_blind=True, household_cashOnHand=100.5)
        texts = changed(person_age="64", person_blind="TRUE", household_cashOnHand="100.50", person_disabled="false",
                        household_livingRenting="true", household_livingRentalType="", person_veteran=None, person_pregnant="")
        texts["withholdPayload"] = "true"
        wanted = self.eligible(plain)
        self.assertEqual(self.eligible(texts), wanted)
        self.assertEqual([p["code"] for p in self.screen(plain).json["eligiblePrograms"]], wanted)
        self.assertEqual(self.eligible({**plain, "comment": "passed over", "person": [{**plain["person"][0], "shoeSize": 42}]}), wanted)
        self.assertEqual(self.eligible(changed(person_age=30, person_incomes=[{"amount": ".5", "type": "Gifts", "frequency": "Weekly"}])),
                         self.eligible(changed(person_age=30, person_incomes=[{"amount": 0.5, "type": "Gifts", "frequency": "Weekly"}])))

    def test_a_mention_counts(self):
        """An amount of zero of a kind is that kind, as in the City's rule files."""
        plain = changed(person_age=40)
        ssi = changed(person_age=40, person_incomes=[{"amount": "0", "type": "SSI", "frequency": "Monthly"}])
        self.assertNotIn("S2R008", self.eligible(plain))
        self.assertIn("S2R008", self.eligible(ssi))
        ours = self.ask("POST", "/v1/screenings?packs=access_nyc&detail=status&next=false", in_our_words(ssi)).json
        self.assertEqual({d["program"]: d["status"] for d in ours["determinations"]}["S2R008"], "likely")
        parent = changed(person_age=40, person_incomes=[{"amount": 900, "type": "Wages", "frequency": "Monthly"}])
        parent["person"].append({"age": 3, "householdMemberType": "Child"})
        self.assertNotIn("S2R001", self.eligible(parent))
        parent["person"][0]["expenses"] = [{"amount": 0, "type": "ChildCare", "frequency": "Monthly"}]
        self.assertIn("S2R001", self.eligible(parent))

    def test_interested_programs(self):
        everything = self.eligible(ONE)
        self.assertIn("S2R007", everything)
        for query in ("?interestedPrograms=S2R007%7CS2R010", "?interestedPrograms=S2R007,S2R010", "?interestedPrograms=S2R007|S2R010"):
            self.assertEqual(self.eligible(ONE, query), [code for code in everything if code in ("S2R007", "S2R010")], query)
        self.assertEqual(self.eligible(ONE, "?interestedPrograms="), everything)
        self.assertEqual(self.eligible(ONE, "?interestedPrograms=S2R999"), [])
        self.assertEqual(self.eligible(ONE, "?interestedPrograms=snap"), [], "a program of another pack is none of theirs")
        reply = self.screen([ONE], "?interested=S2R007")
        self.assertEqual((reply.status, reply.json["errors"][0]["code"]), (400, "badRequest"))
        self.assertEqual(reply.json["errors"][0]["message"], "there is no parameter interested (there is interestedPrograms)")

    # ---- limits and refusals ----
    def test_the_list(self):
        self.refused([], ("array.min", None))
        self.refused([ONE, ONE], ("array.max", None))
        self.refused(["x"], ("object.base", "0"))
        self.refused("null", ("object.base", None))
        self.refused([{}], ("any.required", "0.household"), ("any.required", "0.person"))
        self.refused({**ONE, "household": {}}, ("array.base", "household"))
        self.refused([{**ONE, "household": []}], ("array.min", "0.household"))
        self.refused([{**ONE, "household": ONE["household"] * 2}], ("array.max", "0.household"))
        self.refused([{**ONE, "household": [5]}], ("object.base", "0.household.0"))
        self.refused([{**ONE, "withholdPayload": "maybe"}], ("boolean.base", "0.withholdPayload"))
        for body in (b"", b"{", b"[" * 40, b'{"person":[],"person":[]}'):
            reply = self.screen(body)
            self.assertEqual((reply.status, reply.json["type"]), (400, "FAILURE"), body)

    def test_people(self):
        child = {"age": 3, "householdMemberType": "Child"}
        self.eligible({**ONE, "person": ONE["person"] + [child] * 7})
        self.refused([{**ONE, "person": ONE["person"] + [child] * 8}], ("array.max", "0.person"))
        self.refused([{**ONE, "person": []}], ("array.min", "0.person"))
        self.refused([{**ONE, "person": [child]}], ("array.unique", "0.person"))
        self.refused([{**ONE, "person": ONE["person"] * 2}], ("array.unique", "0.person"))
        self.refused([changed(person_householdMemberType=None)], ("any.required", "0.person.0.householdMemberType"),
                     ("array.unique", "0.person"))
        self.refused([changed(person_householdMemberType="HeadOfHousehol")], ("any.allowOnly", "0.person.0.householdMemberType"),
                     ("array.unique", "0.person"))

    def test_values(self):
        path = "0.person.0."
        for value, code in (("x", "number.base"), (1.5, "number.base"), ([], "number.base"), (True, "number.base"), (-1, "number.min"),
                            (121, "number.max"), (10**30, "number.base"), (None, "any.required"), ("", "any.required")):
            self.refused([changed(person_age=value)], (code, path + "age"))
        for value in (0, 120, "0", "120"):
            self.eligible(changed(person_age=value))
        for value in ("yes", 1, 0, [], {}):
            self.refused([changed(person_blind=value)], ("boolean.base", path + "blind"))
        for value in ("x", "-1", -1, "1.005", "12345678", 12345678, "1 0", "$5", "1,000", [], True):
            self.refused([changed(household_cashOnHand=value)], ("string.base.regex", "0.household.0.cashOnHand"))
        for value in ("9999999.99", 9999999.99, "0", "7.5", 0):
            self.eligible(changed(household_cashOnHand=value))
        for value, code in (("x" * 65, "string.max"), ("a b", "string.base.regex"), ("a@b", "string.base.regex"), (["a"], "string.base")):
            self.refused([changed(household_caseId=value)], (code, "0.household.0.caseId"))
        for value in ("x" * 64, "A1/b-2.c", 4711):
            self.eligible(changed(household_caseId=value))
        for value in ("nycha", "Castle", 5, True):
            self.refused([changed(household_livingRentalType=value)], ("any.allowOnly", "0.household.0.livingRentalType"))

    def test_money_lists(self):
        good = {"amount": "1", "type": "Wages", "frequency": "Weekly"}
        path = "0.person.0.incomes"
        self.eligible(changed(person_incomes=[good] * 30, person_expenses=[{**good, "type": "Rent"}] * 30))
        self.refused([changed(person_incomes=[good] * 31)], ("array.max", path))
        self.refused([changed(person_incomes=good)], ("array.base", path))
        self.refused([changed(person_incomes=[5])], ("object.base", path + ".0"))
        self.refused([changed(person_incomes=[{}])], *(("any.required", f"{path}.0.{field}") for field in good))
        for field, value, code in (("amount", "1000000", "string.base.regex"), ("amount", -5, "string.base.regex"),
                                   ("amount", "not_a_number", "string.base.regex"), ("type", "Rent", "any.allowOnly"),
                                   ("frequency", "Daily", "any.allowOnly")):
            self.refused([changed(person_incomes=[good, {**good, field: value}])], (code, f"{path}.1.{field}"))
        self.refused([changed(person_expenses=[good])], ("any.allowOnly", "0.person.0.expenses.0.type"))
        self.eligible(changed(person_incomes=[{**good, "amount": "999999.99"}]))

    def test_rules_between_fields(self):
        self.refused([changed(household_livingRenting=None, household_livingRentalType="NYCHA")],
                     ("object.with", "0.household.0.livingRentalType"))
        self.refused([changed(household_livingPreferNotToSay=True)], ("object.without", "0.household.0.livingPreferNotToSay"))
        self.refused([changed(household_livingRenting=None, person_livingRentalOnLease=True)],
                     ("object.with", "0.person.0.livingRentalOnLease"))
        self.refused([changed(person_livingOwnerOnDeed=True)], ("object.with", "0.person.0.livingOwnerOnDeed"))
        self.eligible(changed(household_livingRenting=None, household_livingPreferNotToSay=True))
        self.eligible(changed(household_livingRenting=None, household_livingOwner=True, person_livingOwnerOnDeed="true"))

    def test_slips(self):
        """A field that is nearly one of theirs would count as no."""
        errors = self.refused([changed(person_blnd=True)], ("object.allowUnknown", "0.person.0.blnd"))
        self.assertIn("blind", errors[0]["message"])
        self.refused([changed(household_caseID="a")], ("object.allowUnknown", "0.household.0.caseID"))
        errors = self.refused([changed(household_livingRentalType="MitchelLama")], ("any.allowOnly", "0.household.0.livingRentalType"))
        self.assertIn("MitchellLama", errors[0]["message"])

    def test_all_errors_at_once(self):
        request = changed(household_cashOnHand="x", person_age=200, person_veteran="perhaps",
                          person_incomes=[{"amount": "1", "type": "Lottery", "frequency": "Weekly"}])
        self.refused([request], ("string.base.regex", "0.household.0.cashOnHand"), ("number.max", "0.person.0.age"),
                     ("boolean.base", "0.person.0.veteran"), ("any.allowOnly", "0.person.0.incomes.0.type"))

    # ---- statuses of their API ----
    def test_statuses(self):
        for path in ("/authToken", "/eligibilityPrograms", "/bulkSubmission/import"):
            reply = self.ask("GET", path)
            self.assertEqual((reply.status, reply.json["errors"][0]["code"]), (405, "httpMethodNotAllowed"), path)
            self.assertEqual(reply.headers["allow"], "POST")
            reply = self.ask("POST", path, b"x", {"Content-Type": "application/xml"})
            self.assertEqual((reply.status, reply.json["errors"][0]["code"]), (406, "unsupportedContentType"), path)
        self.assert_problem(self.ask("POST", "/eligibilityPrograms/", ONE), 404, "not-found")

    # ---- who asks ----
    def test_tokens(self):
        def token(body):
            reply = self.ask("POST", "/authToken", body, key="")
            self.assertEqual(reply.headers["content-type"], "application/json")
            return reply

        good = {"username": "tests", "password": self.server.key}
        one, other = token(good).json["token"], token(good).json["token"]
        self.assertNotEqual(one, other)
        for same in ("", None, self.server.key):
            self.assertEqual(token({**good, "newPassword": same}).json["type"], "SUCCESS", "nothing is to be changed")
        self.assertNotIn(self.server.key, one)
        for given in (one, other, "Bearer " + one, "bearer " + one, "Bearer " + self.server.key, self.server.key):
            self.assertEqual(self.screen(ONE, token=given).status, 200, given)
        # good on these paths alone
        self.assert_problem(self.ask("GET", "/v1/form", key=one), 401, "unauthorized")
        for body, codes in (({}, ["any.required"] * 2), ({"username": "tests"}, ["any.required"]), ({**good, "username": ""}, ["any.empty"]),
                            ({**good, "password": 5}, ["string.base"]), ([], ["object.base"]), ("null", ["object.base"]),
                            ({**good, "newPassword": "x"}, ["object.allowUnknown"]), ({**good, "newPassword": 5}, ["object.allowUnknown"]),
                            ({"newPassword": "x"}, ["any.required"] * 2 + ["object.allowUnknown"])):
            reply = token(body)
            self.assertEqual((reply.status, [error["code"] for error in reply.json["errors"]]), (400, codes), body)
        for wrong in ({**good, "username": "somebody"}, {**good, "password": "ask_" + "A" * 43}, {**good, "password": "x"}):
            reply = token(wrong)
            self.assertEqual((reply.status, reply.json["errors"][0]["code"]), (401, "unauthorized"), wrong)
        time.sleep(2)
        for bad in (one[:-1] + ("0" if one[-1] != "0" else "1"), one[:-2], "token_" + "0" * 160, "token_", "x"):
            reply = self.screen(ONE, token=bad)
            self.assertEqual((reply.status, reply.json["errors"][0]["code"]), (401, "unauthorized"), bad)
        time.sleep(1.5)

    def test_a_token_ends_with_its_key(self):
        name = f"partner {uuid.uuid4()}"
        key = self.server.add_key(name)
        token = self.ask("POST", "/authToken", {"username": name, "password": key}, key="").json["token"]
        self.assertEqual(self.screen(ONE, token=token).status, 200)
        listed = json.loads(self.server.command("key", "list", "--json").stdout)["keys"]
        self.server.command("key", "revoke", next(entry["id"] for entry in listed if entry["name"] == name or entry.get("partner") == name))
        until = time.monotonic() + 10
        while self.screen(ONE, token=token).status == 200 and time.monotonic() < until:
            time.sleep(0.1)
        self.assertEqual(self.screen(ONE, token=token).status, 401)
        time.sleep(1)

    def test_a_token_lives_through_a_restart(self):
        self.server.stop()
        self.server.start()
        self.assertEqual(self.screen(ONE).status, 200)

    # ---- files ----
    def send_file(self, rows, query="", **options):
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return self.send_text(text.getvalue(), query, **options)

    def send_text(self, text, query="", form=True):
        headers = {"Authorization": self.token, "Content-Type": "text/csv"}
        body = text if isinstance(text, bytes) else text.encode()
        if form:
            headers["Content-Type"] = "multipart/form-data; boundary=\"xx yy\""
            body = (b"--xx yy\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n5\r\n--xx yy\r\n"
                    b"Content-Disposition: form-data; name=\"file\"; filename=\"h.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                    + body + b"\r\n--xx yy--\r\n")
        return self.ask("POST", "/bulkSubmission/import" + query, body, headers, key="")

    def results(self, reply):
        self.assertEqual(reply.status, 200, reply.body[:500])
        self.assertEqual(reply.headers["content-type"], "text/csv; charset=utf-8")
        return list(csv.DictReader(io.StringIO(reply.body.decode())))

    def as_rows(self, requests):
        """Columns as in the City's sample."""
        def flat(request):
            row = {}
            for field, value in request["household"][0].items():
                row["caseId" if field == "caseId" else "Household." + field] = value
            for number, person in enumerate(request["person"], 1):
                for field, value in person.items():
                    if isinstance(value, list):
                        for place, entry in enumerate(value, 1):
                            row.update({f"{number}.Person.{field}.{place}.{part}": worth for part, worth in entry.items()})
                    else:
                        row[f"{number}.Person.{field}"] = value
            row["WithholdPayload"] = request.get("withholdPayload", "")
            return {column: str(value).upper() if isinstance(value, bool) else value for column, value in row.items()}
        rows = [flat(request) for request in requests]
        columns = sorted({column for row in rows for column in row})
        return [columns] + [[row.get(column, "") for column in columns] for row in rows]

    def test_file_round_trip(self):
        chance = random.Random(7)
        requests = [some_household(chance) for _ in range(40)]
        names = {}
        for form in (True, False):
            results = self.results(self.send_file(self.as_rows(requests), form=form))
            self.assertEqual(len(results), len(requests))
            for number, (request, result) in enumerate(zip(requests, results)):
                self.assertEqual(result["row"], str(number + 2))
                self.assertEqual(result["caseId"], request["household"][0]["caseId"])
                self.assertEqual(result["errors"], "")
                self.assertEqual(result["eligiblePrograms"].split("|"), self.eligible(request), f"row {number}")
                names.update(zip(result["eligiblePrograms"].split("|"), result["eligibleProgramNames"].split("|")))
        self.assertEqual(names["S2R007"], "SNAP")
        one = self.results(self.send_file(self.as_rows(requests), "?interestedPrograms=S2R007"))
        self.assertLessEqual({result["eligiblePrograms"] for result in one}, {"S2R007", ""})

    def test_bad_rows(self):
        rows = self.as_rows([ONE, changed(person_age="abc", household_caseId="bad1"), changed(person_age=None, household_caseId="bad2"), ONE])
        rows.insert(3, [""] * len(rows[0]))
        results = self.results(self.send_file(rows))
        self.assertEqual([result["row"] for result in results], ["2", "3", "5", "6"], "an empty row is no household")
        self.assertEqual(results[0]["eligiblePrograms"], results[3]["eligiblePrograms"])
        self.assertTrue(results[0]["eligiblePrograms"])
        self.assertEqual(results[1]["errors"], "1.Person.age: age must be a whole number.")
        self.assertEqual(results[2]["errors"], "1.Person.age: age is required.")
        self.assertEqual([result["caseId"] for result in results], ["a1", "bad1", "bad2", "a1"])
        self.assertEqual(results[1]["eligiblePrograms"], "")

    def test_columns_are_named(self):
        header = ["caseId", "1.Person.age", "1.Person.householdMemberType", "3.Person.age", "3.Person.householdMemberType",
                  "3.Person.incomes.2.amount", "3.Person.incomes.2.type"]
        row = ["x y", 40, "HeadOfHousehold", 999, "Child", -5, "Wages"]
        result = self.results(self.send_file([header, row]))[0]
        self.assertIn("Household.caseId: caseId has an invalid format.", result["errors"])
        self.assertIn("3.Person.age: age must be at most 120.", result["errors"])
        self.assertIn("3.Person.incomes.2.amount: ", result["errors"])
        self.assertIn("3.Person.incomes.2.frequency: frequency is required.", result["errors"])
        self.assertEqual(result["caseId"], "", "what is no case id does not come back")
        result = self.results(self.send_text("1.Person.age,1.Person.householdMemberType\r\n5,HeadOfHousehold,more\r\n"))[0]
        self.assertEqual(result["errors"], "cell 3 has no column")
        result = self.results(self.send_text(b"caseId,1.Person.age\r\n\xff,5\r\n"))[0]
        self.assertEqual(result["errors"], "the row is not UTF-8")

    def test_spellings_of_csv(self):
        columns, values = "caseId,1.Person.age,1.person.HouseholdMemberType", "a1,30,HeadOfHousehold"
        wanted = self.results(self.send_text(f"{columns}\r\n{values}\r\n"))[0]["eligiblePrograms"]
        self.assertTrue(wanted)
        for text in (f"{columns}\n{values}\n", f"{columns}\n{values}", f"\ufeff{columns}\r\n{values}",
                     f"{columns},\r\n{values},\r\n", f'"caseId","1.Person.age",1.Person.householdMemberType\r\n"a1" , 30 ,"HeadOfHousehold"'.replace('" ,', '",')):
            result = self.results(self.send_text(text))[0]
            self.assertEqual((result["eligiblePrograms"], result["errors"]), (wanted, ""), text)

    def test_bad_files(self):
        good = "1.Person.age,1.Person.householdMemberType\r\n"
        for text, code in (("", "csv.empty"), ("age\r\n5\r\n", "csv.column"), ("1.Person.age,1.person.AGE\r\n", "csv.column"),
                           ("9.Person.age\r\n", "csv.column"), ("0.Person.age\r\n", "csv.column"), ("1.Person.incomes.amount\r\n", "csv.column"),
                           ("1.Person.incomes.31.amount\r\n", "csv.column"), ("1.Person.age.x\r\n", "csv.column"), (",,\r\n", "csv.column"),
                           (good + '"5', "csv.row"), (good + 'a"b,c\r\n', "csv.row"), (good + '"a"b,c\r\n', "csv.row"),
                           (good + "x," * 5000 + "\r\n", "csv.row"), (good + "x" * 1100000 + "\r\n", "csv.row"),
                           (good + "1,Child\r\n" * 10001, "csv.tooMany")):
            reply = self.send_text(text)
            self.assertEqual((reply.status, reply.json["errors"][0]["code"]), (400, code), text[:60])
        self.assertEqual(len(self.results(self.send_text(good + "1,Child\r\n" * 10000))), 10000)
        headers = {"Authorization": self.token}
        for kind, body in (("multipart/form-data", b"x"), ("multipart/form-data; boundary=b", b"--b--"), ("multipart/form-data; boundary=b", b"--b\r\n\r\nx"),
                           ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--b--\r\n"),
                           ("multipart/form-data; boundary=" + "b" * 71, b"--" + b"b" * 71)):
            reply = self.ask("POST", "/bulkSubmission/import", body, {**headers, "Content-Type": kind}, key="")
            self.assertEqual((reply.status, reply.json["errors"][0]["code"]), (400, "NoInputFile"), kind)


class WithoutTheCity(ServerTest):
    """A server whose packs speak no other system's format."""

    def test_not_found(self):
        for path, kind in (("/eligibilityPrograms", "application/json"), ("/bulkSubmission/import", "text/csv")):
            reply = self.ask("POST", path, b"[{}]", {"Content-Type": kind})
            self.assertEqual((reply.status, reply.json["errors"][0]["code"]), (404, "notFound"), path)


if __name__ == "__main__":
    main()
