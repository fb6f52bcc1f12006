"""From other forms to the tree: Markdown clauses, files embedded in an appendix."""
