"""The report of a comparison, for people: a page to click through, or text."""
