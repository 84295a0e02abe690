"""`python -m kg.train --data DIR --out DIR`: train the reader model and export its weights.

Training goes on from the last checkpoint in --out if there is one. The weights are written to --out/weights; copy
them to kg/annotate/weights to ship them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from torch.multiprocessing import spawn

from kg.annotate.labels import Labels
from kg.train.export import export
from kg.train.loop import Settings, Team, base_tokenizer, train


def main() -> None:
    """Parse the command line, train (or go on training) and export."""
    defaults = Settings()
    parser = argparse.ArgumentParser(
        prog="python -m kg.train", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with attribution/, entities/, syntax-coref/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, the log and the weights")
    parser.add_argument(
        "--epochs",
        type=float,
        default=defaults.epochs,
        help="passes over the corpora (%(default)s); 0: the last step alone, which is for names",
    )
    parser.add_argument("--seed", type=int, default=defaults.seed, help="of initialisation and order (%(default)s)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu", help="(%(default)s)")
    parser.add_argument("--threads", type=int, help="CPU threads of each process; default: all cores")
    parser.add_argument("--processes", type=int, default=1, help="share each batch (faster than threads on a CPU)")
    parser.add_argument("--rate", type=float, default=defaults.rate, help="highest, of the encoder (%(default)s)")
    parser.add_argument("--head-rate", type=float, default=defaults.head_rate, help="of the heads (%(default)s)")
    parser.add_argument("--seconds", type=float, help="end after so long, whatever the epochs")
    parser.add_argument("--start", type=Path, help="exported weights to start from, e.g. kg/annotate/weights")
    parser.add_argument("--blend", type=float, help="share that the weights of --start get in those exported, 0 to 1")
    parser.add_argument("--export-only", action="store_true", help="export the last checkpoint as it is")
    parser.add_argument("--fp32", action="store_true", help="export without quantisation, to compare with")
    arguments = parser.parse_args()
    if arguments.blend is not None and not arguments.start:
        parser.error("--blend needs --start: the weights to blend with")
    if not arguments.export_only:
        with tempfile.TemporaryDirectory() as meeting:
            settings = Settings(
                epochs=arguments.epochs,
                seed=arguments.seed,
                rate=arguments.rate,
                head_rate=arguments.head_rate,
                seconds=arguments.seconds,
                start=arguments.start,
            )
            team = Team(arguments.processes, arguments.threads, arguments.device, Path(meeting) / "store")
            spawn(train, (arguments.data, arguments.out, settings, team), nprocs=arguments.processes)
    export(
        arguments.out / "last.pt",
        Labels.load(arguments.out / "labels.json"),
        base_tokenizer().to_str(),
        arguments.out / ("weights-fp32" if arguments.fp32 else "weights"),
        fp32=arguments.fp32,
        blend=(arguments.start, arguments.blend) if arguments.blend is not None else None,
    )


if __name__ == "__main__":
    main()
