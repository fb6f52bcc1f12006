"""SecNumCloud service agreements: typed data and templates in, French and English Word documents out.

>>> from snc_docs import load_agreement, assemble, write
>>> agreement = load_agreement("examples/outscale/client.yaml")
>>> word_file = write(assemble(agreement, language="fr"), "docx")
"""
