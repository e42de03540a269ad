"""My work: what is in whose list, the ladder of urgency, what is due, the nurse's and a program's lists, the team, handing over."""
import datetime
import json
import os
import re
import shutil
import unittest

from person import Person
from support import SOURCE_DIR, Server

NO_ID = "01900000-0000-7000-8000-000000000000"
with open(os.path.join(SOURCE_DIR, "examples", "eviction-at-82.json"), encoding="utf-8") as example:
    OLDER = json.load(example)["answers"]


def day(offset):
    return str(datetime.date.today() + datetime.timedelta(days=offset))


class Work(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"askonce-work-{os.getpid()}")
        shutil.copytree(os.path.join(SOURCE_DIR, "web"), cls.folder, ignore=shutil.ignore_patterns("node_modules"))
        shutil.copy(os.path.join(SOURCE_DIR, "tests", "http", "app_pages", "seed.lua"), os.path.join(cls.folder, "pages"))
        cls.server = Server(app=cls.folder, rules=[])
        cls.people = {}
        for name, roles, extra in [("ada", "worker", []), ("ben", "worker", []), ("eva", "worker", []), ("sue", "supervisor", []),
                                   ("nia", "nurse", []), ("pam", "program_staff", ["--program", "snap"]),
                                   ("aps", "program_staff", ["--program", "aps"]), ("aud", "auditor", []),
                                   ("adm", "administrator", [])]:
            cls.people[name] = Person(cls.server, name, roles, extra)
            assert cls.people[name].sign_in().status == 303

    @classmethod
    def tearDownClass(cls):
        cls.server.clean()
        shutil.rmtree(cls.folder)

    def case(self, who, name, answers=None, **body):
        """A case of `who`; with members of its body it is a kept one that says so."""
        person = self.people[who]
        made = person.post("/seed", {"name": name, "dob": "1944-03-02", "answers": json.dumps(answers or {"dob": "1944-03-02"})})
        case = json.loads(made.body)["id"]
        if body:
            body = {"state": "submitted", "submitted_at": 1750000000000000, "assessment": NO_ID, **body}
            self.assertEqual(person.post("/seed/set", {"id": case, "body": json.dumps(body)}).status, 200)
        return case

    def body(self, case):
        return json.loads(self.people["ada"].get("/seed/" + case).body)

    def text(self, who, path="/work"):
        reply = self.people[who].get(path)
        self.assertEqual(reply.status, 200, reply.page.text)
        return reply.page.text

    def id_of(self, who):
        return re.search(r'/work/team/([0-9a-f-]{36})"><bdi>' + who, self.people["sue"].get("/work/team").body.decode()).group(1)

    def test_a_new_worker_is_told_what_to_do(self):
        text = self.text("eva")
        self.assertIn("No cases yet", text)
        self.assertIn("Find or add your first client", text)

    def test_drafts_are_their_workers(self):
        case = self.case("ada", "Dora Draft")
        self.assertIn("Dora Draft", self.text("ada"))
        self.assertIn("Not started", self.text("ada", "/work?show=drafts"))
        self.assertNotIn("Dora Draft", self.text("ben"))
        self.assertNotIn("Dora Draft", self.text("ben", "/work?whose=all"), "for supervisors alone")
        self.assertNotIn("Dora Draft", self.text("sue"))
        self.assertIn("Dora Draft", self.text("sue", "/work?whose=all&show=drafts"))

    def walk(self, who, case, steps):
        """Goes through the intake by "Save and continue", at most so many pages. The path where it ends."""
        person = self.people[who]
        path = person.request("GET", "/cases/" + case).header("location")
        for _ in range(steps):
            if "/sections/" not in path:
                break
            page = person.get(path).page
            fields = next(form["fields"] for form in page.forms if "/sections/" in (form["action"] or ""))
            reply = person.post(path, {"version": fields["version"], "go": "next"}, follow=False, token=fields["csrf"])
            self.assertEqual(reply.status, 303, path)
            path = reply.header("location")
        return path

    def test_a_draft_says_how_far_it_is_as_the_intake_does(self):
        case = self.case("ada", "Pia Progress", OLDER)
        self.walk("ada", case, 5)
        for steps in (1, 1, 60):
            sections = self.people["ada"].get(f"/cases/{case}/sections/housing").body.decode()
            done, all_ = len(re.findall(r"ask-section--done\b", sections)), len(re.findall(r"ask-section--\w+", sections))
            self.assertGreaterEqual(done, 5)
            self.assertIn(f"{done} of {all_} sections", self.text("ada", "/work?show=drafts"))
            self.assertNotIn("All else is done", self.text("nia"))
            end = self.walk("ada", case, steps)
        self.assertTrue(end.endswith("/check"), end)
        self.assertIn(f"{all_ - 1} of {all_} sections", self.text("ada", "/work?show=drafts"))
        self.assertIn("Waiting for the nurse", self.text("ada", "/work?show=drafts"))
        self.assertIn("All else is done", self.text("nia"))
        self.assertEqual(self.walk("nia", case, 60), "/work")
        self.assertIn("Ready to check", self.text("ada", "/work?show=drafts"))
        self.assertIn(f"{all_} of {all_} sections", self.text("ada", "/work?show=drafts"))
        self.assertNotIn("Pia Progress", self.text("nia"))

    def test_what_is_urgent_comes_first(self):
        ladder = [("Late Lou", 5, day(-3)), ("Now Nan", 0, None), ("Tod Today", 1, day(0)), ("Week Wim", 4, day(5)),
                  ("Soon Sal", 4, day(2))]
        for name, urgency, deadline in reversed(ladder):
            self.case("ben", name, urgent={"urgency": urgency, "deadline": deadline, "program": "snap", "text": "SNAP"})
        text = self.text("ben", "/work?show=deadlines")
        self.assertEqual(sorted((text.index(row[0]), row[0]) for row in ladder)[0][1], "Late Lou", "what has passed is first")
        order = [row[0] for row in ladder if row[0] not in ("Week Wim", "Soon Sal")] + ["Soon Sal", "Week Wim"]
        places = [text.index(name) for name in order]
        self.assertEqual(places, sorted(places), order)
        for said in ["Passed", "3 days ago", "in 5 days"]:
            self.assertIn(said, text)

    def test_what_is_urgent_in_a_draft_does_not_wait_for_the_end_of_the_intake(self):
        self.case("ada", "Draft Dora", state="draft", urgent={"urgency": 1, "deadline": day(0), "text": "Call"})
        self.case("ada", "Closed Cleo", state="closed", urgent={"urgency": 1, "deadline": day(0), "text": "Call"})
        listed = self.text("ada", "/work?show=deadlines")
        self.assertIn("Draft Dora", listed)
        self.assertNotIn("Closed Cleo", listed)

    def test_marked_as_done_by_whose_it_is(self):
        case = self.case("ada", "Done Dan", urgent={"urgency": 1, "deadline": day(0), "text": "Call"})
        self.assertIn("Done Dan", self.text("ada"))
        self.assertEqual(self.people["ben"].post("/work/deadlines/" + case, follow=False).status, 403)
        self.assertIn("Done Dan", self.text("ada"))
        self.assertIn("Marked as done", self.settle("ada", case).page.text)
        self.assertNotIn("Done Dan", self.text("ada", "/work?show=deadlines"))
        other = self.case("ada", "Done Dot", urgent={"urgency": 1, "deadline": day(0), "text": "Call"})
        self.assertIn("Marked as done", self.settle("sue", other, "/work?whose=all&show=deadlines").page.text)
        self.assertIn(self.people["ada"].post("/work/deadlines/" + NO_ID).status, (400, 404))

    def settle(self, who, case, path="/work"):
        """Presses "Done" as the list has it."""
        person = self.people[who]
        return person.post("/work/deadlines/" + case, person.get(path).page.form("/work/deadlines/" + case)["fields"])

    def test_done_is_of_what_was_seen(self):
        case = self.case("ada", "Seen Sid", urgent={"urgency": 3, "deadline": day(0), "text": "Call"})
        fields = self.people["ada"].get("/work").page.form("/work/deadlines/" + case)["fields"]
        self.people["ada"].post("/seed/set", {"id": case, "body": json.dumps({"urgent": {"urgency": 0, "text": "Call 911"}})})
        self.assertIn("Not marked as done", self.people["ada"].post("/work/deadlines/" + case, fields).page.text)
        self.assertNotIn("done", self.body(case)["urgent"])
        self.assertIn("Marked as done", self.settle("ada", case).page.text)
        self.assertIn("done", self.body(case)["urgent"])

    def test_reassessments_due(self):
        self.case("ada", "Past Pia", due={"snap": day(-40)}, statuses={"snap": "likely"})
        self.case("ada", "Soon Sid", due={"snap": day(20), "aps": day(400)}, statuses={"snap": "likely"})
        self.case("ada", "Far Fay", due={"snap": day(45)}, statuses={"snap": "likely"})
        text = self.text("ada", "/work?show=due")
        self.assertLess(text.index("Past Pia"), text.index("Soon Sid"))
        self.assertIn("40 days ago", text)
        self.assertNotIn("Far Fay", text)
        self.assertNotIn("Past Pia", self.text("ben", "/work?show=due"))

    def test_a_program_sees_whom_the_client_lets_it_see(self):
        self.case("ada", "Consent Cat", {"consent_by_program": ["snap"]}, statuses={"snap": "likely", "aps": "likely"})
        self.case("ada", "Silent Sam", {"dob": "1944-03-02"}, statuses={"snap": "likely"})
        self.case("ada", "Unlikely Una", {"consent_by_program": ["snap"]}, statuses={"snap": "unlikely"})
        self.case("ada", "Ask Abe", {"consent_by_program": ["snap"]}, statuses={"snap": "need_info"})
        reply = self.people["pam"].get("/work")
        text = reply.page.text
        self.assertIn("Consent Cat", text)
        self.assertIn("Ask Abe", text)
        for hidden in ["Silent Sam", "Unlikely Una", "Dora Draft", "Find a client"]:
            self.assertNotIn(hidden, text)
        self.assertNotIn("/cases/", reply.body.decode())
        self.assertNotIn("Consent Cat", self.text("aps"))

    def test_a_real_result_is_in_the_lists(self):
        answers = {**OLDER, "consent_by_program": ["snap"]}
        case = self.case("ben", "Real Rea", answers)
        self.assertEqual(self.people["ben"].post(f"/cases/{case}/submit", follow=False).status, 303)
        self.assertIn("Real Rea", self.text("ben", "/work?show=deadlines"))
        self.assertIn("Real Rea", self.text("pam"))

    def test_a_deadline_stands_in_one_place(self):
        ben = self.people["ben"]
        case = self.case("ben", "Once Olga", OLDER)
        ben.post(f"/cases/{case}/submit", follow=False)
        again = ben.post(f"/cases/{case}/reassess", follow=False).header("location").split("/")[2]
        ben.post("/seed/change", {"id": again, "answers": json.dumps({"rent_monthly": 1451})})
        self.assertEqual(self.body(again)["urgent"]["text"], self.body(case)["urgent"]["text"])
        def listed():
            return re.findall(r"/cases/([^/]+)/results", self.people["ben"].get("/work?show=deadlines").body.decode())
        self.assertIn(case, listed())
        self.assertNotIn(again, listed(), "it is that of the case it is based on, until it is kept")
        ben.post(f"/cases/{again}/submit", follow=False)
        self.assertIn(again, listed())
        self.assertNotIn(case, listed())

    def test_the_team_and_handing_over(self):
        case = self.case("ada", "Hand Hal")
        other = self.case("ben", "Stay Sol")
        ada, ben = self.id_of("ada"), self.id_of("ben")
        page = self.people["sue"].get("/work/team/" + ada).page
        self.assertIn("Hand Hal", page.text)
        self.assertNotIn("Stay Sol", page.text)
        path = f"/work/team/{ada}/reassign"
        for form in [{"to": ben}, {"case": case}, {"case": case, "to": ada}, {"case": case, "to": "x"}, {"case": case, "to": NO_ID}]:
            reply = self.people["sue"].post(path, form)
            self.assertEqual(reply.status, 422, form)
        self.assertIn("Hand Hal", self.text("ada", "/work?show=drafts"))
        # somebody else's case, and none at all, along with the right one
        reply = self.people["sue"].post(path, {"case": [case, other, NO_ID, "x"], "to": ben})
        self.assertIn("1 case was handed over", reply.page.text)
        self.assertNotIn("Hand Hal", self.text("ada", "/work?show=drafts"))
        self.assertIn("Hand Hal", self.text("ben", "/work?show=drafts"))
        self.assertEqual(self.body(case)["handed_over"]["from"], ada)
        self.assertEqual(self.body(other)["worker"], ben)

    def test_roles(self):
        case = self.case("ada", "Role Ron", urgent={"urgency": 1, "text": "Call"})
        ada, ben = self.id_of("ada"), self.id_of("ben")
        for who, person in self.people.items():
            token = person.csrf()
            with self.subTest(who):
                self.assertEqual(person.get("/work").status, 403 if who in ("aud", "adm") else 200)
                for path in ["/work/team", "/work/team/" + ada]:
                    self.assertEqual(person.get(path).status, 200 if who == "sue" else 403)
                if who not in ("ada", "sue"):
                    self.assertEqual(person.post("/work/deadlines/" + case, token=token, follow=False).status, 403)
                if who != "sue":
                    self.assertEqual(person.post(f"/work/team/{ada}/reassign", {"case": case, "to": ben}, token=token,
                                                 follow=False).status, 403)
        self.assertEqual(self.body(case)["worker"], ada)
        self.assertNotIn("done", self.body(case)["urgent"])
        for path in ["/work/team/" + NO_ID, "/work/team/x"]:
            self.assertEqual(self.people["sue"].get(path).status, 404)


if __name__ == "__main__":
    unittest.main()
