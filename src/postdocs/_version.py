"""The version, for every part of the package that states it."""

__version__ = "0.1.0"
