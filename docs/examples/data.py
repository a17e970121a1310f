"""Write real data to a file that `layergraph train` takes. Nothing is downloaded.

    python docs/examples/data.py penguins data/penguins.csv
    python docs/examples/data.py digits data/digits.npz --hold-out 0.2 data/digits_held_out.npz

The data come with scikit-learn and palmerpenguins. Tables become a .csv or a .parquet file, and
`digits` becomes a .npz file. Held-out rows are drawn by a seed, and are not in the first file.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

SEED = 0


def penguins() -> Any:
    """344 penguins of three species, not all of them measured and sexed (Gorman et al. 2014)."""
    from palmerpenguins import load_penguins

    return load_penguins()


def diabetes() -> Any:
    """442 patients: ten measures, and how far their diabetes has got after a year."""
    from sklearn.datasets import load_diabetes

    names = {
        "s1": "total_cholesterol",
        "s2": "ldl",
        "s3": "hdl",
        "s4": "cholesterol_ratio",
        "s5": "log_triglycerides",
        "s6": "blood_sugar",
        "target": "progression",
    }
    return load_diabetes(as_frame=True, scaled=False).frame.rename(columns=names)


def breast_cancer() -> Any:
    """569 tumours: thirty measures of their cells, and whether they are malignant."""
    from sklearn.datasets import load_breast_cancer

    found = load_breast_cancer(as_frame=True)
    frame = found.data.rename(columns=lambda name: name.replace(" ", "_"))
    return frame.assign(diagnosis=found.target_names[found.target])


def digits() -> dict[str, np.ndarray]:
    """1,797 handwritten digits: images (n, 8, 8, 1) from 0 to 16, and numbers (n,)."""
    from sklearn.datasets import load_digits

    found = load_digits()
    return {"image": found.images[..., np.newaxis].astype(np.float32), "digit": found.target}


DATA: dict[str, Callable[[], Any]] = {
    "penguins": penguins,
    "diabetes": diabetes,
    "breast_cancer": breast_cancer,
    "digits": digits,
}


def split(rows: int, fraction: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the rows that are kept, and of those that are held out, each in order."""
    order = np.random.default_rng(seed).permutation(rows)
    count = round(rows * fraction)
    return np.sort(order[count:]), np.sort(order[:count])


def write(data: Any, rows: np.ndarray, file: Path) -> None:
    """Write some rows of a table or of arrays, in the form that the file's ending names."""
    file.parent.mkdir(parents=True, exist_ok=True)
    match data, file.suffix:
        case dict(), ".npz":
            np.savez_compressed(file, **{name: values[rows] for name, values in data.items()})
        case dict(), _:
            raise SystemExit(f"{file}: images go into a .npz file")
        case _, ".csv":
            data.iloc[rows].to_csv(file, index=False)
        case _, ".parquet":
            data.iloc[rows].to_parquet(file, index=False)
        case _:
            raise SystemExit(f"{file}: a table goes into a .csv or a .parquet file")
    print(f"{file}: {len(rows):,} rows")


def main() -> None:
    """Write what the command line names."""
    parser = argparse.ArgumentParser(description="Write real data to a file.")
    parser.add_argument("name", choices=DATA)
    parser.add_argument("file", type=Path)
    parser.add_argument("--hold-out", nargs=2, metavar=("FRACTION", "FILE"))
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()

    data = DATA[given.name]()
    count = len(next(iter(data.values()))) if isinstance(data, dict) else len(data)
    if given.hold_out is None:
        write(data, np.arange(count), given.file)
        return
    fraction, held_out = given.hold_out
    kept, drawn = split(count, float(fraction), given.seed)
    write(data, kept, given.file)
    write(data, drawn, Path(held_out))


if __name__ == "__main__":
    main()
