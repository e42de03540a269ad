"""SIGTERM under load: everything that was accepted is answered, what a 2xx said is there, exit code 0."""
import http.client
import json
import os
import signal
import sqlite3
import threading
import time
import unittest
import urllib.parse

from person import Person
from support import HOUSEHOLD, SLOW, read_all, start_server, statuses, main

BODY = json.dumps(HOUSEHOLD)


class Drain(unittest.TestCase):
    def start_server(self, **options):
        return start_server(**options)

    def setUp(self):
        self.server = self.start_server(config="server:\n  drain_seconds: 10\nlimits:\n  request_seconds: 5\n")
        self.addCleanup(self.server.clean)

    def load(self, workers, work):
        threads = [threading.Thread(target=work, args=(number,)) for number in range(workers)]
        for thread in threads:
            thread.start()
        return threads

    def test_under_load_nothing_is_lost(self):
        kept, trouble, begun = [], [], threading.Event()

        def work(_):
            client = self.server.client()
            while True:
                try:
                    reply = client.request("POST", "/v1/assessments", HOUSEHOLD)
                except ConnectionRefusedError:
                    return
                except (OSError, http.client.HTTPException) as error:
                    # a kept connection may be closed between two requests, and a new one that nobody accepted any more is
                    # reset; a request that was read and not answered would be a loss
                    if not isinstance(error, (http.client.RemoteDisconnected, ConnectionError)):
                        trouble.append(error)
                    if not begun.is_set():
                        trouble.append(error)
                    return
                if reply.status == 201:
                    kept.append((reply.headers["location"], reply.body))
                elif reply.status == 503:
                    problem = reply.json
                    if problem["type"] != "/problems/draining" or reply.headers.get("connection") != "close" or not begun.is_set():
                        trouble.append(reply)
                    return
                else:
                    trouble.append(reply)
        threads = self.load(16, work)
        time.sleep(1)
        begun.set()
        began = time.monotonic()
        code = self.server.stop()
        took = time.monotonic() - began
        for thread in threads:
            thread.join()
        self.assertEqual((code, trouble), (0, []), self.server.log()[-3000:])
        self.assertLess(took, 3 * SLOW)
        self.assertGreater(len(kept), 20)
        logged = sum(1 for line in self.server.log_lines() if line["event"] == "request" and line["status"] == 201)
        self.assertEqual(logged, len(kept), "the server thought it had answered a request that got no reply, or the other way round")
        self.server.start()
        with self.server.client() as client:
            for path, body in kept[::7] + kept[-40:]:
                self.assertEqual(client.request("GET", path).body, body)

    def test_a_request_that_is_being_sent_is_waited_for(self):
        with self.server.socket() as connection:
            connection.sendall((self.server.head("POST", "/v1/assessments", [f"Content-Length: {len(BODY)}"]) + BODY[:20]).encode())
            time.sleep(0.3)
            self.server.process.send_signal(signal.SIGTERM)
            time.sleep(1)
            self.assertIsNone(self.server.process.poll())
            connection.sendall(BODY[20:].encode())
            got = read_all(connection)
            self.assertEqual(statuses(got), [201])
            self.assertIn(b"Connection: close", got)
        self.assertEqual(self.server.process.wait(10 * SLOW), 0)

    def test_new_requests_while_draining(self):
        with self.server.socket() as slow, self.server.client() as kept, self.server.client() as probe:
            for client in (kept, probe):
                self.assertEqual(client.request("GET", "/healthz").status, 200)
            slow.sendall((self.server.head("POST", "/v1/screenings", [f"Content-Length: {len(BODY)}"]) + BODY[:20]).encode())
            time.sleep(0.3)
            self.server.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            reply = kept.request("POST", "/v1/screenings", HOUSEHOLD)
            self.assertEqual((reply.status, reply.json["type"], reply.headers["connection"]), (503, "/problems/draining", "close"))
            self.assertGreaterEqual(int(reply.headers["retry-after"]), 1)
            reply = probe.request("GET", "/readyz")
            self.assertEqual((reply.status, reply.json["status"], reply.headers["connection"]), (503, "draining", "close"))
            with self.assertRaises(OSError):
                self.server.socket(1).close()
            slow.sendall(BODY[20:].encode())
            self.assertEqual(statuses(read_all(slow)), [200])
        self.assertEqual(self.server.process.wait(10 * SLOW), 0)

    def test_idle_connections_do_not_hold_it_up(self):
        idle = [self.server.socket() for _ in range(100)]
        with self.server.client() as client:
            client.request("GET", "/healthz")
            began = time.monotonic()
            self.assertEqual(self.server.stop(), 0)
            self.assertLess(time.monotonic() - began, 2 * SLOW)
        for connection in idle:
            self.assertEqual(read_all(connection), b"")
            connection.close()

    def test_one_that_never_ends_is_cut_off(self):
        self.server.stop()
        self.server.clean()
        self.server = self.start_server(config="server:\n  drain_seconds: 1\nlimits:\n  request_seconds: 60\n")
        self.addCleanup(self.server.clean)
        with self.server.socket() as connection:
            connection.sendall((self.server.head("POST", "/v1/screenings", ["Content-Length: 1000"]) + "{").encode())
            time.sleep(0.3)
            began = time.monotonic()
            self.assertEqual(self.server.stop(), 1)
            self.assertLess(time.monotonic() - began, 3 * SLOW)
        self.assertEqual(self.server.log_lines()[-1]["cut_off"], "1")

    def test_a_page_that_is_made_when_time_is_up(self):
        """Its connection goes before it; with the sanitizers nothing of the connection may be touched afterwards."""
        server = start_server(config="server:\n  drain_seconds: 1\n", app=True, rules=[])  # with a store that can be held
        self.addCleanup(server.clean)
        stranger = Person(server, "nobody")
        token = stranger.request("GET", "/sign-in").page.form("/sign-in")["fields"]["csrf"]
        form = urllib.parse.urlencode({"name": "nobody", "password": "not the password 1", "csrf": token})
        head = server.head("POST", "/sign-in", [f"Cookie: __Host-askonce-visitor={token}", f"Content-Length: {len(form)}",
                                                "Content-Type: application/x-www-form-urlencoded"], key="")
        store = sqlite3.connect(os.path.join(server.data, "askonce.db"), isolation_level=None)
        store.execute("begin immediate") # the page has to wait
        with server.socket() as connection:
            connection.sendall((head + form).encode())
            time.sleep(0.5 * SLOW)
            server.process.send_signal(signal.SIGTERM)
            self.assertEqual(read_all(connection), b"")
        store.execute("rollback")
        store.close()
        self.assertEqual(server.process.wait(30 * SLOW), 1)
        self.assertNotIn("Sanitizer", server.log())

    def test_a_second_signal_ends_at_once(self):
        with self.server.socket() as connection:
            connection.sendall((self.server.head("POST", "/v1/screenings", ["Content-Length: 1000"]) + "{").encode())
            time.sleep(0.3)
            self.server.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            self.assertIsNone(self.server.process.poll())
            self.server.process.send_signal(signal.SIGTERM)
            self.assertEqual(self.server.process.wait(5 * SLOW), -signal.SIGTERM)

    def test_twice_in_a_row(self):
        for _ in range(3):
            self.assertEqual(self.server.stop(), 0)
            self.server.start()
            self.assertEqual(self.server.request("GET", "/v1/form").status, 200)


if __name__ == "__main__":
    main()
