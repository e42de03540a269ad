"""A client of the server with as little between it and the socket as possible, so that one thread can make thousands of
requests a second and knows exactly what it has received when the server is cut off. Not a general HTTP client."""
import json
import socket


class Cut(Exception):
    """The connection broke before the whole reply was there: nobody knows whether the request was done."""


class Refused(Cut):
    """No connection could be made: the request was certainly not done."""


class Reply:
    """status: number; headers: {lower-case name: value}; body: bytes."""
    __slots__ = ("status", "headers", "body")

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class Client:
    """One connection at a time, kept alive. address: function that gives (host, port), asked at each connecting."""

    def __init__(self, address, key=None, timeout=30):
        self.address, self.key, self.timeout = address, key, timeout
        self.socket = None
        self.left = b""

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket, self.left = None, b""

    def connect(self):
        self.close()
        try:
            self.socket = socket.create_connection(self.address(), self.timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            self.close()
            raise Refused(str(error)) from None

    def request(self, method, path, body=None, headers=()):
        """body: bytes, text or anything JSON can say. headers: pairs."""
        if body is not None and not isinstance(body, bytes):
            body = (body if isinstance(body, str) else json.dumps(body)).encode()
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
        if self.key:
            lines.append(f"Authorization: Bearer {self.key}")
        if body is not None:
            lines.append("Content-Type: application/json")
            lines.append(f"Content-Length: {len(body)}")
        lines += [f"{name}: {value}" for name, value in headers]
        if not self.socket:
            self.connect()
        try:
            self.socket.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (body or b""))
            return self.read_reply(method)
        except OSError as error:
            self.close()
            raise Cut(str(error)) from None

    def read_reply(self, method="GET"):
        """The next reply of the connection; raises Cut when it ends before."""
        while b"\r\n\r\n" not in self.left:
            self._more()
        head, self.left = self.left.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        status = int(first.split(" ", 2)[1])
        headers = {}
        for line in lines:
            name, value = line.split(":", 1)
            headers[name.lower()] = value.strip()
        if status == 100:
            return self.read_reply(method)
        length = 0 if method == "HEAD" or status in (204, 304) else int(headers.get("content-length", 0))
        while len(self.left) < length:
            self._more()
        body, self.left = self.left[:length], self.left[length:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Reply(status, headers, body)

    def _more(self):
        block = self.socket.recv(1 << 18)
        if not block:
            self.close()
            raise Cut("the server closed the connection")
        self.left += block

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
