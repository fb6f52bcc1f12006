"""Run by LibreOffice's Python: open a Word file, recalculate every field and index, print what they show, as JSON.

Arguments: path of the office program, profile folder. Standard input: the path of the Word file, in JSON.
"""

import json
import sys

from office_session import session

with session(*sys.argv[1:]) as office, office.opened(json.load(sys.stdin)) as opened:
    print(json.dumps(office.read("fields", opened)))
