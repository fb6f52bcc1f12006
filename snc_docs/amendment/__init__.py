"""The amendment package: everything that goes to a client when an agreement changes, or the reasons why it can't go."""
