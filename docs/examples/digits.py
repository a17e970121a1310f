"""scikit-learn's digits: 1,797 images of 8 by 8, and which fifth of them is held out."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def load_split() -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Images (n, 8, 8, 1) from 0 to 16 and labels (n,), to train on and held out."""
    digits = load_digits()
    images = digits.images[..., np.newaxis].astype("float32")
    train_x, test_x, train_y, test_y = train_test_split(
        images, digits.target, test_size=0.2, random_state=0, stratify=digits.target
    )
    return (train_x, train_y), (test_x, test_y)
