"""Somebody at a browser without script: cookies, forms with their token, redirects. For the tests of the worker's app; the standard
library only. Not a test itself."""
import html.parser
import http.client
import subprocess
import urllib.parse

from support import ASKONCE, SLOW

PASSWORD = "correct horse battery 9"


class Page(html.parser.HTMLParser):
    """What a page says: text, title, forms = [{action, method, fields}], links = [(href, text)]."""

    def __init__(self, text):
        super().__init__()
        self.source, self.text, self.title = text, "", ""
        self.forms, self.links = [], []
        self._stack, self._link = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self._stack.append(tag)
        if tag == "form":
            self.forms.append({"action": found.get("action"), "method": found.get("method", "get"), "fields": {}})
        elif tag == "input" and self.forms and found.get("name"):
            if found.get("type") not in ("radio", "checkbox") or "checked" in found:
                self.forms[-1]["fields"][found["name"]] = found.get("value", "")
        elif tag == "a":
            self._link = [found.get("href"), ""]
        if tag in ("input", "meta", "link", "br", "hr", "img"):
            self._stack.pop()

    def handle_endtag(self, tag):
        if tag in self._stack:
            while self._stack and self._stack.pop() != tag:
                pass
        if tag == "a" and self._link:
            self.links.append(tuple(self._link))
            self._link = None

    def handle_data(self, data):
        if "title" in self._stack:
            self.title += data
        elif "script" not in self._stack:
            self.text += data
        if self._link:
            self._link[1] += data

    def form(self, action):
        for form in self.forms:
            if form["action"] == action:
                return form
        raise AssertionError(f"no form for {action} among {[form['action'] for form in self.forms]}")


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.body = status, body
        self.headers = [(name.lower(), value) for name, value in headers]

    def header(self, name):
        return next((value for key, value in self.headers if key == name), None)

    @property
    def page(self):
        return Page(self.body.decode())


class Person:
    """One browser. roles: words with commas between; None: nobody who has an account."""

    def __init__(self, server, name=None, roles=None, extra=()):
        self.server, self.name, self.cookies = server, name, {}
        if roles:
            made = subprocess.run([ASKONCE, "user", "add", name, "--role", roles, "--password-file", "-", *extra,
                                   *(["--store", server.store] if server.store else ["--data", server.data])],
                                  input=PASSWORD.encode(), capture_output=True, env=server.environment, check=False)
            if made.returncode != 0:
                raise AssertionError(made.stderr.decode())

    def request(self, method, path, form=None, headers=None, body=None):
        sent = dict(headers or {})
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            body = urllib.parse.urlencode(form, doseq=True).encode()
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=30 * SLOW)
        connection.request(method, path, body=body, headers=sent)
        came = connection.getresponse()
        reply = Reply(came.status, came.getheaders(), came.read())
        connection.close()
        for name, value in reply.headers:
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                content = rest.split(";")[0]
                self.cookies[key] = content
                if not content:
                    del self.cookies[key]
        return reply

    def get(self, path, follow=True):
        reply = self.request("GET", path)
        while follow and reply.status == 303:
            reply = self.request("GET", reply.header("location"))
        return reply

    def csrf(self, path="/account"):
        """The token of a form that this person was given."""
        for form in self.get(path).page.forms:
            if form["fields"].get("csrf"):
                return form["fields"]["csrf"]
        raise AssertionError(f"{path} has no form with a token")

    def post(self, path, form=None, follow=True, token=None, headers=None):
        reply = self.request("POST", path, {**(form or {}), "csrf": self.csrf() if token is None else token}, headers)
        while follow and reply.status == 303:
            reply = self.request("GET", reply.header("location"))
        return reply

    def sign_in(self, password=PASSWORD):
        reply = self.request("GET", "/sign-in")
        token = reply.page.form("/sign-in")["fields"]["csrf"]
        return self.request("POST", "/sign-in", {"name": self.name, "password": password, "csrf": token})
