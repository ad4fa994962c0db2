"""Settle what a run is to do: flags before environment before project config before user config."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsimport.config import Settings, Source, parse_duration, parse_since
from newsimport.configfile import ConfigFile, find_config, user_config
from newsimport.errors import UsageError, nearest
from newsimport.filters import NO_FILTERS
from newsimport.source.urls import is_url

if TYPE_CHECKING:
    from datetime import datetime

    import click

    from newsimport.site.layout import Layout

_FILTER_OPTIONS = ("include", "exclude", "min_headlines", "allow", "block")
# What a feed's own table may say against the defaults, but not against a flag.
_OF_FEEDS = ("limit", "every", "allow_private", "cookie_file")


def load_config(path: Path | None) -> ConfigFile:
    """Return the project's configuration, with the user's own below it.

    `path` is the one that was named; else the nearest newsimport.toml. Raises UsageError.
    """
    project, user = config_files(path)
    if user.path is None:
        return project
    defaults = {**user.defaults, **project.defaults, "filters": project.filters or user.filters}
    feeds = project.feeds or user.feeds
    return ConfigFile(project.path or user.path, defaults, feeds)


def config_files(path: Path | None) -> tuple[ConfigFile, ConfigFile]:
    """Return the project's configuration and the user's own. Raises UsageError."""
    # Path's own, on older Pythons, raise where a folder cannot be entered.
    if path is not None and not os.path.isfile(path):  # noqa: PTH113
        raise UsageError(f"{path}: there is no such configuration file")
    found = path or find_config(Path())
    own = user_config(os.environ)
    has_own = os.path.isfile(own)  # noqa: PTH113
    if not (found or has_own):
        return ConfigFile(), ConfigFile()
    from newsimport.configreader import read_config

    user = read_config(own) if has_own else ConfigFile()
    project = read_config(found, below=user) if found else ConfigFile()
    if user.feeds and not project.feeds:
        user = read_config(own, above=project)
    return project, user


def place_of_stories(
    path: Path | None, out: Path | None, state: Path | None, how: str = "Give --out FOLDER"
) -> tuple[Path, Path | None]:
    """Return the folder of the stories and their ledger, as options or the configuration say.

    The ledger is None where it is in the folder. `how` says how the command at hand is told the
    folder. Raises UsageError.
    """
    defaults = load_config(path).defaults
    folder: Path | None = out or defaults.get("out")
    if folder is None:
        raise UsageError(f"which folder? {how}, or write `out` into newsimport.toml")
    if not os.path.isdir(folder):  # noqa: PTH112
        raise UsageError(f"{folder}: there is no such folder yet; the first fetch makes it")
    return folder, state or defaults.get("state")


def layout_settings(path: Path | None, site: str) -> Settings:
    """Return the configuration's settings of what a file looks like, for one generator."""
    names = (
        "style", "format", "path", "body", "bundle", "unicode_slugs", "front_matter", "images",
        "excerpts", "max_headlines",
    )  # fmt: skip
    config = load_config(path)
    chosen = {name: config.defaults[name] for name in names if name in config.defaults}
    return Settings(site=site, feeds=config.feeds, **chosen)


def layouts_at(path: Path | None, out: Path, site: str | None) -> tuple[Layout, ...]:
    """Return all layouts that the configuration has for the files in `out`.

    `site` is the generator, None for the configuration's or the one whose files are there. Raises
    UsageError.
    """
    from newsimport.run import layouts_of
    from newsimport.site.profiles import find_profile

    site = site or load_config(path).defaults.get("site") or find_profile(out).name
    return layouts_of(layout_settings(path, site))


def settle(
    ctx: click.Context,
    words: tuple[str, ...],
    options: dict[str, Any],
    now: datetime,
    *,
    writes: bool = True,
) -> Settings:
    """Return the settings of a run on the feeds that `words` name, all configured ones if none.

    `options` are click's values by name; what its defaults gave counts after the configuration.
    A run that `writes` needs a folder. Raises UsageError.
    """
    config = load_config(options.pop("config", None))
    given = {name for name in options if is_given(ctx, name)}
    values = {name: value for name, value in options.items() if value is not None}
    values |= {name: value for name, value in config.defaults.items() if name not in given}
    if writes and "out" not in values:
        from newsimport.commands.firstrun import choose_folder

        values["out"] = choose_folder()
    filters = _filters(options, given)
    for name in (*_FILTER_OPTIONS, "every"):
        values.pop(name, None)
    values["filters"] = config.defaults.get("filters", NO_FILTERS).refined(**filters)
    if "since" in values:
        values["since_said"] = values["since"]
        values["since"] = parse_since(values["since"], now)
    for name in ("window", "max_age"):
        if isinstance(values.get(name), str):
            values[name] = parse_duration(values[name])
    feeds, typed = _choose(words, config)
    against = {name: values[name] for name in _OF_FEEDS if name in given and name in values}
    feeds = [feed._replace(**against, filters=feed.filters.refined(**filters)) for feed in feeds]
    return Settings(sources=tuple(typed), feeds=tuple(feeds), **values)


def is_given(ctx: click.Context, name: str) -> bool:
    """Say whether a flag or the environment gave an option."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name in {"COMMANDLINE", "ENVIRONMENT", "PROMPT"}


def is_typed(ctx: click.Context, name: str) -> bool:
    """Say whether the command line itself gave an option."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _filters(options: dict[str, Any], given: set[str]) -> dict[str, Any]:
    return {name: options[name] for name in _FILTER_OPTIONS if name in given}


def _choose(words: tuple[str, ...], config: ConfigFile) -> tuple[list[Source], list[str]]:
    """Return the configured feeds and the typed ones that some words name."""
    by_name = {feed.name: feed for feed in config.feeds}
    if not words:
        if not by_name:
            raise UsageError(
                "name a FEED (a URL, a path, or -), or write feeds into newsimport.toml: "
                "`newsimport init` begins one"
            )
        return list(config.feeds), []
    if "" in words:
        raise UsageError("a FEED is empty: it is a URL, a path, -, or a name in newsimport.toml")
    feeds, typed = [], []
    for word in dict.fromkeys(words):
        if word in by_name:
            feeds.append(by_name[word])
        elif is_url(word) or word == "-" or "://" in word or _is_path(word) or not by_name:
            typed.append(word)
        else:
            raise UsageError(
                f"{word!r} is neither a configured feed, a URL nor a file"
                + nearest(word, tuple(by_name))
            )
    return feeds, typed


def _is_path(word: str) -> bool:
    return "/" in word or "." in word or os.path.exists(word)  # noqa: PTH110
