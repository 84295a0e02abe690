"""How sure an attribution is: the probability that who says what is right, from the reader's scores.

The reader's own probabilities say how sure it is of each label and each link. A logistic regression over a few of them
(Platt 1999, with several scores instead of one), fitted on articles that the reader was not trained on, turns them into
the share of such attributions that prove right. Its parameters are a file of the weights' folder, since they hold for
those weights alone; `python -m kg.train.calibrate` fits them.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.errors import RunError

FILE = "calibration.json"
TERMS = ("constant", "no cue", "source", "no source", "content", "source link", "content link")
_CLOSEST = 1e-4  # to 0 or 1, before the log of the odds is taken
_LINK_CLOSEST = 2.5e-3


@dataclass(frozen=True, slots=True)
class Sureness:
    """What the reader says of an attribution's parts, each a probability; None for a part that is not there.

    source, content             mean posterior probability of the labels of its words; of the longest content
    source_link, content_link   that they belong to the cue; how sure the cue itself is tells nothing more
    """

    has_cue: bool = False
    source: float | None = None
    content: float | None = None
    source_link: float | None = None
    content_link: float | None = None

    def terms(self) -> tuple[float, ...]:
        """The values that `TERMS` names: logarithms of odds, 0 for what is not there, and what is not there."""
        return (
            1.0,
            float(not self.has_cue),
            _log_odds(self.source),
            float(self.source is None),
            _log_odds(self.content),
            _log_odds(self.source_link, _LINK_CLOSEST),
            _log_odds(self.content_link, _LINK_CLOSEST),
        )


def _log_odds(p: float | None, closest: float = _CLOSEST) -> float:
    if p is None:
        return 0.0
    p = min(max(p, closest), 1 - closest)
    return math.log(p / (1 - p))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients by term, and what they were fitted on: a sentence, and the SHA-256 of the reader's graph."""

    coefficients: dict[str, float] = field(default_factory=lambda: dict.fromkeys(TERMS, 0.0))
    fitted_on: str = ""
    reader: str = ""

    def __call__(self, sureness: Sureness) -> float:
        """The probability that the attribution is right, 0 to 1."""
        score = sum(self.coefficients[term] * value for term, value in zip(TERMS, sureness.terms(), strict=True))
        return 1 / (1 + math.exp(-score))

    def save(self, folder: Path) -> None:
        """Write it to a folder of weights."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def load_calibration(folder: Path, otherwise: Path) -> Calibration:
    """The calibration of a folder of weights; of the folder `otherwise` for weights that have none yet.

    RunError when the file is not as `save` writes it.
    """
    path = folder / FILE if (folder / FILE).is_file() else otherwise / FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = {term: float(data["coefficients"][term]) for term in TERMS}
        return Calibration(found, data["fitted_on"], data["reader"])
    except FileNotFoundError:
        raise RunError(f"{path}: missing; the weights are part of the package, so install kg again") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            f"{path}: not a calibration ({error!r}); fit it again with python -m kg.train.calibrate"
        ) from error
