"""Run by LibreOffice's Python: open a Word file, recalculate every field and index, print what they show, as JSON.

Arguments: path of the office program, path of the Word file, profile folder. A watchdog thread ends a blocked run.
"""

import json
import os
import subprocess
import sys
import threading
import time

import uno
from com.sun.star.beans import PropertyValue

LIMIT = 120


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(LIMIT * 5):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # the office isn't listening yet
            time.sleep(0.2)
    raise SystemExit("LibreOffice didn't answer")


def each(access):
    enumeration = access.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


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
        if paragraph.ListLabelString and paragraph.ParaStyleName.lower().startswith(("heading", "appendix", "titre")):
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


def main():
    program, path, profile = sys.argv[1:]
    pipe = f"snc{os.getpid()}"
    office = subprocess.Popen([program, "--headless", "--norestore", f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"])
    watchdog = threading.Timer(LIMIT, office.kill)
    watchdog.start()
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        hidden = PropertyValue(Name="Hidden", Value=True)
        document = desktop.loadComponentFromURL(f"file://{path}", "_blank", 0, (hidden,))
        print(json.dumps(shown(document)))
        document.close(True)
        desktop.terminate()
        office.wait(30)
    finally:
        watchdog.cancel()
        if office.poll() is None:
            office.kill()


main()
