"""`newsimport completion`: the script by which a shell completes newsimport's words."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, /, shell: str) -> None:
    """Print the script by which SHELL completes commands, options and the names of your feeds.

    To have it in every shell that you open from now on, write it where your shell looks for it:

    \b
    Examples:
      newsimport completion bash > ~/.local/share/bash-completion/completions/newsimport
      newsimport completion zsh > ~/.zfunc/_newsimport
      newsimport completion fish > ~/.config/fish/completions/newsimport.fish

    \b
    The folder must be there: mkdir -p makes it. Besides,
      bash needs the package bash-completion, or in ~/.bashrc
        eval "$(newsimport completion bash)"
      zsh needs in ~/.zshrc
        fpath+=~/.zfunc; autoload -Uz compinit; compinit
    """
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete is not None
    click.echo(
        complete(ctx.find_root().command, {}, "newsimport", "_NEWSIMPORT_COMPLETE").source(),
        nl=False,
    )
