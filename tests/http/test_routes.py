"""Every route: its statuses, its headers, HEAD, 304, 404, 405, the query."""
import re
import unittest
import uuid

from support import HOUSEHOLD, ServerTest, main

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ABSENT = "/v1/assessments/" + str(uuid.UUID(int=7))


class Routes(ServerTest):
    def setUp(self):
        self.client = self.server.client()
        self.addCleanup(self.client.close)
        made = self.client.request("POST", "/v1/assessments", HOUSEHOLD)
        self.assertEqual(made.status, 201, made)
        self.here = made.headers["location"]
        self.made = made

    def get(self, path, headers=None, method="GET"):
        return self.client.request(method, path, headers=headers)

    def test_every_get_has_a_head_with_the_same_headers(self):
        for path in ["/healthz", "/readyz", "/openapi.json", "/v1/form", "/v1/programs", "/v1/programs/food", self.here,
                     self.here + "/revisions", self.here + "/revisions/1", self.here + "/next",
                     self.here + "/determinations/food", self.here + "/determinations/food/what-if"]:
            with self.subTest(path):
                got, head = self.get(path), self.get(path, method="HEAD")
                self.assertEqual(got.status, 200, got)
                self.assertEqual(got.headers["content-type"], "application/json")
                self.assertEqual(got.headers["x-content-type-options"], "nosniff")
                self.assertTrue(got.json)
                self.assertEqual((head.status, head.body), (200, b""))
                for name in ["content-type", "content-length", "etag", "cache-control"]:
                    self.assertEqual(head.headers.get(name), got.headers.get(name), name)
        self.assertEqual(self.get("/metrics", method="HEAD").status, 200)

    def test_other_methods(self):
        for path, allow in [("/healthz", "GET, HEAD"), ("/v1/screenings", "POST"), ("/v1/assessments", "POST"),
                            (self.here, "GET, HEAD, PATCH"), (self.here + "/revisions", "GET, HEAD"), ("/v1/form", "GET, HEAD")]:
            for method in ["DELETE", "PUT", "OPTIONS", "TRACE", "BREW"] + ([] if "GET" in allow else ["GET", "HEAD"]):
                with self.subTest(f"{method} {path}"):
                    reply = self.get(path, method=method)
                    self.assertEqual(reply.status, 405)
                    self.assertEqual(reply.headers["allow"], allow)
                    if method != "HEAD":
                        self.assert_problem(reply, 405, "method-not-allowed")

    def test_no_such_path(self):
        for path in ["/", "//", "/v1", "/v1/", "/v2/form", "/healthz/", "/v1/form/", "/v1//form", "/V1/form", "/v1/assessments/",
                     self.here + "/", self.here + "/next/", self.here + "/nextt", self.here + "/revisions/",
                     self.here + "/determinations", self.here + "/determinations//what-if",
                     self.here + "/determinations/food/whatif", "/v1/a/b/c/d/e/f/g/h/i/j", "/v1/form%2F", "/healthz%00",
                     "/healthz%2e", "/./healthz", "/v1/../healthz"]:
            with self.subTest(path):
                reply = self.get(path)
                if "%00" in path:
                    self.assert_problem(reply, 400, "bad-request")
                else:
                    self.assert_problem(reply, 404, "not-found")

    def test_escapes_in_paths(self):
        self.assertEqual(self.get("/%68ealthz").status, 200)
        self.assertEqual(self.get("/v1/programs/f%6fod").status, 200)
        for path in ["/healthz%", "/healthz%2", "/healthz%zz", "/v1/programs/%00", "/%"]:
            with self.subTest(path):
                self.assert_problem(self.get(path), 400, "bad-request")

    def test_an_id_that_is_none_looks_like_one_that_is_absent(self):
        absent = self.get(ABSENT)
        self.assert_problem(absent, 404, "not-found")
        for path in ["/v1/assessments/1", "/v1/assessments/not-a-uuid", "/v1/assessments/" + "9" * 500, ABSENT + "x"]:
            for rest in ["", "/revisions", "/revisions/1", "/next", "/determinations/food", "/determinations/food/what-if"]:
                with self.subTest(path + rest):
                    reply = self.get(path + rest)
                    self.assert_problem(reply, 404, "not-found")
                    said = reply.json
                    said.pop("instance")
                    other = absent.json
                    other.pop("instance")
                    self.assertEqual(said, other)

    def test_programs(self):
        programs = self.get("/v1/programs")
        self.assertIn(b'"food"', programs.body)
        problem = self.assert_problem(self.get("/v1/programs/fod"), 404, "not-found")
        self.assertEqual(problem["errors"][0]["hint"], "did you mean food?")
        for rest in ["", "/what-if"]:
            problem = self.assert_problem(self.get(self.here + "/determinations/fod" + rest), 404, "not-found")
            self.assertEqual(problem["errors"][0]["parameter"], "program")

    def test_rules_have_an_etag(self):
        for path in ["/v1/form", "/v1/programs", "/v1/programs/food", "/openapi.json"]:
            with self.subTest(path):
                got = self.get(path)
                tag = got.headers["etag"]
                self.assertRegex(tag, r'^"[^"]+"$')
                self.assertEqual(got.headers["cache-control"], "no-cache")
                for match in [tag, "*", 'W/' + tag, '"x", ' + tag, '"x",' + tag + ',"y"']:
                    reply = self.get(path, {"If-None-Match": match})
                    self.assertEqual((reply.status, reply.body, reply.headers["etag"]), (304, b"", tag), match)
                for other in ['"x"', tag.strip('"'), "", ",,", '"']:
                    self.assertEqual(self.get(path, {"If-None-Match": other}).status, 200, other)

    def test_an_assessment_has_its_revision_as_etag(self):
        got = self.get(self.here)
        self.assertEqual(got.headers["etag"], '"1"')
        self.assertEqual(got.headers["cache-control"], "no-store")
        self.assertEqual(self.get(self.here, {"If-None-Match": '"1"'}).status, 304)
        self.assertEqual(self.get(self.here, {"If-None-Match": '"1"'}, method="HEAD").status, 304)
        self.assertEqual(self.get(self.here, {"If-None-Match": '"2"'}).status, 200)
        self.assertEqual(self.get(self.here + "/revisions/1", {"If-None-Match": '"1"'}).status, 304)
        self.assertEqual(got.body, self.made.body)

    def test_which_revision(self):
        for number in ["2", "0", "01", "-1", "99999999999", "4294967297", "one", "1.0", "+1"]:
            with self.subTest(number):
                self.assert_problem(self.get(f"{self.here}/revisions/{number}"), 404, "not-found")
        self.assertEqual(self.get(self.here + "?revision=1").status, 200)
        self.assert_problem(self.get(self.here + "?revision=2"), 404, "not-found")
        for number in ["0", "x", "-1", "2147483648", "", "1.0"]:
            with self.subTest(number):
                self.assert_problem(self.get(f"{self.here}?revision={number}"), 400, "bad-request")

    def test_unknown_parameters(self):
        for path, wrong, hint in [("/v1/screenings", "detial=tree", "did you mean detail?"), ("/healthz", "x=1", "this path takes none"),
                                  ("/v1/assessments", "programs=food", None), (self.here, "next=true", None),
                                  (self.here + "/revisions", "page=2", None), ("/v1/form", "lang=es", "there is packs")]:
            with self.subTest(path + "?" + wrong):
                method = "POST" if path in ("/v1/screenings", "/v1/assessments") else "GET"
                reply = self.client.request(method, f"{path}?{wrong}", HOUSEHOLD if method == "POST" else None)
                error = self.assert_problem(reply, 400, "bad-request")["errors"][0]
                self.assertEqual((error["parameter"], error["code"]), (wrong.split("=")[0], "unknown-parameter"))
                if hint:
                    self.assertEqual(error["hint"], hint)

    def test_wrong_values_of_parameters(self):
        for query, name, code in [("detail=all", "detail", "bad-value"), ("detail", "detail", "bad-value"), ("next=yes", "next", "bad-value"),
                                  ("next=", "next", "bad-value"), ("detail=tree&detail=tree", "detail", "twice"),
                                  ("detail=%ff", "detail", "bad-value"), ("detail=%zz", "", "bad-escape"), ("programs=", "programs", "bad-value"),
                                  ("programs=fod", "programs", "unknown-program"), ("programs=food,,", "programs", "unknown-program"),
                                  ("%ff=1", "(not UTF-8)", "unknown-parameter"), ("=1", "", "unknown-parameter"),
                                  ("x" * 200 + "=1", "x" * 64 + "...", "unknown-parameter")]:
            with self.subTest(query):
                reply = self.client.request("POST", "/v1/screenings?" + query, HOUSEHOLD)
                error = self.assert_problem(reply, 400, "bad-request")["errors"][0]
                self.assertEqual((error["parameter"], error["code"]), (name, code))

    def test_several_wrong_parameters_are_all_named(self):
        reply = self.client.request("POST", "/v1/screenings?detail=1&next=2&x=3", HOUSEHOLD)
        self.assertEqual([error["parameter"] for error in self.assert_problem(reply, 400, "bad-request")["errors"]], ["detail", "next", "x"])

    def test_query_of_a_screening(self):
        def screen(query):
            reply = self.client.request("POST", "/v1/screenings" + query, HOUSEHOLD)
            self.assertEqual(reply.status, 200, reply)
            return reply.json
        self.assertIn("next", screen(""))
        self.assertEqual(screen(""), screen("?detail=reasons&next=true"))
        self.assertNotIn("next", screen("?next=false"))
        self.assertEqual([d["program"] for d in screen("?programs=food")["determinations"]], ["food"])
        self.assertEqual(len(screen("?programs=food%2Crent&&")["determinations"]), 2)
        sizes = [len(str(screen("?detail=" + detail))) for detail in ["status", "reasons", "tree"]]
        self.assertEqual(sizes, sorted(set(sizes)))

    def test_request_ids(self):
        for given in ["a", "web-17.0042", "x" * 64, str(uuid.uuid4())]:
            reply = self.get("/nope", {"X-Request-Id": given})
            self.assertEqual(reply.headers["x-request-id"], given)
            self.assertEqual(reply.json.get("instance"), "urn:uuid:" + given if UUID.fullmatch(given) else None)
        for bad in ["", "x" * 65, "a b", "a/b", "\xe9", '"']:
            reply = self.get("/nope", {"X-Request-Id": bad.encode("latin-1")})
            self.assertRegex(reply.headers["x-request-id"], "^" + UUID.pattern + "$")
            self.assertEqual(reply.json["instance"], "urn:uuid:" + reply.headers["x-request-id"])
        ids = {self.get("/healthz").headers["x-request-id"] for _ in range(50)}
        self.assertEqual(len(ids), 50)

    def test_ready(self):
        ready = self.get("/readyz").json
        self.assertEqual((ready["status"], ready["store"], ready["rules"]["programs"]), ("ready", "ok", 2))

    def test_openapi_has_the_form_in_force(self):
        document = self.get("/openapi.json").json
        self.assertEqual(document["openapi"][:3], "3.1")
        self.assertIn("rent", str(document["components"]["schemas"]["Answers"]))
        self.assertIn("/v1/assessments/{id}/determinations/{program}/what-if", document["paths"])


if __name__ == "__main__":
    main()
