"""One run in a process of its own, at a given time: `one_run.py WHAT FEED OUT SECONDS`.

For tests that kill it, or let system calls fail under it. Prints what newsimport prints.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from newsimport.config import Settings
from newsimport.errors import NewsimportError
from newsimport.importer import import_feeds
from newsimport.site.prune import prune
from newsimport.site.site import open_site


def main(what: str, feed: str, out: str, seconds: str) -> int:
    now = datetime.fromtimestamp(int(seconds), UTC)
    try:
        if what == "prune":
            with open_site(Path(out), None, now) as site:
                prune(site, now)
            return 0
        settings = Settings(sources=(feed,), out=Path(out), style=what, site="hugo", lock_timeout=0)
        return import_feeds(settings, now).exit
    except NewsimportError as error:
        print(f"newsimport: {error}", file=sys.stderr)
        return error.status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
