"""Clients in the worker's app: found before they are added, added once, changed by one person at a time; who may do what."""
import re
import unittest

from person import Person
from support import Server

NO_ID = "01900000-0000-7000-8000-000000000000"


def id_of(reply):
    found = re.match(r"/clients/([0-9a-f-]{36})", reply.header("location") or "")
    assert found, (reply.status, reply.header("location"), reply.page.text[-2000:])
    return found.group(1)


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(app=True, rules=[])
        cls.people = {}
        for role in ["worker", "supervisor", "nurse", "program_staff", "auditor", "administrator"]:
            person = Person(cls.server, role.replace("_", "-"), role, ["--program", "snap"] if role == "program_staff" else [])
            assert person.sign_in().status == 303, role
            cls.people[role] = person
        cls.worker = cls.people["worker"]
        cls.token = cls.worker.csrf()

    @classmethod
    def tearDownClass(cls):
        cls.server.clean()

    def post(self, path, form=None):
        return self.worker.post(path, form, follow=False, token=self.token)

    def add(self, name, dob=None, **more):
        form = {"name": name, **more}
        if dob:
            form["dob.year"], form["dob.month"], form["dob.day"] = dob.split("-")
        return id_of(self.post("/clients", form))

    def found(self, query):
        """Ids in the order of the list."""
        reply = self.worker.get("/clients?" + query)
        self.assertEqual(reply.status, 200, reply.page.text)
        return re.findall(r'<a class="usa-link" href="/clients/([0-9a-f-]{36})"', reply.body.decode())

    def test_found_by_what_people_say(self):
        one = self.add("María-José Núñez Ortega", "1944-03-02", phone="(212) 555-0142")
        for query in ["name=nunez", "name=ORTEGA+maria", "name=Nu%C3%B1ez", "name=Nunes+Maria", "name=orte", "name=mariajose",
                      "name=Ortgea", "dob.month=3&dob.day=2&dob.year=1944", "dob.month=2&dob.day=3&dob.year=1944",
                      "phone=12125550142", "name=3/2/1944", "name=212-555-0142", "name=Smith&phone=555.0142"]:
            with self.subTest(query):
                self.assertIn(one, self.found(query))
        self.assertNotIn(one, self.found("name=Smith"))
        page = self.worker.get("/clients?name=nunez&dob.month=3&dob.day=2&dob.year=1944").page
        self.assertIn("Same date of birth", page.text)

    def test_the_address_of_a_search_names_nobody(self):
        one = self.add("Wilhelmina Quackenbush", "1951-07-09")
        reply = self.post("/clients/find", {"name": "quackenbush", "dob.month": "7", "dob.day": "9", "dob.year": "1951", "phone": ""})
        address = reply.header("location")
        self.assertEqual(reply.status, 303)
        self.assertRegex(address, r"^/clients\?s=[0-9a-f]+$")
        page = self.worker.get(address)
        self.assertIn(one, page.body.decode())
        self.assertIn('value="quackenbush"', page.body.decode())
        new = next(href for href, text in page.page.links if text.startswith("Add a new client"))
        self.assertRegex(new, r"^/clients/new\?s=[0-9a-f]+$")
        self.assertIn('value="quackenbush"', self.worker.get(new).body.decode())
        # what was not sealed here says nothing, and a changed digit makes it so
        last = "0" if address[-1] != "0" else "1"
        for other in (address[:-1] + last, "/clients?s=", "/clients?s=zz", "/clients?s=" + "0" * 400, "/clients?s=%C3%A9"):
            reply = self.worker.get(other)
            self.assertEqual(reply.status, 200, other)
            self.assertNotIn("may fit", reply.page.text)
        self.assertEqual(self.worker.get(self.post("/clients/find", {}).header("location")).status, 422)

    def test_search_before_adding(self):
        reply = self.worker.get("/clients/new", follow=False)
        self.assertEqual((reply.status, reply.header("location")), (303, "/clients"))
        page = self.worker.get("/clients?name=Zebulon+Quixote").page
        self.assertIn("Nobody found", page.text)
        link = next(href for href, text in page.links if text == "Add a new client")
        self.assertEqual(self.worker.get(link).page.form("/clients")["fields"]["name"], "Zebulon Quixote")
        self.assertNotIn("/clients/new", self.people["nurse"].get("/clients?name=Zebulon").body.decode())

    def test_nothing_asked_and_nonsense(self):
        for query in ["name=", "phone=12", "dob.month=13&dob.day=1&dob.year=1944", "dob.month=2&dob.day=30&dob.year=1944",
                      "dob.month=2&dob.day=3&dob.year=2999"]:
            with self.subTest(query):
                reply = self.worker.get("/clients?" + query)
                self.assertEqual(reply.status, 422)
                self.assertIn("There is a problem", reply.page.text)

    def test_a_possible_duplicate_is_warned_of_and_does_not_block(self):
        one = self.add("Guadalupe Hernández", "1990-12-11")
        form = {"name": "Lupe Hernandez", "dob.year": "1990", "dob.month": "12", "dob.day": "11"}
        reply = self.post("/clients", form)
        self.assertEqual(reply.status, 200)
        self.assertIn("This may be the same person", reply.page.text)
        self.assertIn("/clients/" + one, reply.body.decode())
        fields = reply.page.form("/clients")["fields"]
        self.assertEqual((fields["name"], fields["dob.year"], fields["seen"]), ("Lupe Hernandez", "1990", one))
        two = id_of(self.post("/clients", {**fields}))
        self.assertNotEqual(one, two)

    def test_somebody_else_at_the_same_place_is_no_duplicate(self):
        self.add("Pedro Zambrano", "1970-01-05", phone="718-555-0100", address_zip="10025")
        self.add("Carla Zambrano", "1972-08-19", phone="718-555-0100", address_zip="10025")

    def test_sent_twice_is_added_once(self):
        form = self.worker.get("/clients/new?name=Xiomara+Only").page.form("/clients")["fields"]
        self.assertEqual(id_of(self.post("/clients", form)), id_of(self.post("/clients", form)))
        self.assertEqual(len(self.found("name=Xiomara+Only")), 1)
        other = id_of(self.post("/clients", {**form, "name": "Typed Over"}))
        self.assertEqual(self.found("name=Typed+Over"), [other], "the browser's Back, and another person")

    def test_what_cannot_be_kept(self):
        for form, said in [({"name": ""}, "Write the client's name"), ({"name": "'-"}, "with letters"),
                           ({"name": "x" * 201}, "too long"), ({"name": "Ana", "phone": "12"}, "phone number"),
                           ({"name": "Ana", "address_zip": "1"}, "five figures"),
                           ({"name": "Ana", "dob.month": "2", "dob.day": "31", "dob.year": "1990"}, "no such day"),
                           ({"name": "Ana", "dob.month": "2"}, "month, the day and the year")]:
            with self.subTest(form):
                reply = self.post("/clients", form)
                self.assertEqual(reply.status, 422)
                self.assertEqual(reply.page.text.count(said), 2, "at the top, and at the field")

    def test_changing_keeps_what_another_saved(self):
        one = self.add("Wilhelm Kranz", "1950-05-05")
        form = self.worker.get(f"/clients/{one}/edit").page.form(f"/clients/{one}")["fields"]
        self.assertEqual(form["dob.month"], "5")
        other = self.people["supervisor"]
        self.assertEqual(other.post(f"/clients/{one}", {**form, "name": "Wilhelm Krantz"}).status, 200)
        reply = self.post(f"/clients/{one}", {**form, "name": "Willi Kranz"})
        self.assertEqual(reply.status, 409)
        self.assertIn("Wilhelm Krantz", reply.page.text)
        again = reply.page.form(f"/clients/{one}")["fields"]
        self.assertEqual(again["name"], "Willi Kranz", "what was typed is still there")
        self.assertEqual(self.post(f"/clients/{one}", again).status, 303)
        page = self.worker.get(f"/clients/{one}").page
        self.assertIn("Willi Kranz", page.text)
        self.assertNotIn("Kranz", page.title)  # the browser writes titles down
        self.assertEqual(self.found("name=Krantz&dob.month=5&dob.day=5&dob.year=1950")[:1], [one])

    def test_a_case_starts_with_what_is_known(self):
        one = self.add("Abebe Bekele", "1966-02-03", phone="646-555-0177", phone_is_safe="true", language="es", address_zip="10453")
        first = self.post(f"/clients/{one}/cases")
        self.assertRegex(first.header("location"), "^/cases/[0-9a-f-]{36}$")
        self.assertEqual(first.header("location"), self.post(f"/clients/{one}/cases").header("location"), "sent twice")
        self.assertIn("646-555-0177", self.worker.get(first.header("location")).body.decode())
        self.assertIn("Abebe Bekele", self.worker.get(first.header("location") + "/check").page.text)
        self.assertIn("Go on", self.worker.get(f"/clients/{one}").page.text)
        self.assertNotIn("Start", self.people["nurse"].get(f"/clients/{one}").page.text)

    def test_hostile_texts_stay_texts(self):
        probe = '"><img src=x onerror=alert(1)>\'{{7*7}}'
        one = self.add("Ana " + probe, also_known_as=probe)
        for path in [f"/clients/{one}", f"/clients/{one}/edit", "/clients?name=Ana+" + "%22%3E%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E",
                     "/clients/new?name=%3Cimg+src%3Dx%3E&phone=%22onload%3D1&dob=%3Cimg%3E"]:
            with self.subTest(path):
                reply = self.worker.get(path)
                self.assertLess(reply.status, 500)
                self.assertNotIn("<img", reply.body.decode())

    def test_ids_that_are_none(self):
        for name in [NO_ID, "x", "..%2f..", "%00", "'", "0" * 400]:
            for path in ["/clients/" + name, f"/clients/{name}/edit"]:
                with self.subTest(path):
                    self.assertIn(self.worker.get(path).status, (400, 404))
            self.assertIn(self.post(f"/clients/{name}/cases").status, (400, 404))

    def test_roles(self):
        one = self.add("Roles Tested", "1931-01-01")
        allowed = {"worker", "supervisor"}
        for role, person in self.people.items():
            reads = role in allowed | {"nurse"}
            token = person.csrf()
            with self.subTest(role):
                for path in ["/clients", f"/clients/{one}", "/clients?name=Roles"]:
                    self.assertEqual(person.get(path).status, 200 if reads else 403)
                for path in ["/clients/new?name=x", f"/clients/{one}/edit"]:
                    self.assertEqual(person.get(path).status, 200 if role in allowed else 403)
                for path in ["/clients", f"/clients/{one}", f"/clients/{one}/cases"]:
                    status = person.post(path, {"name": ""}, token=token, follow=False).status
                    self.assertIn(status, (303, 422) if role in allowed else (403,), path)


if __name__ == "__main__":
    unittest.main()
