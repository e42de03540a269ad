"""What Schemathesis calls before each request (schemathesis_run.py). It takes one Idempotency-Key for all requests of a
kind; the second of them would only hear that the key belongs to another request. Most get a fresh one here. Not a test
itself."""

import itertools
import re

import schemathesis

KEPT = 16  # one in so many keeps the key it came with
numbers = itertools.count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    headers = case.headers or {}
    number = next(numbers)
    for name in list(headers):
        good = name.lower() == "idempotency-key" and re.fullmatch("[!-~]{1,255}", str(headers[name]))
        if good and number % KEPT:
            headers[name] = f"schemathesis-{number}"
