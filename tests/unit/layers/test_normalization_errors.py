"""What layers that normalize say of tensors and arguments that do not fit."""

from layergraph.diagnostics import codes
from layergraph.tensors import BATCH, TensorSpec
from tests.unit.layers.refusals import complaint, described, refusal

IMAGE = TensorSpec((BATCH, 8, None, 6))


def test_an_axis_of_unknown_size():
    assert refusal(described("BatchNormalization", axis=2), IMAGE) == (
        codes.UNKNOWN_SIZE,
        "{node} needs to know the size of axis 2 to make its weights",
        "{0} is (batch, 8, None, 6)",
        (0,),
        None,
        (
            "give the size in the input's `shape`; "
            "a lookup's comes from its `vocabulary` or its `max_tokens`"
        ),
    )


def test_an_axis_that_is_not_there():
    found = refusal(described("LayerNormalization", axis=[1, 4]), IMAGE)
    assert found[:2] == (
        codes.ARGUMENT_MISFIT,
        "`axis` of {node} is 4, and its input has no such axis",
    )


def test_an_axis_named_twice():
    assert refusal(described("UnitNormalization", axis=[3, -1]), IMAGE) == (
        codes.ARGUMENT_MISFIT,
        "`axis` of {node} names an axis twice",
        "{0} is (batch, 8, None, 6), and [3, -1] are its axes [3, 3]",
        (0,),
        "axis",
        "name each axis once; -1 is the last one",
    )


def test_groups():
    assert refusal(described("GroupNormalization", groups=4), IMAGE) == (
        codes.ARGUMENT_MISFIT,
        "{node} cannot make 4 groups of 6 channels",
        "{0} is (batch, 8, None, 6), with 6 channels on axis -1",
        (0,),
        "groups",
        "set `groups` to a divisor of 6, or to -1 for a group of each",
    )
    assert complaint("GroupNormalization", groups=0) == (
        codes.OUT_OF_RANGE,
        ("groups",),
        "must be at least 1, or -1 for a group of each channel, not 0",
        None,
    )


def test_masks():
    layer = described("BatchNormalization")
    assert refusal(layer, IMAGE, mask=TensorSpec((BATCH, 7, None), "bool"))[:4] == (
        codes.SHAPE_MISMATCH,
        "the mask of {node} does not fit its input on axis 1",
        "{1} is (batch, 7, None): 8 and 7 must be equal",
        (0, 1),
    )
    assert refusal(layer, IMAGE, mask=IMAGE)[:3] == (
        codes.WRONG_RANK,
        "{node} needs a tensor of 3 axes",
        "{1} is (batch, 8, None, 6), which has 4",
    )


def test_strings():
    for name in ("BatchNormalization", "LayerNormalization", "RMSNormalization"):
        found = refusal(described(name), TensorSpec((BATCH, 3), "string"))
        assert found[0] == codes.WRONG_DTYPE


def test_limits_of_renorm():
    assert complaint("BatchNormalization", renorm_clipping={"rmin": 2, "rmax": 1}) == (
        codes.CONFLICTING_ARGUMENTS,
        ("renorm_clipping",),
        "has an `rmax` below its `rmin`",
        None,
    )
    assert complaint("BatchNormalization", renorm_clipping={"dmax": -1})[1:3] == (
        ("renorm_clipping", "dmax"),
        "must be at least 0, not -1.0",
    )


def test_no_axes():
    assert complaint("LayerNormalization", axis=[])[2] == "must name at least one axis"
    assert complaint("LayerNormalization", axis=[1, 1.5])[1] == ("axis", 1)
