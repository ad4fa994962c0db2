"""Where everything of a story goes: by generator, by theme, and as its user wants it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsimport.config import Settings, constants_of
from newsimport.errors import UsageError
from newsimport.importer import import_feeds
from newsimport.models import Bare, FrontMatter
from newsimport.site.frontmatter import nest, read
from newsimport.site.layout import find, flatten, make_layout
from newsimport.site.ledger import Ledger
from newsimport.site.profiles import ALL_FIELDS, PROFILES, find_profile
from newsimport.site.themes import THEMES
from newsimport.site.wording import inert, terms

from .conftest import Cli, Golden
from .feeds import HARBOUR, START, WORLD, Row, article, item, modern, rss

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
MORE = Row("Ferry crew gets a pay rise", "Dockside Daily", article("h4"))
PICTURE = '<media:content url="https://pictures.example/ferry.jpg" medium="image"/>'


def feed(*rows, more=PICTURE):
    return rss(item(rows[0], modern(rows), guid="harbour", more=more))


class Folder:
    """An output folder and the runs on it."""

    def __init__(self, tmp_path: Path, **settings):
        self.source, self.out = tmp_path / "feed.xml", tmp_path / "out"
        self.settings = Settings(
            sources=(str(self.source),),
            out=self.out,
            feed_url=WORLD,
            **{"site": "hugo", **settings},
        )

    def run(self, text, hours=0, **changes):
        self.source.write_text(text, encoding="utf-8")
        settings = self.settings._replace(**changes)
        report = import_feeds(settings, NOW + timedelta(hours=hours))
        assert report.exit == 0, report
        return [outcome.action for outcome in report.feeds[0].outcomes]

    @property
    def path(self):
        [path] = self.out.rglob("*.md")
        return path

    @property
    def text(self):
        return self.path.read_bytes().decode()

    @property
    def fields(self):
        return read(self.text).fields

    def edit(self, old, new):
        assert old in self.text
        self.path.write_bytes(self.text.replace(old, new).encode())


# ---------------------------------------------------------------- every generator

# A story as Google has them: five papers, and all the signs that a headline of every day holds.
ORDINARY = (
    Row('Mayor on the harbour ferry: "We can\'t sell it"', "The Quay Courier", article("o1")),
    Row("Ferry deal collapses - £4m & 12 jobs at stake", "Isle & Strait", article("o2")),
    Row("What a $5 fare would mean (and why it won't happen)", "Tidewater Post", article("o3")),
    Row("Harbour ferry row: five things we know", "Coast FM - News", article("o4")),
    Row("‘No ferry, no town’: islanders’ 50% levy offer", "dockside.example", article("o5")),
)


@pytest.mark.parametrize("site", PROFILES)
def test_the_file_of_every_generator(golden: Golden, tmp_path: Path, site: str) -> None:
    folder = Folder(tmp_path, site=site)
    assert folder.run(feed(*ORDINARY)) == ["created"]
    golden.check(f"sites/{site}.md", folder.text)
    # Each reads in the file as in the paper.
    for row in ORDINARY:
        assert f"- [{row.title}]({row.link}) — {row.publisher}\n" in folder.text


@pytest.mark.parametrize("site", PROFILES)
def test_every_generator_takes_updates_around_edits(tmp_path: Path, site: str) -> None:
    folder = Folder(tmp_path, site=site)
    folder.run(feed(*HARBOUR))
    title = re.escape(HARBOUR[0].title)
    folder.path.write_text(
        re.sub(f'title: "{title}"', 'title: "Mine"  # my words', folder.text, count=1)
    )
    assert folder.run(feed(*HARBOUR, MORE), 1) == ["updated"]
    assert 'title: "Mine"  # my words' in folder.text
    assert f"[{MORE.title}]" in folder.text
    layout = make_layout(PROFILES[site])
    headlines = layout.value(folder.fields, "headlines")
    assert [row["title"] for row in headlines] == [row.title for row in (*HARBOUR, MORE)]
    assert layout.value(folder.fields, "lastmod") == str(
        layout.profile.date(NOW + timedelta(hours=1))
    )
    before = folder.text
    assert folder.run(feed(*HARBOUR, MORE), 2) == ["unchanged"]
    assert folder.text == before


@pytest.mark.parametrize("site", PROFILES)
def test_without_a_ledger_the_files_are_known_again(tmp_path: Path, site: str) -> None:
    folder = Folder(tmp_path, site=site)
    folder.run(feed(*HARBOUR))
    for path in folder.out.glob(".newsimport*"):
        path.unlink()
    assert folder.run(feed(*HARBOUR, MORE), 1) == ["updated"]
    assert folder.path.exists()


@pytest.mark.parametrize(
    ("files", "site"),
    [
        ({"hugo.toml": ""}, "hugo"),
        ({"config.toml": "baseURL = 'x'"}, "hugo"),
        ({"config.toml": "base_url = 'x'"}, "zola"),
        ({"zola.toml": ""}, "zola"),
        ({"_config.yml": "title: x"}, "jekyll"),
        ({"_config.yml": "theme: landscape", "package.json": '{"dependencies": {"hexo": "8"}}'}, "hexo"),
        ({"eleventy.config.js": ""}, "eleventy"),
        ({"package.json": '{"devDependencies": {"@11ty/eleventy": "3"}}'}, "eleventy"),
        ({"astro.config.mjs": ""}, "astro"),
        ({"pelicanconf.py": ""}, "pelican"),
        ({"conf.py": "BLOG_TITLE = 'x'"}, "nikola"),
        ({"conf.py": "extensions = ['sphinx']"}, "hugo"),
        ({"mkdocs.yml": ""}, "mkdocs"),
        ({}, "hugo"),
    ],
)  # fmt: skip
def test_a_site_is_known_by_its_files(tmp_path: Path, files: dict[str, str], site: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert find_profile(tmp_path / "content" / "posts").name == site


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_profiles_are_whole(profile):
    known = set(ALL_FIELDS)
    assert {*profile.places, *profile.without, *profile.also, *profile.spelled} <= known
    assert profile.posts
    for companion in profile.companions:
        assert companion.text.endswith("\n")
        assert companion.why
        depth = 0
        for line in filter(None, companion.text.splitlines()):
            depth -= line.lstrip()[0] in "}])"
            assert line.rstrip() == "  " * depth + line.strip()
            depth += line.rstrip()[-1] in "{[("


# ---------------------------------------------------------------- formats and paths


@pytest.mark.parametrize(
    ("site", "form"), [("hugo", "toml"), ("hugo", "json"), ("zola", "toml"), ("hugo", "yaml")]
)
def test_other_formats_take_updates_too(tmp_path: Path, site: str, form: str) -> None:
    folder = Folder(tmp_path, site=site, format=form)
    folder.run(feed(*HARBOUR))
    assert read(folder.text).format == form
    folder.edit("draft = false", "draft = true") if form == "toml" else None
    assert folder.run(feed(*HARBOUR, MORE), 1) == ["updated"]
    layout = make_layout(PROFILES[site], form=form)
    assert len(layout.value(folder.fields, "headlines")) == 4
    assert layout.value(folder.fields, "lastmod") == "2026-01-07T13:00:00Z"
    assert layout.value(folder.fields, "draft") == ("true" if form == "toml" else "false")
    assert folder.run(feed(*HARBOUR, MORE), 2) == ["unchanged"]


@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
def test_json_keeps_its_indent_and_its_lines(tmp_path: Path, indent: str) -> None:
    folder = Folder(tmp_path, format="json")
    folder.run(feed(*HARBOUR))
    head, _, body = folder.text.partition("\n}\n")
    written = json.dumps(json.loads(head + "}"), indent=indent, ensure_ascii=False)
    folder.path.write_text(f"{written}\n{body}")
    before = folder.text.splitlines()
    assert folder.run(feed(*HARBOUR, MORE), 1) == ["updated"]
    after = folder.text.splitlines()
    gone = [line.strip().partition(":")[0] for line in before if line not in after]
    assert gone == ['"description"', '"summary"', '"guids"', '"written"']
    [lastmod] = [n for n, line in enumerate(after) if line.startswith(f'{indent}"lastmod": ')]
    assert after[lastmod - 1].startswith(f'{indent}"date"')
    assert f'{indent * 3}"title": "{MORE.title}",' in after
    # However often: the lines between front matter and body do not grow.
    more = Row("Ferry bell rings again", "Quay Echo", article("h5"))
    assert folder.run(feed(*HARBOUR, MORE, more), 2) == ["updated"]
    assert "\n}\n\n- [" in folder.text


@pytest.mark.parametrize(
    ("site", "form"), [("jekyll", "toml"), ("zola", "json"), ("mkdocs", "json")]
)
def test_a_format_that_a_generator_does_not_read_is_refused(site: str, form: str) -> None:
    with pytest.raises(UsageError, match=f"{site} does not read {form}"):
        make_layout(PROFILES[site], form=form)


def test_bundles_are_hugos():
    assert make_layout(PROFILES["hugo"], bundle=True).file_name("x", NOW) == "x/index.md"
    with pytest.raises(UsageError, match="bundles"):
        make_layout(PROFILES["jekyll"], bundle=True)


def test_a_bundle_and_a_file_of_one_address_are_never_both_there(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(feed(*HARBOUR))
    other = rss(
        item(HARBOUR[0], modern((Row(HARBOUR[0].title, "Else", article("z9")),)), guid="other")
    )
    folder.run(other, 1, bundle=True)
    names = sorted(path.relative_to(folder.out).as_posix() for path in folder.out.rglob("*.md"))
    assert len(names) == 2
    assert len({name.removesuffix("/index.md").removesuffix(".md") for name in names}) == 2


def test_an_empty_folder_is_no_page(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(feed(*HARBOUR), bundle=True)
    [page] = folder.out.rglob("*.md")
    again = Folder(tmp_path / "again")
    (again.out / page.parent.name).mkdir(parents=True)
    again.run(feed(*HARBOUR), bundle=True)
    assert [path.parent.name for path in again.out.rglob("*.md")] == [page.parent.name]


@pytest.mark.parametrize(
    ("site", "path", "name"),
    [
        ("hugo", "{year}/{month}/{slug}", "2026/01/x.md"),
        ("hugo", "{year}-{month}-{day}-{slug}.md", "2026-01-07-x.md"),
        ("hugo", "archive/{site}/{slug}", "archive/hugo/x.md"),
        ("jekyll", "{year}/{slug}", "2026/2026-01-07-x.md"),
        ("jekyll", "{date}-{slug}", "2026-01-07-x.md"),
    ],
)
def test_paths(site: str, path: str, name: str) -> None:
    assert make_layout(PROFILES[site], path=path).file_name("x", NOW) == name


@pytest.mark.parametrize(
    "path",
    ["{title}/{slug}", "../{slug}", "/{slug}", "{year}", "{slug}/{year}", "a//{slug}", "{slug!r}", "{0}{slug}", ".x/{slug}", "{slug:>9}", "a\\{slug}", "{slug}/..", "{slug}{"],
)  # fmt: skip
def test_a_path_that_feed_text_could_steer_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match="path ="):
        make_layout(PROFILES["hugo"], path=path)


def test_stories_in_folders_are_updated_where_they_are(tmp_path: Path) -> None:
    folder = Folder(tmp_path, path="{year}/{month}/{slug}")
    folder.run(feed(*HARBOUR))
    place = folder.path
    assert place.parent == folder.out / "2026" / "01"
    assert folder.run(feed(*HARBOUR, MORE), 1) == ["updated"]
    assert folder.path == place


# ---------------------------------------------------------------- the user's front matter


def test_fields_order_rename_set_and_drop(tmp_path: Path) -> None:
    wanted = FrontMatter(
        fields=("title", "date", "tags", "link", "headlines", "publisher"),
        rename={"link": "params.source", "headlines": "coverage"},
        constants=constants_of({"layout": "news", "params": {"weight": 10, "featured": True}}),
        drop=("publisher",),
    )
    folder = Folder(tmp_path, front_matter=wanted)
    folder.run(feed(*HARBOUR))
    assert list(folder.fields) == [
        "layout",
        "title",
        "date",
        "tags",
        "params",
        "coverage",
        "newsimport",
    ]
    assert folder.fields["params"] == {"source": article("h1"), "weight": "10", "featured": "true"}
    assert "  weight: 10\n  featured: true\n" in folder.text
    assert folder.text.startswith('---\nlayout: "news"\ntitle: ')


def test_a_renamed_field_merges_under_its_new_name(tmp_path: Path) -> None:
    wanted = FrontMatter(
        rename={"headlines": "extra.rows", "description": "lead", "lastmod": "seen"}
    )
    folder = Folder(tmp_path, front_matter=wanted)
    folder.run(feed(*HARBOUR))
    folder.edit("lead: ", "lead: Mine # ")
    folder.edit("extra:\n", "extra:\n  mine: 1 # stays\n")
    assert folder.run(feed(*HARBOUR, MORE), 1) == ["updated"]
    assert folder.fields["lead"] == "Mine"
    assert folder.fields["extra"]["mine"] == "1"
    assert "  mine: 1 # stays\n" in folder.text
    assert len(folder.fields["extra"]["rows"]) == 4
    assert folder.fields["seen"] == "2026-01-07T13:00:00Z"
    assert "headlines" not in folder.fields
    assert folder.run(feed(*HARBOUR, MORE), 2) == ["unchanged"]


def test_what_has_other_names_is_known_again_without_a_ledger(tmp_path: Path) -> None:
    names = {"tags": "extra.topics", "slug": "address", "headlines": "rows", "date": "published"}
    folder = Folder(tmp_path, front_matter=FrontMatter(rename=names))
    folder.run(feed(*HARBOUR))
    [tag, *_] = folder.fields["extra"]["topics"]
    folder.edit(f'"{tag}"', f'"{tag.upper()}"')
    for path in folder.out.glob(".newsimport*"):
        path.unlink()
    assert folder.run(feed(*HARBOUR, MORE), 1) == ["updated"]
    with Ledger(folder.out / ".newsimport.sqlite3") as ledger:
        assert tag.upper() in ledger.tags().values()
        assert ledger.names.has_slug("harbour-town-votes-to-keep-its-last-ferry", "another")
    assert folder.fields["extra"]["topics"][0] == tag.upper()
    assert len(folder.fields["rows"]) == 4


TWO_LAYOUTS = """
[defaults]
out = "content"
site = "hugo"
data = "news.json"

[[feeds]]
name = "world"
url = "feed.xml"

[[feeds]]
name = "other"
url = "other.xml"
[feeds.front_matter]
rename = {title = "heading", headlines = "rows", tags = "topics"}
"""


def test_feeds_of_one_site_may_have_names_of_their_own(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "newsimport.toml").write_text(TWO_LAYOUTS)
    (tmp_path / "feed.xml").write_text(feed(*HARBOUR))
    (tmp_path / "other.xml").write_text(feed(MORE).replace("harbour", "other"))
    assert cli("fetch", cwd=tmp_path).status == 0
    stories = json.loads((tmp_path / "news.json").read_text())
    assert {story["title"] for story in stories} == {HARBOUR[0].title, MORE.title}
    assert all(story["headlines"] for story in stories)


def test_a_name_that_is_new_in_the_configuration_is_added_at_the_next_update(
    tmp_path: Path,
) -> None:
    folder = Folder(tmp_path)
    folder.run(feed(*HARBOUR))
    wanted = FrontMatter(rename={"image": "cover.image", "images": "images"})
    assert folder.run(feed(*HARBOUR, MORE), 1, front_matter=wanted) == ["updated"]
    assert folder.fields["cover"] == {"image": "https://pictures.example/ferry.jpg"}
    assert folder.fields["images"] == ["https://pictures.example/ferry.jpg"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (FrontMatter(fields=("title", "body")), "no field 'body'"),
        (FrontMatter(rename={"titel": "x"}), "no field 'titel'"),
        (FrontMatter(rename={"link": "title"}), "two fields would stand at 'title'"),
        (FrontMatter(rename={"link": "newsimport.x"}), "knows its files by"),
        (FrontMatter(rename={"link": "a b"}), "'a b' is no name"),
        (FrontMatter(rename={"link": "a..b"}), "'a..b' is no name"),
        (FrontMatter(rename={"link": "tags.link"}), "a field and a map"),
        (FrontMatter(constants={"newsimport": "x"}), "knows its files by"),
        (FrontMatter(theme="nosuch"), "is not known"),
        (FrontMatter(theme="minima"), "is one of jekyll"),
    ],
)
def test_what_cannot_be_is_said(wanted: FrontMatter, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        make_layout(PROFILES["hugo"], wanted)


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_has_a_layout(name: str) -> None:
    theme = THEMES[name]
    layout = make_layout(PROFILES[theme.site], FrontMatter(theme=name))
    assert set(theme.rename.values()) <= set(layout.places.values())
    mine = make_layout(PROFILES[theme.site], FrontMatter(theme=name, rename={"link": "mine"}))
    assert mine.place("link") == "mine"


def test_chirpys_tags_are_lower_and_its_categories_two(tmp_path: Path) -> None:
    folder = Folder(tmp_path, site="jekyll", front_matter=FrontMatter(theme="chirpy"))
    folder.run(feed(*HARBOUR))
    assert all(tag == tag.lower() for tag in folder.fields["tags"])


CONFIG = """
[defaults]
out = "content"
site = "hugo"
body = "numbered"
path = "{year}/{slug}"

[front_matter]
theme = "papermod"
rename = {description = "lead"}
set = {author = "The desk", params = {weight = 3}}
drop = ["source"]

[[feeds]]
name = "world"
url = "feed.xml"

[[feeds]]
name = "other"
url = "other.xml"
[feeds.front_matter]
fields = ["title", "date"]
"""


def test_the_configuration_file_says_it_all(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "newsimport.toml").write_text(CONFIG)
    (tmp_path / "feed.xml").write_text(feed(*HARBOUR))
    (tmp_path / "other.xml").write_text(feed(MORE).replace("harbour", "other"))
    run = cli("fetch", cwd=tmp_path)
    assert run.status == 0, run
    texts = {path.stem: path.read_text() for path in (tmp_path / "content").rglob("*.md")}
    fields = read(texts["harbour-town-votes-to-keep-its-last-ferry"]).fields
    assert fields["cover"] == {"image": "https://pictures.example/ferry.jpg"}
    assert (fields["author"], fields["params"]) == ("The desk", {"weight": "3"})
    assert {"lead", "canonicalURL"} <= set(fields)
    assert not {"source", "description", "link"} & set(fields)
    assert "\n1. [" in texts["harbour-town-votes-to-keep-its-last-ferry"]
    assert list(read(texts["ferry-crew-gets-a-pay-rise"]).fields) == ["title", "date", "newsimport"]


@pytest.mark.parametrize(
    "wrong", ["[front_matter]\nset = 1", "[front_matter]\nfields = 1", "[front_matter]\nrename = {link = 1}", "[front_matter]\nthem = 'x'", "[front_matter]\ntheme = 'nosuch'"]
)  # fmt: skip
def test_a_wrong_configuration_is_said(cli: Cli, tmp_path: Path, wrong: str) -> None:
    (tmp_path / "newsimport.toml").write_text(wrong + "\n")
    (tmp_path / "feed.xml").write_text(feed(*HARBOUR))
    run = cli("fetch", "feed.xml", "--out", "out", cwd=tmp_path)
    assert run.status == 2
    assert len(run.err.splitlines()) == 1


def test_constants_keep_their_types():
    found = constants_of(
        {"a": "x", "b": {"c": 1.5, "d": ["y", False]}, "e": datetime(2026, 1, 2, tzinfo=UTC)}
    )
    assert found == {
        "a": "x",
        "b.c": "1.5",
        "b.d": ["y", "false"],
        "e": "2026-01-02T00:00:00+00:00",
    }
    assert isinstance(found["b.c"], Bare)


PLACES = st.lists(
    st.from_regex(r"[a-z]{1,3}(\.[a-z]{1,3}){0,2}", fullmatch=True), unique=True, max_size=6
)


@given(PLACES)
def test_what_is_nested_is_found_and_flat_again(places):
    places = [one for one in places if not any(other.startswith(one + ".") for other in places)]
    fields = {place: f"v{place}" for place in places}
    assert flatten(nest(fields)) == fields
    assert all(find(nest(fields), place) == value for place, value in fields.items())


# ---------------------------------------------------------------- bodies


BODIES = {
    "list": "- [{a}]({la}) — {pa}\n- [{b}]({lb}) — {pb}\n",
    "numbered": "1. [{a}]({la}) — {pa}\n2. [{b}]({lb}) — {pb}\n",
    "quote": "> [{a}]({la}) — {pa}\n>\n> [{b}]({lb}) — {pb}\n",
    "table": "| Headline | Publisher |\n| --- | --- |\n| [{a}]({la}) | {pa} |\n| [{b}]({lb}) | {pb} |\n",
}


@pytest.mark.parametrize("body", BODIES)
def test_bodies(tmp_path: Path, body: str) -> None:
    folder = Folder(tmp_path, body=body)
    folder.run(feed(*HARBOUR[:2]))
    a, b = HARBOUR[:2]
    names = {
        "a": a.title,
        "la": a.link,
        "pa": a.publisher,
        "b": b.title,
        "lb": b.link,
        "pb": b.publisher,
    }
    assert read(folder.text).body == "\n" + BODIES[body].format(**names)


def test_no_body(tmp_path: Path) -> None:
    folder = Folder(tmp_path, body="none")
    folder.run(feed(*HARBOUR))
    assert read(folder.text).body == ""


TEMPLATE = """{% for line in headlines %}
* {{ line.link }} ({{ line.publisher }})
{% endfor %}

Read {{ title }} at <{{ url }}>, {{ published.year }}.
"""


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    folder = Folder(tmp_path, body=TEMPLATE)
    row = Row("A *bold* {{< x >}} <b>title</b>", "Q&A: #1", article("t1"))
    folder.run(feed(row))
    title = r"A \*bold\* &#123;&#123;< x >}} &lt;b>title&lt;/b>"
    assert read(folder.text).body == (
        f"\n* [{title}]({row.link}) (Q&A: #1)\n\nRead {title} at <{row.link}>, {START.year}.\n"
    )


@pytest.mark.parametrize(
    "template",
    ["{{ title.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{% include '/etc/passwd' %}", "{{ title | nosuch }}", "{% if %}", "{{ 1 / 0 }}", "{{ tags.append('x') }}", "{% import 'os' as os %}"],
)  # fmt: skip
def test_a_template_cannot_leave_its_sandbox(tmp_path: Path, template: str) -> None:
    folder = Folder(tmp_path, body=template)
    try:
        folder.run(feed(*HARBOUR))
    except UsageError as error:
        assert "template" in str(error)
    else:
        assert "class" not in read(folder.text).body.replace("&#95;", "_")


MACRO = """{% macro row(line) %}
- {{ line.link }}: *{{ line.publisher }}*
{% endmacro %}
{% for line in headlines %}{{ row(line) }}{% endfor %}
{% set all %}[{{ tags | join(", ") }}]{% endset %}
{{ all }} {{ 3 * 2 }} {{ nothing }}
"""


def test_what_a_macro_gives_is_escaped_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path, body=MACRO)
    row = Row("A *bold* {{< x >}} title", "Q_A_", article("t1"))
    folder.run(feed(row))
    assert read(folder.text).body == (
        f"\n- [A \\*bold\\* &#123;&#123;< x >}}}} title]({row.link}): *Q_A\\_*\n"
        f"[{', '.join(folder.fields['tags'])}] 6 \n"
    )


@pytest.mark.parametrize(
    "template",
    [
        "{{ headlines }}",
        "{{ headlines[0] }}",
        "{{ headlines[0].items() | list }}",
        "{{ [title] }}",
        "{{ title | list }}",
        "{{ title | safe }}",
        "{{ title | e }}",
        "{{ title ~ headlines[0].link }}",
        "{{ headlines[0].link.replace('x', title) }}",
        "{{ headlines[0].link ~ title }}",
        "{{ '%s' | format(title) }}",
        "{% filter lower %}{{ title }}{% endfilter %}",
        "{% set x = title %}{{ x }}",
        "{% for part in title.split() %}{{ part }} {% endfor %}",
    ],
)
def test_no_way_of_printing_lets_text_act(tmp_path: Path, template: str) -> None:
    folder = Folder(tmp_path, body=template)
    folder.run(feed(Row("{{< x >}} {% y %} <b>t</b>", "Paper", article("t1"))))
    body = read(folder.text).body
    assert "{" not in body
    assert "<b>" not in body
    assert "&#123;" in body or "&amp;#123;" in body


def test_a_body_that_is_none_is_refused():
    with pytest.raises(UsageError, match="neither a template"):
        make_layout(PROFILES["hugo"], body="lists")


# ---------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Iran", "IRAN", "iran "], ["Iran"]),
        (["🎉", "..", " ", "-", "", "…"], []),
        (["a/b", "{{ x }}", "<b>", "C++", "AT&T", "R&D", "#1", "$5"], ["a b", "x", "b", "C", "AT&T", "R&D", "#1", "$5"]),
        (["日本", "हिन्दी", "العربية", "São Paulo"], ["日本", "हिन्दी", "العربية", "São Paulo"]),
        (["x" * 81, "y" * 80], ["y" * 80]),
        (["&lt;", "a&#58;b"], ["a b"]),
    ],
)  # fmt: skip
def test_terms(names, found):
    assert terms(names) == found


def test_reserved_terms_are_left_out():
    assert terms(["All", "Draft", "x"], {"all", "draft"}) == ["x"]


@given(st.lists(st.text(max_size=30), max_size=5))
@example(["'\xad0"])
def test_terms_are_stable_and_each_once(names):
    found = terms(names)
    assert terms(found) == found
    assert len({term.casefold() for term in found}) == len(found)


@given(st.text(max_size=60))
def test_inert_text_stays_as_it_is(text):
    assert inert(inert(text)) == inert(text)
    assert not re.search(r"[<>\n\x00-\x1f]|\]\(|\{:", inert(text))


# ---------------------------------------------------------------- what is shown and listed


def test_inspect_shows_the_file_that_would_be_written(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(feed(*HARBOUR))
    shown = cli("inspect", "feed.xml", "--as", "zola", cwd=tmp_path)
    assert shown.status == 0
    assert not list(tmp_path.rglob("*.md"))
    cli("fetch", "feed.xml", "--site", "zola", "--out", "out", cwd=tmp_path)
    [path] = (tmp_path / "out").glob("*.md")
    name, _, text = shown.out.partition(" <==\n")
    assert name == f"==> {path.name}"
    written = path.read_text()
    fixed = re.compile(r"(first_seen: |guids: |written: ).*")
    assert fixed.sub("", text.rstrip("\n")) == fixed.sub("", written.rstrip("\n"))


def test_a_list_of_all_stories(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(feed(*HARBOUR))
    where = tmp_path / "data" / "news.json"
    run = cli(
        "fetch", "feed.xml", "--site", "jekyll", "--out", "_posts", "--data", where, cwd=tmp_path
    )
    assert run.status == 0, run
    [story] = json.loads(where.read_text())
    assert story["path"] == "2026-01-06-harbour-town-votes-to-keep-its-last-ferry.md"
    assert (story["title"], story["draft"]) == (HARBOUR[0].title, False)
    assert [line["publisher"] for line in story["headlines"]] == [row.publisher for row in HARBOUR]
    stamp = where.stat().st_mtime_ns
    cli("fetch", "feed.xml", "--site", "jekyll", "--out", "_posts", "--data", where, cwd=tmp_path)
    assert where.stat().st_mtime_ns == stamp
    assert [path.name for path in where.parent.iterdir()] == ["news.json"]


def test_links_that_are_none_are_counted(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    row = Row("Evil", "Paper", "javascript:alert(1)")
    folder.source.write_text(feed(HARBOUR[0], row), encoding="utf-8")
    report = import_feeds(folder.settings, NOW)
    assert report.feeds[0].warnings == (
        "1 of its links are no web addresses: they are written as text",
    )
    assert "- Evil — Paper\n" in folder.text


def test_layouts_load_no_heavy_library():
    program = "import sys, newsimport.site.layout, newsimport.site.body; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not {"ruamel.yaml", "jinja2", "nh3", "slugify", "tomlkit"} & set(done.stdout.split())
