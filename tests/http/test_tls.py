"""HTTPS: requests, slow clients and large bodies over TLS; files that are no certificate."""
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

from support import HOUSEHOLD, SOURCE_DIR, main, read_all, start_server, statuses

BODY = json.dumps(HOUSEHOLD)
WEB = os.path.join(SOURCE_DIR, "tests", "http", "web")


@unittest.skipUnless(shutil.which("openssl"), "openssl makes the certificates")
class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="askonce-tls-")
        for name in ["one", "two"]:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                            "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                            "-keyout", cls.path(name + ".key"), "-out", cls.path(name + ".pem")], check=True, capture_output=True)
        cls.server = start_server(config=cls.config("one.pem", "one.key"), app=WEB)
        cls.context = ssl.create_default_context(cafile=cls.path("one.pem"))

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder, name)

    @classmethod
    def config(cls, certificate, key):
        return f"tls:\n  certificate: {cls.path(certificate)}\n  key: {cls.path(key)}\nlimits:\n  request_seconds: 2\n  idle_seconds: 4\n"

    @classmethod
    def tearDownClass(cls):
        try:
            code, log = cls.server.stop(), cls.server.log()
        finally:
            cls.server.clean()
            shutil.rmtree(cls.folder)
        if code != 0 or "Sanitizer" in log:
            raise AssertionError(f"{code}: {log[-4000:]}")

    def ask(self, method, path, body=None):
        connection = http.client.HTTPSConnection("127.0.0.1", self.server.port, context=self.context, timeout=20)
        try:
            connection.request(method, path, body, {"Authorization": "Bearer " + self.server.key, "Content-Type": "application/json"})
            reply = connection.getresponse()
            return reply.status, reply.read()
        finally:
            connection.close()

    def socket(self):
        return self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.server.port), 20), server_hostname="127.0.0.1")

    def test_pages_tell_the_browser_to_stay_with_tls(self):
        connection = http.client.HTTPSConnection("127.0.0.1", self.server.port, context=self.context, timeout=20)
        self.addCleanup(connection.close)
        for path, status in [("/a", 200), ("/fails", 500), ("/1/2/3/4/5/6/7/8/9", 404)]:
            connection.request("GET", path)
            reply = connection.getresponse()
            reply.read()
            self.assertEqual((reply.status, reply.getheader("Strict-Transport-Security")), (status, "max-age=31536000"))
        self.assertNotIn("nobody can sign in", self.server.log())

    def test_requests(self):
        self.assertTrue(self.server.url.startswith("https://"))
        self.assertEqual(self.ask("GET", "/healthz")[0], 200)
        self.assertEqual(self.ask("POST", "/v1/screenings", BODY)[0], 200)
        self.assertEqual(self.ask("POST", "/v1/assessments", BODY)[0], 201)

    def test_bodies_that_are_too_large(self):
        with self.socket() as connection:
            connection.sendall(self.server.head("POST", "/v1/screenings", ["Content-Length: 99999999"]).encode())
            self.assertEqual(statuses(read_all(connection)), [413])
        with self.socket() as connection:
            connection.sendall(self.server.head("POST", "/v1/screenings", ["Transfer-Encoding: chunked"]).encode())
            connection.sendall((b"10000\r\n" + b" " * 65536 + b"\r\n") * 20 + b"0\r\n\r\n")
            self.assertEqual(statuses(read_all(connection)), [413])

    def test_plain_bytes_and_silence(self):
        for text in [b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"\x00" * 100, b"\x16\x03\x01"]:
            with socket.create_connection(("127.0.0.1", self.server.port), 20) as connection:
                connection.sendall(text)
                self.assertEqual(statuses(read_all(connection)), [])
        self.assertEqual(self.ask("GET", "/healthz")[0], 200)

    def test_a_handshake_that_drips(self):
        hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500
        with socket.create_connection(("127.0.0.1", self.server.port), 20) as connection:
            began = time.monotonic()
            connection.settimeout(0.2)
            for i in range(len(hello)):
                try:
                    connection.sendall(hello[i:i + 1])
                    if not connection.recv(1000):
                        break
                except TimeoutError:
                    continue
                except ConnectionError:
                    break
            self.assertLess(time.monotonic() - began, 10)

    def test_wrong_files(self):
        for certificate, key, word in [("one.pem", "two.key", "belong together"), ("none.pem", "one.key", "none.pem"), ("one.key", "one.pem", "")]:
            with self.subTest(certificate + " " + key):
                with self.assertRaises(RuntimeError) as raised:
                    start_server(config=self.config(certificate, key)).clean()
                self.assertIn(word, str(raised.exception))
        with open(self.path("text.pem"), "w", encoding="ascii") as file:
            file.write("hello\n")
        with self.assertRaises(RuntimeError) as raised:
            start_server(config=self.config("text.pem", "one.key")).clean()
        self.assertIn("no PEM file", str(raised.exception))


if __name__ == "__main__":
    main()
