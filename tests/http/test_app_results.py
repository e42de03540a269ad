"""What comes after the questions, in the worker's app: check, results, why, print, reassessment. The shipped rules."""
import html.parser
import json
import os
import random
import re
import shutil
import unittest

from person import Person
from support import SOURCE_DIR, Server

with open(os.path.join(SOURCE_DIR, "examples", "eviction-at-82.json"), encoding="utf-8") as example:
    OLDER = json.load(example)["answers"]
with open(os.path.join(SOURCE_DIR, "examples", "hiv-and-homeless.json"), encoding="utf-8") as example:
    HOMELESS = json.load(example)["answers"]

# Private answers of every kind, each of which makes some program likely.
PRIVATE = {
    "immigration_status": "lpr", "foster_care_history": "aged_out_16_21", "impairment_mental": "documented", "hiv_status": "aids",
    "smi_dx": "documented", "psych_admissions_12mo": 4, "psych_longest_days_12mo": 60, "crisis_use_12mo": 5, "aot_order": True,
    "criminal_legal_12mo": True, "overdose_12mo": True, "sud_treatment_now": True, "has_hasa_case": True, "has_aps_case": True,
    "has_acs_case": True, "emergency_cause": "dv", "dv_fled_or_fleeing": True, "dv_partner_relation": "ex_partner",
    "dv_lethality_flags": ["strangled", "weapon"], "hits_hurt": "frequently", "hits_insult": "frequently",
    "hits_threaten": "frequently", "hits_scream": "frequently", "financial_exploitation": True, "child_safety_concern": "worry",
    "child_placement_risk": True, "self_neglect_signs": ["not_eating", "wandering"], "auditc_1": "four_week", "dast_gate": True,
    "phq2_1": "nearly_every_day", "phq2_2": "nearly_every_day", "other_case_managers": ["hasa", "dvs", "act"],
    "in_foster_or_institution_now": "none", "work_barrier": "psych", "living_situation": "hra_dv_shelter",
}
ORDINARY = {
    "immigration_status": "citizen", "foster_care_history": "none", "impairment_mental": "none", "hiv_status": "negative_unknown",
    "smi_dx": "none", "psych_admissions_12mo": 0, "psych_longest_days_12mo": 0, "crisis_use_12mo": 0, "aot_order": False,
    "criminal_legal_12mo": False, "overdose_12mo": False, "sud_treatment_now": False, "has_hasa_case": False, "has_aps_case": False,
    "has_acs_case": False, "emergency_cause": "none", "dv_fled_or_fleeing": False, "dv_lethality_flags": [], "hits_hurt": "never",
    "hits_insult": "never", "hits_threaten": "never", "hits_scream": "never", "financial_exploitation": False,
    "child_safety_concern": "none", "child_placement_risk": False, "self_neglect_signs": [], "auditc_1": "never",
    "dast_gate": False, "phq2_1": "not_at_all", "phq2_2": "not_at_all", "other_case_managers": [],
    "in_foster_or_institution_now": "none", "work_barrier": "none", "living_situation": "dhs_shelter",
}
# No paper that others may see has these.
TELLING = re.compile(r"(?-i:\b(HIV|AIDS|HASA|APS|ACS|PRUCOL|OASAS|ACT|IMT)\b)|violen|abus|hurt|mental|psych|suicid|crisis|alcohol|drug|"
                     r"substance|overdose|naloxone|foster|child welfare|immigra|citizen|green card|undocumented|refugee|protective|"
                     r"police|arrest|\bjail|800-621-4673|800-342-3720|\b988\b", re.I)


class Sheet(html.parser.HTMLParser):
    """What is printed: the text of article.ask-paper, and its lines."""

    def __init__(self, text):
        super().__init__()
        self.depth, self.lines, self.marks = 0, [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag in ("br", "input", "meta", "link", "hr", "use", "path"):
            return
        mark = "ask-paper" in (dict(attributes).get("class") or "").split()
        if self.depth or mark:
            self.depth += 1
            if tag in ("h2", "h3", "p", "li", "span", "b", "dt", "dd"):
                self.lines.append("")

    def handle_endtag(self, tag):
        if self.depth and tag not in ("br", "input", "meta", "link", "hr", "use", "path"):
            self.depth -= 1

    def handle_data(self, data):
        if self.depth:
            self.lines = self.lines or [""]
            self.lines[-1] += data

    @property
    def text(self):
        return "\n".join(self.lines)


class Results(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"askonce-pages-{os.getpid()}")
        shutil.copytree(os.path.join(SOURCE_DIR, "web"), cls.folder)
        shutil.copy(os.path.join(SOURCE_DIR, "tests", "http", "app_pages", "seed.lua"), os.path.join(cls.folder, "pages"))
        cls.server = Server(app=cls.folder, rules=[])
        cls.worker = Person(cls.server, "worker", "worker")
        assert cls.worker.sign_in().status == 303
        cls.token = cls.worker.csrf()

    @classmethod
    def tearDownClass(cls):
        cls.server.clean()
        shutil.rmtree(cls.folder)

    def seed(self, answers, name="Rosa Delgado"):
        reply = self.worker.post("/seed", {"name": name, "answers": json.dumps(answers)}, token=self.token)
        self.assertEqual(reply.status, 200, reply.body[:300])
        return json.loads(reply.body)["id"]

    def page(self, path, status=200):
        reply = self.worker.get(path)
        self.assertEqual(reply.status, status, path)
        return reply.body.decode()

    def text(self, path):
        return self.worker.get(path).page.text

    def document(self, case):
        return json.loads(self.worker.get(f"/seed/{case}").body)

    def has(self, text, page):
        self.assertTrue(text in page, f"{text!r} is not there")

    def has_not(self, text, page):
        self.assertFalse(text in page, f"{text!r} is there")

    def post(self, path, form=None):
        return self.worker.post(path, form, token=self.token, follow=False)

    # ---- print ----
    def sheet(self, case, query=""):
        return Sheet(self.page(f"/cases/{case}/print/client{query}"))

    def test_paper_tells_nothing_private(self):
        for basis in (OLDER, HOMELESS):
            case = self.seed({**basis, **PRIVATE})
            statuses = self.page(f"/cases/{case}/results")
            for name in ("HIV/AIDS Services Administration", "Domestic Violence Services", "Drug and alcohol services"):
                self.has(name, statuses)
            sheet = self.sheet(case)
            self.has("Programs that may help you", sheet.text)
            found = TELLING.search(sheet.text)
            self.assertIsNone(found, found and sheet.text[max(0, found.start() - 80):found.end() + 80])

    def test_paper_is_that_of_an_ordinary_household(self):
        """Any private answers: no line that a household without them would not have."""
        ordinary = set(self.sheet(self.seed({**OLDER, **ORDINARY})).lines)
        weaker = {"You may get it", "What to do: Ask your worker how to apply."}  # said of any program
        chance = random.Random(7)
        for _ in range(12):
            chosen = {item: PRIVATE[item] for item in chance.sample(sorted(PRIVATE), 14)}
            for item in ("dv_partner_relation", "dv_lethality_flags"):
                if item in chosen and not chosen.get("dv_fled_or_fleeing"):
                    del chosen[item]
            sheet = self.sheet(self.seed({**OLDER, **ORDINARY, **chosen}))
            self.assertLess(len(set(sheet.lines) - ordinary - weaker), 1, (chosen, set(sheet.lines) - ordinary))

    def test_paper_has_programs(self):
        text = self.sheet(self.seed(OLDER)).text
        for name in ("SNAP", "SCRIE (rent freeze for older adults)", "Meals brought to your home", "Papers to bring", "Photo ID",
                     "718-557-1399", "about $298 a month"):
            self.has(name, text)
        for name in ("Adult Protective Services", "1944", "March 2"):
            self.has_not(name, text)

    def test_worker_may_tick(self):
        case = self.seed(HOMELESS)
        self.has_not("HASA", self.sheet(case).text)
        page = self.page(f"/cases/{case}/print/client?show=hiv")
        self.has("This paper tells something private", page)
        self.has("HIV/AIDS Services Administration", Sheet(page).text)
        self.has_not("HIV", self.sheet(case, "?show=mental&show=nothing").text)
        older = self.seed(OLDER)
        self.has("Adult Protective Services", self.sheet(older, "?show=notes&show=mental&show=violence").text)

    def test_workers_paper(self):
        case = self.seed({**OLDER, **PRIVATE})
        page = self.page(f"/cases/{case}/print/worker")
        self.has("HIV/AIDS Services Administration", page)
        self.has("private answers are not printed", page)
        self.has_not("Have you left, or are you leaving, a person who hurts you?", Sheet(page).text.split("Answers", 1)[1])
        self.has("Have you left, or are you leaving, a person who hurts you?",
                      Sheet(self.page(f"/cases/{case}/print/worker?private=1")).text.split("Answers", 1)[1])
        self.assertRegex(page, r"snap 2026\.1 [0-9a-f]{12}")

    # ---- check ----
    def test_check(self):
        case = self.seed(OLDER)
        page = self.page(f"/cases/{case}/check")
        self.has("The rent is more than all the money coming in", page)
        self.has(f"/cases/{case}/sections/housing#q-rent_monthly", page)
        self.has("$1,450", page)
        self.has("March 2, 1944", page)
        self.assertRegex(page, r"Needed by:.{0,80}One Shot Deal")
        self.has("Does not apply, because of other answers", page)
        # an answer to a private question stands in something folded
        before = page[:page.index("U.S. citizen")]
        self.assertGreater(before.rindex("<details"), before.rindex("</details>") if "</details>" in before else -1)

    def test_keep(self):
        case = self.seed(OLDER)
        self.has("Not kept yet", self.page(f"/cases/{case}/results"))
        reply = self.post(f"/cases/{case}/submit")
        self.assertEqual((reply.status, reply.header("location")), (303, f"/cases/{case}/results?kept=1"))
        kept = self.document(case)
        self.assertEqual((kept["state"], kept["revision"]), ("submitted", 1))
        self.has_not("Not kept yet", self.page(f"/cases/{case}/results"))
        # what is due when: SNAP in 6 months, APS in 1
        as_of = kept["due"]
        months = {program: int(day[:4]) * 12 + int(day[5:7]) for program, day in as_of.items()}
        self.assertEqual(months["snap"] - months["aps"], 5)
        self.has_not("ca", as_of)  # unlikely
        page = self.page(f"/cases/{case}/results/snap")
        self.has(kept["assessment"], page)

    # ---- results ----
    def test_results(self):
        case = self.seed(OLDER)
        page = self.page(f"/cases/{case}/results")
        self.assertEqual(len(set(re.findall(r'id="program-(\w+)"', page))), 35)
        self.assertLess(page.index('id="program-aps"'), page.index('id="program-snap"'))
        self.assertLess(page.index('id="program-snap"'), page.index('id="program-scrie"'))
        self.has("tel:+17185571399", page)
        self.assertEqual(page.count("<li>Photo ID"), page.count("<li>Photo ID") and page.count("<li>Photo ID"))
        checklist = page[page.index('id="documents"'):page.index('id="flags"')]
        self.assertEqual(len(re.findall(r"<li>Photo ID <span|<li>Photo ID<span", checklist)), 1)
        only = self.page(f"/cases/{case}/results?status=unlikely")
        self.has_not('id="program-snap"', only)
        self.has('id="program-ca"', only)
        self.has('aria-current="true"', only)

    def test_why(self):
        case = self.seed(OLDER)
        page = self.page(f"/cases/{case}/results/hcsp")
        for words in ("Meets the minimum need, or is exempt from it".lower(), "25 ohip/adm-03", "someone thinks so", "not met",
                      "what would change it", "someone guides my arms or legs", "how it was computed", "2026.1"):
            self.has(words, page.lower())
        page = self.page(f"/cases/{case}/results/snap")
        for words in ("$1,390", "$1,729", "$298 a month", "7 CFR 273.9(a)(1)", "Maximum allotment less that share"):
            self.has(words, page)
        self.page(f"/cases/{case}/results/nothing", 404)
        self.page(f"/cases/{case}/results/%3Cscript%3E", 404)

    def test_every_program_explains_itself(self):
        for answers in (OLDER, {**OLDER, **PRIVATE}, {}):
            case = self.seed(answers)
            page = self.page(f"/cases/{case}/results")
            for program in sorted(set(re.findall(r'id="program-(\w+)"', page))):
                with self.subTest(program=program):
                    self.has("With what it was computed", self.page(f"/cases/{case}/results/{program}"))

    def test_nothing_answered(self):
        case = self.seed({})
        for path in ("check", "results", "print/client", "print/worker"):
            self.page(f"/cases/{case}/{path}")
        self.page(f"/cases/{case}/changes", 404)

    def test_text_is_text(self):
        probe = "<script>alert(1)</script>\"'&"
        case = self.seed({**OLDER, "legal_name": probe, "accommodation_needed": probe}, name=probe)
        for path in ("check", "results", "results/snap", "print/client", "print/worker"):
            self.has_not("<script>alert", self.page(f"/cases/{case}/{path}"))

    # ---- reassessment ----
    def test_reassess(self):
        case = self.seed(OLDER)
        self.assertEqual(self.post(f"/cases/{case}/reassess").status, 409)  # nothing is kept yet
        self.post(f"/cases/{case}/submit")
        reply = self.post(f"/cases/{case}/reassess")
        self.assertEqual(reply.status, 303)
        again = reply.header("location").split("/")[2]
        self.assertNotEqual(again, case)
        self.assertEqual(self.post(f"/cases/{case}/reassess").header("location"), f"/cases/{again}")  # once is enough
        body = self.document(again)
        self.assertEqual(body["based_on"]["assessment"], self.document(case)["assessment"])
        self.assertEqual(body["answers"]["rent_monthly"], 1450)
        self.assertFalse(body["confirmed"])
        self.has("answers of last time are not confirmed yet", self.page(f"/cases/{again}/check"))
        page = self.text(f"/cases/{again}/changes")
        self.has("No answer changed", page)
        self.has("Every program says the same", page)

        changed = {"dementia_dx": "physician_dx", "hiv_status": "hiv", "incomes": []}
        self.worker.post("/seed/change", {"id": again, "answers": json.dumps(changed)}, token=self.token)
        page = self.page(f"/cases/{again}/changes")
        self.has("Has anyone said that you have dementia", page)
        self.assertLess(page.index("Someone thinks so"), page.index("A doctor has said so"))
        self.has("Home Care Services Program", page)
        self.has("Better", page)
        self.has("1 private answer changed", page)
        self.assertLess(page.rindex("<details", 0, page.index("Do you want to tell us about HIV?")),
                        page.index("Do you want to tell us about HIV?"))

        self.post(f"/cases/{again}/confirm", {"item": "rent_monthly"})
        self.assertTrue(self.document(again)["confirmed"]["rent_monthly"])
        self.has_not("on_lease", self.document(again)["confirmed"])
        self.post(f"/cases/{again}/confirm", {"section": "housing"})
        body = self.document(again)
        self.assertTrue(body["confirmed"]["on_lease"])
        self.has_not("dob", body["confirmed"])
        self.post(f"/cases/{again}/confirm", {"all": "1"})
        body = self.document(again)
        left = set(body["answers"]) - set(body["confirmed"])
        self.assertEqual(left, {"night_needs_count", "self_directing", "medically_stable"})  # the nurse's
        page = self.page(f"/cases/{again}/check")
        self.has("3 answers wait for somebody else", page)
        self.has_not("They are still right", page)
        nurse = Person(self.server, "nurse", "nurse")
        nurse.sign_in()
        nurse.post(f"/cases/{again}/confirm", {"all": "1"})
        self.has_not("confirmed yet", self.page(f"/cases/{again}/check"))
        self.post(f"/cases/{again}/submit")
        self.assertEqual(self.document(again)["statuses"]["hcsp"], "likely")
        self.has("Kept on", self.page(f"/cases/{again}/changes"))


if __name__ == "__main__":
    unittest.main()
