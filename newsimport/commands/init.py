"""`newsimport init`: begin a configuration for the site at hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsimport.commands.output import print_line, say

if TYPE_CHECKING:
    from newsimport.site.profiles import Profile

_TEMPLATE = """\
# What newsimport brings into this site, and how: run `newsimport fetch` in this folder.
# Lines behind a "#" are examples: each is off until you remove its "#".

[defaults]
out = {out}
site = "{site}"
# style = "classic"           # "modern" without it
# update = "never"            # leave known stories as they are; "merge" without it
# limit = 100                 # take the first so many items of each feed; all without it
# since = "7d"                # leave out what is older; nothing without it
# every = "30m"               # ask no feed more often; 15 minutes is the least without it
# max_headlines = 10          # so many headlines does a story keep; 20 without it
# categories = ["News"]       # for a feed that has neither a topic nor a title
# report_after = 3            # tell of a feed at its third failure in a row; at once without it
# log_file = "newsimport.log" # a line on each feed at each run

# How a story's file is called and written.
# format = "toml"             # of the front matter; or "json"; "yaml" without it
# path = "{{year}}/{{month}}/{{slug}}"
# body = "numbered"           # or "table", "quote", "none", or a template; "list" without it
# data = "data/news.json"     # a list of all stories besides

# What themes and layouts read.
# [front_matter]
# theme = "papermod"          # {themes}
# rename = {{ link = "externalUrl" }}
# set = {{ layout = "news", params = {{ section = "world" }} }}
# drop = ["guid"]

# What is wanted of all feeds. The expressions look at title, publisher and link.
# [defaults.filters]
# exclude = ["horoscope", "title:^Sponsored"]
# min_headlines = 2
# max_age = "3d"
# block = ["Daily Example", "example.com"]

# One table for each feed.
"""
_FEED = """
# An example, to be changed or removed. `newsimport fetch world` imports this one alone.
[[feeds]]
name = "world"
url = "https://news.google.com/rss/headlines/section/topic/WORLD?hl=en-US&gl=US&ceid=US:en"
# section = "world"           # a folder below `out`
# categories = ["World"]      # in place of the feed's own
# tags = ["news"]             # with those of each story
# every = "1h"
# filters = { include = ["climate"], min_headlines = 3 }
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """A configuration without a feed, and what it says of the site."""

    text: str
    profile: Profile
    out: str


def begin_config(folder: Path) -> Begun:
    """Return the beginning of a configuration for the site that a folder holds."""
    from newsimport.opml import quoted
    from newsimport.site.profiles import find_profile, news_folder
    from newsimport.site.themes import THEMES

    profile = find_profile(folder)
    out = news_folder(profile)
    text = _TEMPLATE.format(out=quoted(out), site=profile.name, themes=", ".join(THEMES))
    return Begun(text, profile, out)


@click.command()
@click.argument(
    "folder", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
def init(folder: Path) -> None:
    """Write a commented newsimport.toml for the site that FOLDER holds (this one if not given).

    What else the site needs for its stories, such as Zola's _index.md, is printed, not written.

    \b
    Examples:
      newsimport init my-site
      newsimport init
    """
    from newsimport.configfile import FILE_NAME
    from newsimport.errors import UsageError, WriteError

    path = folder / FILE_NAME
    begun = begin_config(folder)
    profile, out = begun.profile, begun.out
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(begun.text + _FEED)
    except FileExistsError:
        raise UsageError(f"{path} is there already; edit it, or remove it first") from None
    except OSError as error:
        raise WriteError.at(path, error) from error
    say(
        f"{path}: written for {profile.name}; its stories will go to {folder / out}; "
        "put your feeds in it, then run `newsimport fetch`"
    )
    for companion in profile.companions:
        print_line("")
        print_line(companion.why)
        print_line(f"==> {folder / companion.path.format(posts=out)} <==")
        for line in companion.text.splitlines():
            print_line(line)
