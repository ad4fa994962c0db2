"""Run the command line as a program: `newsimport`, or `python -m newsimport`."""

import gc


def run(name: str | None = None) -> None:
    """Run as a program of its own, whose memory the system takes back at the end.

    It goes by the name that it was called by, unless `name` is another.
    """
    # Modules and tables are most of what there is, and they stay. The collector would go through
    # them every few hundred objects while they are loaded, now and then later, and twice at the
    # end.
    gc.disable()
    from newsimport.cli import main

    gc.freeze()
    gc.set_threshold(30_000)
    gc.enable()
    try:
        main(prog_name=name)
    finally:
        gc.freeze()


if __name__ == "__main__":
    run("newsimport")
