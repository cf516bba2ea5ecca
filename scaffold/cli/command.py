"""What all commands have: each option once, and no empty value."""

import click


class StrictCommand(click.Command):
    """A command that refuses an option given twice, of which Click takes the last, and an empty value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as Click does; raises UsageError."""
        if not ctx.resilient_parsing:
            self._check_values(ctx, args)
        return super().parse_args(ctx, args)

    def _check_values(self, ctx: click.Context, args: list[str]) -> None:
        values, _, given = self.make_parser(ctx).parse_args(args=list(args))
        for parameter in given:
            value = values[str(parameter.name)]
            if "" in (value if isinstance(value, list | tuple) else (value,)):
                raise click.UsageError(f"{_written(parameter)} is empty", ctx)
            if given.count(parameter) > 1 and not _repeatable(parameter):
                raise click.UsageError(f"{_written(parameter)} stands twice", ctx)


def _written(parameter: click.Parameter) -> str:
    return parameter.opts[-1] if isinstance(parameter, click.Option) else str(parameter.name).upper()


def _repeatable(parameter: click.Parameter) -> bool:
    return not isinstance(parameter, click.Option) or parameter.multiple or bool(parameter.is_flag)
