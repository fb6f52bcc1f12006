"""Imported by the scripts that LibreOffice's Python runs: a program of its own for one script, ended whatever happens."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.lang import DisposedException

LIMIT = 240
# What runs in the program itself, and where a profile keeps its macros (package libreoffice-script-provider-python).
READING = Path(__file__).with_name("office_reading.py")
MACROS = Path("user", "Scripts", "python")


class Session:
    """A running LibreOffice that opens files without a window."""

    def __init__(self, context):
        manager = context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        factory = manager.createInstanceWithContext("com.sun.star.script.provider.MasterScriptProviderFactory", context)
        self.macros = factory.createScriptProvider("user")

    @contextlib.contextmanager
    def opened(self, path):
        document = self.desktop.loadComponentFromURL(f"file://{path}", "_blank", 0, (PropertyValue(Name="Hidden", Value=True),))
        yield document
        document.close(True)

    def read(self, name, document):
        """Return what a function of ``office_reading`` answers to an open document, in the program itself."""
        macro = self.macros.getScript(f"vnd.sun.star.script:{READING.name}${name}?language=Python&location=user")
        return json.loads(macro.invoke((document,), (), ())[0])

    def save(self, document, path):
        document.storeToURL(f"file://{path}", (PropertyValue(Name="FilterName", Value="MS Word 2007 XML"),))

    def dispatch(self, document, command):
        self.dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{command}", "", 0, ())


@contextlib.contextmanager
def session(program, profile):
    """Give a session; a watchdog thread ends a blocked one."""
    pipe = f"snc{os.getpid()}"
    macros = Path(profile) / MACROS
    macros.mkdir(parents=True, exist_ok=True)
    shutil.copy(READING, macros)
    arguments = [program, "--headless", "--norestore", f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"]
    office = subprocess.Popen(arguments, start_new_session=True)
    # The program is a script that starts another: both are ended, or the other would keep the pipes open.
    watchdog = threading.Timer(LIMIT, os.killpg, (office.pid, signal.SIGKILL))
    watchdog.start()
    try:
        running = Session(connect(pipe))
        yield running
        with contextlib.suppress(DisposedException):  # it may be gone before it has answered
            running.desktop.terminate()
        office.wait(30)
    finally:
        watchdog.cancel()
        if office.poll() is None:
            os.killpg(office.pid, signal.SIGKILL)


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(LIMIT * 5):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # the office isn't listening yet
            time.sleep(0.2)
    raise SystemExit("LibreOffice didn't answer")
