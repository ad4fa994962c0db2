"""Run the command line as a program: `newsimport`, or `python -m newsimport`."""

import gc


def run() -> None:
    """Run as a program of its own, whose memory the system takes back at the end."""
    # Modules and tables are most of what there is, and they stay. The collector would go through
    # them every few hundred objects while they are loaded, now and then later, and twice at the
    # end.
    gc.disable()
    from newsimport.cli import main

    gc.freeze()
    gc.set_threshold(30_000)
    gc.enable()
    try:
        main(prog_name="newsimport")
    finally:
        gc.freeze()


if __name__ == "__main__":
    run()
