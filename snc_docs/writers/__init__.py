"""From the tree to formats: Word, HTML, and PDF by LibreOffice. Writers never see the data model."""
