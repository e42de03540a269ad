"""Signing in and out of the worker's app, and what happens to what was typed when a session is over."""
import json
import re
import unittest

from person import PASSWORD, Person
from support import Server


class Session(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(app=True, rules=[])
        cls.ada = Person(cls.server, "ada", "administrator")

    @classmethod
    def tearDownClass(cls):
        cls.server.clean()

    def again(self):
        return Person(self.server, "ada")

    def test_signs_in_and_out(self):
        person = self.again()
        reply = person.sign_in()
        self.assertEqual(reply.status, 303)
        cookie = next(value for name, value in reply.headers if name == "set-cookie" and value.startswith("__Host-askonce="))
        for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            self.assertIn(flag, cookie)
        self.assertNotIn("Domain", cookie)
        self.assertEqual(person.get("/admin").status, 200)
        token = dict(person.cookies)
        self.assertEqual(person.post("/sign-out", follow=False).status, 303)
        person.cookies = token  # a copy of the cookie is worth nothing now
        self.assertEqual(person.get("/admin").status, 401)

    def test_a_wrong_password_and_a_wrong_name_look_the_same(self):
        first = self.again().sign_in("not the password 1")
        second = Person(self.server, "nobody").sign_in("not the password 1")
        self.assertEqual((first.status, second.status), (401, 401))
        self.assertIn("The name or the password is wrong.", first.page.text)
        self.assertEqual(first.page.text, second.page.text)

    def test_what_was_typed_goes_on_after_signing_in(self):
        person = self.again()
        person.sign_in()
        token = person.csrf("/admin/keys")
        person.cookies["__Host-askonce"] = "0" * 64
        reply = person.request("POST", "/admin/keys", {"partner": 'Food & "Rent" <b>', "csrf": token})
        self.assertEqual(reply.status, 401)
        self.assertIn("what you typed is sent", reply.page.text)
        fields = reply.page.form("/sign-in")["fields"]
        self.assertIn("keep", fields)
        reply = person.request("POST", "/sign-in", {**fields, "name": "ada", "password": PASSWORD})
        self.assertEqual(reply.status, 200)
        self.assertIn('The key of Food & "Rent" <b>', reply.page.text)
        self.assertIn("&lt;b&gt;", reply.page.source)

    def kept_for(self, name):
        """Ada's session ends, she sends a form, and somebody signs in on what is shown then."""
        ada = self.again()
        ada.sign_in()
        fields = ada.get("/admin/keys").page.form("/admin/keys")["fields"]
        ada.cookies["__Host-askonce"] = "0" * 64
        fields = ada.request("POST", "/admin/keys", {**fields, "partner": "Typed by Ada"}).page.form("/sign-in")["fields"]
        return ada, ada.request("POST", "/sign-in", {**fields, "name": name, "password": PASSWORD})

    def test_what_one_person_typed_is_not_sent_as_another_s(self):
        Person(self.server, "max", "administrator")
        browser, reply = self.kept_for("ada")
        self.assertIn("The key of Typed by Ada", reply.page.text)  # her own goes on by itself
        browser, reply = self.kept_for("max")
        self.assertEqual(reply.status, 200)
        self.assertIn("This was typed by somebody else", reply.page.text)
        self.assertIn("You are signed in as max", reply.page.text)
        self.assertRegex(reply.page.text, r"typed before that by:\s+ada")
        fields = reply.page.form("/sign-in/kept")["fields"]
        self.assertEqual(browser.request("POST", "/sign-in/kept", {**fields, "go": "away"}).header("location"), "/")
        self.assertIn("The key of Typed by Ada", browser.request("POST", "/sign-in/kept", {**fields, "go": "mine"}).page.text)
        self.assertEqual(browser.request("POST", "/sign-in/kept", {**fields, "csrf": "0" * 64, "go": "mine"}).status, 403)

    def test_a_window_with_what_one_person_typed_takes_no_other_sign_in(self):
        Person(self.server, "mia", "administrator")
        browser = self.again()
        browser.sign_in()
        fields = browser.get("/admin/keys").page.form("/sign-in")["fields"]
        browser.cookies["__Host-askonce"] = "0" * 64
        script = {"X-Askonce-Script": "1"}
        fields["csrf"] = json.loads(browser.request("POST", "/session", {"csrf": fields["csrf"]}, script).body)["csrf"]
        reply = browser.request("POST", "/sign-in", {**fields, "name": "mia", "password": PASSWORD}, script)
        self.assertEqual(reply.status, 403)
        self.assertIn("somebody else typed", json.loads(reply.body)["error"])
        self.assertEqual(browser.get("/admin").status, 401, "she has no session here")
        reply = browser.request("POST", "/sign-in", {**fields, "name": "ada", "password": PASSWORD}, script)
        self.assertTrue(json.loads(reply.body)["ok"])
        self.assertEqual(browser.get("/admin").status, 200)

    def test_a_request_keeps_the_session(self):
        person = self.again()
        person.sign_in()
        page = person.get("/programs").page
        self.assertRegex(page.source, r'id="session-ending"[^>]*')
        idle = int(re.search(r'data-idle="(\d+)"', page.source).group(1))
        self.assertTrue(1700 < idle <= 1800, idle)
        self.assertTrue(43000 < int(re.search(r'data-end="(\d+)"', page.source).group(1)) <= 43200)
        self.assertEqual(person.post("/session", token=page.form("/session")["fields"]["csrf"]).status, 200)

    def test_what_another_site_sent_does_not_go_on_after_signing_in(self):
        """A browser sends no session with another site's form (SameSite): it looks like one whose session has ended."""
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
                        {"Origin": "null"}):
            with self.subTest(headers=headers):
                person = self.again()
                reply = person.request("POST", "/admin/keys", {"partner": "evil"}, headers)
                self.assertEqual(reply.status, 401)
                self.assertNotIn("what you typed is sent", reply.page.text)
                fields = reply.page.form("/sign-in")["fields"]
                self.assertNotIn("keep", fields)
                person.request("POST", "/sign-in", {**fields, "name": "ada", "password": PASSWORD})
                self.assertNotIn("evil", person.get("/admin/keys").page.text)

    def test_passwords_do_not_come_along(self):
        person = self.again()
        person.sign_in()
        person.cookies["__Host-askonce"] = "0" * 64
        reply = person.request("POST", "/account/password", {"old_password": "old secret", "new_password": "new secret"})
        self.assertEqual(reply.status, 401)
        self.assertNotIn("secret", reply.page.source)

    def test_goes_back_to_where_one_was_and_nowhere_else(self):
        person = self.again()
        reply = person.get("/programs?q=food%20%26")
        self.assertEqual(reply.status, 401)
        fields = reply.page.form("/sign-in")["fields"]
        self.assertEqual(fields["back"], "/programs?q=food%20%26")
        for back, to in (("/programs?q=food", "/programs?q=food"), ("//evil.example", "/"), ("https://evil.example", "/"),
                         ("/\\evil.example", "/"), ("/x\r\nSet-Cookie: a=b", "/")):
            with self.subTest(back=back):
                stranger = self.again()
                token = stranger.request("GET", "/sign-in").page.form("/sign-in")["fields"]["csrf"]
                reply = stranger.request("POST", "/sign-in", {"name": "ada", "password": PASSWORD, "csrf": token, "back": back})
                self.assertEqual((reply.status, reply.header("location")), (303, to))

    def test_the_sign_in_form_of_somebody_else_is_not_taken(self):
        other = self.again()
        token = other.request("GET", "/sign-in").page.form("/sign-in")["fields"]["csrf"]
        person = self.again()
        person.request("GET", "/sign-in")
        reply = person.request("POST", "/sign-in", {"name": "ada", "password": PASSWORD, "csrf": token})
        self.assertEqual(reply.status, 403)

    def test_a_kept_form_that_was_tampered_with_does_nothing(self):
        for keep in ("", "{}", "[1]", '{"segments":["sign-in"],"form":[]}', '{"segments":[1],"form":[[1,2]]}', "{" * 1000,
                     '{"segments":["admin","nothing"],"form":[["a","b"]]}'):
            with self.subTest(keep=keep):
                person = self.again()
                token = person.request("GET", "/sign-in").page.form("/sign-in")["fields"]["csrf"]
                reply = person.request("POST", "/sign-in", {"name": "ada", "password": PASSWORD, "csrf": token, "keep": keep})
                self.assertIn(reply.status, (303, 404))
                self.assertEqual(person.get("/admin").status, 200)

    def test_a_token_of_a_partner_is_nothing_in_an_address(self):
        """Both are sealed with one key; neither is taken for the other."""
        token = self.server.request("POST", "/authToken", {"username": "tests", "password": self.server.key}, key="").json["token"]
        self.assertEqual(self.again().request("GET", "/sign-in?s=" + token.removeprefix("token_")).status, 200)

    def test_locks_after_too_many_tries(self):
        Person(self.server, "bea", "worker")
        for _ in range(5):
            Person(self.server, "bea").sign_in("not the password 1")
        reply = Person(self.server, "bea").sign_in()
        self.assertEqual(reply.status, 429)
        self.assertIn("Too many tries", reply.page.text)
        self.assertTrue(reply.header("retry-after"))

    def test_the_language_is_kept(self):
        person = self.again()
        person.sign_in()
        reply = person.post("/language", {"language": "xx", "back": "/account"})
        self.assertEqual(reply.status, 200)
        self.assertNotIn("__Host-askonce-language", person.cookies)
        reply = person.post("/language", {"language": "es", "back": "/account"})
        self.assertEqual(person.cookies["__Host-askonce-language"], "es")
        self.assertIn('<html dir="ltr" lang="es">', reply.page.source)

    def test_a_test_language_is_offered_on_purpose_only(self):
        person = self.again()
        person.sign_in()
        reply = person.post("/language", {"language": "ar", "back": "/account"})
        self.assertNotIn("__Host-askonce-language", person.cookies)
        self.assertIn("Español", reply.page.source)
        self.assertNotIn("العربية", reply.page.source)
        trial = Server(app=True, rules=[], environment={"ASKONCE_TEST_LANGUAGES": "true"})
        self.addCleanup(trial.clean)
        person = Person(trial, "ada", "administrator")
        person.sign_in()
        self.assertIn("العربية", person.get("/account").page.source)
        reply = person.post("/language", {"language": "ar", "back": "/account"})
        self.assertIn('<html dir="rtl" lang="ar">', reply.page.source)
        self.assertEqual(reply.page.title.split(" – ")[0], "حسابك")


if __name__ == "__main__":
    unittest.main()
