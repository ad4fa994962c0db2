"""What those who carry it on rely on: the lock, the workflows, and what CONTRIBUTING says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

import newsimport
from newsimport import __version__

from .conftest import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / ".github" / "requirements-dev.txt").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
WORKFLOWS = {
    path.name: YAML(typ="safe").load(path)
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))
}


def wanted(*extras: str) -> dict[str, Requirement]:
    """All that an installation with these extras asks for, by name."""
    project, found = PYPROJECT["project"], {}
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    for line in lines:
        requirement = Requirement(line)
        if requirement.name == "newsimport":
            found |= wanted(*requirement.extras)
        else:
            found[canonicalize_name(requirement.name)] = requirement
    return found


def test_the_version_stands_in_one_place():
    assert PYPROJECT["project"]["dynamic"] == ["version"]
    assert "version" not in PYPROJECT["project"]
    assert PYPROJECT["tool"]["hatch"]["version"]["path"] == "newsimport/__init__.py"
    for path in (ROOT / ".github").rglob("*"):
        assert path.is_dir() or f'"{__version__}"' not in path.read_text(encoding="utf-8"), path


def test_the_lock_holds_all_that_is_asked_for_with_hashes():
    entries = re.findall(
        r"^([\w.-]+)==(\S+)(?: ;[^\\\n]*)? \\\n((?: +--hash=.*\n)+)", LOCK, re.MULTILINE
    )
    assert len(entries) == len(re.findall(r"^\S", LOCK, re.MULTILINE))
    versions = {canonicalize_name(name): version for name, version, _ in entries}
    for name, requirement in wanted("release").items():
        assert requirement.specifier.contains(versions[name]), name
    for _, _, hashes in entries:
        assert re.fullmatch(r"(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", hashes)
    assert "://" not in LOCK


def test_a_user_installs_what_is_used_and_no_more():
    """Each dependency is imported somewhere, by its own name or by that of its package."""
    modules = {"beautifulsoup4": "bs4", "python-slugify": "slugify", "ruamel-yaml": "ruamel.yaml"}
    package = Path(newsimport.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    for name in wanted():
        module = re.escape(modules.get(name, name))
        assert re.search(rf"^ *(?:from {module}[. ]|import {module}\b)", source, re.MULTILINE), name


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_run_nothing_that_can_change_under_them(name):
    workflow = WORKFLOWS[name]
    assert workflow["permissions"] == {}, "each job asks for what it needs"
    for job in workflow["jobs"].values():
        uses = [job["uses"]] if "uses" in job else [s["uses"] for s in job["steps"] if "uses" in s]
        for action in uses:
            assert re.fullmatch(r"\./\.github/workflows/\w+\.yml|[\w/-]+@[0-9a-f]{40}", action)
        for step in job.get("steps", []):
            # What others may write (a branch's name, a title) never becomes part of a script.
            assert "${{" not in step.get("run", "")
            assert step.get("with", {}).get("persist-credentials", False) is False


def test_only_publishing_may_speak_for_the_project():
    release = WORKFLOWS["release.yml"]
    assert list(release["on"]) == ["push"]
    rights = {name: job["permissions"] for name, job in release["jobs"].items()}
    assert [name for name, asked in rights.items() if "id-token" in asked] == ["publish"]
    assert release["jobs"]["publish"]["environment"] == "release"
    assert "secrets." not in str(release)


def test_what_contributing_names_is_there():
    package = Path(newsimport.__file__).parents[1]  # the source folder, or where it is installed
    paths = re.findall(r"(?:newsimport|tests|\.github|\.ci)/[\w./-]*\w", CONTRIBUTING)
    assert len(paths) > 20
    for path in paths:
        place = package if path.startswith("newsimport/") else ROOT
        assert "ROOM" in path or (place / path).exists(), path
    tables = re.findall(r"`(_?[A-Z]+)` of\s`(newsimport/[\w/]+\.py)`", CONTRIBUTING)
    assert [table for table, _ in tables] == ["_ROWS", "ERAS", "_WORDS"]
    for table, path in tables:
        assert re.search(
            rf"^{table} = [({{]$", (package / path).read_text(encoding="utf-8"), re.MULTILINE
        )
    assert "pip install --require-hashes -r .github/requirements-dev.txt" in CONTRIBUTING
