"""Show the many options of a command in sections, the same ones for all commands."""

from __future__ import annotations

import click

# Names of parameters, in the order in which help shows them. An option that is in none of these
# stands under "Other options".
SECTIONS = {
    "Feeds": (
        "topic", "search", "geo", "locale", "when", "after", "before", "sites", "intitle",
        "without", "split", "list_locales", "explain", "feed_url", "config",
    ),
    "Which items": (
        "limit", "since", "include", "exclude", "min_headlines", "allow", "block",
    ),
    "Where to, and in which form": (
        "out", "site", "style", "format", "bundle", "unicode_slugs", "stories_file", "state",
        "lock_timeout", "dry_run", "diff",
    ),
    "Known stories": (
        "update", "yes", "headlines", "max_headlines", "retitle", "resurrect", "window", "max_age",
    ),
    "Publishers' links and images": ("resolve_links", "resolve_budget", "images", "excerpts"),
    "Network": ("force", "jobs", "allow_private", "cookie_file", "max_bytes"),
    "What is said": (
        "explain_tags", "report_after", "log_file", "log_format", "as_json", "quiet", "verbose",
    ),
}  # fmt: skip
OTHERS = "Other options"


def sections_of(command: click.Command, ctx: click.Context) -> dict[str, list[click.Parameter]]:
    """Return the options of a command that help shows, by the section that they stand in."""
    options = {param.name or "": param for param in command.get_params(ctx) if _is_shown(param)}
    found: dict[str, list[click.Parameter]] = {}
    for title, names in SECTIONS.items():
        if here := [options.pop(name) for name in names if name in options]:
            found[title] = here
    if options:
        found[OTHERS] = list(options.values())
    return found


def _is_shown(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and not param.hidden


class Sectioned(click.Command):
    """A command whose help shows its options in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, section by section, as click calls for it."""
        for title, options in sections_of(self, ctx).items():
            records = (option.get_help_record(ctx) for option in options)
            with formatter.section(title):
                formatter.write_dl([record for record in records if record])
