"""What operators see: metrics that parse and count right, a log without a household's answers in it."""
import json
import os
import re
import subprocess
import time
import unittest
import urllib.request

from support import ASKONCE, HOUSEHOLD, ServerTest, main, parse_metrics, start_server

CANARY = "8c1f1d0zq"


class Metrics(ServerTest):
    def value(self, name, **labels):
        return self.server.metrics().get((name, tuple(labels.items())), 0)

    def counted(self, **labels):
        return self.value("askonce_http_requests_total", **labels)

    def test_format(self):
        reply = self.ask("GET", "/metrics", key="")
        self.assertEqual(reply.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8")
        self.assertTrue(reply.body.endswith(b"\n"))
        values = parse_metrics(reply.body.decode())
        names = {name for name, _ in values}
        for name in ["askonce_build_info", "askonce_http_requests_in_flight", "askonce_http_connections", "askonce_http_received_bytes_total",
                     "askonce_http_sent_bytes_total", "askonce_authentication_failures_total", "askonce_throttled_total", "askonce_store_writes_total",
                     "askonce_store_write_groups_total", "askonce_store_writes_waiting", "askonce_store_away", "askonce_rules_generation",
                     "askonce_programs", "askonce_programs_broken", "askonce_rules_reloads_total", "askonce_log_lines_dropped_total",
                     "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds"]:
            self.assertIn(name, names)
        self.assertEqual(values["askonce_programs", ()], 2)
        self.assertGreater(values["process_resident_memory_bytes", ()], 1 << 20)
        self.assertLess(abs(time.time() - values["process_start_time_seconds", ()]), 600)

    def test_requests_are_counted_by_the_template_of_their_route(self):
        route = "/v1/assessments/{id}"
        before = self.counted(route=route, method="GET", status="404")
        for number in range(5):
            self.ask("GET", f"/v1/assessments/0190a5c8-7e1c-7b3a-9d42-00000000000{number}")
        self.assertEqual(self.counted(route=route, method="GET", status="404"), before + 5)
        self.ask("GET", "/nobody/knows")
        self.ask("BREW", "/healthz")
        self.assertGreaterEqual(self.counted(route="none", method="GET", status="404"), 1)
        self.assertEqual(self.counted(route="/healthz", method="other", status="405"), 1)
        text = self.ask("GET", "/metrics").body.decode()
        self.assertNotIn("nobody", text)
        self.assertNotIn("BREW", text)
        self.assertNotIn("7b3a", text)

    def test_histogram(self):
        for _ in range(10):
            self.ask("GET", "/v1/form")
        values = self.server.metrics()
        name, route = "askonce_http_request_duration_seconds", ("route", "/v1/form")
        buckets = [(float(dict(labels)["le"]), count) for (metric, labels), count in values.items()
                   if metric == name + "_bucket" and route in labels]
        self.assertEqual(buckets, sorted(buckets))
        counts = [count for _, count in buckets]
        self.assertEqual(counts, sorted(counts))
        self.assertEqual(buckets[-1], (float("inf"), values[name + "_count", (route,)]))
        self.assertGreater(values[name + "_sum", (route,)], 0)

    def test_bytes_writes_and_failures(self):
        before = self.server.metrics()
        body = json.dumps(HOUSEHOLD)
        self.assertEqual(self.ask("POST", "/v1/assessments", body).status, 201)
        self.assertEqual(self.ask("GET", "/v1/form", key="ask_wrong").status, 401)
        after = self.server.metrics()

        def rise(name):
            return after[name, ()] - before[name, ()]
        self.assertEqual(rise("askonce_http_received_bytes_total"), len(body))
        self.assertGreater(rise("askonce_http_sent_bytes_total"), len(body))
        self.assertEqual(rise("askonce_store_writes_total"), 1)
        self.assertEqual(rise("askonce_authentication_failures_total"), 1)

    def test_connections_and_requests_in_flight(self):
        idle = [self.server.socket() for _ in range(20)]
        idle[0].sendall(self.server.head("POST", "/v1/screenings", ["Content-Length: 10"]).encode())
        time.sleep(0.3)
        self.assertGreaterEqual(self.value("askonce_http_connections"), 21)
        self.assertEqual(self.value("askonce_http_requests_in_flight"), 2)
        for connection in idle:
            connection.close()
        until = time.monotonic() + 5
        while self.value("askonce_http_connections") > 1 and time.monotonic() < until:
            time.sleep(0.05)
        self.assertEqual(self.value("askonce_http_connections"), 1)
        self.assertEqual(self.value("askonce_http_requests_in_flight"), 1)

    def test_reloads(self):
        self.assertEqual(self.value("askonce_rules_generation"), 1)

    def test_a_plain_client(self):
        with urllib.request.urlopen(self.server.url + "/metrics") as reply:
            self.assertEqual(reply.status, 200)


class Log(unittest.TestCase):
    def test_lines(self):
        server = start_server()
        self.addCleanup(server.clean)
        body = {"as_of": "2026-11-23", "id": CANARY, "answers": {"dob": "1931-07-09", "people": 1, "income": 98765.43, "home": "rented", "rent": 43219.87}}
        made = server.request("POST", "/v1/assessments?detail=tree", body, {"Idempotency-Key": CANARY, "X-Request-Id": "mine-1"})
        self.assertEqual(made.status, 201)
        here = made.headers["location"]
        server.request("GET", here)
        server.request("PATCH", here, {"answers": {"zip": CANARY}})
        server.request("PATCH", here, {"answers": {"rent": 12345.67}})
        server.request("GET", f"/{CANARY}?{CANARY}={CANARY}", headers={"X-" + CANARY: CANARY})
        server.request("POST", "/v1/screenings?detail=" + CANARY, body)
        server.request("POST", "/v1/screenings", '{"answers": "' + CANARY)
        server.request("GET", "/v1/programs/" + CANARY)
        server.request("GET", "/v1/form", key="ask_" + CANARY + "A" * 34)
        server.raw(f"{CANARY} /{CANARY} HTTP/1.1\r\nHost: {CANARY}\r\nConnection: close\r\n\r\n")
        server.raw(server.head("POST", "/v1/screenings", [f"X-Request-Id: {CANARY}/../"]) + CANARY, half_close=True)
        self.assertEqual(server.stop(), 0)
        log = server.log()
        for secret in [CANARY, "1931", "98765", "43219", "12345", here.rsplit("/", 1)[1], server.key, server.key[4:20]]:
            self.assertNotIn(secret, log)
        lines = server.log_lines()
        self.assertEqual(len(lines), len(log.splitlines()))
        first = next(line for line in lines if line.get("request") == "mine-1")
        self.assertEqual(list(first), ["time", "level", "event", "request", "method", "route", "status", "bytes", "us", "key"])
        self.assertEqual((first["request"], first["method"], first["route"], first["status"]), ("mine-1", "POST", "/v1/assessments", 201))
        self.assertEqual(first["bytes"], len(made.body))
        self.assertRegex(first["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertRegex(first["key"], r"^[0-9a-f-]{36}$")
        routes = {line["route"] for line in lines if line["event"] == "request"}
        self.assertTrue(routes <= {"/v1/assessments", "/v1/assessments/{id}", "/v1/screenings", "/v1/programs/{program}", "/v1/form", "none"}, routes)
        self.assertEqual(lines[-1]["event"], "stopped")

    def test_levels(self):
        for level, requests in [("info", True), ("errors", False), ("off", False)]:
            server = start_server(config=f"log:\n  level: {level}\n")
            self.addCleanup(server.clean)
            server.request("GET", "/healthz")
            self.assertEqual(server.stop(), 0)
            self.assertEqual(bool(re.search('"event":"request"', server.log())), requests, level)
            if level == "off":
                self.assertEqual(server.log(), "")

    def test_nobody_reads_the_log(self):
        # standard error is a pipe that is full: the server goes on, counts what it drops, and ends
        server = start_server()
        self.addCleanup(server.clean)
        server.stop()
        reader, writer = os.pipe()
        process = subprocess.Popen([ASKONCE, "serve", *server.words], stdout=subprocess.PIPE, stderr=writer, env=server.environment)
        os.close(writer)
        try:
            server.port = int(re.search(rb":(\d+)\n", process.stdout.readline()).group(1))
            with server.client() as client:
                for _ in range(14000):
                    self.assertEqual(client.request("GET", "/healthz", headers={"X-Request-Id": "x" * 64}).status, 200)
            self.assertGreater(server.metrics()["askonce_log_lines_dropped_total", ()], 0)
            process.terminate()
            self.assertEqual(process.wait(20), 0)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
            os.close(reader)


if __name__ == "__main__":
    main()
