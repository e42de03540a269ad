"""Clients that write down what they were promised, and hold the server to it.

A worker creates assessments, corrects them, repeats what was cut off, and notes each 2xx. At the end `verify` reads
everything back: every promise present exactly once, with the answers sent and the status they lead to, revisions
without gaps, nothing twice for one idempotency key. A broken promise is written to ledger.wrong.

The household is the one of tests/cli/small; food's status is worked out here by hand, not by askonce.
"""
import random
import threading
import time
import uuid

from client import Client, Cut

AS_OF = "2026-11-23"


def food_status(answers):
    """Food help as its plugin.lua says: an adult whose income less 100 is within 1,100 for one and 500 for each more."""
    return "likely" if answers["income"] - 100 <= 1100 + 500 * (answers["people"] - 1) else "unlikely"


class Assessment:
    """What was promised: the income after each revision, oldest first, and the replies' bytes."""
    __slots__ = ("id", "answers", "incomes", "replies")

    def __init__(self, identifier, answers, reply):
        self.id, self.answers = identifier, answers
        self.incomes, self.replies = [answers["income"]], [reply]


class Ledger:
    """Shared by the workers of one run."""

    def __init__(self, address, key, seed=1):
        self.address, self.key, self.seed = address, key, seed
        self.up = threading.Event()
        self.up.set()
        self.ended = threading.Event()
        self.lock = threading.Lock()
        self.assessments = []
        self.wrong = []
        self.counts = {}
        self.uncertain_creates = 0  # cut off, without an idempotency key: may or may not be there
        self.shared = None          # one assessment that all workers revise
        self.shared_values = []     # each has to be in its history exactly once
        self.slowest = {}           # {what: seconds}
        self.last_success = time.monotonic()

    def count(self, what, by=1):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + by

    def complain(self, text):
        with self.lock:
            if len(self.wrong) < 50:
                self.wrong.append(text)

    def client(self):
        return Client(self.address, self.key, timeout=30)


class Worker(threading.Thread):
    """One client. revisions: at most so many of an assessment. patience: seconds until it gives an answer up.
    writes_only: last_success then speaks of writes."""

    def __init__(self, ledger, number, revisions=10, patience=120, writes_only=False):
        super().__init__(daemon=True)
        self.ledger, self.number, self.revisions, self.patience = ledger, number, revisions, patience
        self.writes_only = writes_only
        self.random = random.Random(ledger.seed * 1000 + number)
        self.client = ledger.client()
        self.serial = 0

    def run(self):
        try:
            while not self.ledger.ended.is_set():
                self.one_assessment()
        except Exception as error:  # a thread's end must not pass unseen
            self.ledger.complain(f"worker {self.number}: {type(error).__name__}: {error}")
        finally:
            self.client.close()

    # ---- one request, until it is answered ----

    def send(self, method, path, body=None, headers=(), repeat=True):
        """(reply, whether an earlier try was cut off, so that it may have been done). reply None: cut off and not to be repeated.
        503 and 507 are tried again until there is another answer."""
        cut, until = False, time.monotonic() + self.patience
        while True:
            self.ledger.up.wait(self.patience)
            begin = time.monotonic()
            try:
                reply = self.client.request(method, path, body, headers)
            except Cut as error:
                certain = type(error).__name__ == "Refused"
                cut = cut or not certain
                if not repeat and not certain:
                    return None, True
                if time.monotonic() > until:
                    self.ledger.complain(f"{method}: no answer for {self.patience} s: {error}")
                    return None, True
                time.sleep(0.002)
                continue
            took = time.monotonic() - begin
            kind = f"{method} {reply.status}"
            if took > self.ledger.slowest.get(kind, 0):
                self.ledger.slowest[kind] = took
            if reply.status in (503, 507) and time.monotonic() < until:
                self.ledger.count(f"{reply.status}")
                if reply.status == 503 and not reply.headers.get("retry-after", "").isdigit():
                    self.ledger.complain(f"503 without Retry-After in seconds: {reply}")
                if not reply.headers.get("content-type", "").startswith("application/problem+json"):
                    self.ledger.complain(f"{reply.status} without a problem: {reply}")
                if method != "GET" and b'"/problems/store-away"' in reply.body:
                    # The connection to the store may have broken before its word came: then it may be there all the same.
                    cut = True
                    if not repeat:
                        return None, True
                time.sleep(0.05)
                continue
            if reply.status < 300:
                self.ledger.last_success = time.monotonic()
            return reply, cut

    def wrong(self, what, reply):
        self.ledger.complain(f"worker {self.number}: {what}: {reply}")

    # ---- one assessment's life ----

    def one_assessment(self):
        made = self.create()
        if not made:
            return
        with self.ledger.lock:
            self.ledger.assessments.append(made)
        for _ in range(self.random.randrange(self.revisions + 1)):
            if self.ledger.ended.is_set():
                return
            if not self.revise(made):
                return
        if not self.writes_only and self.random.random() < 0.3:
            self.read(made)
        if self.ledger.shared and self.random.random() < 0.5:
            self.revise_shared()

    def household(self):
        self.serial += 1
        return {"dob": "1980-01-01", "people": self.random.randrange(1, 9), "income": self.random.randrange(0, 5000),
                "home": "rented", "rent": 10, "zip": f"{self.serial % 100000:05d}"}

    def create(self):
        answers = self.household()
        body = b'{"as_of":"%s","answers":%s}' % (AS_OF.encode(), compact(answers))
        keyed = self.random.random() < 0.8
        headers = [("Idempotency-Key", str(uuid.UUID(int=self.random.getrandbits(128))))] if keyed else []
        reply, cut = self.send("POST", "/v1/assessments", body, headers, repeat=keyed)
        if reply is None:
            with self.ledger.lock:
                self.ledger.uncertain_creates += not keyed
            self.ledger.count("creates cut off without a key")
            return None
        repeated = reply.headers.get("idempotency-replayed") == "true"
        if not (reply.status == 201 or (reply.status == 200 and repeated and cut)):
            self.wrong(f"create{' after a cut' if cut else ''}", reply)
            return None
        found = reply.json()
        if found.get("revision") != 1 or reply.headers.get("etag") != '"1"' or \
                reply.headers.get("location") != f"/v1/assessments/{found.get('id')}":
            self.wrong(f"create: revision, ETag or Location: {reply.headers}", reply)
        self.ledger.count("creates")
        self.ledger.count("creates found again after a cut", repeated)
        if keyed and self.random.random() < 0.1:
            self.send_again(body, headers, reply)
        return Assessment(found["id"], answers, reply.body)

    def send_again(self, body, headers, first):
        again, _ = self.send("POST", "/v1/assessments", body, headers)
        if again and not (again.status == 200 and again.body == first.body
                          and again.headers.get("idempotency-replayed") == "true"):
            self.wrong(f"the same key again, first {first}", again)
        other, _ = self.send("POST", "/v1/assessments", body.replace(b'"people":', b'"people": '), headers)
        if other and other.status != 422:
            self.wrong("the same key with other bytes", other)
        self.ledger.count("repeats")

    def revise(self, made):
        """With If-Match, so that a repeat cannot be done twice even without an idempotency key."""
        revision, income = len(made.incomes), self.random.randrange(0, 5000)
        while income == made.incomes[-1]:
            income += 1
        body = b'{"answers":{"income":%d}}' % income
        headers = [("If-Match", f'"{revision}"')]
        keyed = self.random.random() < 0.5
        if keyed:
            headers.append(("Idempotency-Key", f"revise-{self.number}-{self.random.getrandbits(64):x}"))
        reply, cut = self.send("PATCH", f"/v1/assessments/{made.id}", body, headers)
        if reply is None:
            return False
        if reply.status == 412 and cut and not keyed and reply.headers.get("etag") == f'"{revision + 1}"':
            # It was done before the cut.
            reply, _ = self.send("GET", f"/v1/assessments/{made.id}")
            self.ledger.count("revisions found done after a cut")
        if not reply or reply.status != 200 or reply.json().get("revision") != revision + 1:
            self.wrong(f"revise from {revision}{', after a cut' if cut else ''}{', with a key' if keyed else ''}", reply)
            return False
        made.incomes.append(income)
        made.answers = dict(made.answers, income=income)
        made.replies.append(reply.body)
        self.ledger.count("revisions")
        return True

    def revise_shared(self):
        """Without If-Match, by all workers: nobody's may be lost, nobody's may be there twice."""
        with self.ledger.lock:
            value = len(self.ledger.shared_values) + 1
            if value > 99999:
                return
            self.ledger.shared_values.append(value)
        body = b'{"answers":{"rent":%d}}' % value
        reply, _ = self.send("PATCH", f"/v1/assessments/{self.ledger.shared}", body,
                             [("Idempotency-Key", f"shared-{value}")])
        if not reply or reply.status != 200:
            self.wrong("revise the shared one", reply)
        self.ledger.count("shared revisions")

    def read(self, made):
        reply, _ = self.send("GET", f"/v1/assessments/{made.id}")
        check_latest(self.ledger, made, reply)


def compact(answers):
    parts = [f'"{name}":"{value}"' if isinstance(value, str) else f'"{name}":{value}' for name, value in answers.items()]
    return ("{" + ",".join(parts) + "}").encode()


def check_latest(ledger, made, reply):
    if not reply or reply.status != 200:
        ledger.complain(f"assessment {made.id}, promised with {len(made.incomes)} revisions, cannot be read: {reply}")
        return
    found = reply.json()
    food = next((d for d in found["determinations"] if d["program"] == "food"), {})
    if found["revision"] != len(made.incomes):
        ledger.complain(f"assessment {made.id} has revision {found['revision']}, promised were {len(made.incomes)}")
    elif {name: found["answers"].get(name) for name in made.answers} != made.answers:
        ledger.complain(f"assessment {made.id} has other answers: {found['answers']}, sent were {made.answers}")
    elif food.get("status") != food_status(made.answers):
        ledger.complain(f"assessment {made.id}: food is {food.get('status')} for {made.answers}")


def revisions(client, identifier):
    """All lines of GET .../revisions, page after page as its `next` says."""
    lines, path = [], f"/v1/assessments/{identifier}/revisions?limit=100"
    while path:
        reply = client.request("GET", path)
        if reply.status != 200:
            return None
        page = reply.json()
        lines += page["revisions"]
        path = page["next"]
    return lines


def changes(lines, item):
    """What each revision set the item to; None where it left it."""
    return [next((change.get("to") for change in line["changed"] if change["item"] == item), None) for line in lines]


def verify(ledger, made_list=None):
    """Reads everything back over one connection. Call it when the workers have ended."""
    with ledger.client() as client:
        for made in ledger.assessments if made_list is None else made_list:
            check_latest(ledger, made, client.request("GET", f"/v1/assessments/{made.id}"))
            if len(made.incomes) == 1:
                continue
            lines = revisions(client, made.id)
            if lines is None or [line["revision"] for line in lines] != list(range(1, len(made.incomes) + 1)):
                ledger.complain(f"assessment {made.id}: revisions with gaps: {lines}")
            elif changes(lines, "income")[1:] != made.incomes[1:]:
                ledger.complain(f"assessment {made.id}: its history is {changes(lines, 'income')}, not {made.incomes}")
        if ledger.shared:
            lines = revisions(client, ledger.shared)
            values = [value for value in changes(lines, "rent")[1:] if value is not None]
            if sorted(values) != sorted(ledger.shared_values):
                lost = set(ledger.shared_values) - set(values)
                twice = {value for value in values if values.count(value) > 1} if len(values) < 5000 else "?"
                ledger.complain(f"the shared assessment: lost {sorted(lost)[:20]}, twice {twice}")
            if [line["revision"] for line in lines] != list(range(1, len(lines) + 1)):
                ledger.complain("the shared assessment has revisions with gaps")


def make_shared(ledger):
    with ledger.client() as client:
        reply = client.request("POST", "/v1/assessments", {"as_of": AS_OF, "answers": {
            "dob": "1980-01-01", "people": 2, "income": 100000, "home": "rented", "rent": 0, "zip": "10001"}})
        if reply.status != 201:
            raise RuntimeError(f"the first assessment was refused: {reply}")
        ledger.shared = reply.json()["id"]


def check_count(ledger, assessments):
    """How many assessments the store has altogether: the promised ones, and of those that were cut off without a key
    any number."""
    least = len(ledger.assessments) + bool(ledger.shared)
    if not least <= assessments <= least + ledger.uncertain_creates:
        ledger.complain(f"the store has {assessments} assessments; promised were {least}"
                        + (f", and {ledger.uncertain_creates} were cut off" if ledger.uncertain_creates else ""))
