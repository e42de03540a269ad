"""Every route of the worker's app, asked by everybody: who is not signed in, each role alone, a form of another site."""
import glob
import os
import re
import unittest

from person import Person
from support import SOURCE_DIR, Server

ROLES = ["worker", "supervisor", "nurse", "program_staff", "auditor", "administrator"]
# An id that nobody has: what is allowed then is "there is no such page".
NO_ID = "01900000-0000-7000-8000-000000000000"


def routes():
    """(method, path, roles or "public" or "signed in") as the pages' own tables say."""
    found = []
    for path in sorted(glob.glob(os.path.join(SOURCE_DIR, "web", "pages", "*.lua"))):
        with open(path, encoding="utf-8") as file:
            source = file.read()
        names = {name: set(re.findall(r'"(\w+)"', words))
                 for name, words in re.findall(r"^local (\w+) = \{([^{}]*)\}", source, re.M)}
        for method, route, roles in re.findall(
                r'\{\s*"(GET|POST)",\s*"(/[^"]*)",\s*roles = (\{[^}]*\}|"[^"]*"|\w+)', source):
            if roles.startswith("{"):
                roles = set(re.findall(r'"(\w+)"', roles))
            elif roles.startswith('"'):
                roles = roles.strip('"')
            else:
                roles = names[roles]
            found.append((method, route, roles))
    return found


class Roles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(app=True, rules=[])
        cls.people = {}
        for role in ROLES:
            extra = ["--program", "snap"] if role == "program_staff" else []
            person = Person(cls.server, role.replace("_", "-"), role, extra)
            assert person.sign_in().status == 303, role
            cls.people[role] = (person, person.csrf())

    @classmethod
    def tearDownClass(cls):
        cls.server.clean()

    def test_there_are_routes(self):
        self.assertGreater(len(routes()), 15)
        text = ""
        for path in glob.glob(os.path.join(SOURCE_DIR, "web", "pages", "*.lua")):
            with open(path, encoding="utf-8") as file:
                text += file.read()
        self.assertEqual(len(routes()), len(re.findall(r'\{\s*"(?:GET|POST)",\s*"/', text)), "a route was not understood")

    def test_each_role_on_each_route(self):
        for method, route, roles in routes():
            if route in ("/sign-out", "/account/password"):
                continue
            path = re.sub(r"\{\w+\}", NO_ID, route)
            for role, (person, token) in self.people.items():
                allowed = roles in ("public", "signed in") or role in roles
                with self.subTest(method=method, route=route, role=role):
                    if method == "GET":
                        reply = person.get(path, follow=False)
                    else:
                        # not his form: whoever may come here is told so, whoever may not is told that first
                        reply = person.post(path, token="0" * 64, follow=False)
                    if not allowed:
                        self.assertEqual(reply.status, 403)
                        self.assertIn("not for your role", reply.page.text)
                    elif method == "POST":
                        self.assertEqual(reply.status, 403)
                        self.assertIn("too old", reply.page.text)
                    else:
                        self.assertNotIn(reply.status, (401, 403, 500))
                        self.assertLess(reply.status, 500)

    def test_nobody_gets_in_without_a_session(self):
        for method, route, roles in routes():
            if roles == "public":
                continue
            path = re.sub(r"\{\w+\}", NO_ID, route)
            with self.subTest(method=method, route=route):
                stranger = Person(self.server)
                stranger.get("/sign-in")
                reply = stranger.request(method, path, {} if method == "POST" else None)
                self.assertEqual(reply.status, 401)
                self.assertIn("Sign in", reply.page.title)

    def test_another_site_cannot_send_a_form(self):
        person, token = self.people["administrator"]
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.org"}, {"Origin": "null"}):
            with self.subTest(headers=headers):
                reply = person.post("/admin/keys", {"partner": "evil"}, token=token, headers=headers)
                self.assertEqual(reply.status, 403)
        self.assertNotIn("evil", person.get("/admin/keys").page.text)


if __name__ == "__main__":
    unittest.main()
