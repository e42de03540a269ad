"""Bytes by hand: what clients, proxies and attackers send. Every case gets its answer, and a partner beside it notices nothing."""
import json
import re
import socket
import struct
import threading
import time
import unittest

from support import HOUSEHOLD, ServerTest, main, read_all, statuses

BODY = json.dumps(HOUSEHOLD)


def chunked(text, size=100):
    parts = [text[i:i + size] for i in range(0, len(text), size)]
    return "".join(f"{len(part):x}\r\n{part}\r\n" for part in parts) + "0\r\n\r\n"


class Neighbour:
    """A partner that goes on working while something happens; it has to get its 200 each time, and soon."""

    def __init__(self, server):
        self.server, self.stop, self.bad, self.count, self.slowest = server, threading.Event(), [], 0, 0
        self.thread = threading.Thread(target=self.work)

    def work(self):
        with self.server.client() as client:
            while not self.stop.is_set():
                began = time.monotonic()
                try:
                    reply = client.request("POST", "/v1/screenings", HOUSEHOLD)
                except OSError as error:
                    self.bad.append(error)
                    return
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.count += 1
                if reply.status != 200:
                    self.bad.append(reply)
                time.sleep(0.001)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()


class Protocol(ServerTest):
    def setUp(self):
        self.neighbour = Neighbour(self.server)
        self.neighbour.__enter__()

    def tearDown(self):
        self.neighbour.__exit__()
        self.assertEqual(self.neighbour.bad, [])
        self.assertGreater(self.neighbour.count, 0)
        self.assertLess(self.neighbour.slowest, 5)

    def post(self, *headers, path="/v1/screenings"):
        return self.server.head("POST", path, ["Content-Type: application/json", *headers])

    def length(self, text=BODY):
        return f"Content-Length: {len(text)}"

    def get(self, path="/healthz", *headers):
        return self.server.head("GET", path, headers)

    def raw_status(self, text, expected, **options):
        got = self.server.raw(text, **options)
        self.assertEqual(statuses(got), expected, (text[:300], got[:600]))
        return got

    def test_pipelining(self):
        text = (self.get() + self.post(self.length()) + BODY) * 20 + self.get("/healthz", "Connection: close")
        self.raw_status(text, [200] * 41)

    def test_pipelined_writes_are_answered_in_their_order(self):
        text, ids = "", []
        for number in range(20):
            ids += [f"write-{number}", f"other-{number}"]
            text += self.post(self.length(), f"X-Request-Id: write-{number}", path="/v1/assessments") + BODY
            text += self.get("/nope", f"X-Request-Id: other-{number}")
        got = self.raw_status(text + self.get("/healthz", "Connection: close"), [201, 404] * 20 + [200])
        self.assertEqual(re.findall(r"X-Request-Id: (\w+-\d+)\r", got.decode()), ids)

    def test_pipelining_in_pieces(self):
        text = ((self.post(self.length()) + BODY) * 3 + self.get("/healthz", "Connection: close")).encode()
        with self.server.socket() as connection:
            for i in range(0, len(text), 97):
                connection.sendall(text[i:i + 97])
                time.sleep(0.002)
            self.assertEqual(statuses(read_all(connection)), [200] * 4)

    def test_byte_by_byte(self):
        text = (self.post(self.length(), "Connection: close") + BODY).encode()
        with self.server.socket() as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for i in range(len(text)):
                connection.sendall(text[i:i + 1])
            self.assertEqual(statuses(read_all(connection)), [200])

    def test_half_closed_after_the_request(self):
        self.raw_status(self.get(), [200], half_close=True)
        self.raw_status(self.post(self.length()) + BODY, [200], half_close=True)
        self.raw_status(self.post(self.length(), path="/v1/assessments") + BODY, [201], half_close=True)

    def test_half_closed_in_the_middle(self):
        for text in ["", "G", "GET /healthz", self.get()[:-2], self.post(self.length()), self.post(self.length()) + BODY[:-1],
                     self.post("Transfer-Encoding: chunked") + "5\r\n{\"a"]:
            with self.subTest(text[-40:]):
                self.raw_status(text, [], half_close=True)

    def test_gone_before_the_reply(self):
        for _ in range(50):
            connection = self.server.socket()
            connection.sendall((self.post(self.length(), path="/v1/assessments") + BODY).encode())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
        self.assertEqual(self.ask("GET", "/healthz").status, 200)

    def test_chunked(self):
        head = self.post("Transfer-Encoding: chunked", "Connection: close")
        self.raw_status(head + chunked(BODY), [200])
        self.raw_status(head + chunked(BODY, 1), [200])
        self.raw_status(head + chunked(BODY).replace("0\r\n\r\n", "0\r\nX-Trailer: 1\r\n\r\n"), [200])
        self.raw_status(head + chunked(""), [400])
        self.raw_status(head + "zz\r\n{}\r\n0\r\n\r\n", [400])
        self.raw_status(head + "-1\r\n{}\r\n0\r\n\r\n", [400])
        self.raw_status(head + "fffffffffffffffff\r\n{}\r\n0\r\n\r\n", [413])

    def test_chunks_without_end(self):
        head = self.post("Transfer-Encoding: chunked")
        with self.server.socket() as connection:
            connection.sendall(head.encode())
            sent = 0
            try:
                while sent < 64 << 20:
                    connection.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")
                    sent += 65536
            except OSError:
                pass
            got = read_all(connection)
        self.assertLess(sent, 64 << 20, "it went on reading")
        self.assertIn(statuses(got), ([413], []))  # a client that never reads may lose the reply

    def test_the_reply_to_a_chunked_body_that_is_too_large_arrives(self):
        head = self.post("Transfer-Encoding: chunked")
        got = self.raw_status(head + chunked(" " * (2 << 20), 65536), [413])
        self.assertIn(b"/problems/too-large", got)
        self.assertIn(b"Connection: close", got)

    def test_ten_megabytes(self):
        for size in [2 << 20, 10 << 20]:
            with self.subTest(size):
                got = self.raw_status(self.post(f"Content-Length: {size}") + "x" * size, [413])
                self.assertIn(b"/problems/too-large", got)

    def test_too_much_is_refused_before_it_is_sent(self):
        for size in ["1048577", "9999999999", "9" * 19]:
            with self.subTest(size), self.server.socket() as connection:
                connection.sendall(self.post("Content-Length: " + size).encode())
                self.assertEqual(statuses(read_all(connection)), [413])
        self.assertEqual(statuses(self.server.raw(self.post("Content-Length: " + "9" * 40)))[0], 413)

    def test_expect_continue(self):
        with self.server.socket() as connection:
            connection.sendall(self.post(self.length(), "Expect: 100-continue", "Connection: close").encode())
            self.assertEqual(connection.recv(1000), b"HTTP/1.1 100 Continue\r\n\r\n")
            connection.sendall(BODY.encode())
            self.assertEqual(statuses(read_all(connection)), [200])
        for text, status in [(self.post("Content-Length: 99999999", "Expect: 100-continue"), 413),
                             (self.server.head("POST", "/v1/screenings", [self.length(), "Expect: 100-continue"], key="x"), 401),
                             (self.server.head("POST", "/v1/nope", [self.length(), "Expect: 100-continue"]), 404)]:
            with self.subTest(status), self.server.socket() as connection:
                connection.sendall(text.encode())
                self.assertEqual(statuses(read_all(connection)), [status])

    def test_a_refusal_does_not_cost_the_connection(self):
        wrong = self.server.head("POST", "/v1/screenings", ["Content-Type: text/plain", self.length()]) + BODY
        self.raw_status((wrong + self.post(self.length(), path="/nope") + BODY) * 3 + self.get("/healthz", "Connection: close"), [415, 404] * 3 + [200])

    def test_http_1_0(self):
        self.raw_status("GET /healthz HTTP/1.0\r\n\r\n", [200])
        auth = f"Authorization: Bearer {self.server.key}\r\n"
        self.raw_status(f"POST /v1/screenings HTTP/1.0\r\n{auth}{self.length()}\r\n\r\n{BODY}", [200])
        keep = "GET /healthz HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"
        self.raw_status(keep + "GET /healthz HTTP/1.0\r\n\r\n", [200, 200])
        self.raw_status(f"POST /v1/screenings HTTP/1.0\r\n{auth}Transfer-Encoding: chunked\r\n\r\n{chunked(BODY)}", [400])

    def test_absolute_targets(self):
        for target, status in [("http://example.org/healthz", 200), ("HTTP://x:80/healthz?", 200), ("http://example.org", 404), ("http://", 404),
                               ("*", 404), ("example.org:443", 404), ("http://example.org/healthz?x=1", 400), ("healthz", 404),
                               ("ftp://a/v1/form", 200), ("?", 404), ("/healthz#x", 404), ("/healthz?#", 400)]:
            with self.subTest(target):
                self.raw_status(self.server.head("GET", target, ["Connection: close"]), [status])

    def test_two_lengths(self):
        for headers in [["Content-Length: 2", "Content-Length: 2"], ["Content-Length: 2", "Content-Length: 4"],
                        ["Transfer-Encoding: chunked", "Content-Length: 2"], ["Content-Length: 2", "Transfer-Encoding: chunked"],
                        ["Transfer-Encoding: gzip, chunked"], ["Transfer-Encoding: identity"], ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
                        ["Transfer-Encoding : chunked", "Content-Length: 2"], ["Content-Length : 2"],
                        ["Content-Length: +2"], ["Content-Length: -2"], ["Content-Length: 2x"], ["Content-Length: 0x2"], ["Content-Length: 2, 2"], ["Content-Length: "]]:
            with self.subTest(headers):
                # whatever it takes for a body, what follows must not become a request of its own
                got = self.server.raw(self.post(*headers) + "{}" + self.get("/v1/form"))
                # (libmicrohttpd 0.9.75 puts its own reply's head twice; what it says is a refusal all the same)
                self.assertEqual(set(statuses(got)), {400}, got[:500])

    def test_headers_that_come_twice(self):
        for name in ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "Host"]:
            with self.subTest(name):
                line = f"{name}: {'Bearer ' + self.server.key if name == 'Authorization' else 'application/json'}"
                got = self.raw_status(self.get("/v1/form", line, line, "Connection: close"), [400])
                self.assertIn(b'"header":"%s"' % name.encode(), got)

    def test_no_host(self):
        self.raw_status("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", [400])

    def test_what_is_no_http(self):
        for text in ["\r\n\r\n\r\n", "hello\r\n\r\n", "GET\r\n\r\n", "GET /healthz\r\n\r\n", "GET /healthz HTTP/9.9\r\n\r\n", "GET /healthz HTTP/1.1\r\nno colon\r\n\r\n",
                     "GET  HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a b c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "\x00" * 500,
                     "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /healthz HTTP/1.1\r\n: x\r\nHost: x\r\nConnection: close\r\n\r\n", "\0" * 5000 + "\r\n\r\n",
                     "GET /\0healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: x\0y\r\nConnection: close\r\n\r\n"]:
            with self.subTest(text[:40]):
                got = self.server.raw(text, half_close=True)
                self.assertTrue(all(400 <= status < 600 for status in statuses(got)) or b"HTTP/1.0" in got[:10] or text.startswith("GET /healthz\r\n") or "\0y" in text, got[:300])

    def test_long_lines(self):
        for path in ["/" + "a" * 3000, "/healthz?" + "a" * 5000, "/v1/programs/" + "a" * 4090]:
            got = self.server.raw(self.server.head("GET", path, ["Connection: close"]))
            self.assertIn(statuses(got), ([404], [400]), got[:200])
        for text in [self.get("/healthz", "X-Long: " + "a" * 100000), self.get("/healthz", *[f"X-{i}: {i}" for i in range(5000)]),
                     self.get("/" + "a" * 100000)]:
            got = self.server.raw(text)
            self.assertIn(statuses(got), ([431], [414], [413]), got[:200])
        self.raw_status(self.get("/healthz", "X-Long: " + "a" * 8000, "Connection: close"), [200])

    def test_header_sizes_around_the_limit_always_get_an_answer(self):
        for size in list(range(14000, 19000, 250)):
            got = self.server.raw(self.get("/healthz", "X-Long: " + "a" * size, "Connection: close"))
            self.assertIn(statuses(got), ([200], [431]), (size, got[:200]))

    def test_more_parameters_than_there_is_room_for(self):
        # libmicrohttpd gives up on the connection; the request has to end all the same
        for query in ["?" + "&a" * 1900, "?" + "a&" * 1000]:
            self.assertEqual(statuses(self.server.raw(self.server.head("GET", "/healthz" + query))), [431])
        self.assertEqual(self.server.metrics()[("askonce_http_requests_in_flight", ())], 1)

    def test_bytes_in_headers(self):
        for value in ["\xff\xfe", "\x01", "a\tb", "caf\xe9"]:
            got = self.server.raw(self.get("/healthz", "X-Odd: " + value, "X-Request-Id: " + value, "Connection: close"))
            self.assertEqual(statuses(got), [200], got[:200])
            self.assertNotIn(value.encode("latin-1"), got)

    def test_nothing_of_a_request_gets_into_headers_of_the_reply(self):
        for path in ["/x%0d%0aSet-Cookie:%20a=b", "/v1/programs/%0d%0aSet-Cookie:%20a=b", "/healthz?%0d%0aSet-Cookie:a=b"]:
            got = self.server.raw(self.server.head("GET", path, ["Connection: close", "X-Request-Id: a%0d%0ab"]))
            self.assertNotIn(b"\r\nset-cookie", got.lower())

    def test_many_connections_that_say_nothing(self):
        idle = [self.server.socket() for _ in range(500)]
        began = time.monotonic()
        self.assertEqual(self.ask("POST", "/v1/screenings", HOUSEHOLD).status, 200)
        self.assertLess(time.monotonic() - began, 2)
        for connection in idle:
            connection.close()


class Crowded(ServerTest):
    options = {"config": "limits:\n  connections: 60\n  connections_per_address: 40\n"}

    def test_too_many_connections(self):
        # loopback has many addresses
        held = []

        def open_from(address):
            connection = socket.create_connection((self.server.host, self.server.port), 10, (address, 0))
            held.append(connection)
            return connection

        def answer(connection):
            try:
                connection.sendall(self.get().encode())
                return statuses(connection.recv(65536))
            except ConnectionError:
                return []
        try:
            for _ in range(40):
                open_from("127.0.0.2")
            time.sleep(0.3)
            one_more = open_from("127.0.0.2")
            self.assertEqual(statuses(read_all(one_more)), [429])
            for number in range(20):
                self.assertEqual(answer(open_from("127.0.0.3")), [200], number)
            self.assertEqual(statuses(read_all(open_from("127.0.0.3"))), [503])
            self.assertEqual(answer(held[0]), [200])
            for connection in held[:30]:
                connection.close()
            time.sleep(0.5)
            for _ in range(20):
                self.assertEqual(answer(open_from("127.0.0.2")), [200])
            values = self.server.metrics()
            self.assertEqual(values["askonce_http_connections_refused_total", ()], 1)
        finally:
            for connection in held:
                connection.close()

    def get(self):
        return self.server.head("GET", "/healthz")


if __name__ == "__main__":
    main()
