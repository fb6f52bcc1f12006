"""Scripts that measure, each against a named peer in the same run."""
