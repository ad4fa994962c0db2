"""Turn Google News feeds into Markdown front-matter files for static sites."""

__version__ = "0.1.0"
