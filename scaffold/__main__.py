"""Run the command line tool with ``python -m scaffold``."""

from scaffold.cli import main

if __name__ == "__main__":
    main()
