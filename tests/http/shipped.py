"""A server with the shipped form and programs, for openapi_lint.py and schemathesis_run.py. Not a test itself."""

import contextlib
import sys

import support


@contextlib.contextmanager
def running():
    """start_server; at the end it has to stop with exit code 0 and without a sanitizer's report."""
    server = support.start_server(rules=[])
    try:
        yield server
        alive = server.process.poll() is None
        code, log = server.stop(), server.log()
        if not alive or code != 0 or "Sanitizer" in log or "runtime error" in log:
            print(log[-6000:])
            sys.exit(f"the server {'stopped' if alive else 'died'} with exit code {code}; the end of its log is above")
    finally:
        server.clean()
