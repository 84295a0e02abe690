"""`python -m kg.train.calibrate --data DIR`: fit the confidence of claims to weights that are trained.

Reads PolNeAR's dev articles, which the reader is not trained on, with these weights and today's rules, fits the few
coefficients of `kg.annotate.confidence` on which claims are right, writes them beside the weights (calibration.json),
and prints the calibration error (see `kg.evaluate.calibration`). Takes a minute on one core and needs no torch. To be
run again whenever the weights or the rules for claims change.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from kg.annotate import load
from kg.annotate.confidence import Calibration
from kg.annotate.weights import FOLDER
from kg.evaluate.calibration import cross_fitted, expected_error, fit, judged_claims


def main() -> None:
    """Parse the command line, read, fit, write, and print what came of it."""
    import numpy as np

    parser = argparse.ArgumentParser(
        prog="python -m kg.train.calibrate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with attribution/polnear-dev.jsonl.gz")
    parser.add_argument("--weights", type=Path, default=FOLDER, help="folder of weights; default: the shipped ones")
    arguments = parser.parse_args()
    claims = judged_claims(load(weights=arguments.weights), arguments.data, None, lambda done, total: None)
    documents = len({claim.document for claim in claims})
    right = np.array([claim.right for claim in claims], dtype=np.float64)
    calibration = Calibration(
        {term: round(value, 4) for term, value in fit(claims).items()},
        f"PolNeAR dev: {len(claims)} claims of {documents} articles, of which {int(right.sum())} are right",
        hashlib.sha256((arguments.weights / "reader.onnx").read_bytes()).hexdigest(),
    )
    calibration.save(arguments.weights)
    print(calibration.fitted_on)
    fitted = np.array([c.confidence if c.sureness is None else round(calibration(c.sureness), 2) for c in claims])
    print(f"expected calibration error: {expected_error(fitted, right):.3f}")
    print(f"cross-fitted over halves of the documents: {expected_error(cross_fitted(claims), right):.3f}")


if __name__ == "__main__":
    main()
