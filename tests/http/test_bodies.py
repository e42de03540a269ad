"""What is said of bodies: malformed JSON, values that cannot be, media types, sizes."""
import json
import unittest

from support import HOUSEHOLD, ServerTest, main

PATHS = ["/v1/screenings", "/v1/assessments"]


class Bodies(ServerTest):
    def setUp(self):
        self.client = self.server.client()
        self.addCleanup(self.client.close)

    def post(self, body, path="/v1/screenings", headers=None, method="POST"):
        return self.client.request(method, path, body, headers)

    def test_malformed(self):
        deep = b'{"answers":' + b"[" * 100 + b"]" * 100 + b"}"
        many = b'{"answers":{"income":[' + b"1," * 150000 + b"1]}}"
        for body, where in [(b"", None), (b" ", None), (b"{", None), (b'{"answers":{}', None), (b"nope", None), (b"[1,]", None),
                            (b"{}x", None), (b'{"answers":{"zip":"\xff\xfe"}}', None), (b'{"answers":{"zip":"\\ud800"}}', None),
                            (b'{"answers":{"zip":"a\\u0000b"}}', None), (b"\xef\xbb\xbf", None), (deep, None), (many, None),
                            (b'{"answers":{"people":1,"people":2}}', "/answers/people"), (b'{"answers":{},"answers":{}}', "/answers"),
                            ('{"answers":{}}'.encode("utf-16"), None)]:
            for path in PATHS:
                with self.subTest(body=body[:60], path=path):
                    problem = self.assert_problem(self.post(body, path), 400, "malformed-json")
                    error = problem["errors"][0]
                    self.assertTrue(error["detail"] and error["code"], error)
                    self.assertGreaterEqual(error["line"], 1)
                    self.assertGreaterEqual(error["column"], 1)
                    if where:
                        self.assertEqual(error["pointer"], where)

    def test_line_and_column(self):
        error = self.assert_problem(self.post(b'{\n  "answers": {\n    "people": 01\n}}'), 400, "malformed-json")["errors"][0]
        self.assertEqual(error["line"], 3)

    def test_unacceptable_answers_are_all_named(self):
        body = {"as_of": "2026-11-23", "answers": {"dob": "1980-02-30", "people": 9, "income": -1, "home": "rentd", "peple": 2, "zip": "1"}}
        for path in PATHS:
            problem = self.assert_problem(self.post(body, path), 422, "unacceptable-answers")
            errors = {error["pointer"]: error for error in problem["errors"]}
            self.assertEqual(set(errors), {"/answers/dob", "/answers/people", "/answers/income", "/answers/home", "/answers/peple", "/answers/zip"})
            self.assertIn("people", errors["/answers/peple"]["hint"])
            self.assertTrue(all(error["code"] and error["detail"] for error in problem["errors"]))

    def test_numbers_out_of_range(self):
        for number in ["1e999", "-1e999", "9" * 400, "0." + "0" * 400 + "1", "1.001", "1e-400", "-0.001", "99999999999999999999"]:
            for item in ["people", "income"]:
                with self.subTest(f"{item} {number[:20]}"):
                    problem = self.assert_problem(self.post('{"answers":{"%s":%s}}' % (item, number)), 422, "unacceptable-answers")
                    self.assertEqual(problem["errors"][0]["pointer"], "/answers/" + item)

    def test_wrong_shapes(self):
        for body, pointer in [(b"1", ""), (b"null", ""), (b"[]", ""), (b'"x"', ""), (b'{"answers":[]}', "/answers"), (b'{"answers":null}', None),
                              (b'{"answers":{"people":"two"}}', "/answers/people"), (b'{"answers":{"people":{}}}', "/answers/people"),
                              (b'{"answers":{},"as_of":"yesterday"}', "/as_of"), (b'{"answers":{},"asof":"2026-11-23"}', "/asof"),
                              (b'{"answers":{},"id":7}', "/id"), (b'{}', None)]:
            with self.subTest(body):
                problem = self.assert_problem(self.post(body), 422, "unacceptable-answers")
                if pointer is not None:
                    self.assertEqual(problem["errors"][0]["pointer"], pointer)

    def test_pointers_are_escaped(self):
        for key, pointer in [("a/b", "/answers/a~1b"), ("a~b", "/answers/a~0b"), ("a.b", "/answers/a.b"), ("a[0]", "/answers/a[0]"),
                             ("", "/answers/"), ('a"b', '/answers/a"b'), ("\u00e9 \u20ac", "/answers/\u00e9 \u20ac"), ("a\nb", "/answers/a\nb")]:
            with self.subTest(key):
                problem = self.assert_problem(self.post({"answers": {key: 1}}), 422, "unacceptable-answers")
                self.assertEqual(problem["errors"][0]["pointer"], pointer)

    def test_correction_has_the_same_words(self):
        here = self.post(HOUSEHOLD, "/v1/assessments").headers["location"]
        self.assert_problem(self.post(b"{", here, method="PATCH"), 400, "malformed-json")
        self.assert_problem(self.post(b"", here, method="PATCH"), 400, "malformed-json")
        problem = self.assert_problem(self.post({"answers": {"people": 99}}, here, method="PATCH"), 422, "unacceptable-answers")
        self.assertEqual(problem["errors"][0]["pointer"], "/answers/people")
        self.assertEqual(self.client.request("GET", here).headers["etag"], '"1"')

    def test_media_types(self):
        text = json.dumps(HOUSEHOLD)
        for good in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\"", "application/json ; x=y", None]:
            with self.subTest(good):
                headers = {"Content-Type": good}
                self.assertEqual(self.post(text, headers=headers).status, 200)
        for bad in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "", "application/json; charset=latin-1",
                    "application/merge-patch+json", "multipart/form-data; boundary=x"]:
            with self.subTest(bad):
                self.assert_problem(self.post(text, headers={"Content-Type": bad}), 415, "unsupported-media-type")
        for encoding, status in [("gzip", 415), ("br", 415), ("identity", 200)]:
            self.assertEqual(self.post(text, headers={"Content-Encoding": encoding}).status, status)
        here = self.post(text, "/v1/assessments").headers["location"]
        merge = {"Content-Type": "application/merge-patch+json"}
        self.assertEqual(self.post({"answers": {"people": 2}}, here, merge, "PATCH").status, 200)
        self.assert_problem(self.post("x", here, {"Content-Type": "application/json-patch+json"}, "PATCH"), 415, "unsupported-media-type")

    def test_size(self):
        limit = 1024 * 1024
        body = json.dumps(HOUSEHOLD).encode()
        padded = body[:-1] + b" " * (limit - len(body)) + b"}"
        self.assertEqual(len(padded), limit)
        self.assertEqual(self.post(padded).status, 200)
        self.assert_problem(self.post(padded + b" "), 413, "too-large")
        self.assertEqual(self.post(body).status, 200)

    def test_a_body_where_none_belongs_is_passed_over(self):
        self.assertEqual(self.client.request("GET", "/healthz", b"x" * 10000).status, 200)
        self.assertEqual(self.client.request("GET", "/v1/form", b"{").status, 200)


if __name__ == "__main__":
    main()
