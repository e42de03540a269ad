"""Is /openapi.json true? Fetches it from a running server, holds it to OpenAPI 3.1, compares its routes with the
server's, and validates real replies of every route against its schemas. Then it plants breaches and has to find each.
Run by tests/http/openapi.sh (ctest, label http). Not for hunting crashes: that is tests/http/schemathesis.sh."""

import copy
import json
import os
import pathlib
import re
import sys

from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

import shipped
from support import Reply

SOURCE = pathlib.Path(os.environ.get("SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
METHODS = ("get", "put", "post", "delete", "patch", "options", "trace")
CITY = "NYC Benefits Screening API"
findings = []
checked = 0


def expect(holds, message):
    """Counts; what does not hold is a finding."""
    global checked
    checked += 1
    if not holds:
        findings.append(message)


# ---- the document by itself -----------------------------------------------------------------------------------------


def references(value, path="#"):
    if isinstance(value, dict):
        for key, child in value.items():
            if key == "$ref" and isinstance(child, str):
                yield path, child
            else:
                yield from references(child, f"{path}/{key}")
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from references(child, f"{path}/{number}")


def resolve(document, reference):
    """What a local reference names; KeyError if there is no such thing."""
    if not reference.startswith("#/"):
        raise KeyError(reference)
    found = document
    for part in reference[2:].split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def followed(document, value):
    return resolve(document, value["$ref"]) if "$ref" in value else value


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def lint(document):
    """Everything that can be said without a server, as a list of texts."""
    found = []
    if document.get("openapi") != "3.1.0":
        found.append(f"openapi is {document.get('openapi')!r}, not 3.1.0")
    used = set()
    for place, reference in references(document):
        used.add(reference)
        try:
            resolve(document, reference)
        except (KeyError, TypeError):
            found.append(f"{place}: {reference} leads nowhere")
    if found:
        return found  # the validator cannot go on from there
    errors = OpenAPIV31SpecValidator(document).iter_errors()
    found += [f"OpenAPI 3.1: {error.json_path}: {error.message[:200]}" for error in errors]
    for kind, members in document.get("components", {}).items():
        if kind != "securitySchemes":
            found += [
                f"components/{kind}/{name} is not used" for name in members if f"#/components/{kind}/{name}" not in used
            ]
    tags = {tag["name"] for tag in document.get("tags", [])}
    seen = set()
    for path, method, operation in operations(document):
        name = f"{method.upper()} {path}"
        for key in ("operationId", "summary", "description"):
            if not operation.get(key):
                found.append(f"{name}: no {key}")
        if operation.get("operationId") in seen:
            found.append(f"{name}: operationId {operation['operationId']} stands twice")
        seen.add(operation.get("operationId"))
        if not operation.get("tags") or not set(operation["tags"]) <= tags:
            found.append(f"{name}: its tags are not in the list of tags")
        statuses = operation.get("responses", {})
        for begin in "245":
            if not any(status.startswith(begin) for status in statuses):
                found.append(f"{name}: no {begin}xx response")
        for status in statuses:
            if not re.fullmatch("[1-5][0-9][0-9]", status):
                found.append(f"{name}: {status} is no status")
        if operation.get("security", document.get("security")) and "401" not in statuses:
            found.append(f"{name}: needs a key, but has no 401")
        # The City's API says 406 and 400 where ours says 415 and 422.
        refusals = {"400", "406", "408", "413"} if CITY in operation["tags"] else {"400", "408", "413", "415", "422"}
        if "requestBody" in operation and not refusals <= set(statuses):
            found.append(f"{name}: takes a body, but not all of {', '.join(sorted(refusals))} are there")
        named = set(re.findall(r"\{([^}]+)\}", path))
        given = set()
        for parameter in operation.get("parameters", []):
            try:
                parameter = followed(document, parameter)
            except (KeyError, TypeError):
                continue  # said above
            if parameter["in"] == "path":
                given.add(parameter["name"])
        if named != given:
            found.append(f"{name}: the path has {sorted(named)}, its parameters {sorted(given)}")
    return found


# ---- replies --------------------------------------------------------------------------------------------------------


def breaches(document, path, method, reply):
    """How a reply differs from what the document says of this operation, as a list of texts."""
    operation = document["paths"][path][method]
    name = f"{method.upper()} {path} -> {reply.status}"
    response = operation["responses"].get(str(reply.status))
    if response is None:
        return [f"{name}: this status is not in the document: {reply.body[:300]!r}"]
    response = followed(document, response)
    found = []
    for header, description in response.get("headers", {}).items():
        description = followed(document, description)
        value = reply.headers.get(header.lower())
        if value is None:
            if description.get("required"):
                found.append(f"{name}: the header {header} is missing")
        else:
            schema = description["schema"]
            typed = int(value) if schema.get("type") == "integer" and value.isdigit() else value
            found += [
                f"{name}: header {header}: {e.message[:200]}" for e in validator(document, schema).iter_errors(typed)
            ]
    content = response.get("content")
    if not content:
        if reply.body:
            found.append(f"{name}: a body, though the document has none")
        return found
    kind = reply.headers.get("content-type", "").split(";")[0].strip()
    if kind not in content:
        return found + [f"{name}: Content-Type is {kind!r}, not one of {sorted(content)}"]
    if kind.endswith("json"):
        try:
            value = reply.json
        except ValueError as error:
            return found + [f"{name}: not JSON: {error}"]
        errors = validator(document, content[kind]["schema"]).iter_errors(value)
        found += [f"{name}: {e.json_path}: {e.message[:300]}" for e in errors]
        if kind == "application/problem+json" and value.get("status") != reply.status:
            found.append(f"{name}: the problem says status {value.get('status')}")
    return found


def validator(document, schema):
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "components": document["components"]}
    return Draft202012Validator(whole, format_checker=FormatChecker())


class Partner:
    """Sends requests with its key, and holds every reply to the document."""

    def __init__(self, server, key):
        self.server, self.key, self.document = server, key, None
        self.seen = set()

    def send(self, method, target, body=None, headers=None, key=True):
        return self.server.request(method, target, body, headers, self.key if key else "")

    def call(self, status, method, path, target=None, **options):
        """target: the path filled in, and the query. Expects that status, and what the document says of it."""
        reply = self.send(method, target or path, **options)
        name = f"{method} {target or path}"
        expect(reply.status == status, f"{name}: {reply.status} instead of {status}: {reply.body[:300]!r}")
        for breach in breaches(self.document, path, method.lower(), reply):
            expect(False, breach)
        expect(True, "")
        self.seen.add((path, method.lower(), reply.status))
        return reply


# ---- what is asked of the server ------------------------------------------------------------------------------------


def household(name):
    return json.loads((SOURCE / "examples" / f"{name}.json").read_text())


def compare_routes(client):
    """Every documented path is served with exactly the documented methods; every path of the API is documented."""
    document = client.document
    filled = {"id": "0190a5c8-7e1c-7b3a-9d42-6f0c5b1e8a77", "program": "snap", "n": "1"}
    for path, item in document["paths"].items():
        target = re.sub(r"\{([^}]+)\}", lambda match: filled[match.group(1)], path)
        reply = client.send("DELETE", target)
        expect(reply.status == 405, f"DELETE {target}: {reply.status} instead of 405: is {path} a route?")
        served = {word.strip().lower() for word in (reply.headers.get("allow") or "").split(",")} - {""}
        documented = {method for method in METHODS if method in item}
        if "get" in documented:
            documented.add("head")
        expect(served == documented, f"{path}: Allow has {sorted(served)}, the document {sorted(documented)}")
        expect(client.send("GET", target + "/").status == 404, f"{target}/ is not 404")
    # The names in braces do not matter.
    shape = lambda path: re.sub(r"\{[^}]*\}", "{}", path)
    table = (SOURCE / "engine/http/routes.c").read_text()
    # a row of the table is {"/path", ...; those of the worker's app are no part of the API
    rows = {row.split('"', 1)[0]: row for row in re.split(r'\{"(?=/)', table)[1:]}
    routes = {route for route, row in rows.items() if "ASK_OF_APP" not in row and "ASK_A_PAGE" not in row}
    expect(len(rows) > len(routes), "engine/http/routes.c has no rows of the app")
    expect(len(routes) >= 10, f"engine/http/routes.c names only {sorted(routes)}")
    documented = {shape(path) for path in document["paths"]}
    for route in routes:
        expect(shape(route) in documented, f"{route} is in engine/http/routes.c and not in the document")


def service_replies(client):
    for path in ("/healthz", "/readyz", "/metrics", "/openapi.json"):
        client.call(200, "GET", path, key=False)
        client.call(400, "GET", path, path + "?nonsense=1", key=False)
        client.call(431, "GET", path, headers={"X-Filling": "x" * 20000}, key=False)
    tag = client.send("GET", "/openapi.json").headers["etag"]
    client.call(304, "GET", "/openapi.json", headers={"If-None-Match": tag})


def rules_replies(client):
    one = "/v1/programs/{program}"
    programs = [entry["program"] for entry in client.send("GET", "/v1/programs").json["programs"]]
    for path, target in [("/v1/form", None), ("/v1/programs", None)] + [
        (one, f"/v1/programs/{program}") for program in programs
    ]:
        tag = client.call(200, "GET", path, target).headers["etag"]
        client.call(304, "GET", path, target, headers={"If-None-Match": tag})
        client.call(400, "GET", path, (target or path) + "?nonsense=1")
    for path, target in (("/v1/form", None), ("/v1/programs", None), (one, f"/v1/programs/{programs[0]}")):
        client.call(401, "GET", path, target, key=False)  # not for each program: an address that guesses has to wait
    client.call(404, "GET", one, "/v1/programs/nonsense")


def body_refusals(client, method, path, target):
    """What every route with a body refuses."""
    for body in (
        b"",
        b"{",
        b'{"answers":{"dob":"1944-03-02","dob":"1944-03-02"}}',
        b'{"answers":{"residence_zip":"\xff"}}',
        b"[" * 40,
    ):
        client.call(400, method, path, target, body=body)
    client.call(400, method, path, target + "?nonsense=1", body={"answers": {}})
    client.call(400, method, path, target + "?detail=nonsense", body={"answers": {}})
    client.call(401, method, path, target, body={"answers": {}}, key=False)
    client.call(401, method, path, target, body={"answers": {}}, headers={"Authorization": "Bearer ask_nonsense"})
    client.call(415, method, path, target, body={"answers": {}}, headers={"Content-Type": "text/plain"})
    client.call(415, method, path, target, body={"answers": {}}, headers={"Content-Encoding": "gzip"})
    client.call(413, method, path, target, body=b'{"answers":{}}' + b" " * 1100000)
    wrong = {"answers": {"dob": "1944-13-02", "nonsense": 1, "household_roster": [{"relation": "x"}]}}
    problem = client.call(422, method, path, target, body=wrong).json
    pointers = [error.get("pointer") for error in problem.get("errors", [])]
    expect(
        sorted(pointers) == ["/answers/dob", "/answers/household_roster/0/relation", "/answers/nonsense"],
        f"{method} {path}: the pointers of a 422 are {pointers}",
    )
    client.call(422, method, path, target, body={"nonsense": {}})


def screening_replies(client):
    path = "/v1/screenings"
    for name in sorted(file.stem for file in (SOURCE / "examples").glob("*.json")):
        for detail in ("status", "reasons", "tree"):
            client.call(200, "POST", path, f"{path}?detail={detail}", body=household(name))
    client.call(200, "POST", path, f"{path}?programs=aps,snap&next=false", body=household("near-empty"))
    client.call(200, "POST", path, body={"as_of": "1800-01-01", "answers": {}})
    client.call(400, "POST", path, f"{path}?programs=nonsense", body=household("near-empty"))
    body_refusals(client, "POST", path, path)


def packs_replies(client):
    body = household("near-empty")
    for packs in ("nyc", "access_nyc", "nyc,access_nyc", "all"):
        client.call(200, "POST", "/v1/screenings", f"/v1/screenings?packs={packs}", body=body)
        client.call(200, "GET", "/v1/programs", f"/v1/programs?packs={packs}")
        client.call(200, "GET", "/v1/form", f"/v1/form?packs={packs}")
    client.call(201, "POST", "/v1/assessments", "/v1/assessments?packs=all", body=body)
    for path in ("/v1/programs", "/v1/form"):
        client.call(400, "GET", path, path + "?packs=nonsense")
    client.call(400, "POST", "/v1/screenings", "/v1/screenings?packs=nonsense", body=body)


def city_replies(client):
    """The City's API: tokens, one household, a file of them, and its refusals."""
    token = "/authToken"
    answer = client.call(200, "POST", token, body={"username": "tests", "password": client.key}, key=False).json
    headers = {"Authorization": answer["token"]}
    for body in ({}, {"username": "", "password": 5}, {"username": "tests"}, [], b"{", b""):
        client.call(400, "POST", token, body=body, key=False)
    client.call(401, "POST", token, body={"username": "other", "password": client.key}, key=False)
    client.call(406, "POST", token, body={}, headers={"Content-Type": "text/plain"}, key=False)
    client.call(413, "POST", token, body=b" " * 1100000, key=False)
    one, file = "/eligibilityPrograms", "/bulkSubmission/import"
    examples = client.document["paths"][one]["post"]["requestBody"]["content"]["application/json"]["examples"]
    request = examples["oneRenter"]["value"]
    codes = [p["code"] for p in client.call(200, "POST", one, body=request, headers=headers, key=False).json["eligiblePrograms"]]
    expect("S2R007" in codes, f"the example is not eligible for food stamps: {codes}")
    client.call(200, "POST", one, one + "?interestedPrograms=S2R007%7CS2R010", body=request[0])
    for body in ([], [{}], {"household": []}, "text", b"{", b""):
        client.call(400, "POST", one, body=body)
    client.call(400, "POST", one, one + "?nonsense=1", body=request)
    client.call(401, "POST", one, body=request, key=False)
    client.call(401, "POST", one, body=request, headers={"Authorization": "token_nonsense"}, key=False)
    client.call(406, "POST", one, body=request, headers={"Content-Type": "text/plain"})
    client.call(413, "POST", one, body=b" " * 1100000)
    csv = {"Content-Type": "text/csv"}
    rows = b"caseId,1.Person.age,1.Person.householdMemberType\r\na1,70,HeadOfHousehold\r\na2,x,Head\r\n"
    result = client.call(200, "POST", file, body=rows, headers=csv).body.decode()
    expect(result.startswith("row,caseId,eligiblePrograms"), f"the results begin with {result[:60]!r}")
    client.call(400, "POST", file, body=b"nonsense,1.Person.age\r\n1,2\r\n", headers=csv)
    client.call(401, "POST", file, body=rows, headers=csv, key=False)
    client.call(406, "POST", file, body=rows, headers={"Content-Type": "application/json"})
    client.call(413, "POST", file, body=b"x" * (6 * 1024 * 1024 + 1), headers=csv)


def assessment_replies(client, other):
    path, one = "/v1/assessments", "/v1/assessments/{id}"
    fresh = {"Idempotency-Key": "lint-1"}
    first = client.call(201, "POST", path, body=household("eviction-at-82"), headers=fresh)
    again = client.call(200, "POST", path, body=household("eviction-at-82"), headers=fresh)
    expect(
        again.body == first.body and again.headers.get("idempotency-replayed") == "true",
        "a repeat is not the first reply again",
    )
    client.call(422, "POST", path, body=household("near-empty"), headers=fresh)
    client.call(400, "POST", path, body={"answers": {}}, headers={"Idempotency-Key": "x" * 256})
    body_refusals(client, "POST", path, path)

    made = first.headers["location"]
    for detail in ("status", "reasons", "tree"):
        client.call(200, "GET", one, f"{made}?detail={detail}")
    tag = client.call(200, "GET", one, made).headers["etag"]
    client.call(304, "GET", one, made, headers={"If-None-Match": tag})
    client.call(400, "GET", one, made + "?revision=0")
    client.call(404, "GET", one, made + "?revision=9")
    client.call(401, "GET", one, made, key=False)
    for missing in ("/v1/assessments/nonsense", made[:-4] + "0000"):
        client.call(404, "GET", one, missing)
    other.call(404, "GET", one, made)

    correction = {"answers": {"rent_monthly": 1200, "utilities_in_rent": None}}
    client.call(200, "PATCH", one, made, body=correction, headers={"If-Match": tag, "Idempotency-Key": "lint-2"})
    client.call(412, "PATCH", one, made, body=correction, headers={"If-Match": tag})
    client.call(400, "PATCH", one, made, body=correction, headers={"If-Match": "nonsense"})
    client.call(404, "PATCH", one, made[:-4] + "0000", body=correction)
    client.call(
        200,
        "PATCH",
        one,
        made,
        body=correction,
        headers={"If-Match": "*", "Content-Type": "application/merge-patch+json"},
    )
    body_refusals(client, "PATCH", one, made)

    pages = one + "/revisions"
    page = client.call(200, "GET", pages, made + "/revisions?limit=2")
    expect("rel=\"next\"" in (page.headers.get("link") or ""), "the first page of revisions has no Link to the next")
    last = client.call(200, "GET", pages, page.json["next"] or made + "/revisions").json
    expect(
        [line["revision"] for line in page.json["revisions"] + last["revisions"]] == [1, 2, 3], "paging lost a revision"
    )
    client.call(400, "GET", pages, made + "/revisions?limit=0")
    client.call(404, "GET", pages, made[:-4] + "0000/revisions")

    number = pages + "/{n}"
    old = client.call(200, "GET", number, made + "/revisions/1?detail=tree")
    client.call(304, "GET", number, made + "/revisions/1", headers={"If-None-Match": old.headers["etag"]})
    client.call(404, "GET", number, made + "/revisions/9")
    client.call(400, "GET", number, made + "/revisions/1?nonsense=1")

    client.call(200, "GET", one + "/next", made + "/next")
    client.call(404, "GET", one + "/next", made[:-4] + "0000/next")
    determination = one + "/determinations/{program}"
    for program in (entry["program"] for entry in client.send("GET", "/v1/programs?packs=nyc").json["programs"]):
        client.call(200, "GET", determination, f"{made}/determinations/{program}")
        client.call(200, "GET", determination + "/what-if", f"{made}/determinations/{program}/what-if")
    client.call(404, "GET", determination, made + "/determinations/nonsense")
    client.call(404, "GET", determination + "/what-if", made + "/determinations/nonsense/what-if")
    return made


def answers_schema(client):
    """The server has put its own form into components.schemas.Answers: good households fit, bad ones do not."""
    document = client.document
    answers = document["components"]["schemas"]["Answers"]
    expect("dob" in answers.get("properties", {}), "components.schemas.Answers has no items of the form")
    whole = validator(document, {"$ref": "#/components/schemas/AssessmentRequest"})
    for file in sorted((SOURCE / "examples").glob("*.json")):
        for error in whole.iter_errors(json.loads(file.read_text())):
            expect(False, f"{file.name} does not fit the schema of requests: {error.json_path}: {error.message[:200]}")
    for wrong in (
        {"answers": {"nonsense": 1}},
        {"answers": {"age": "old"}},
        {"answers": {"on_lease": 3}},
        {"answers": 1},
        {"x": 1},
        {"answers": {"living_situation": "nonsense"}},
        {"answers": {"age": {"absent": "nonsense"}}},
    ):
        expect(not whole.is_valid(wrong), f"the schema of requests takes {wrong}")
    patch = validator(document, {"$ref": "#/components/schemas/CorrectionRequest"})
    for right in ({"answers": {"age": None}}, {"answers": {"age": {"absent": "unanswered"}}}):
        expect(patch.is_valid(right), f"the schema of corrections refuses {right}")


def examples_are_true(client):
    """Every example in the document fits the schema beside it."""
    for path, method, operation in operations(client.document):
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        for part in bodies + [followed(client.document, response) for response in operation["responses"].values()]:
            for kind, content in part.get("content", {}).items():
                for name, example in content.get("examples", {}).items():
                    value = followed(client.document, example)["value"]
                    for error in validator(client.document, content["schema"]).iter_errors(value):
                        expect(
                            False, f"{method.upper()} {path}: example {name}: {error.json_path}: {error.message[:200]}"
                        )


def all_seen(client):
    """Every 2xx and 304, and each 4xx that a request alone can bring about, was really seen."""
    # These take another state of the server, and have tests of their own.
    elsewhere = {408, 409, 429, 431, 500, 503, 507}
    for path, method, operation in operations(client.document):
        for status in operation["responses"]:
            seen = (path, method, int(status)) in client.seen
            few = (400, 401, 422) if "requestBody" not in operation else ()  # 422: of answers kept under earlier rules
            rare = int(status) in elsewhere or int(status) in few
            rare = rare or (CITY in operation["tags"] and status == "404")  # without a pack that speaks it
            expect(seen or rare, f"{method.upper()} {path}: no reply with {status} was seen")


# ---- can it fail ----------------------------------------------------------------------------------------------------


def plant(document, made, client):
    """Breaches that have to be found."""

    def broken(change):
        copied = copy.deepcopy(document)
        change(copied)
        return lint(copied)

    form = lambda copied: copied["paths"]["/v1/form"]["get"]
    planted = {
        "no operationId": lambda copied: form(copied).pop("operationId"),
        "no 4xx": lambda copied: [
            form(copied)["responses"].pop(s) for s in list(form(copied)["responses"]) if s[0] == "4"
        ],
        "a tag that is not listed": lambda copied: form(copied).update(tags=["Nonsense"]),
        "a reference to nothing": lambda copied: form(copied)["responses"].update(
            {"404": {"$ref": "#/components/responses/No"}}
        ),
        "a schema that is none": lambda copied: copied["components"]["schemas"]["Form"].update(type="thing"),
        "a parameter that the path lacks": lambda copied: form(copied)["parameters"].append(
            {"name": "x", "in": "path", "required": True, "schema": {"type": "string"}}
        ),
        "an unused component": lambda copied: copied["components"]["schemas"].update(Unused={"type": "string"}),
    }
    for what, change in planted.items():
        expect(broken(change), f"planted, and not found: {what}")

    reply = client.send("GET", made + "?detail=reasons")
    path = "/v1/assessments/{id}"
    expect(not breaches(document, path, "get", reply), "a good reply was found bad")

    def spoiled(change):
        value = reply.json
        change(value)
        return Reply(reply.status, reply.headers.items(), json.dumps(value).encode())

    for what, bad in {
        "a status that is none": spoiled(lambda value: value["determinations"][0].update(status="maybe")),
        "a key that is missing": spoiled(lambda value: value.pop("revision")),
        "reasons that are missing": spoiled(lambda value: value["determinations"][0].pop("reasons")),
        "an undocumented status": Reply(418, reply.headers.items(), reply.body),
        "a missing header": Reply(200, [("Content-Type", "application/json"), ("ETag", '"1"')], reply.body),
        "another type": Reply(200, {**reply.headers, "content-type": "text/html"}.items(), reply.body),
    }.items():
        expect(breaches(document, path, "get", bad), f"planted, and not found: {what}")


def main():
    with shipped.running() as server:
        client, other = Partner(server, server.key), Partner(server, server.add_key("another partner"))
        reply = client.send("GET", "/openapi.json", key=False)
        if reply.status != 200:
            sys.exit(f"GET /openapi.json: {reply.status}: {reply.body[:300]!r}")
        document = client.document = other.document = reply.json
        for finding in lint(document):
            expect(False, finding)
        if findings:
            report()
        examples_are_true(client)
        answers_schema(client)
        compare_routes(client)
        service_replies(client)
        rules_replies(client)
        screening_replies(client)
        packs_replies(client)
        city_replies(client)
        made = assessment_replies(client, other)
        all_seen(client)
        plant(document, made, client)
    report()


def report():
    for finding in findings[:60]:
        print(f"FAILED: {finding}")
    if findings:
        sys.exit(f"{len(findings)} of {checked} expectations failed")
    print(f"ok: {checked} expectations")


if __name__ == "__main__":
    main()
