"""What is wrong with a part of a setting."""

from __future__ import annotations


class SettingError(ValueError):
    """A setting that can't be used: what is wrong, and after a semicolon what to do.

    value: the text in `conf.py` that is at fault, by which its line is found, or None for the whole setting.
    """

    def __init__(self, message: str, value: object = None) -> None:
        super().__init__(message)
        self.value = value
