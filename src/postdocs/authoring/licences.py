"""The licences that the texts of a new site can be under."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """A licence. title: as readers know it. url: its text, for readers."""

    title: str
    url: str


_CREATIVE_COMMONS = "https://creativecommons.org"
# By their SPDX identifiers (https://spdx.org/licenses/), as far as they are for texts.
LICENCES = {
    "CC-BY-4.0": Licence("CC BY 4.0", f"{_CREATIVE_COMMONS}/licenses/by/4.0/"),
    "CC-BY-SA-4.0": Licence("CC BY-SA 4.0", f"{_CREATIVE_COMMONS}/licenses/by-sa/4.0/"),
    "CC-BY-NC-4.0": Licence("CC BY-NC 4.0", f"{_CREATIVE_COMMONS}/licenses/by-nc/4.0/"),
    "CC-BY-NC-SA-4.0": Licence("CC BY-NC-SA 4.0", f"{_CREATIVE_COMMONS}/licenses/by-nc-sa/4.0/"),
    "CC-BY-ND-4.0": Licence("CC BY-ND 4.0", f"{_CREATIVE_COMMONS}/licenses/by-nd/4.0/"),
    "CC-BY-NC-ND-4.0": Licence("CC BY-NC-ND 4.0", f"{_CREATIVE_COMMONS}/licenses/by-nc-nd/4.0/"),
    "CC0-1.0": Licence("CC0 1.0", f"{_CREATIVE_COMMONS}/publicdomain/zero/1.0/"),
}
NONE = "none"  # all rights are the author's
