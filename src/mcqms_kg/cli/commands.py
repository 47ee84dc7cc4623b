"""Groups of commands, and what their help says."""

from __future__ import annotations

from click import Context, Group, HelpFormatter

WHOLE = 1000
"""Characters; no sentence has so many."""


class Commands(Group):
    """Commands in the order in which they were written; help tells the first sentence of each whole."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002  # Click hands it over
        return list(self.commands)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002  # Click hands it over
        rows = [(name, command.get_short_help_str(WHOLE)) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
