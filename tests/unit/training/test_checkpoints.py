"""The file that a fit goes on from: what is read is what was written, or a way out is told."""

import json

import ml_dtypes
import numpy as np
import pytest

from layergraph.diagnostics import GraphError
from layergraph.training.checkpoints import FitState, callback_state, read_state, write_state
from tests.unit.training.asked import mistake

ARRAYS = [
    np.arange(6, dtype="float32").reshape(2, 3),
    np.array(7, "int64"),
    np.array(True),
    np.array([1.5, -2, np.nan], ml_dtypes.bfloat16),
    np.array(0.5, ml_dtypes.bfloat16),
    np.array([1.5], ml_dtypes.float8_e4m3fn),
    np.array([1 + 2j], "complex64"),
    np.array([2**32 - 1, 3], "uint32"),
    np.zeros((0, 4), "float16"),
]
STATE = FitState(
    epoch=3,
    step=5,
    history={"loss": [0.5, float("nan"), float("inf")], "val_y_loss": [0.1, 0.2, 0.3]},
    variables=ARRAYS,
    best=ARRAYS[:2],
    best_value=0.25,
    best_epoch=1,
    callbacks=[
        {"wait": 2, "best": 0.1, "monitor": "loss", "seen": None, "best_weights": ARRAYS[:4]},
        {},
        {"best_weights": []},
    ],
    is_done=True,
)


def same(one, other):
    if isinstance(one, np.ndarray):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return json.dumps(one) == json.dumps(other)


@pytest.mark.parametrize("state", [STATE, FitState()], ids=["full", "empty"])
def test_what_is_read_is_what_was_written(state, tmp_path):
    path = tmp_path / "checkpoints" / "final.npz"
    write_state(path, state)
    found = read_state(path)
    for name, value in vars(state).items():
        assert same(getattr(found, name), value), name
    assert [file.name for file in path.parent.iterdir()] == ["final.npz"]


def test_the_old_one_is_replaced(tmp_path):
    path = tmp_path / "final.npz"
    write_state(path, STATE)
    write_state(path, FitState(epoch=4))
    found = read_state(path)
    assert (found.epoch, found.variables, found.is_done) == (4, [], False)


def test_where_nothing_stands_a_fit_begins(tmp_path):
    assert read_state(tmp_path / "checkpoints" / "final.npz") is None


def damaged(content, place):
    return {
        "empty": b"",
        "text": b"no archive",
        "first half": content[: len(content) // 2],
        "last half": content[len(content) // 2 :],
        "a byte": content[:200] + bytes([content[200] ^ 255]) + content[201:],
    }[place]


@pytest.mark.parametrize("place", ["empty", "text", "first half", "last half", "a byte"])
def test_a_damaged_file_is_told_with_a_way_out(place, tmp_path):
    path = tmp_path / "final.npz"
    write_state(path, STATE)
    path.write_bytes(damaged(path.read_bytes(), place))
    code, message, _, help = mistake(read_state, path)
    assert code == "LG612"
    assert message.startswith(f"`{path}` is damaged, and the run cannot go on: ")
    assert "--force" in help


def test_whatever_byte_is_damaged_it_is_told_or_makes_no_difference(tmp_path):
    path = tmp_path / "final.npz"
    write_state(path, STATE)
    content = path.read_bytes()
    told = []
    for position in range(0, len(content), 7):
        path.write_bytes(
            content[:position] + bytes([content[position] ^ 0x55]) + content[position + 1 :]
        )
        try:
            found = read_state(path)
        except GraphError as error:
            told.append(error.diagnostics[0].code.id)
        else:
            assert same(found.variables, STATE.variables)
    assert set(told) == {"LG612"}
    assert len(told) > len(content) / 14


def test_an_archive_of_something_else_is_damaged(tmp_path):
    np.savez(tmp_path / "final.npz", x=np.zeros(3))
    assert mistake(read_state, tmp_path / "final.npz")[0] == "LG612"


def test_objects_are_never_unpickled(tmp_path):
    state = np.frombuffer(json.dumps({"dtypes": ["object"]}).encode(), np.uint8)
    np.savez(tmp_path / "final.npz", state=state, a0=np.array([{}], object))
    code, message, _, _ = mistake(read_state, tmp_path / "final.npz")
    assert code == "LG612"
    assert "allow_pickle=False" in message


class Callback:
    """As Keras' own are: numbers and weights are state, the rest is not."""

    def __init__(self):
        self.params = None
        self._model = None
        self.min_delta = -0.1
        self.wait = 3
        self.best = 0.5
        self.monitor = "loss"
        self.verbose = False
        self.baseline = None
        self.best_weights = [np.ones(2), np.float32(3)]
        self.nothing = []
        self.words = ["a"]
        self.monitor_op = np.less
        self.schedule = lambda epoch: epoch


def test_what_a_callback_has_learnt(tmp_path):
    found = callback_state(Callback())
    weights = found.pop("best_weights")
    assert [weight.tolist() for weight in weights] == [[1, 1], 3]
    assert found == {
        "wait": 3,
        "best": 0.5,
        "monitor": "loss",
        "verbose": False,
        "baseline": None,
        "nothing": [],
    }
    write_state(tmp_path / "final.npz", FitState(callbacks=[callback_state(Callback())]))
    (again,) = read_state(tmp_path / "final.npz").callbacks
    assert [weight.tolist() for weight in again.pop("best_weights")] == [[1, 1], 3]
    assert again == found
