"""Signing in and out of the worker's app, and what happens to what was typed when a session is over."""
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
