"""Runs inside LibreOffice, as a macro of the profile that a session makes: what an open document shows, as JSON.

From outside, each property of each paragraph is a message to the program and back: a document takes half a second to read, here a fiftieth.
"""

import json


def _each(access):
    enumeration = access.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


# ------------------------------------------------------------------------------------------- what a version says


def said(document):
    """Return the paragraphs of a document, with their styles and numbers, and those of the headers in use."""
    margins = []
    styles = document.StyleFamilies.getByName("PageStyles")
    for name in styles.getElementNames():
        style = styles.getByName(name)
        if style.isInUse() and style.HeaderIsOn:
            # A redline's fields are bound to nothing: in a header, which isn't tracked, that is no difference.
            margins += [f"header {line}".replace("{", "").replace("}", "") for line in _lines(style.HeaderText)]
    return json.dumps([*_lines(document.Text), *sorted(margins)])


def _lines(text):
    """Yield the paragraphs of a text, those of tables cell by cell."""
    for paragraph in _each(text):
        if paragraph.supportsService("com.sun.star.text.TextTable"):
            for name in paragraph.getCellNames():
                yield from (f"{name}| {line}" for line in _lines(paragraph.getCellByName(name)))
        else:
            yield f"{paragraph.ParaStyleName}: {paragraph.ListLabelString} {_words(paragraph)}"


def _words(text):
    """Return the words of a paragraph, those of a control in braces; what a field shows is left out, for it is computed anew.

    An empty control shows nothing: no office but Word takes it away with its words.
    """
    return "".join(_portion(portion) for portion in _each(text))


def _portion(portion):
    match portion.TextPortionType:
        case "TextField" if portion.TextField.supportsService("com.sun.star.text.textfield.Input"):
            return f"{{{portion.TextField.getPresentation(False)}}}"  # a control that is bound to data, as plain documents have it
        case "TextField":
            return "#"
        case "ContentControl":
            inside = _words(portion.ContentControl)
            return f"{{{inside}}}" if inside else ""
        case _:
            return portion.String


# ---------------------------------------------------------------------------------- changes, and what fields show


def changes(document):
    """Return the kinds of the tracked changes of a document."""
    return json.dumps([change.RedlineType for change in _each(document.Redlines)])


def fields(document):
    """Return what a document shows once every field and index is computed anew."""
    document.refresh()
    document.getTextFields().refresh()
    references, headings, texts = [], [], []
    for paragraph in _paragraphs(document.Text):
        texts.append(paragraph.String)
        # All that has a number, but for the items of lists.
        if paragraph.ListLabelString and paragraph.ParaStyleName != "List Paragraph":
            headings.append([paragraph.ListLabelString.strip(), paragraph.String])
        for portion in _each(paragraph):
            if portion.TextPortionType == "TextField" and portion.TextField.supportsService("com.sun.star.text.TextField.GetReference"):
                references.append(portion.TextField.getPresentation(False))
    return json.dumps({"references": references, "headings": headings, "texts": texts, "contents": list(_contents(document))})


def _paragraphs(text):
    for paragraph in _each(text):
        if paragraph.supportsService("com.sun.star.text.TextTable"):
            for name in paragraph.getCellNames():
                yield from _paragraphs(paragraph.getCellByName(name))
        else:
            yield paragraph


def _contents(document):
    indexes = document.getDocumentIndexes()
    for number in range(indexes.Count):
        indexes.getByIndex(number).update()
        yield indexes.getByIndex(number).Anchor.String
