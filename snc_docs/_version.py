"""The version of this package, read by the build and written into files: to ask the installed packages for it takes as long as a clause."""

__version__ = "0.1.0"
