"""Lints: what is no error, and yet wrong. One file each, in one of two tuples.

A lint is the function of its file's name. Its docstring says when it keeps silent: a false alarm is
worse than a miss.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from layergraph.checks.accuracy_of_regression import accuracy_of_regression
from layergraph.checks.activated_regression import activated_regression
from layergraph.checks.broadcast_residual import broadcast_residual
from layergraph.checks.dropped_output import dropped_output
from layergraph.checks.drowned_loss import drowned_loss
from layergraph.checks.idle_bias import idle_bias
from layergraph.checks.information_bottleneck import information_bottleneck
from layergraph.checks.logits_of_probabilities import logits_of_probabilities
from layergraph.checks.loss_without_probabilities import loss_without_probabilities
from layergraph.checks.lost_mask import lost_mask
from layergraph.checks.merge_of_one import merge_of_one
from layergraph.checks.misfit_labels import misfit_labels
from layergraph.checks.odd_binary import odd_binary
from layergraph.checks.overparametrised import overparametrised
from layergraph.checks.regression_on_softmax import regression_on_softmax
from layergraph.checks.sigmoid_with_categorical_loss import sigmoid_with_categorical_loss
from layergraph.checks.softmax_of_one import softmax_of_one
from layergraph.checks.softmax_with_binary_loss import softmax_with_binary_loss
from layergraph.checks.stacked_linear import stacked_linear
from layergraph.checks.unscaled_input import unscaled_input
from layergraph.checks.unseen_pixels import unseen_pixels
from layergraph.checks.untrained_output import untrained_output
from layergraph.checks.unused_block import unused_block
from layergraph.checks.unused_import import unused_import
from layergraph.checks.unused_node import unused_node
from layergraph.checks.unused_param import unused_param
from layergraph.checks.wide_embedding import wide_embedding
from layergraph.checks.wide_regression import wide_regression
from layergraph.diagnostics import Diagnostics
from layergraph.expand.files import LoadedFile
from layergraph.graph.graph import Graph

Check: TypeAlias = Callable[[Graph, Diagnostics], None]
FileCheck: TypeAlias = Callable[[LoadedFile, Diagnostics], None]

CHECKS: tuple[Check, ...] = (
    unused_node,
    activated_regression,
    wide_regression,
    regression_on_softmax,
    accuracy_of_regression,
    odd_binary,
    softmax_of_one,
    softmax_with_binary_loss,
    sigmoid_with_categorical_loss,
    loss_without_probabilities,
    logits_of_probabilities,
    misfit_labels,
    information_bottleneck,
    wide_embedding,
    unscaled_input,
    idle_bias,
    stacked_linear,
    dropped_output,
    merge_of_one,
    broadcast_residual,
    lost_mask,
    unseen_pixels,
    untrained_output,
    drowned_loss,
    overparametrised,
)
"""Those that look at a graph."""

FILE_CHECKS: tuple[FileCheck, ...] = (unused_param, unused_block, unused_import)
"""Those that look at a file, which may be one of blocks."""
