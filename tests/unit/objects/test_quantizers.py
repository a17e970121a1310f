"""What is said of quantizers and the configs that hold them."""

from layergraph.diagnostics import codes
from layergraph.objects.arguments import QuantizationConfig
from tests.unit.objects.test_catalog import complaints

RANGE = {"type": "AbsMaxQuantizer", "value_range": [-8, 7]}


def refused(**config):
    (found,) = complaints(QuantizationConfig, config)
    return found


def test_a_config_is_no_name():
    assert complaints(QuantizationConfig, "GPTQConfig") == [
        (
            codes.MISSING_ARGUMENT,
            (),
            "is `GPTQConfig`, which cannot be given by its name alone",
            "write `{type: GPTQConfig, …}`",
        )
    ]


def test_blocks_and_quantizers():
    assert refused(type="Int4QuantizationConfig", weight_quantizer=RANGE) == (
        codes.CONFLICTING_ARGUMENTS,
        ("weight_quantizer",),
        "cannot stand beside blocks of 128",
        "set `block_size: null`",
    )
    assert refused(type="Int4QuantizationConfig", block_size=0)[2] == (
        "must be -1 or at least 1, not 0"
    )
    wide = {"type": "AbsMaxQuantizer"}
    assert refused(type="Int4QuantizationConfig", block_size=None, weight_quantizer=wide) == (
        codes.CONFLICTING_ARGUMENTS,
        ("weight_quantizer",),
        "must have the range of 4 bits",
        "set its `value_range: [-8, 7]`",
    )


def test_ranges_and_dtypes():
    for value, predicate in [
        ([7, -8], "must begin with the lower number, not with 7"),
        ([1], "must be a list of two numbers, not a list"),
        ([-300, 7], "must lie between -128 and 127 for int8, not -300 and 7"),
    ]:
        found = refused(
            type="Int8QuantizationConfig", weight_quantizer=RANGE | {"value_range": value}
        )
        assert found[1:3] == (("weight_quantizer", "value_range"), predicate)
    sixteen = RANGE | {"output_dtype": "int16"}
    assert refused(type="Int8QuantizationConfig", weight_quantizer=sixteen) == (
        codes.CONFLICTING_ARGUMENTS,
        ("weight_quantizer",),
        "must give int8, not int16",
        "leave its `output_dtype` out",
    )


def test_what_is_looked_at_later_is_not_in_the_file():
    found = refused(type="GPTQConfig", dataset=["some text"])
    assert found[:3] == (codes.UNKNOWN_ARGUMENT, ("dataset",), "is no argument of `GPTQConfig`")
    assert refused(type="AWQConfig", group_size=0)[2] == "must be -1 or at least 1, not 0"
