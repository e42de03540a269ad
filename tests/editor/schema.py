"""The JSON Schemas of editor/schema hold for every YAML file that is shipped, and refuse planted slips."""

import copy
import json
import pathlib
import re
import sys

import jsonschema
import yaml

TREE = pathlib.Path(__file__).resolve().parents[2]

# Which schema is for which file, as .vscode/settings.json says it.
FILES = {
    "form": ["forms/*intake*.yaml"],
    "instrument": ["forms/instruments/*.yaml"],
    "items": ["plugins/*/shared/items.yaml", "plugins/shared/items.yaml"],
    "parameters": ["forms/parameters.yaml", "plugins/**/parameters.yaml", "plugins/**/parameters/*.yaml"],
    "cases": ["plugins/**/cases.yaml"],
    "holidays": ["plugins/**/holidays.yaml"],
    "dialect": ["plugins/*/shared/dialect.yaml"],
}


class Loader(yaml.SafeLoader):
    """Scalars as YAML 1.2 and our reader see them: a date is a text, only true and false are booleans."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(true|false)$", "tf"),
    ("null", r"^(~|null|)$", ["~", "n", ""]),
    ("int", r"^-?(0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$", "-0123456789"),
    ("merge", r"^<<$", "<"),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def texts(value):
    """Keys as texts, as JSON has them."""
    if isinstance(value, dict):
        return {str(key): texts(child) for key, child in value.items()}
    if isinstance(value, list):
        return [texts(child) for child in value]
    return value


def load(path):
    return texts(yaml.load(path.read_text(encoding="utf-8-sig"), Loader))


def first_error(validator, value):
    for error in validator.iter_errors(value):
        return f"{'/'.join(map(str, error.absolute_path))}: {error.message[:160]}"
    return None


# What a schema has to refuse: a change of a good file.
def slips(name, value):
    def changed(change):
        bad = copy.deepcopy(value)
        change(bad)
        return bad

    if name == "form":
        item = lambda bad: bad["sections"][0]["items"][0]
        yield "a key misspelt", changed(lambda bad: item(bad).update(txt="x"))
        yield "a type that does not exist", changed(lambda bad: item(bad).update(type="monye"))
        yield "an item without an id", changed(lambda bad: item(bad).pop("id"))
        yield "a severity that does not exist", changed(lambda bad: bad["checks"][0].update(severity="fatal"))
    elif name == "instrument":
        yield "no licence", changed(lambda bad: bad.pop("licence"))
        yield "a key misspelt", changed(lambda bad: bad.update(titel="x"))
    elif name == "parameters":
        first = lambda bad: next(iter(bad.values()))
        yield "a unit that does not exist", changed(lambda bad: first(bad).update(unit="dollars"))
        yield "a value without a date", changed(lambda bad: first(bad)["values"].update({"always": 5}))
        yield "no values", changed(lambda bad: first(bad).pop("values"))
        yield "a dated value's key misspelt", changed(lambda bad: first(bad)["values"].update({"2040-01-01": {"valeu": 5}}))
        yield "a rounding that does not exist", changed(
            lambda bad: first(bad)["values"].update({"2040-01-01": {"value": 5, "basis": {"of": "x", "percent": 1, "round": "upp"}}}))
    elif name == "cases":
        yield "a case that expects nothing", changed(lambda bad: bad[0].update(expect={}))
        yield "a key misspelt", changed(lambda bad: bad[0].update(expected={}))
        yield "a day that is none", changed(lambda bad: bad[0].update(as_of="today"))
    elif name == "dialect":
        yield "a key misspelt", changed(lambda bad: bad.update(peopel={}))
        yield "a type that does not exist", changed(lambda bad: bad["household"]["fields"][0].update(type="monye"))
    elif name == "holidays":
        yield "no source", changed(lambda bad: bad.pop("source"))
        yield "a holiday without a date", changed(lambda bad: bad["holidays"].update({"Christmas": "x"}))


def main():
    failed = checked = 0
    for name, patterns in FILES.items():
        schema = json.loads((TREE / f"editor/schema/{name}.json").read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        validator = jsonschema.Draft7Validator(schema)
        paths = sorted({path for pattern in patterns for path in TREE.glob(pattern)})
        if not paths and name not in ("items",):
            print(f"FAILED: no file for the schema {name}")
            failed += 1
        for path in paths:
            checked += 1
            error = first_error(validator, load(path))
            if error:
                print(f"FAILED: {path.relative_to(TREE)}: {error}")
                failed += 1
        for what, bad in slips(name, load(paths[0])) if paths else ():
            checked += 1
            if not first_error(validator, bad):
                print(f"FAILED: the schema {name} lets pass: {what}")
                failed += 1
    print(f"{checked} checked, {failed} failed")
    return 1 if failed or checked < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
