"""``python -m snc_docs``: the command, where no script of it is on the path."""

from snc_docs.cli import main

if __name__ == "__main__":
    main(prog_name="python -m snc_docs")
