"""Pages for browsers: what reaches the app (path, query, form, cookies), what goes back (headers, cookies, redirects), what is
refused before, and what stays the API's. With the pages of tests/http/web, which say again what came."""
import concurrent.futures
import json
import os
import socket
import sqlite3
import subprocess
import time
import unittest
import urllib.parse

from support import ASKONCE, HOUSEHOLD, SLOW, SOURCE_DIR, ServerTest, main, read_all, start_server, statuses

WEB = os.path.join(SOURCE_DIR, "tests", "http", "web")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
CANARY = "5f2e9c0zq"


class Pages(ServerTest):
    options = {"app": WEB}

    def ask(self, method, path, body=None, headers=None):
        return self.server.request(method, path, body, headers, key="")

    def came(self, path, headers=None, body=None):
        """What the app was given. With a body: of a POST."""
        reply = self.ask("GET" if body is None else "POST", path, body, headers)
        self.assertEqual(reply.status, 200, reply)
        return reply.json

    def assert_page(self, reply, status):
        """A page that the server itself made."""
        self.assertEqual(reply.status, status, reply)
        self.assertEqual(reply.headers["content-type"], "text/html; charset=utf-8")
        text = reply.body.decode()
        self.assertTrue(text.startswith("<!doctype html>\n<html lang=\"en\">"), text)
        self.assertEqual(text.count("<h1>"), 1)
        self.assert_strict(reply)

    def assert_strict(self, reply):
        policy = dict(part.strip().split(" ", 1) for part in reply.headers["content-security-policy"].split(";"))
        self.assertEqual(policy, {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
                                  "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'"})
        self.assertEqual(reply.headers["x-frame-options"], "DENY")
        self.assertEqual(reply.headers["referrer-policy"], "same-origin")
        self.assertEqual(reply.headers["cross-origin-opener-policy"], "same-origin")
        self.assertEqual(reply.headers["cross-origin-resource-policy"], "same-origin")
        self.assertIn("camera=()", reply.headers["permissions-policy"])
        self.assertNotIn("strict-transport-security", reply.headers)  # there is no TLS here

    # ---- what reaches the app ----
    def test_paths(self):
        for path, segments in [("/", []), ("/clients", ["clients"]), ("/clients/", ["clients", ""]), ("//", ["", ""]),
                               ("/a%2Fb/c", ["a/b", "c"]), ("/caf%C3%A9", ["café"]), ("/../etc", ["..", "etc"]), ("/healthz/", ["healthz", ""]),
                               ("/V1/form", ["V1", "form"]), ("/v1x", ["v1x"]), ("/1/2/3/4/5/6/7/8", list("12345678"))]:
            with self.subTest(path):
                came = self.came(path)
                self.assertEqual((came["method"], came["segments"]), ("GET", segments))
        self.assertEqual(self.came("/")["address"], "127.0.0.1")
        self.assert_page(self.ask("GET", "/1/2/3/4/5/6/7/8/9"), 404)
        self.assert_page(self.ask("GET", "/a/%FF"), 400)
        self.assertEqual(self.ask("GET", "/a/%00").status, 400)
        self.assertEqual(self.ask("GET", "/a/%zz").status, 400)

    def test_query(self):
        self.assertEqual(self.came("/find?q=Mar%C3%ADa+L%26M&q=2&&empty&x=")["query_pairs"], [["q", "María L&M"], ["q", "2"], ["empty", ""], ["x", ""]])
        self.assertEqual(self.came("/find?")["query_pairs"], [])
        for query in ["q=%FF", "q=%ED%A0%80", "%C3=1", "q=%00", "q=%", "q=%4"]:
            with self.subTest(query):
                self.assert_page(self.ask("GET", "/find?" + query), 400)

    def test_forms(self):
        pairs = [("name", "Ana & José"), ("note", "one\r\ntwo"), ("a", "1"), ("a", "2"), ("empty", "")]
        came = self.came("/clients?x=1", FORM, urllib.parse.urlencode(pairs))
        self.assertEqual(came["form_pairs"], [list(pair) for pair in pairs])
        self.assertEqual((came["method"], came["query_pairs"]), ("POST", [["x", "1"]]))
        came = self.came("/clients", {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}, "a=1")
        self.assertEqual(came["form_pairs"], [["a", "1"]])
        self.assertEqual(self.came("/clients", {"Content-Type": None, "Content-Length": "0"}, "")["form_pairs"], [])
        for body in ["a=%", "a=%zz", "a=%00", "a=%FF", b"a=\xff", b"a=\0", "a=%C0%80", "good=1&%ff=2"]:
            with self.subTest(body):
                self.assert_page(self.ask("POST", "/clients", body, FORM), 400)

    def test_json(self):
        body = {"answers": {"dob": "1944-02-03"}}
        came = self.came("/cases/1", JSON, json.dumps(body))
        self.assertEqual((json.loads(came["json"]), came["form_pairs"]), (body, []))
        self.assert_page(self.ask("POST", "/cases/1", b'{"a":"\xff"}', JSON), 400)
        self.assert_page(self.ask("POST", "/cases/1", b'{"a":"\0"}', JSON), 400)

    def test_other_bodies(self):
        for kind in ["text/plain", "multipart/form-data; boundary=x", "text/csv", "", "application/x-www-form-urlencoded; charset=iso-8859-1",
                     "application/xml", "application/json5", "application/x-www-form-urlencodedx", None]:
            with self.subTest(kind):
                self.assert_page(self.ask("POST", "/clients", "a=1", {"Content-Type": kind}), 415)
        self.assert_page(self.ask("POST", "/clients", "a=1", dict(FORM, **{"Content-Encoding": "gzip"})), 415)
        # that of a GET is of no interest
        self.assertEqual(self.ask("GET", "/clients", "a=%", {"Content-Type": "text/plain"}).json["form_pairs"], [])

    def test_cookies(self):
        came = self.came("/", {"Cookie": "a=1; __Host-askonce=0a1b; __Host-askonce-visitor=2c; __Host-askonce-language=es"})
        self.assertEqual((came["session"], came["visitor"], came["chosen_language"]), ("0a1b", "2c", "es"))
        for cookie in ["", "askonce=a", "__host-askonce=a", "x__Host-askonce=a", "__Host-askonce", "__Host-askonce=", "__Host-askonce=a; __Host-askonce=b",
                       "__Host-askonce=" + "a" * 257, "__Host-askonce=\"a\"", "__Host-askonce=a b", "__Host-askonce=a\\", "; ;=;__Host-askonce =a"]:
            with self.subTest(cookie):
                self.assertNotIn("session", self.came("/", {"Cookie": cookie}))
        self.assertEqual(self.came("/", {"Cookie": "__Host-askonce=a;__Host-askonce=a"})["session"], "a")
        self.assertEqual(self.came("/", {"Cookie": "; ".join(f"c{i}=1" for i in range(100)) + "; __Host-askonce=a"})["session"], "a")

    def test_what_came_twice(self):
        for name in ["Cookie", "Origin", "Sec-Fetch-Site", "X-Askonce-Csrf", "X-Askonce-Script"]:
            with self.subTest(name):
                head = f"GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{name}: a=1\r\n{name.lower()}: a=1\r\n\r\n"
                self.assertEqual(statuses(self.server.raw(head)), [400])
                # the API does not look at it
                head = self.server.head("GET", "/v1/programs", ["Connection: close", f"{name}: a=1", f"{name}: a=1"])
                self.assertEqual(statuses(self.server.raw(head)), [200])

    def test_other_headers(self):
        came = self.came("/", {"X-Askonce-Script": "1", "X-Askonce-Csrf": "0a", "Accept-Language": "es-US,es;q=0.8"})
        self.assertEqual((came["script"], came["csrf_header"], came["accept_language"]), (True, "0a", "es-US,es;q=0.8"))
        came = self.came("/", {"X-Askonce-Script": "true", "Authorization": "Bearer " + self.server.key})
        self.assertEqual(came["script"], False)
        self.assertNotIn("session", came)

    def test_other_sites(self):
        here = f"{self.server.host}:{self.server.port}"
        for headers, cross in [({}, False), ({"Sec-Fetch-Site": "same-origin"}, False), ({"Sec-Fetch-Site": "none"}, False), ({"Sec-Fetch-Site": "same-site"}, True),
                               ({"Sec-Fetch-Site": "cross-site"}, True), ({"Sec-Fetch-Site": ""}, True), ({"Sec-Fetch-Site": "cross-site", "Origin": f"http://{here}"}, True),
                               ({"Origin": f"http://{here}"}, False), ({"Origin": f"https://{here}"}, False), ({"Origin": "null"}, True), ({"Origin": ""}, True),
                               ({"Origin": "http://127.0.0.1"}, True), ({"Origin": f"http://{here}.example"}, True), ({"Origin": f"http://x@{here}"}, True),
                               ({"Origin": "https://intake.example", "Host": "INTAKE.example"}, False), ({"Origin": "https://intake.example:444", "Host": "intake.example"}, True),
                               # a proxy that puts another Host: what the browser says counts
                               ({"Origin": "https://intake.example", "Host": "askonce", "Sec-Fetch-Site": "same-origin"}, False)]:
            with self.subTest(headers):
                self.assertEqual(self.came("/a", dict(FORM, **headers), "a=1")["cross_site"], cross)

    # ---- what goes back ----
    def test_every_reply_is_strict(self):
        for path, status in [("/", 200), ("/reply?status=404", 404), ("/fails", 500), ("/reply?status=303&location=/x", 303), ("/assets/none.js", 404), ("/robots.txt", 200),
                             ("/a/%FF", 400), ("/favicon.ico", 204)]:
            with self.subTest(path):
                reply = self.ask("GET", path)
                self.assertEqual(reply.status, status)
                self.assert_strict(reply)
                if status not in (200, 204) or path == "/":
                    self.assertEqual(reply.headers["cache-control"], "no-store")
                if status != 204:
                    self.assertEqual(reply.headers["x-content-type-options"], "nosniff")
        self.assertNotIn("content-security-policy", self.server.request("GET", "/v1/programs").headers)

    def test_head(self):
        for path in ["/a?x=1", "/fails", "/assets/none.js", "/1/2/3/4/5/6/7/8/9", "/sign-in"]:
            with self.subTest(path):
                got, head = self.ask("GET", path), self.ask("HEAD", path)
                self.assertEqual((head.status, head.body), (got.status, b""))
                for name in ["content-type", "content-length", "cache-control", "content-security-policy"]:
                    self.assertEqual(head.headers.get(name), got.headers.get(name), name)

    def test_redirects_and_cookies(self):
        reply = self.ask("GET", "/reply?status=303&location=/work%3Fdue%3D1&cookie=" + urllib.parse.quote("__Host-askonce=1; Path=/; Secure; HttpOnly; SameSite=Lax"))
        self.assertEqual((reply.status, reply.headers["location"]), (303, "/work?due=1"))
        self.assertEqual(reply.headers["set-cookie"], "__Host-askonce=1; Path=/; Secure; HttpOnly; SameSite=Lax")
        self.assertEqual(self.ask("GET", "/reply?status=429&retry=7").headers["retry-after"], "7")
        self.assertEqual(self.ask("GET", "/reply?type=text/css").headers["content-type"], "text/css")

    def test_a_reply_never_leads_elsewhere_nor_splits(self):
        for query in ["location=//evil.example", "location=/%5Cevil.example", "location=https://evil.example", "location=javascript:1", "location=evil", "location=/a%0D%0AX:1",
                      "location=/a%20b", "location=/%C3%A9", "cookie=a%3D1%0D%0AX:1", "type=text/html%0D%0AX:1"]:
            with self.subTest(query):
                reply = self.ask("GET", "/reply?status=303&" + query)
                self.assert_page(reply, 500)
                self.assertNotIn("location", reply.headers)
                self.assertNotIn("set-cookie", reply.headers)
                self.assertNotIn("evil", reply.body.decode())

    def test_a_page_that_fails(self):
        reply = self.ask("GET", "/fails")
        self.assertEqual(reply.status, 500)
        self.assertNotIn("as asked", reply.body.decode())
        self.assertEqual(self.ask("GET", "/").status, 200)

    # ---- what is refused, and what is the API's ----
    def test_methods(self):
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"]:
            for path in ["/", "/clients/1", "/sign-in"]:
                with self.subTest(f"{method} {path}"):
                    reply = self.ask(method, path)
                    self.assert_page(reply, 405)
                    self.assertEqual(reply.headers["allow"], "GET, HEAD, POST")
        self.assert_page(self.ask("POST", "/robots.txt"), 405)

    def test_the_api_keeps_its_paths(self):
        for path in ["/v1", "/v1/", "/v1/x", "/v1/form/", "/v1//form", "/v1/a/b/c/d/e/f/g/h/i/j"]:
            with self.subTest(path):
                self.assert_problem(self.ask("GET", path), 404, "not-found")
                self.assert_problem(self.ask("POST", path, "a=1", FORM), 404, "not-found")
        self.assert_problem(self.ask("GET", "/v1/form"), 401, "unauthorized")
        self.assert_problem(self.ask("POST", "/metrics"), 405, "method-not-allowed")
        self.assertEqual(self.ask("POST", "/authToken", "{}", JSON).json["type"], "FAILURE")
        self.assertEqual(self.server.request("POST", "/v1/screenings", HOUSEHOLD).status, 200)
        # a session is no key
        self.assert_problem(self.ask("GET", "/v1/form", None, {"Cookie": "__Host-askonce=0a1b"}), 401, "unauthorized")

    def test_sizes(self):
        self.assertEqual(len(self.came("/a", FORM, "&".join("a=1" for _ in range(2000)))["form_pairs"]), 2000)
        self.assert_page(self.ask("POST", "/a", "&".join("a" for _ in range(2001)), FORM), 413)
        self.assertEqual(len(self.came("/a?" + "&a" * 200)["query_pairs"]), 200)
        big = "a=" + "x" * (1 << 20)
        self.assert_page(self.ask("POST", "/a", big[:-1], dict(FORM, Connection="close")), 413)
        self.assertEqual(self.came("/a", FORM, big[:1 << 20])["form_pairs"][0][1], "x" * ((1 << 20) - 2))
        self.assertEqual(self.ask("GET", "/a?" + "x" * 4096).status, 400)
        self.assertEqual(self.ask("GET", "/a?" + "&a" * 1900).status, 431)
        self.assertIn(self.ask("GET", "/a", None, {"Cookie": "a=" + "x" * 17000}).status, [400, 431])

    def test_hostile_bodies_in_parts(self):
        # chunks of one byte; more than may be; a body that never ends
        head = "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
        reply = self.server.raw(head + "".join(f"1\r\n{c}\r\n" for c in "a=%41&b=%C3%A9") + "0\r\n\r\n")
        self.assertEqual(statuses(reply), [200])
        self.assertIn('[["a","A"],["b","é"]]'.encode(), reply)
        reply = self.server.raw(head + ("10000\r\n" + "x" * 65536 + "\r\n") * 20)
        self.assertEqual(statuses(reply), [413])
        self.assertEqual(self.server.raw(head + "5\r\na=1", half_close=True), b"")
        self.assertEqual(self.ask("GET", "/").status, 200)

    def test_many_at_once(self):
        def one(number):
            return self.came("/a", FORM, f"n={number}")["form_pairs"] == [["n", str(number)]]
        with concurrent.futures.ThreadPoolExecutor(32) as pool:
            self.assertTrue(all(pool.map(one, range(400))))

    def test_versions_are_not_cut_to_size(self):
        self.assertEqual(self.ask("GET", "/puts?expected=0").body, b"1")
        for expected in (2**31 - 1, 2**32, 2**32 - 1, -1, -2**63):
            with self.subTest(expected):
                self.assertIn(b"expected has to be a version", self.ask("GET", f"/puts?expected={expected}").body)

    def test_one_page_that_waits_for_the_store_holds_up_no_other(self):
        """The first assessment of the app makes its key: others do not wait for that."""
        server = start_server(app=WEB)
        self.addCleanup(server.clean)
        store = sqlite3.connect(os.path.join(server.data, "askonce.db"), isolation_level=None)
        store.execute("begin immediate")
        with concurrent.futures.ThreadPoolExecutor() as pool:
            kept = pool.submit(server.request, "GET", "/keeps", key="")
            time.sleep(0.5 * SLOW)
            self.assertEqual(server.request("GET", "/other", key="").status, 200)
            self.assertFalse(kept.done())
            store.execute("rollback")
            store.close()
            self.assertEqual(kept.result().status, 200)

    def test_pages_on_one_connection(self):
        with self.server.client(key="") as client:
            for number in range(50):
                self.assertEqual(client.request("POST", "/a", f"n={number}", FORM).json["form_pairs"], [["n", str(number)]])
                self.assertEqual(client.request("GET", "/healthz").status, 200)

    def test_the_client_that_leaves(self):
        for _ in range(50):
            with socket.create_connection((self.server.host, self.server.port)) as connection:
                connection.sendall(b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=1")
        with socket.create_connection((self.server.host, self.server.port)) as connection:
            connection.sendall(b"GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            self.assertEqual(statuses(read_all(connection)), [200])

    # ---- assets ----
    def test_assets(self):
        with self.server.client(key="") as client:
            page = client.request("GET", "/1/2/3/4/5/6/7/8/9").body.decode()
            style = page.split('href="', 1)[1].split('"', 1)[0]
            got = client.request("GET", style)
            self.assertEqual(got.status, 200)
            self.assertTrue(got.body)
            self.assertEqual(got.headers["content-type"].split(";")[0], "text/css")
            self.assertEqual(got.headers["cache-control"], "public, max-age=31536000, immutable")
            again = client.request("GET", style, None, {"If-None-Match": got.headers["etag"]})
            self.assertEqual((again.status, again.body), (304, b""))
            self.assertEqual(client.request("HEAD", style).headers["content-length"], str(len(got.body)))
            for path in ["/assets/none.js", "/assets/..%2Fmain.lua", "/assets/" + "x" * 300, style + "x"]:
                self.assert_page(client.request("GET", path), 404)
            self.assertEqual(client.request("GET", "/assets").json["segments"], ["assets"])
            self.assertEqual(client.request("GET", "/robots.txt").body, b"User-agent: *\nDisallow: /\n")
            self.assertEqual(client.request("GET", "/favicon.ico").headers["cache-control"], "public, max-age=86400")


class SignIns(unittest.TestCase):
    def server(self, **options):
        server = start_server(app=WEB, **options)
        self.addCleanup(server.clean)
        return server

    def test_failures_of_an_address_are_limited(self):
        server = self.server()

        def attempt(word):
            return server.request("POST", "/sign-in", "password=" + word, FORM, key="")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            codes = [reply.status for reply in pool.map(attempt, ["wrong"] * 60)]
        self.assertEqual(set(codes), {401, 429})
        self.assertGreaterEqual(codes.count(401), 20)
        refused = attempt("right")
        while refused.status != 429:  # the second was over just now
            attempt("wrong")
            refused = attempt("right")
        self.assertGreaterEqual(int(refused.headers["retry-after"]), 1)
        self.assertIn(b"<h1>Too many attempts</h1>", refused.body)
        # the form itself, all other pages and the API go on
        self.assertEqual(server.request("GET", "/sign-in", key="").status, 200)
        self.assertEqual(server.request("POST", "/a", "a=1", FORM, key="").status, 200)
        self.assertEqual(server.request("GET", "/v1/programs").status, 200)
        values = server.metrics()
        counted = {code: values[("askonce_http_requests_total", (("route", "/sign-in"), ("method", "POST"), ("status", code)))] for code in ["401", "429"]}
        self.assertEqual(values[("askonce_authentication_failures_total", ())], counted["401"])
        self.assertEqual(values[("askonce_throttled_total", (("by", "address"),))], counted["429"])
        self.assertEqual(server.stop(), 0)

    def test_success_is_not_limited(self):
        server = self.server()
        with server.client(key="") as client:
            for _ in range(60):
                self.assertEqual(client.request("POST", "/sign-in", "password=right", FORM).status, 303)


class Around(unittest.TestCase):
    def test_the_log_and_the_metrics_name_no_page(self):
        server = start_server(app=WEB)
        self.addCleanup(server.clean)
        server.request("GET", f"/clients/{CANARY}?q={CANARY}", None, {"Cookie": f"__Host-askonce={CANARY}", "Origin": CANARY}, key="")
        server.request("POST", f"/{CANARY}", f"{CANARY}={CANARY}", FORM, key="")
        server.request("POST", f"/{CANARY}", f"{CANARY}=%", FORM, key="")
        server.request("GET", f"/reply?location=//{CANARY}", key="")
        server.request("GET", "/fails", key="")
        metrics = server.request("GET", "/metrics", key="").body.decode()
        self.assertEqual(server.stop(), 0)
        self.assertNotIn(CANARY, metrics + server.log())
        lines = server.log_lines()
        self.assertEqual({line["route"] for line in lines if line["event"] == "request"}, {"/{page}", "/metrics"})
        failed = [line for line in lines if line["event"] == "page-failed"]
        self.assertEqual([line["level"] for line in failed], ["error"])
        self.assertIn("main.lua:", failed[0]["why"])

    def test_without_the_app(self):
        server = start_server(app=False)
        self.addCleanup(server.clean)
        for path in ["/", "/sign-in", "/assets/x", "/favicon.ico", "/robots.txt"]:
            reply = server.request("GET", path, key="")
            self.assertEqual((reply.status, reply.headers["content-type"]), (404, "application/problem+json"), path)

    def test_pages_that_do_not_load(self):
        server = start_server()
        self.addCleanup(server.clean)
        server.stop()
        broken = os.path.join(server.scratch, "web")
        os.mkdir(broken)
        for source, said in [(None, "main.lua"), ("return {", "main.lua:1"), ("error('no')", "main.lua:1"), ("return 1", "main.lua")]:
            if source:
                with open(os.path.join(broken, "main.lua"), "w", encoding="utf-8") as file:
                    file.write(source)
            done = subprocess.run([ASKONCE, "serve", *server.words, "--web", broken], capture_output=True, text=True, timeout=60,
                                  env=dict(server.environment, ASKONCE_APP="true"))
            self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
            self.assertIn(said, done.stderr)
        with open(os.path.join(broken, "main.lua"), "w", encoding="utf-8") as file:
            file.write("return tostring")
        for number in range(500):
            with open(os.path.join(broken, f"other{number}.lua"), "w", encoding="utf-8") as file:
                file.write("return 1")
        done = subprocess.run([ASKONCE, "serve", *server.words, "--web", broken], capture_output=True, text=True, timeout=60,
                              env=dict(server.environment, ASKONCE_APP="true"))
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertIn("more than 500 Lua files", done.stderr)

    def test_a_network_without_tls(self):
        server = start_server(app=WEB, address="0.0.0.0")
        self.addCleanup(server.clean)
        self.assertIn("nobody can sign in to the worker's app at 0.0.0.0", server.log())
        server = start_server(app=WEB)
        self.addCleanup(server.clean)
        self.assertNotIn("nobody can sign in", server.log())


if __name__ == "__main__":
    main()
