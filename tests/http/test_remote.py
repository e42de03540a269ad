"""The same over a store that has to be waited for (PostgreSQL), where requests go through a pool of threads; and while it is
away. Needs Debian's postgresql-15; without it nothing is tested."""
import json
import os
import sys
import threading
import time
import unittest

import test_drain
import test_keep
import test_keys
import test_pages
import test_protocol
from support import HOUSEHOLD, SLOW, SOURCE_DIR, main, start_server, statuses

sys.path.insert(0, os.path.join(SOURCE_DIR, "tests", "stress"))
import cluster as clusters  # noqa: E402

cluster = None


def setUpModule():
    global cluster
    if not clusters.available():
        raise unittest.SkipTest("there is no PostgreSQL here")
    cluster = clusters.Cluster()
    cluster.start()


def tearDownModule():
    if cluster:
        cluster.remove()


class OverPostgres:
    @classmethod
    def setUpClass(cls):
        cls.options = dict(cls.options, store=cluster.url)
        super().setUpClass()


class Keep(OverPostgres, test_keep.Keep):
    pass


class Keys(OverPostgres, test_keys.Keys):
    pass


class Pages(OverPostgres, test_pages.Pages):
    pass


class Protocol(OverPostgres, test_protocol.Protocol):
    pass


class Drain(test_drain.Drain):
    def start_server(self, **options):
        return start_server(store=cluster.url, **options)


class Away(unittest.TestCase):
    def test_while_the_database_is_away(self):
        server = start_server(store=cluster.url)
        self.addCleanup(server.clean)
        here = server.request("POST", "/v1/assessments", HOUSEHOLD).headers["location"]
        slowest, bad, stop = [0], [], threading.Event()

        def screen():
            with server.client() as client:
                while not stop.is_set():
                    began = time.monotonic()
                    reply = client.request("POST", "/v1/screenings", HOUSEHOLD)
                    slowest[0] = max(slowest[0], time.monotonic() - began)
                    if reply.status != 200:
                        bad.append(reply)
                    time.sleep(0.01)
        partner = threading.Thread(target=screen)
        partner.start()
        cluster.stop()
        try:
            for method, path, body in [("POST", "/v1/assessments", HOUSEHOLD), ("GET", here, None), ("PATCH", here, {"answers": {"people": 2}})]:
                reply = server.request(method, path, body)
                self.assertEqual((reply.status, reply.json["type"]), (503, "/problems/store-away"), reply)
                self.assertGreaterEqual(int(reply.headers["retry-after"]), 1)
            time.sleep(1.1)
            ready = server.request("GET", "/readyz", key="")
            self.assertEqual((ready.status, ready.json["store"], ready.json["status"]), (503, "away", "away"))
            self.assertEqual(server.request("GET", "/healthz", key="").status, 200)
            self.assertEqual(server.request("GET", "/v1/form").status, 200)
        finally:
            cluster.start()
            stop.set()
            partner.join()
        self.assertEqual(bad, [])
        self.assertLess(slowest[0], 2 * SLOW)
        until = time.monotonic() + 20
        while server.request("POST", "/v1/assessments", HOUSEHOLD).status != 201 and time.monotonic() < until:
            time.sleep(0.2)
        self.assertEqual(server.request("GET", here).status, 200)
        time.sleep(1.1)
        self.assertEqual(server.request("GET", "/readyz", key="").status, 200)
        self.assertEqual(server.stop(), 0)

    def test_half_closed_and_gone_while_waiting(self):
        server = start_server(store=cluster.url)
        self.addCleanup(server.clean)
        body = json.dumps(HOUSEHOLD)
        for _ in range(20):
            text = server.head("POST", "/v1/assessments", [f"Content-Length: {len(body)}"]) + body
            self.assertEqual(statuses(server.raw(text, half_close=True)), [201])
        self.assertEqual(server.stop(), 0)
        self.assertNotIn("Sanitizer", server.log())


if __name__ == "__main__":
    main()
