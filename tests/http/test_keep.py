"""Keeping: Location and ETag, idempotency keys, If-Match, pages of revisions, many at once."""
import threading
import unittest
import uuid

from support import HOUSEHOLD, ServerTest, main


class Keep(ServerTest):
    def setUp(self):
        self.client = self.server.client()
        self.addCleanup(self.client.close)

    def make(self, body=HOUSEHOLD, key=None, query=""):
        headers = {"Idempotency-Key": key} if key else None
        return self.client.request("POST", "/v1/assessments" + query, body, headers)

    def correct(self, here, answers, headers=None, client=None):
        return (client or self.client).request("PATCH", here, {"answers": answers}, headers)

    def at_once(self, count, work):
        """Runs work(number, client) in `count` threads at the same moment; what they returned."""
        barrier, results = threading.Barrier(count), [None] * count

        def run(number):
            with self.server.client() as client:
                client.request("GET", "/healthz")
                barrier.wait()
                results[number] = work(number, client)
        threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    def test_made(self):
        made = self.make()
        self.assertEqual((made.status, made.headers["etag"], made.json["revision"]), (201, '"1"', 1), made)
        self.assertEqual(made.headers["location"], "/v1/assessments/" + made.json["id"])
        self.assertNotIn("idempotency-replayed", made.headers)
        screened = self.client.request("POST", "/v1/screenings", HOUSEHOLD)
        self.assertEqual(made.json["determinations"], screened.json["determinations"])

    def test_a_repeat_is_made_once(self):
        key = str(uuid.uuid4())
        first, second = self.make(key=key), self.make(key=key)
        self.assertEqual(first.status, 201)
        self.assertEqual((second.status, second.headers["idempotency-replayed"]), (200, "true"), second)
        self.assertEqual(second.body, first.body)
        self.assertEqual((second.headers["location"], second.headers["etag"]), (first.headers["location"], first.headers["etag"]))

    def test_a_repeat_after_a_correction_is_still_the_first_reply(self):
        key = str(uuid.uuid4())
        first = self.make(key=key)
        self.assertEqual(self.correct(first.headers["location"], {"people": 3}).headers["etag"], '"2"')
        again = self.make(key=key)
        self.assertEqual((again.status, again.body, again.headers["etag"]), (200, first.body, '"1"'))

    def test_another_request_with_the_same_key(self):
        key = str(uuid.uuid4())
        here = self.make(key=key).headers["location"]
        self.assert_problem(self.make({"answers": {}}, key), 422, "idempotency-key-reused")
        self.assert_problem(self.correct(here, {"people": 2}, {"Idempotency-Key": key}), 422, "idempotency-key-reused")
        self.assertEqual(self.client.request("GET", here).headers["etag"], '"1"')

    def test_a_key_belongs_to_its_partner(self):
        key, other = str(uuid.uuid4()), self.server.add_key("another")
        first = self.make(key=key)
        second = self.server.request("POST", "/v1/assessments", HOUSEHOLD, {"Idempotency-Key": key}, key=other)
        self.assertEqual(second.status, 201)
        self.assertNotEqual(second.headers["location"], first.headers["location"])

    def test_a_repeated_correction(self):
        here, key = self.make().headers["location"], {"Idempotency-Key": str(uuid.uuid4()), "If-Match": '"1"'}
        first, second = self.correct(here, {"people": 2}, key), self.correct(here, {"people": 2}, key)
        self.assertEqual((first.status, first.headers["etag"]), (200, '"2"'))
        self.assertEqual((second.status, second.headers["etag"], second.body), (200, '"2"', first.body))
        self.assertEqual(second.headers["idempotency-replayed"], "true")
        self.assertEqual(self.client.request("GET", here).headers["etag"], '"2"')

    def test_bad_keys(self):
        for bad in ["", " ", "x" * 256, "a b", "caf\u00e9", "a\tb"]:
            with self.subTest(bad):
                reply = self.client.request("POST", "/v1/assessments", HOUSEHOLD, {"Idempotency-Key": bad.encode("latin-1")})
                error = self.assert_problem(reply, 400, "bad-request")["errors"][0]
                self.assertEqual(error["header"], "Idempotency-Key")
        self.assertEqual(self.make(key="x" * 255).status, 201)
        self.assertEqual(self.make(key="!~" + str(uuid.uuid4())).status, 201)

    def test_identical_posts_at_once_make_one(self):
        for _ in range(5):
            key = str(uuid.uuid4())
            replies = self.at_once(12, lambda _, client: client.request("POST", "/v1/assessments", HOUSEHOLD, {"Idempotency-Key": key}))
            self.assertEqual(sorted(reply.status for reply in replies), [200] * 11 + [201], replies)
            self.assertEqual(len({reply.body for reply in replies}), 1)
            self.assertEqual(len({reply.headers["location"] for reply in replies}), 1)

    def test_if_match(self):
        here = self.make().headers["location"]
        self.assertEqual(self.correct(here, {"people": 2}, {"If-Match": '"1"'}).headers["etag"], '"2"')
        self.assertEqual(self.correct(here, {"people": 3}, {"If-Match": "*"}).headers["etag"], '"3"')
        self.assertEqual(self.correct(here, {"people": 4}).headers["etag"], '"4"')
        for stale in ['"1"', '"3"', '"5"', '"99999999999"', '"x"', 'W/"4"', '"04"', '"0"']:
            with self.subTest(stale):
                reply = self.correct(here, {"people": 5}, {"If-Match": stale})
                problem = self.assert_problem(reply, 412, "stale")
                self.assertEqual((problem["latest"], reply.headers["etag"]), (4, '"4"'))
        for bad in ["1", "", '"1', '"1","2"', "x", "W/", '""x', '"a b"']:
            with self.subTest(bad):
                error = self.assert_problem(self.correct(here, {"people": 5}, {"If-Match": bad}), 400, "bad-request")["errors"][0]
                self.assertEqual(error["header"], "If-Match")
        self.assertEqual(self.client.request("GET", here).headers["etag"], '"4"')

    def test_only_one_of_many_corrections_with_the_same_if_match(self):
        here = self.make().headers["location"]
        replies = self.at_once(12, lambda n, client: self.correct(here, {"income": n}, {"If-Match": '"1"'}, client))
        self.assertEqual(sorted(reply.status for reply in replies), [200] + [412] * 11)
        self.assertEqual(self.client.request("GET", here).headers["etag"], '"2"')

    def test_corrections_at_once_without_if_match_are_all_kept(self):
        here = self.make().headers["location"]
        replies = self.at_once(8, lambda n, client: self.correct(here, {"income": 100 + n}, None, client))
        self.assertEqual([reply.status for reply in replies], [200] * 8, replies)
        self.assertEqual(sorted(reply.json["revision"] for reply in replies), list(range(2, 10)))
        lines = self.client.request("GET", here + "/revisions").json["revisions"]
        self.assertEqual(sorted(line["changed"][0]["to"] for line in lines[1:]), [100 + n for n in range(8)])

    def test_correcting_and_taking_back(self):
        here = self.make().headers["location"]
        self.assertEqual(self.correct(here, {"rent": None, "people": 2}).json["revision"], 2)
        line = self.client.request("GET", here + "/revisions?after=1").json["revisions"][0]
        self.assertEqual({change["item"]: change.get("to") for change in line["changed"]}, {"rent": None, "people": 2})
        absent = "/v1/assessments/" + str(uuid.uuid4())
        self.assert_problem(self.correct(absent, {"people": 1}), 404, "not-found")
        self.assert_problem(self.correct("/v1/assessments/x", {"people": 1}), 404, "not-found")

    def test_pages_of_revisions(self):
        here = self.make().headers["location"]
        for number in range(2, 8):
            self.assertEqual(self.correct(here, {"income": number}).json["revision"], number)
        seen, path = [], here + "/revisions?limit=3"
        while path:
            page = self.client.request("GET", path)
            self.assertEqual(page.status, 200)
            self.assertEqual(page.json["latest"], 7)
            seen.append([line["revision"] for line in page.json["revisions"]])
            path = page.json["next"]
            self.assertEqual(page.headers.get("link"), path and f'<{path}>; rel="next"')
        self.assertEqual(seen, [[1, 2, 3], [4, 5, 6], [7]])
        for limit in ["0", "101", "-1", "x"]:
            self.assert_problem(self.client.request("GET", f"{here}/revisions?limit={limit}"), 400, "bad-request")
        self.assertEqual(self.client.request("GET", here + "/revisions?after=7").json["revisions"], [])

    def test_details_of_what_is_kept(self):
        full = self.make(query="?detail=tree&next=false")
        self.assertEqual(full.status, 201)
        self.assertNotIn("next", full.json)
        here = full.headers["location"]
        sizes = [len(self.client.request("GET", here + "?detail=" + detail).body) for detail in ["status", "reasons", "tree"]]
        self.assertEqual(sizes, sorted(set(sizes)))


if __name__ == "__main__":
    main()
