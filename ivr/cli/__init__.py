"""The commands. Nothing is imported before one is used: pytest loads this package for its plugin."""


def main() -> None:
    """The script's entrance."""
    from ivr.cli.main import main as run

    run()
