"""`python -m kg.train --data DIR --out DIR`: train the reader model and export its weights."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from kg.train.loop import Run, Settings


def main() -> None:
    """Parse the command line, train (or go on training) and export."""
    parser = argparse.ArgumentParser(prog="python -m kg.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with attribution/, entities/, syntax-coref/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, the log and the weights")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, help="CPU threads; default: all cores")
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    settings = Settings(epochs=arguments.epochs, seed=arguments.seed)
    Run(arguments.data, arguments.out, settings, arguments.device).train()


if __name__ == "__main__":
    main()
