"""Who asks: keys, wrong ones, revoked ones, guessing, one partner's data hidden from another."""
import threading
import time
import unittest
import uuid

from support import HOUSEHOLD, ServerTest, SLOW, main

OPEN = ["/healthz", "/readyz", "/metrics", "/openapi.json"]
CLOSED = ["/v1/form", "/v1/programs", "/v1/programs/food", "/v1/assessments/" + str(uuid.uuid4())]


class Keys(ServerTest):
    def wait_until_unthrottled(self):
        until = time.monotonic() + 10
        while self.ask("GET", "/v1/form", key="").status == 429 and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(1.1)

    def test_open_and_closed(self):
        self.wait_until_unthrottled()
        for path in OPEN:
            self.assertEqual(self.ask("GET", path, key="").status, 200, path)
        for path in CLOSED:
            reply = self.ask("GET", path, key="")
            self.assert_problem(reply, 401, "unauthorized")
            self.assertEqual(reply.headers["www-authenticate"], "Bearer")
        for path in ["/v1/screenings", "/v1/assessments"]:
            self.assert_problem(self.ask("POST", path, HOUSEHOLD, key=""), 401, "unauthorized")

    def test_wrong_keys_look_alike(self):
        self.wait_until_unthrottled()
        good = self.server.key
        said = set()
        for wrong in ["x", "ask_", "ask_" + "A" * 43, good[:-1] + ("A" if good[-1] != "A" else "B"), good + "x", good.upper()]:
            reply = self.ask("GET", "/v1/form", key=wrong)
            problem = self.assert_problem(reply, 401, "unauthorized")
            self.assertEqual(reply.headers["www-authenticate"], 'Bearer error="invalid_token"')
            said.add(problem["detail"])
        self.assertEqual(len(said), 1)
        time.sleep(1)
        for header in ["Basic dXNlcjpwYXNz", good, "", "Bearer"]:
            self.assert_problem(self.ask("GET", "/v1/form", headers={"Authorization": header}, key=""), 401, "unauthorized")
        self.assertEqual(self.ask("GET", "/v1/form", headers={"Authorization": "bearer  " + good}).status, 200)

    def test_a_revoked_key_stops_within_a_second(self):
        key = self.server.add_key("leaving")
        with self.server.client(key) as client:
            for _ in range(20):
                self.assertEqual(client.request("GET", "/v1/form").status, 200)
            stop = threading.Event()

            def keep_it_warm():
                with self.server.client(key) as other:
                    while not stop.is_set():
                        other.request("GET", "/v1/form")
                        time.sleep(0.1)
            thread = threading.Thread(target=keep_it_warm)
            thread.start()
            try:
                self.server.command("key", "revoke", "leaving")
                revoked = time.monotonic()
                while client.request("GET", "/v1/form").status == 200:
                    self.assertLess(time.monotonic() - revoked, 5)
                    time.sleep(0.05)
                self.assertLess(time.monotonic() - revoked, 1 + 0.5 * SLOW)
            finally:
                stop.set()
                thread.join()
            self.assertIn(client.request("GET", "/v1/form").status, (401, 429))

    def test_guessing_is_slowed_down_and_hurts_nobody_else(self):
        good = self.server.client()
        self.assertEqual(good.request("GET", "/v1/form").status, 200)
        statuses = []
        with self.server.client("ask_" + "B" * 43) as client:
            for _ in range(60):
                reply = client.request("GET", "/v1/form")
                statuses.append(reply.status)
                if reply.status == 429:
                    self.assertGreaterEqual(int(reply.headers["retry-after"]), 1)
                    self.assert_problem(reply, 429, "too-many-requests")
        self.assertEqual(set(statuses), {401, 429})
        self.assertGreaterEqual(statuses.count(401), 1)
        self.assertEqual(good.request("GET", "/v1/form").status, 200)
        good.close()
        # also a good key that memory does not know
        self.assertEqual(self.ask("GET", "/v1/form", key=self.server.add_key("newcomer")).status, 200)
        self.wait_until_unthrottled()
        self.assertEqual(self.ask("GET", "/v1/form", key="ask_" + "B" * 43).status, 401)

    def test_another_partner_sees_nothing_and_no_difference(self):
        other = self.server.add_key("neighbour")
        made = self.ask("POST", "/v1/assessments", HOUSEHOLD)
        here = made.headers["location"]
        # the same client key in its end, so that it is looked for in the same place
        absent = "/v1/assessments/" + str(uuid.uuid4())[:19] + here[-17:]
        with self.server.client(other) as client:
            for rest, method, body in [("", "GET", None), ("?detail=tree", "GET", None), ("?revision=1", "GET", None), ("/revisions", "GET", None),
                                       ("/revisions/1", "GET", None), ("/next", "GET", None), ("/determinations/food", "GET", None),
                                       ("/determinations/nope", "GET", None), ("/determinations/food/what-if", "GET", None),
                                       ("", "PATCH", {"answers": {"people": 2}}), ("", "PATCH", {"answers": {"nope": 2}})]:
                with self.subTest(f"{method} {rest}"):
                    replies = [client.request(method, path + rest, body) for path in (here, absent)]
                    seen = []
                    for reply in replies:
                        problem = self.assert_problem(reply, 404, "not-found")
                        problem.pop("instance")
                        headers = {k: v for k, v in reply.headers.items() if k not in ("date", "x-request-id")}
                        seen.append((problem, headers))
                    self.assertEqual(seen[0], seen[1])
            for matching in ['"1"', '"9"', "*"]:
                for path in (here, absent):
                    reply = client.request("PATCH", path, {"answers": {}}, {"If-Match": matching})
                    self.assert_problem(reply, 404, "not-found")
                    self.assert_problem(client.request("GET", path, None, {"If-None-Match": matching}), 404, "not-found")
        self.assertEqual(self.ask("GET", here).body, made.body)

    def test_keys_of_one_name_are_one_partner(self):
        here = self.ask("POST", "/v1/assessments", HOUSEHOLD).headers["location"]
        second = self.server.add_key("tests")
        self.assertEqual(self.ask("GET", here, key=second).status, 200)
        self.assertEqual(self.ask("PATCH", here, {"answers": {"people": 2}}, key=second).status, 200)


class Rates(ServerTest):
    options = {"config": "limits:\n  requests_per_second: 5\n  burst: 10\n"}

    def test_rate_of_a_key(self):
        other = self.server.add_key("another")
        with self.server.client() as client:
            statuses = [client.request("GET", "/v1/form").status for _ in range(30)]
            self.assertEqual(statuses[:10], [200] * 10)
            self.assertIn(429, statuses)
            reply = client.request("GET", "/v1/form")
            if reply.status == 429:
                self.assert_problem(reply, 429, "too-many-requests")
                self.assertGreaterEqual(int(reply.headers["retry-after"]), 1)
            self.assertEqual(self.ask("GET", "/v1/form", key=other).status, 200)
            self.assertEqual(client.request("GET", "/healthz").status, 200)
            time.sleep(1.2)
            self.assertEqual(client.request("GET", "/v1/form").status, 200)


if __name__ == "__main__":
    main()
