"""Parquet that is read in pieces: the same rows, each once an epoch, in an order of the seed."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest

import layergraph as lg
from layergraph.training import evaluation
from layergraph.training.batches import Epochs
from layergraph.training.fields import fields_of, targets_of
from layergraph.training.loading import load_source
from layergraph.training.preparation import Settings
from layergraph.training.reading import parquet_stream
from tests.training.runs import graph_of

GRAPH = """
inputs:
  v: {shape: [2], columns: [a, b], missing: drop}
  word: {shape: [1], dtype: string}
layers:
  scaled: {type: Normalization, from: v}
  code:
    {type: StringLookup, from: word, max_tokens: 5, output_mode: one_hot, pad_to_max_tokens: true}
merges: {all: {type: Concatenate, from: [scaled, code]}}
outputs:
  y: {from: all, task: regression}
  c: {from: all, task: multiclass, classes: [no, yes], class_weight: balanced}
training: {epochs: 2, batch_size: 32, seed: 5, validation: {fraction: 0.25, stratify: c}}
"""
ROWS = 1000


@pytest.fixture
def files(tmp_path, monkeypatch):
    """The same table as Parquet in several row groups, and as CSV; chunks are of 64 rows."""
    monkeypatch.setattr(parquet_stream, "_ROWS", 64)
    random = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "row": np.arange(ROWS),
            "a": random.normal(2, 3, ROWS),
            "b": np.where(np.arange(ROWS) % 50 == 3, np.nan, random.normal(size=ROWS)),
            "word": random.choice(["p", "q", "r"], ROWS),
            "y": np.where(np.arange(ROWS) % 40 == 1, np.nan, random.normal(size=ROWS)),
            "c": random.choice(["no", "yes"], ROWS, p=[0.8, 0.2]),
        }
    )
    frame.to_parquet(tmp_path / "rows.parquet", row_group_size=300)
    frame.to_csv(tmp_path / "rows.csv", index=False)
    return graph_of(tmp_path, GRAPH), tmp_path / "rows.parquet", tmp_path / "rows.csv", frame


def source_of(graph, data, memory):
    return load_source(data, fields_of(graph), targets_of(graph), Settings(memory=memory))


def taken(dataset):
    parts = [[{k: v.numpy() for k, v in part.items()} for part in batch] for batch in dataset]
    return parts, np.concatenate([batch[0]["v"][:, 0] for batch in parts])


def test_it_is_a_stream_only_where_it_is_larger_than_the_memory(files):
    graph, parquet, _, _ = files
    assert type(source_of(graph, parquet, 1000)).__name__ == "StreamedSource"
    assert type(source_of(graph, parquet, 10**9)).__name__ == "SampledSource"


@pytest.mark.slow
def test_every_chosen_row_comes_once_an_epoch(files):
    graph, parquet, csv, frame = files
    stream, table = source_of(graph, parquet, 1000), source_of(graph, csv, 10**9)
    assert len(stream.rows) == len(table.rows) == ROWS - 20
    assert stream.dropped == table.dropped == 20
    assert stream.gaps == table.gaps == {"y": 25}
    chosen = stream.rows[::3]
    a = frame["a"].to_numpy("float32")

    _, in_order = taken(stream.in_order(chosen, 32))
    np.testing.assert_array_equal(in_order, a[chosen])
    batches, first = taken(stream.training(chosen, 32, Epochs(0, 1, seed=9)))
    assert [len(batch[0]["v"]) for batch in batches] == [32] * 10 + [len(chosen) - 320]
    assert stream.steps(chosen, 32) == len(batches)
    np.testing.assert_array_equal(np.sort(first), np.sort(a[chosen]))
    assert not np.array_equal(first, a[chosen])
    _, second = taken(stream.training(chosen, 32, Epochs(1, 2, seed=9)))
    assert not np.array_equal(first, second)
    _, both = taken(stream.training(chosen, 32, Epochs(0, 2, seed=9)))
    np.testing.assert_array_equal(both, np.concatenate([first, second]))
    for skip in (1, 4, 10):
        _, rest = taken(stream.training(chosen, 32, Epochs(0, 2, skip, seed=9)))
        np.testing.assert_array_equal(rest, both[32 * skip :])


@pytest.mark.slow
def test_what_a_batch_holds_belongs_together(files):
    graph, parquet, csv, _ = files
    stream, table = source_of(graph, parquet, 1000), source_of(graph, csv, 10**9)
    whole = {}
    for source in (stream, table):
        batches, _ = taken(source.training(source.rows, 32, Epochs(0, 1, seed=2)))
        rows = [
            (v.tolist(), word.tolist(), y.tolist(), int(c), float(wy), round(float(wc), 5))
            for x, target, weight in batches
            for v, word, y, c, wy, wc in zip(
                x["v"], x["word"], target["y"], target["c"], weight["y"], weight["c"], strict=True
            )
        ]
        whole[type(source).__name__] = sorted(rows)
    assert whole["StreamedSource"] == whole["SampledSource"]


@pytest.mark.slow
def test_a_run_over_a_stream_splits_and_adapts_as_one_over_a_table(files, tmp_path, monkeypatch):
    graph, parquet, csv, _ = files
    streamed = lg.train(graph, parquet, out=tmp_path / "streamed", memory=1000)
    table = lg.train(graph, csv, out=tmp_path / "table")
    for name in ("scaled", "code"):
        ours, other = (run.model().get_layer(name) for run in (streamed, table))
        if name == "code":
            assert ours.get_vocabulary() == other.get_vocabulary()
        else:
            np.testing.assert_allclose(ours.mean.numpy(), other.mean.numpy(), rtol=1e-4)
    assert streamed.state.missing == table.state.missing
    metrics = [run.metrics["final"]["val_c_loss"] for run in (streamed, table)]
    np.testing.assert_allclose(*metrics, rtol=0.2)
    predicted, measured = streamed.predict(parquet)["y"], streamed.evaluate(parquet)
    assert len(predicted) == ROWS
    assert np.isnan(predicted).sum() == 20
    monkeypatch.setattr(evaluation, "Settings", partial(Settings, memory=1000))
    np.testing.assert_array_equal(streamed.predict(parquet)["y"], predicted)
    assert streamed.evaluate(parquet) == pytest.approx(measured, rel=1e-5)
