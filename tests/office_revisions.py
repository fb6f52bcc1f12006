"""Run by LibreOffice's Python: open Word files, accept or reject all tracked changes, print what each then says, and whether it can be saved, as JSON.

Arguments: path of the office program, profile folder. Standard input: a JSON list of [path, "accept" or "reject" or ""]; "list" gives the
kinds of the changes in a file.
"""

import json
import sys
import zipfile
from xml.etree import ElementTree as ET

from office_session import each, session


def lines(text):
    """Yield the paragraphs of a text, those of tables cell by cell."""
    for paragraph in each(text):
        if paragraph.supportsService("com.sun.star.text.TextTable"):
            for name in paragraph.getCellNames():
                yield from (f"{name}| {line}" for line in lines(paragraph.getCellByName(name)))
        else:
            yield f"{paragraph.ParaStyleName}: {paragraph.ListLabelString} {words(paragraph)}"


def words(text):
    """Return the words of a paragraph, those of a control in braces; what a field shows is left out, for it is computed anew.

    An empty control shows nothing: no office but Word takes it away with its words.
    """
    return "".join(_portion(portion) for portion in each(text))


def _portion(portion):
    match portion.TextPortionType:
        case "TextField" if portion.TextField.supportsService("com.sun.star.text.textfield.Input"):
            return f"{{{portion.TextField.getPresentation(False)}}}"  # a control that is bound to data, as plain documents have it
        case "TextField":
            return "#"
        case "ContentControl":
            inside = words(portion.ContentControl)
            return f"{{{inside}}}" if inside else ""
        case _:
            return portion.String


def said(document):
    margins = []
    styles = document.StyleFamilies.getByName("PageStyles")
    for name in styles.getElementNames():
        style = styles.getByName(name)
        if style.isInUse() and style.HeaderIsOn:
            # A redline's fields are bound to nothing: in a header, which isn't tracked, that is no difference.
            margins += [f"header {line}".replace("{", "").replace("}", "") for line in lines(style.HeaderText)]
    return [*lines(document.Text), *sorted(margins)]


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
                found.append([change.RedlineType for change in each(opened.Redlines)])
                continue
            if how:
                office.dispatch(opened, f"{how.capitalize()}AllTrackedChanges")
            found.append([*said(opened), *(saved(office, opened, path) if how else ())])
    print(json.dumps(found))
