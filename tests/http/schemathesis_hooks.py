"""What Schemathesis calls before each request (schemathesis_run.py). It takes one Idempotency-Key for all requests of a
kind; the second of them would only hear that the key belongs to another request. Most get a fresh one here. And a schema
cannot say that the packs of a request have to be those of its programs. Not a test itself."""

import itertools
import re

import schemathesis

KEPT = 16  # one in so many keeps the key it came with
numbers = itertools.count(1)


PACKS = ("nyc", "access_nyc")


def words(value):
    return (value if isinstance(value, str) else ",".join(map(str, value))).split(",")


def of_other_packs(query):
    """Whether all is well written, but a program is of none of the packs."""
    if not query.get("programs") or not query.get("packs"):
        return False
    programs, packs = words(query["programs"]), words(query["packs"])
    if not all(pack in PACKS for pack in packs) or not all(re.fullmatch("[A-Za-z0-9_]+", one) for one in programs):
        return False
    return any((PACKS[1] if one.startswith("S2R") else PACKS[0]) not in packs for one in programs)


@schemathesis.hook
def before_call(context, case, kwargs):
    headers = case.headers or {}
    number = next(numbers)
    for name in list(headers):
        good = name.lower() == "idempotency-key" and re.fullmatch("[!-~]{1,255}", str(headers[name]))
        if good and number % KEPT:
            headers[name] = f"schemathesis-{number}"
        # What no HTTP client can send is nothing to find out about the server.
        if not str(headers[name]).isascii() or not str(headers[name]).isprintable():
            headers[name] = "x"
    if of_other_packs(case.query or {}):
        del case.query["packs"]
