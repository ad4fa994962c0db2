"""Run the command line as `python -m newsimport`."""

from newsimport.cli import main

main(prog_name="newsimport")
