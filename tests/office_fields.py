"""Run by LibreOffice's Python: open a Word file, recalculate every field and index, print what they show, as JSON.

Arguments: path of the office program, profile folder. Standard input: the path of the Word file, in JSON.
"""

import json
import sys

from office_session import each, session


def paragraphs(text):
    for paragraph in each(text):
        if paragraph.supportsService("com.sun.star.text.TextTable"):
            for name in paragraph.getCellNames():
                yield from paragraphs(paragraph.getCellByName(name))
        else:
            yield paragraph


def shown(document):
    document.refresh()
    document.getTextFields().refresh()
    references, headings, texts = [], [], []
    for paragraph in paragraphs(document.Text):
        texts.append(paragraph.String)
        # All that has a number, but for the items of lists.
        if paragraph.ListLabelString and paragraph.ParaStyleName != "List Paragraph":
            headings.append([paragraph.ListLabelString.strip(), paragraph.String])
        for portion in each(paragraph):
            if portion.TextPortionType == "TextField" and portion.TextField.supportsService("com.sun.star.text.TextField.GetReference"):
                references.append(portion.TextField.getPresentation(False))
    indexes = document.getDocumentIndexes()
    contents = []
    for number in range(indexes.Count):
        indexes.getByIndex(number).update()
        contents.append(indexes.getByIndex(number).Anchor.String)
    return {"references": references, "headings": headings, "texts": texts, "contents": contents}


with session(*sys.argv[1:]) as office, office.opened(json.load(sys.stdin)) as opened:
    print(json.dumps(shown(opened)))
