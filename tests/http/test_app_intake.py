"""The intake in the worker's app: what is saved, what is refused, what comes back to the script, who may answer what. The shipped rules."""
import json
import re
import sqlite3
import unittest
import uuid

from person import Person
from support import Server


class Intake(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(app=True, rules=[])
        cls.ada = cls.person("ada", "worker")
        cls.ben = cls.person("ben", "worker")
        cls.nora = cls.person("nora", "nurse")
        cls.sam = cls.person("sam", "supervisor,administrator")
        reply = cls.ada.post("/clients", {"name": "Rosa Delgado"}, follow=False, token=cls.ada.token)
        cls.client = re.match(r"/clients/([0-9a-f-]{36})", reply.header("location")).group(1)

    @classmethod
    def person(cls, name, roles):
        person = Person(cls.server, name, roles)
        assert person.sign_in().status == 303, name
        person.token = person.csrf()
        return person

    @classmethod
    def tearDownClass(cls):
        cls.server.clean()

    def setUp(self):
        reply = self.ada.post(f"/clients/{self.client}/cases", follow=False, token=self.ada.token)
        self.case = re.match(r"/cases/([0-9a-f-]{36})", reply.header("location")).group(1)

    def section(self, name, person=None):
        reply = (person or self.ada).get(f"/cases/{self.case}/sections/{name}")
        self.assertEqual(reply.status, 200, reply.page.text[-1000:])
        return reply.page

    def form_of(self, name, person=None):
        return next(form["fields"] for form in self.section(name, person).forms if "/sections/" in (form["action"] or ""))

    def save(self, name, fields, person=None, items=None, go="next", version=None, follow=True):
        """What a browser without script sends."""
        person = person or self.ada
        version = version if version is not None else self.form_of(name, person)["version"]
        form = {"version": version, "go": go, "item": items or sorted({field.split(".")[0] for field in fields}), **fields}
        return person.post(f"/cases/{self.case}/sections/{name.split('?')[0]}" + ("?" + name.split("?")[1] if "?" in name else ""),
                           form, follow=follow, token=person.token)

    def change(self, section, fields, person=None, version=0, change=None, items=None, button=None):
        """What the script sends."""
        person = person or self.ada
        form = {"change": change or str(uuid.uuid4()), "version": version,
                "item": items or sorted({field.split(".")[0] for field in fields}), **fields, **(button or {})}
        reply = person.request("POST", f"/cases/{self.case}/answers?section={section}", form,
                               {"X-Askonce-Script": "1", "X-Askonce-Csrf": person.token})
        return reply.status, json.loads(reply.body)

    def status(self, reply, program):
        panel = next(part["html"] for part in reply["parts"] if part["id"] == "panel")
        return re.search(rf'data-status="(\w+)" id="p-{program}"', panel).group(1)

    # ---- saving ----

    def test_what_was_answered_is_there_again(self):
        self.save("person", {"dob.month": "3", "dob.day": "2", "dob.year": "1944", "residence_zip": "10453", "marital_status": "widowed"})
        fields = self.form_of("person")
        self.assertEqual((fields["dob.month"], fields["dob.day"], fields["dob.year"]), ("3", "2", "1944"))
        self.assertEqual((fields["residence_zip"], fields["marital_status"]), ("10453", "widowed"))

    def test_saving_goes_on_and_the_section_is_done(self):
        reply = self.save("start", {"immediate_danger_now": "false"}, follow=False)
        self.assertTrue(reply.header("location").endswith("/sections/person"), reply.header("location"))
        self.assertIn("left out", self.section("person").text)
        self.assertTrue(self.save("person", {"residence_zip": "10453"}, go="previous", follow=False)
                        .header("location").endswith("/sections/start"))

    def test_blank_takes_an_answer_back_and_no_answer_is_not_no(self):
        status, reply = self.change("start", {"immediate_danger_now": "false"})
        self.assertEqual((status, reply["errors"]), (200, []))
        _, reply = self.change("start", {}, items=["immediate_danger_now"], version=reply["version"])
        self.assertNotIn("immediate_danger_now", self.form_of("start"))
        self.assertEqual(self.status(reply, "snap"), "need_info")

    def test_declined_and_not_known_are_answers(self):
        self.change("person", {"residence_zip.absent": "declined", "marital_status": ":unknown", "dob.absent": "unknown"})
        fields = self.form_of("person")
        self.assertEqual((fields["residence_zip.absent"], fields["marital_status"]), ("declined", ":unknown"))
        self.change("person", {"ssn_or_none": ":declined"})
        self.assertEqual(self.form_of("person")["ssn_or_none"], "decline", "a question with a word of its own for it")

    def test_an_answer_changes_what_programs_say_and_is_said(self):
        self.change("person", {"dob.month": "3", "dob.day": "2", "dob.year": "1944"})
        _, reply = self.change("household", {"household_roster.state": ":none"})
        _, reply = self.change("household", {"pregnant_any": "false"}, version=reply["version"])
        self.assertEqual(self.status(reply, "wic"), "unlikely")
        self.assertRegex(reply["say"], r"WIC.*: Unlikely\.")
        self.assertRegex(reply["saved_at"], r"^\d\d:\d\d$")
        self.assertEqual([part["id"] for part in reply["parts"]], ["sections", "questions", "panel"])
        _, reply = self.change("start", {"phone_safe": "212-555-0100"}, version=reply["version"])
        self.assertNotIn("say", reply, "no program says something else")

    def test_a_question_that_depends_on_another_comes_and_goes(self):
        self.assertNotIn("What kind of rental", self.section("housing").text)
        _, reply = self.change("housing", {"living_situation": "rent_lease"})
        self.assertIn('data-item="rental_type"', reply["parts"][1]["html"])
        _, reply = self.change("housing", {"living_situation": "street"}, version=reply["version"])
        self.assertNotIn('data-item="rental_type"', reply["parts"][1]["html"])

    # ---- lists ----

    def test_a_list_grows_shrinks_and_keeps_its_entries(self):
        _, reply = self.change("income", {"incomes.state": ":none"}, button={"add": "incomes"})
        self.assertEqual(reply["focus"], "f-incomes-0-type")
        fields = {"incomes.count": "1", "incomes.0.type": "wages", "incomes.0.amount": "$1,450.50", "incomes.0.frequency": "monthly"}
        _, reply = self.change("income", fields, version=reply["version"], button={"add": "incomes"})
        fields.update({"incomes.count": "2", "incomes.1.type": "ssi", "incomes.1.amount": "100", "incomes.1.frequency": "weekly"})
        _, reply = self.change("income", fields, version=reply["version"])
        page = self.section("income").source
        self.assertIn('value="1450.50"', page)
        self.assertIn('name="incomes.1.amount"', page)
        _, reply = self.change("income", fields, version=reply["version"], button={"remove": "incomes.0"})
        form = self.form_of("income")
        self.assertEqual((form["incomes.count"], form["incomes.0.amount"]), ("1", "100"))

    def test_lists_within_entries_without_script(self):
        self.save("household", {"household_roster.state": ""}, go="", items=["household_roster"])
        self.ada.post(f"/cases/{self.case}/sections/household", {"version": self.form_of("household")["version"],
                      "item": "household_roster", "add": "household_roster"}, token=self.ada.token)
        fields = {"household_roster.count": "1", "household_roster.0.relation": "child", "household_roster.0.dob.month": "2",
                  "household_roster.0.dob.day": "20", "household_roster.0.dob.year": "2023", "household_roster.0.age": "9",
                  "household_roster.0.disabled": "false", "household_roster.0.incomes.state": ":none"}
        self.ada.post(f"/cases/{self.case}/sections/household", {"version": self.form_of("household")["version"],
                      "item": "household_roster", **fields, "add": "household_roster.0.expenses"}, token=self.ada.token)
        form = self.form_of("household")
        self.assertEqual((form["household_roster.0.dob.year"], form["household_roster.0.disabled"]), ("2023", "false"))
        self.assertEqual((form["household_roster.0.incomes.state"], form["household_roster.0.expenses.count"]), (":none", "1"))
        self.assertEqual(form["household_roster.0.age"], "", "beside a date of birth it says nothing")

    def test_a_total_and_a_list_without_it_agree(self):
        _, reply = self.change("household", {"household_roster.state": ":none"})
        _, reply = self.change("housing", {"living_situation": "rent_lease", "rent_monthly": "1450"}, version=reply["version"])
        _, reply = self.change("costs", {"expenses.count": "1", "expenses.0.type": "medical", "expenses.0.amount": "65",
                                         "expenses.0.frequency": "monthly"}, version=reply["version"])
        self.assertEqual(reply["errors"], [])
        self.assertEqual(self.form_of("housing")["rent_monthly"], "1450")
        _, reply = self.change("costs", {"expenses.count": "1", "expenses.0.type": "rent", "expenses.0.amount": "900",
                                         "expenses.0.frequency": "monthly"}, version=reply["version"])
        self.assertIn("does not agree", self.section("housing").text)

    # ---- what cannot be accepted ----

    def test_what_cannot_be_accepted_is_kept_shown_and_in_no_answer(self):
        for section, fields, field, said in [
                ("person", {"dob.month": "2", "dob.day": "31", "dob.year": "1944"}, "dob", "no such day"),
                ("person", {"dob.month": "2"}, "dob", "month, the day and the year"),
                ("person", {"residence_zip": "1"}, "residence_zip", "Write it like this"),
                ("health", {"falls_12mo": "-1"}, "falls_12mo", "between 0 and 366"),
                ("health", {"falls_12mo": "many"}, "falls_12mo", "whole number"),
                ("income", {"liquid_assets": "12.345"}, "liquid_assets", "amount"),
                ("costs", {"expenses.count": "1", "expenses.0.type": "medical", "expenses.0.amount": "lots"}, "expenses.0.amount", "amount"),
                ("household", {"household_roster.count": "1", "household_roster.0.relation": "child", "household_roster.0.dob.month": "2",
                               "household_roster.0.dob.day": "30", "household_roster.0.dob.year": "2019"}, "household_roster.0.dob",
                 "no such day")]:
            with self.subTest(fields):
                status, reply = self.change(section, fields)
                self.assertEqual(status, 200)
                self.assertEqual([error["field"] for error in reply["errors"]], [field])
                self.assertIn(said, reply["errors"][0]["message"])
                page = self.section(section)
                self.assertIn("There is a problem", page.text)
                typed = [value for name, value in fields.items() if name == field or name.startswith(field + ".")]
                form = self.form_of(section)
                self.assertEqual([value for name, value in form.items() if name in fields and (name == field or
                                  name.startswith(field + "."))], typed)
                self.assertEqual(self.status(reply, "snap"), "need_info", "the rest is screened")

    def test_the_error_goes_with_the_next_answer(self):
        self.change("person", {"residence_zip": "1"})
        _, reply = self.change("person", {"residence_zip": "10453"})
        self.assertEqual(reply["errors"], [])
        self.assertNotIn("There is a problem", self.section("person").text)

    def test_without_script_an_error_keeps_one_on_the_page(self):
        reply = self.save("person", {"residence_zip": "abcde", "marital_status": "single"}, follow=False)
        self.assertTrue(reply.header("location").endswith("/sections/person"))
        self.assertEqual(self.form_of("person")["marital_status"], "single", "the rest is saved")

    def test_markup_in_an_answer_stays_text(self):
        self.change("person", {"legal_name": '<script>alert(1)</script>"\'&'})
        self.assertNotIn("<script>alert", self.section("person").source)
        self.assertEqual(self.form_of("person")["legal_name"], '<script>alert(1)</script>"\'&')

    def test_nonsense_from_a_stranger(self):
        for fields in [{"incomes.count": "999999999", "incomes.0.type": "wages"}, {"incomes.count": "-1"}, {"incomes.count": "x"},
                       {"living_situation": "moon"}, {"no_such_item": "1"}]:
            with self.subTest(fields):
                status, _ = self.change("income" if "incomes.count" in fields else "housing", fields)
                self.assertEqual(status, 200)
        status, _ = self.change("nowhere", {"dob.month": "1"})
        self.assertEqual(status, 404)
        self.assertEqual(self.ada.get(f"/cases/{uuid.uuid4()}/sections/start").status, 404)
        self.assertEqual(self.ada.get(f"/cases/{self.case}/sections/nowhere").status, 404)

    # ---- twice, and two at once ----

    def test_a_change_that_comes_twice_counts_once(self):
        one = str(uuid.uuid4())
        _, first = self.change("person", {"residence_zip": "10453"}, change=one)
        self.change("person", {"residence_zip": "10025"}, version=first["version"])
        _, again = self.change("person", {"residence_zip": "10453"}, change=one)
        self.assertEqual(self.form_of("person")["residence_zip"], "10025")
        self.assertGreater(again["version"], first["version"])

    def test_two_workers_and_the_merge_page(self):
        _, start = self.change("person", {"residence_zip": "10453", "marital_status": "single"})
        version = start["version"]
        self.change("person", {"residence_zip": "10025"}, person=self.ben, version=version)
        status, reply = self.change("person", {"residence_zip": "11201", "student_status": "none"}, version=version)
        self.assertEqual((status, reply["merge"]), (200, f"/cases/{self.case}/merge"))
        form = self.form_of("person")
        self.assertEqual((form["residence_zip"], form["student_status"]), ("10025", "none"), "the rest is saved")
        page = self.ada.get(f"/cases/{self.case}/merge").page
        for word in ["10025", "11201", "ben", "you"]:
            self.assertIn(word, page.text)
        sent = page.form(f"/cases/{self.case}/merge")["fields"]
        self.ada.post(f"/cases/{self.case}/merge", {**sent, "choose.residence_zip": "1"}, token=self.ada.token)
        self.assertEqual(self.form_of("person")["residence_zip"], "11201")
        self.assertTrue(self.ada.get(f"/cases/{self.case}/merge", follow=False).status == 303)

    def test_a_conflict_of_others_is_not_in_the_nurse_s_way(self):
        _, start = self.change("person", {"residence_zip": "10453"})
        self.change("person", {"residence_zip": "10025"}, person=self.ben, version=start["version"])
        _, reply = self.change("person", {"residence_zip": "11201"}, version=start["version"])
        self.assertIn("merge", reply)
        reply = self.nora.get(f"/cases/{self.case}")
        self.assertEqual(reply.status, 200)
        self.assertIn('name="medically_stable"', reply.page.source)
        self.assertNotIn("/merge", reply.page.source)
        _, reply = self.change("nursing", {"medically_stable": "yes"}, person=self.nora)
        self.assertNotIn("merge", reply)
        self.assertIn("/nursing", self.nora.get(f"/cases/{self.case}/merge", follow=False).header("location")
                      + self.nora.get(f"/cases/{self.case}", follow=False).header("location"))
        self.assertIn("/merge", self.ada.get(f"/cases/{self.case}", follow=False).header("location"))

    def test_without_script_what_was_not_touched_is_no_conflict(self):
        _, start = self.change("person", {"residence_zip": "10453", "marital_status": "single"})
        self.change("person", {"residence_zip": "10025"}, person=self.ben, version=start["version"])
        reply = self.save("person", {"residence_zip": "10453", "marital_status": "married"}, version=start["version"], follow=False)
        self.assertNotIn("merge", reply.header("location"))
        form = self.form_of("person")
        self.assertEqual((form["residence_zip"], form["marital_status"]), ("10025", "married"))

    # ---- roles ----

    def test_the_nurse_s_part_is_the_nurse_s(self):
        for person in [self.ada, self.sam]:
            with self.subTest(person.name):
                page = self.section("nursing", person)
                self.assertIn("Waiting for the nurse", page.text)
                self.assertNotIn('name="medically_stable"', page.source)
                status, _ = self.change("nursing", {"medically_stable": "yes"}, person=person)
                self.assertEqual(status, 403)
                reply = person.post(f"/cases/{self.case}/sections/nursing", {"version": "1", "item": "medically_stable",
                                    "medically_stable": "yes", "go": "next"}, token=person.token)
                self.assertEqual(reply.status, 403)
                # nor by way of a page that one may fill in
                self.change("health", {"medically_stable": "yes"}, person=person)
                self.assertNotIn("medically_stable", self.form_of("nursing", self.nora))
        status, reply = self.change("nursing", {"medically_stable": "yes"}, person=self.nora)
        self.assertEqual((status, reply["errors"]), (200, []))
        self.save("nursing", {"self_directing": "yes"}, person=self.nora)
        self.assertIn("Filled in by the nurse", self.section("nursing").text)

    def test_a_nurse_alone_sees_the_nurse_s_part_alone(self):
        self.assertEqual(self.nora.get(f"/cases/{self.case}/sections/person").status, 404)
        self.assertEqual(self.nora.get(f"/cases/{self.case}/sections/private-hiv").status, 404)
        status, _ = self.change("person", {"residence_zip": "10453"}, person=self.nora)
        self.assertEqual(status, 403)
        page = self.section("nursing", self.nora).source
        self.assertNotIn('id="p-hasa"', page)
        self.assertIn('id="p-hcsp"', page)

    # ---- private, deciding, the start ----

    def test_private_questions_are_alone_and_last(self):
        for name in ["start", "person", "household", "housing", "income", "health", "work", "programs", "safety"]:
            page = self.section(name).source
            for item in ["hiv_status", "immigration_status", "hits_hurt", "phq2_1", "auditc_1", "has_acs_case"]:
                self.assertNotIn(f'name="{item}"', page, name)
        page = self.section("private-immigration")
        self.assertIn("Prefer not to say", page.text)
        self.assertIn("Who sees the answer", page.text)
        self.assertEqual({field for field in self.form_of("private-immigration") if field == "item"}, {"item"})
        self.assertNotIn("data-quick-exit", page.source)
        self.assertIn("data-quick-exit", self.section("private-partner").source)
        self.change("private-immigration&step=1", {"immigration_status": ":declined"})
        self.assertEqual(self.form_of("private-immigration")["immigration_status"], "decline")

    def test_deciding_questions_first(self):
        page = self.ada.get(f"/cases/{self.case}/deciding")
        self.assertIn("Is anyone in danger right now?", page.page.text)
        action = next(form["action"] for form in page.page.forms if "/deciding?ask=" in (form["action"] or ""))
        fields = page.page.form(action)["fields"]
        self.assertNotIn("hiv_status", action)
        reply = self.ada.post(action, {"version": fields["version"], "item": "immediate_danger_now", "immediate_danger_now": "false",
                                       "go": "next"}, token=self.ada.token)
        self.assertNotIn("Is anyone in danger right now?", reply.page.text)
        self.assertEqual(self.form_of("start")["immediate_danger_now"], "false")

    def test_a_submitted_case_is_corrected(self):
        self.change("start", {"immediate_danger_now": "false"})
        self.change("person", {"residence_zip": "10453", "marital_status": "single"})

        def submit():
            check = self.ada.get(f"/cases/{self.case}/check").page.form(f"/cases/{self.case}/submit")["fields"]
            return self.ada.post(f"/cases/{self.case}/submit", check, follow=False, token=self.ada.token)

        self.assertEqual(submit().status, 303)
        self.assertIn("Submitted", self.section("person").text)
        self.assertNotIn("changed since", self.section("person").text)
        self.assertTrue(self.ada.get(f"/cases/{self.case}", follow=False).header("location").endswith("/results"))
        self.change("person", {}, items=["marital_status"], version=99)
        self.assertIn("Submitted, changed since", self.section("person").text)
        self.assertEqual(submit().status, 303)
        self.assertNotIn("changed since", self.section("person").text)
        # there are two revisions, and the second has no such answer any more
        with sqlite3.connect(f"file:{self.server.data}/askonce.db?mode=ro", uri=True) as store:
            rows = store.execute("SELECT number, answers FROM revision ORDER BY number").fetchall()
        kept = [json.loads(row[1][row[1].index(b"{"):]) for row in rows]
        self.assertEqual([row[0] for row in rows], [1, 2])
        self.assertEqual(kept[0]["marital_status"], "single")
        self.assertNotIn("marital_status", kept[1])

    def test_a_case_goes_on_where_work_is_left(self):
        self.assertTrue(self.ada.get(f"/cases/{self.case}", follow=False).header("location").endswith("/sections/start"))
        self.save("start", {"immediate_danger_now": "false"})
        self.assertTrue(self.ada.get(f"/cases/{self.case}", follow=False).header("location").endswith("/sections/person"))


if __name__ == "__main__":
    unittest.main()
