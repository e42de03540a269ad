"""Clients that are too slow: at the request line, the headers, the body, the reply, or silent; and the partner beside them."""
import json
import resource
import socket
import threading
import time
import unittest

from support import HOUSEHOLD, ServerTest, main, read_all, statuses

BODY = json.dumps(HOUSEHOLD)


class Slow(ServerTest):
    options = {"config": "limits:\n  request_seconds: 1\n  idle_seconds: 3\n"}

    def drip(self, text, gap=0.1, longest=15):
        """Sends a byte now and then until the server has had enough. (seconds, what came back)"""
        with self.server.socket() as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(gap)
            began, got, at = time.monotonic(), b"", 0
            while time.monotonic() - began < longest:
                try:
                    if at < len(text):
                        connection.sendall(text[at:at + 1])
                        at += 1
                    part = connection.recv(65536)
                    if not part:
                        return time.monotonic() - began, got
                    got += part
                except TimeoutError:
                    continue
                except ConnectionError:
                    return time.monotonic() - began, got
        self.fail(f"still open after {longest} s: {got!r}")

    def assert_cut(self, text, lead=b""):
        """A request that drips is answered with 408 after a second, not long after."""
        took, got = self.drip(text)
        self.assertEqual(statuses(got), [408], got)
        self.assertIn(b"/problems/timeout", got)
        self.assertIn(b"Connection: close", got)
        self.assertGreater(took, 0.8)
        self.assertLess(took, 8)

    def test_request_line(self):
        self.assert_cut(b"GET /" + b"a" * 1000)

    def test_headers(self):
        # the first line at once, then a header byte by byte, each of which libmicrohttpd takes for a sign of life
        with self.server.socket() as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
            began, got = time.monotonic(), b""
            connection.settimeout(0.1)
            while time.monotonic() - began < 10:
                try:
                    connection.sendall(b"X")
                    got += connection.recv(1000)
                    if got:
                        break
                except TimeoutError:
                    continue
            self.assertEqual(statuses(got), [408])
            self.assertLess(time.monotonic() - began, 6)

    def test_body(self):
        head = self.server.head("POST", "/v1/screenings", ["Content-Length: 100000"])
        with self.server.socket() as connection:
            connection.sendall(head.encode())
            began, got = time.monotonic(), b""
            connection.settimeout(0.1)
            while time.monotonic() - began < 10:
                try:
                    connection.sendall(b" ")
                    got += connection.recv(1000)
                    if got:
                        break
                except TimeoutError:
                    continue
            took = time.monotonic() - began
            self.assertEqual(statuses(got), [408], got)
            self.assertIn(b"/problems/timeout", got)
            self.assertGreater(took, 0.8)
            self.assertLess(took, 6)

    def test_a_body_that_never_comes(self):
        with self.server.socket() as connection:
            connection.sendall(self.server.head("POST", "/v1/screenings", ["Content-Length: 10"]).encode())
            began = time.monotonic()
            self.assertIn(statuses(read_all(connection)), ([408], []))
            self.assertLess(time.monotonic() - began, 8)

    def test_chunks(self):
        head = self.server.head("POST", "/v1/screenings", ["Transfer-Encoding: chunked"]).encode()
        with self.server.socket() as connection:
            connection.sendall(head)
            began, got = time.monotonic(), b""
            connection.settimeout(0.1)
            while time.monotonic() - began < 10 and not got:
                try:
                    connection.sendall(b"1\r\n \r\n")
                    got += connection.recv(1000)
                except TimeoutError:
                    continue
            self.assertEqual(statuses(got), [408], got)

    def test_silence(self):
        with self.server.socket() as connection:
            began = time.monotonic()
            self.assertEqual(read_all(connection), b"")
            took = time.monotonic() - began
            self.assertGreater(took, 2)
            self.assertLess(took, 8)

    def test_silence_between_requests_is_no_slowness(self):
        with self.server.client() as client:
            for _ in range(3):
                self.assertEqual(client.request("GET", "/healthz").status, 200)
                time.sleep(1.8)
            self.assertEqual(client.request("GET", "/healthz").status, 200)

    def test_a_request_in_two_parts_is_no_slowness(self):
        text = (self.server.head("POST", "/v1/screenings", [f"Content-Length: {len(BODY)}", "Connection: close"]) + BODY).encode()
        for cut in [3, 40, len(text) - 5]:
            with self.subTest(cut), self.server.socket() as connection:
                connection.sendall(text[:cut])
                time.sleep(0.5)
                connection.sendall(text[cut:])
                self.assertEqual(statuses(read_all(connection)), [200])

    def test_a_client_that_does_not_read(self):
        with self.server.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            request = self.server.head("GET", "/openapi.json").encode()
            connection.setblocking(False)
            sent, until = 0, time.monotonic() + 1
            while time.monotonic() < until:
                try:
                    sent += connection.send(request * 50)
                except BlockingIOError:
                    time.sleep(0.01)
            began = time.monotonic()
            while self.server.metrics()["askonce_http_requests_in_flight", ()] > 1:
                self.assertLess(time.monotonic() - began, 12)
                time.sleep(0.2)

    def test_many_slow_clients_and_a_partner_beside_them(self):
        slow = []
        for number in range(300):
            connection = self.server.socket()
            connection.sendall(b"POST /v1/screenings HTTP/1.1\r\nHost: x\r\nX: "[:5 + number % 40])
            slow.append(connection)
        slowest = 0
        with self.server.client() as client:
            until = time.monotonic() + 3
            while time.monotonic() < until:
                for connection in slow[::7]:
                    try:
                        connection.send(b"a")
                    except OSError:
                        pass
                began = time.monotonic()
                self.assertEqual(client.request("POST", "/v1/screenings", HOUSEHOLD).status, 200)
                slowest = max(slowest, time.monotonic() - began)
        self.assertLess(slowest, 1)
        for connection in slow:
            connection.settimeout(8)
            self.assertIn(statuses(read_all(connection)), ([408], []))
            connection.close()
        self.assertGreater(self.server.metrics()["askonce_http_slow_requests_total", ()], 100)

    def test_log_and_metrics_tell_of_it(self):
        self.assert_cut(b"POST /v1/screenings HTTP/1.1\r\nHost: x\r\n" + b"A" * 500)
        time.sleep(0.5)
        self.assertGreaterEqual(self.server.metrics()["askonce_http_slow_requests_total", ()], 1)


class Quiet(ServerTest):
    def test_clients_that_leave_just_when_they_are_put_aside(self):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 4096), most))
        for _ in range(2):
            guests = []
            for _ in range(3000 if most >= 4096 else 500):
                guest = self.server.socket()
                guest.sendall(self.server.head("GET", "/healthz").encode())
                guests.append((time.monotonic() + 2.98 + len(guests) % 40 / 500, guest))
            for leaves, guest in sorted(guests, key=lambda pair: pair[0]):
                time.sleep(max(0, leaves - time.monotonic()))
                guest.recv(4096)
                guest.close()
            self.assertEqual(self.ask("GET", "/healthz").status, 200)

    def test_connections_between_two_requests_are_put_aside_and_nobody_notices(self):
        bad, quiet = [], []

        def work(number):
            with self.server.client() as client:
                ours = None
                for turn in range(3):
                    method, path, body = [("GET", "/healthz", None), ("POST", "/v1/screenings", HOUSEHOLD), ("POST", "/v1/assessments", HOUSEHOLD)][(number + turn) % 3]
                    try:
                        reply = client.request(method, path, body)
                    except OSError as error:
                        bad.append(error)
                        return
                    if reply.status not in (200, 201) or ours not in (None, client.connection.sock.getsockname()):
                        bad.append(reply)
                    ours = client.connection.sock.getsockname()
                    # around the moment at which it is put aside
                    time.sleep(2.9 + (number % 20) / 100)
        threads = [threading.Thread(target=work, args=(number,)) for number in range(60)]
        for thread in threads:
            thread.start()
        time.sleep(3.6)
        quiet.append(self.server.metrics()["askonce_http_quiet_connections", ()])
        with self.server.client() as client, self.server.socket() as other:
            # half a request is no quiet connection: it stays, and is completed
            other.sendall(self.server.head("GET", "/healthz").encode() + b"GET /hea")
            self.assertEqual(statuses(other.recv(4096)), [200])
            client.request("GET", "/healthz")
            time.sleep(3.8)
            quiet.append(self.server.metrics()["askonce_http_quiet_connections", ()])
            self.assertEqual(client.request("GET", "/healthz").status, 200)
            try:
                other.sendall(b"lthz HTTP/1.1\r\nHost: x\r\n\r\n")
                self.assertIn(statuses(other.recv(4096)), ([200], []))
            except ConnectionError:
                pass
        for thread in threads:
            thread.join()
        self.assertEqual(bad, [])
        self.assertGreaterEqual(quiet[1], 1)


if __name__ == "__main__":
    main()
