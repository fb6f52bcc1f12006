"""The document tree, its JSON form, its numbers and its checks."""
