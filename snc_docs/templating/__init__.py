"""From templates and data to Markdown whose values are tokens."""
