"""The Markdown dialect of clause templates, read into the tree.

Headings with identifiers, paragraphs, nested bullet and ordered lists, emphasis, strong, links, cross-references
(``[](#id)``), defined terms (``[Client](def:client)``), fill-in fields (``[name](fill:path)``, ``date:``, ``check:``) and directives
(``::: table`` …). Anything else is a finding with file and line.
"""
