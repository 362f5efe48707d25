"""click in two languages: help pages and usage errors in the language that a command was built in."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches

import click

from ui.catalog_cli import HELP, USAGE
from ui.language import Language, say

USAGE_ERROR = 2
HELP_WIDTH = 100


class Command(click.Command):
    """A command with its help, usage line and option list in ``language``.

    Args:
        language: Of everything it says.
        name: Its name, and the key of its help in the catalogue.
        run: Called with the values of ``params`` by name; returns the exit code.
        params: Options and arguments, in the order of the help page.
    """

    def __init__(
        self, language: Language, name: str, run: Callable[..., int], params: Sequence[click.Parameter] = ()
    ) -> None:
        super().__init__(
            name,
            callback=run,
            params=[*params, lang_option(language)],
            help=say(HELP, language, name),
            short_help=say(HELP, language, name),
            options_metavar=say(HELP, language, "options_meta"),
            context_settings={"allow_extra_args": True, "max_content_width": HELP_WIDTH},
        )
        self.language = language

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, with the complaint about what is left over in our language."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            # click's parser leaves it out of errors about the value of an option.
            error.ctx = error.ctx or ctx
            raise
        if rest:
            raise click.UsageError(say(USAGE, self.language, "extra", arguments=" ".join(rest)), ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help`` in our language."""
        return _translated_help(super().get_help_option(ctx), self.language)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        _write_usage(self, self.language, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under their heading."""
        _write_options(self, self.language, ctx, formatter)


class Group(click.Group):
    """The ``wenju`` command with its subcommands in the order they were given."""

    def __init__(self, language: Language, name: str, commands: Sequence[click.Command], version: click.Option) -> None:
        super().__init__(
            name,
            params=[version, lang_option(language)],
            callback=self._without_command,
            invoke_without_command=True,
            help=say(HELP, language, name),
            options_metavar=say(HELP, language, "options_meta"),
            subcommand_metavar=say(HELP, language, "command_meta"),
            commands={str(command.name): command for command in commands},
            context_settings={"max_content_width": HELP_WIDTH},
        )
        self.language = language

    def _without_command(self) -> int | None:
        ctx = click.get_current_context()
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help(), err=True)
            return USAGE_ERROR
        return None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a first acquaintance, not of the alphabet."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand that ``args`` begin with, or a complaint that names the nearest one."""
        command = self.commands.get(args[0])
        if command is None:
            raise click.UsageError(
                say(USAGE, self.language, "no_command", name=args[0])
                + _perhaps(get_close_matches(args[0], self.commands), self.language),
                ctx,
            )
        return args[0], command, args[1:]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help`` in our language."""
        return _translated_help(super().get_help_option(ctx), self.language)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        _write_usage(self, self.language, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands under their headings."""
        _write_options(self, self.language, ctx, formatter)
        with formatter.section(say(HELP, self.language, "commands_word")):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in self.commands.items()])


def whole_number(
    language: Language, least: int, greatest: int
) -> Callable[[click.Context, click.Parameter, str | int | None], int | None]:
    """The ``callback`` of an option that takes a whole number between ``least`` and ``greatest``."""

    def convert(ctx: click.Context, param: click.Parameter, value: str | int | None) -> int | None:
        if value is None:
            return None
        try:
            number = int(value)
        except ValueError as error:
            raise click.BadParameter(say(USAGE, language, "not_whole_number", value=value), ctx, param) from error
        if not least <= number <= greatest:
            text = say(USAGE, language, "out_of_range", value=number, least=least, greatest=greatest)
            raise click.BadParameter(text, ctx, param)
        return number

    return convert


def not_empty(language: Language) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """The ``callback`` of an option for which an empty text is a mistake: a variable of the shell that is not set."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise click.BadParameter(say(USAGE, language, "empty"), ctx, param)
        return value

    return check


class OneOf(click.Choice[str]):
    """One of a few words."""

    def __init__(self, language: Language, choices: Sequence[str]) -> None:
        super().__init__(choices)
        self.language = language

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """The complaint in our language."""
        return say(USAGE, self.language, "not_a_choice", value=value, choices="、".join(map(str, self.choices)))


def lang_option(language: Language) -> click.Option:
    """``--lang``: read before parsing, see ``ui.session.language_of``; here only checked."""
    return click.Option(
        ["--lang"], type=OneOf(language, ("zh", "en")), expose_value=False, help=say(HELP, language, "lang")
    )


def usage_message(error: click.ClickException, language: Language) -> str:
    """What is wrong with the command line, in one line without its full stop."""
    if isinstance(error, click.NoSuchOption):
        text = say(USAGE, language, "no_option", name=error.option_name)
        return text + _perhaps(error.possibilities or (), language)
    if isinstance(error, click.BadOptionUsage):
        options = error.ctx.command.params if error.ctx else []
        flag = any(isinstance(o, click.Option) and o.is_flag and error.option_name in o.opts for o in options)
        return say(USAGE, language, "wants_no_value" if flag else "wants_value", name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = _parameter_name(error.param)
        if isinstance(error, click.MissingParameter):
            return say(USAGE, language, "missing", name=name)
        return say(USAGE, language, "bad_value", name=name, message=error.message)
    return error.message


def _perhaps(names: Sequence[str], language: Language) -> str:
    return say(USAGE, language, "perhaps", names=", ".join(names)) if names else ""


def _parameter_name(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else str(param.metavar or param.name)


def _translated_help(option: click.Option | None, language: Language) -> click.Option | None:
    if option is not None:
        option.help = say(HELP, language, "help")
    return option


def _write_usage(
    command: click.Command, language: Language, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=say(HELP, language, "usage_word"))


def _write_options(
    command: click.Command, language: Language, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    records = [param.get_help_record(ctx) for param in command.get_params(ctx) if isinstance(param, click.Option)]
    with formatter.section(say(HELP, language, "options_word")):
        formatter.write_dl([record for record in records if record])
