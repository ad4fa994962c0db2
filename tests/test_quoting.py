"""What is written in front matter is read back equal by every parser that sites use.

Over all of Unicode; each tool reads many strings at a time, for it is a process of its own.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tomlkit
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from newsimport.models import Bare, Value
from newsimport.site import quoting
from newsimport.site.frontmatter import json_text, read, write
from newsimport.site.quoting import json_scalar, quote, toml_scalar, yaml_key
from newsimport.source import cluster

from .hostile_strings import STRINGS
from .sites import SITES, command_of, folder

# Lone surrogates cannot be written at all: they become U+FFFD.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TEXTS = st.lists(TEXT, min_size=1, max_size=150)
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
NODE = """
const text = require('fs').readFileSync(0, 'utf8');
console.log(JSON.stringify(%s));
"""


def whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


ALL_HOSTILE = [whole(text) for text in STRINGS]
# Every character but the surrogates, a few at a time; of the planes beyond the first, the blocks'
# beginnings and ends.
PLANES = [chr(n) for n in range(0x10000, 0x110000) if n & 0xFFF < 2 or n & 0xFFF > 0xFFD]
EVERY = [chr(n) for n in range(0x10000) if not 0xD800 <= n <= 0xDFFF] + PLANES
EVERY_CHARACTER = ["a" + "b".join(EVERY[n : n + 64]) + "c" for n in range(0, len(EVERY), 64)]


def document(texts: list[str], form: str = "yaml") -> str:
    fields: dict[str, Value] = {
        "title": "t",
        "date": Bare("2026-01-02T08:30:00Z"),
        "texts": list(texts),
        "rows": [{"title": text} for text in texts[:20]],
        "extra.deep": list(texts[:20]),
    }
    return write(fields, b"the body\n", form).decode()


def wanted(texts: list[str]) -> tuple[list[str], list[str], list[str]]:
    return texts, texts[:20], texts[:20]


def values(loaded: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    rows = [row["title"] for row in loaded.get("rows") or []]
    return loaded["texts"], rows, (loaded["extra"] or {}).get("deep") or []


def head(text: str) -> str:
    return text.split("\n---\n", 1)[0].removeprefix("---\n") + "\n"


def output(command: list[str], text: str, cwd: Path | None = None) -> Any:
    done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=cwd, check=True)
    return json.loads(done.stdout.decode())


# ---------------------------------------------------------------- in this process


def by_ruamel(text: str) -> dict[str, Any]:
    return YAML(typ="safe", pure=True).load(head(text))


def by_pyyaml(text: str) -> dict[str, Any]:
    return yaml.safe_load(head(text))


def by_ourselves(text: str) -> dict[str, Any]:
    return read(text).fields


@pytest.mark.parametrize("load", [by_ruamel, by_pyyaml, by_ourselves])
@pytest.mark.parametrize("texts", [ALL_HOSTILE, EVERY_CHARACTER], ids=["hostile", "every"])
def test_python_reads_every_character(load, texts):
    assert values(load(document(texts))) == wanted(texts)


@pytest.mark.parametrize("load", [by_ruamel, by_pyyaml, by_ourselves])
@settings(max_examples=40, deadline=None)
@given(texts=TEXTS)
def test_python_reads_what_is_written(load, texts):
    assert values(load(document(texts))) == wanted(texts)


@pytest.mark.parametrize("form", ["toml", "json"])
@pytest.mark.parametrize("texts", [ALL_HOSTILE, EVERY_CHARACTER], ids=["hostile", "every"])
def test_toml_and_json_hold_every_character(form, texts):
    assert values(read(document(texts, form)).fields) == wanted(texts)
    if form == "toml":
        fenced = document(texts, form).split("\n+++\n")[0].removeprefix("+++\n")
        assert values(tomlkit.parse(fenced).unwrap()) == wanted(texts)


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, form=st.sampled_from(["toml", "json"]))
def test_toml_and_json_read_back(texts, form):
    found = read(document(texts, form))
    assert values(found.fields) == wanted(texts)
    assert (found.fields["date"], found.body) == ("2026-01-02T08:30:00Z", "the body\n")


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS)
def test_our_json_is_yaml_as_well(texts):
    written = json_text(list(texts))
    assert json.loads(written) == yaml.safe_load(written) == texts


@given(st.text(st.characters(), max_size=40))
def test_any_string_at_all_can_be_written(text):
    for spelled in (quote(text), toml_scalar(text), json_scalar(text)):
        spelled.encode()
        assert len(spelled.splitlines()) == 1


@pytest.mark.parametrize("key", ["on", "No", "y", "null", "a b", "a: b", "é", "1", "-", ""])
def test_keys_that_are_no_plain_words_are_quoted(key):
    assert yaml.safe_load(f"{yaml_key(key)}: 1") == {key: 1}


def test_ordinary_text_is_left_as_it_is():
    for text in ("Kim’s “heroic” troops", "日本語 العربية हिन्दी می‌خواهم", "👩‍👩‍👧 🏳️‍🌈", "é ß ﷺ"):
        assert quote(text) == toml_scalar(text) == json_scalar(text) == f'"{text}"'


# ---------------------------------------------------------------- the sites' own parsers


def ruby() -> list[str]:
    found = shutil.which("ruby")
    if not found:
        pytest.skip("no ruby: Debian's package `jekyll` brings it")
    # As Jekyll loads front matter and data files (SafeYAML on Psych).
    load = "YAML.safe_load(STDIN.read, permitted_classes: [Date, Time])"
    return [found, "-rjson", "-ryaml", "-rdate", "-Eutf-8", "-e", f"puts JSON.generate({load})"]


def node(program: str) -> list[str]:
    found, base = shutil.which("node"), folder()
    if not found or not base or not (base / "node_modules" / "gray-matter").is_dir():
        pytest.skip("no gray-matter in the folder that GENERATORS names")
    return [found, "-e", NODE % program]


@pytest.mark.parametrize("texts", [ALL_HOSTILE, EVERY_CHARACTER], ids=["hostile", "every"])
def test_psych_reads_every_character(texts):
    assert values(output(ruby(), head(document(texts)))) == wanted(texts)
    assert output(ruby(), json_text(list(texts))) == texts


@SLOW
@given(TEXTS)
def test_psych_reads_what_is_written(texts):
    assert values(output(ruby(), head(document(texts)))) == wanted(texts)


GRAY_MATTER = "require('gray-matter')(text).data"
JS_YAML = "require('js-yaml').load(text)"


@pytest.mark.parametrize("texts", [ALL_HOSTILE, EVERY_CHARACTER], ids=["hostile", "every"])
def test_javascript_reads_every_character(texts):
    assert values(output(node(GRAY_MATTER), document(texts), folder())) == wanted(texts)
    assert values(output(node(JS_YAML), head(document(texts)), folder())) == wanted(texts)


@SLOW
@given(TEXTS)
def test_javascript_reads_what_is_written(texts):
    assert values(output(node(GRAY_MATTER), document(texts), folder())) == wanted(texts)


@pytest.fixture(scope="module", params=["hugo", "hugo-0.111"])
def hugo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    command = command_of(SITES[request.param])
    if not command:
        pytest.skip(f"{request.param} is not installed")
    site = tmp_path_factory.mktemp("hugo")
    (site / "hugo.toml").write_text('disableKinds = ["taxonomy", "term", "rss", "sitemap"]\n')
    (site / "config.toml").write_text('disableKinds = ["taxonomy", "term", "rss", "sitemap"]\n')
    (site / "layouts" / "_default").mkdir(parents=True)
    (site / "layouts" / "_default" / "single.html").write_text("{{ .Params | jsonify }}")
    (site / "layouts" / "_default" / "list.html").write_text("x")
    (site / "content" / "p").mkdir(parents=True)

    def load(text: str) -> dict[str, Any]:
        (site / "content" / "p" / "x.md").write_bytes(text.encode())
        subprocess.run([*command, "--quiet"], cwd=site, check=True, capture_output=True)
        return json.loads((site / "public" / "p" / "x" / "index.html").read_text())

    return load


@pytest.mark.parametrize("form", ["yaml", "toml", "json"])
@pytest.mark.parametrize("texts", [ALL_HOSTILE, EVERY_CHARACTER], ids=["hostile", "every"])
def test_hugo_reads_every_character(hugo, form, texts):
    assert values(hugo(document(texts, form))) == wanted(texts)


@SLOW
@given(texts=TEXTS, form=st.sampled_from(["yaml", "toml", "json"]))
def test_hugo_reads_what_is_written(hugo, texts, form):
    assert values(hugo(document(texts, form))) == wanted(texts)


def test_what_python_prints_is_plain_but_for_two_signs():
    printable = "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))
    assert re.search(cluster._UNLIKE, printable) is None
    others = printable.replace('"', "").replace("\\", "")
    assert quoting._not_plain().search(others) is None
    for spell in (quoting._yaml_escape, quoting._toml_escape, quoting._json_escape):
        assert quoting._not_plain().sub(spell, '"\\') == '\\"\\\\'
