"""Run by LibreOffice's Python: open Word files, accept or reject all tracked changes, print what each then says, and whether it can be saved, as JSON.

Arguments: path of the office program, profile folder. Standard input: a JSON list of [path, "accept" or "reject" or ""]; "list" gives the
kinds of the changes in a file.
"""

import json
import sys
import zipfile
from xml.etree import ElementTree as ET

from office_session import session


def saved(office, document, path):
    """Return what is wrong with the file that the office saves: it has written files that are no XML."""
    target = f"{path}.saved.docx"
    office.save(document, target)
    try:
        with zipfile.ZipFile(target) as package:
            ET.fromstring(package.read("word/document.xml"))  # noqa: S314  # the office wrote it a moment ago
    except ET.ParseError as error:
        return [f"saved as no XML: {error}"]
    return []


with session(*sys.argv[1:]) as office:
    found = []
    for path, how in json.load(sys.stdin):
        with office.opened(path) as opened:
            if how == "list":
                found.append(office.read("changes", opened))
                continue
            if how:
                office.dispatch(opened, f"{how.capitalize()}AllTrackedChanges")
            found.append([*office.read("said", opened), *(saved(office, opened, path) if how else ())])
    print(json.dumps(found))
