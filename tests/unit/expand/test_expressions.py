import json
import sys

import pytest

from layergraph.expand.expressions import UNKNOWN, ExpressionError, evaluate, holds_expression
from tests.processes import run

NAMES = {
    "filters": 64,
    "i": 2,
    "rate": 0.5,
    "name": "conv",
    "project": True,
    "nothing": None,
    "sizes": [1, 2, 3],
    "config": {"units": 8, "layers": [16, 32]},
    "unknown": UNKNOWN,
    "partly": [1, UNKNOWN],
}
VALUES = [
    ("4 * filters", 256),
    ("filters / 16", 4.0),
    ("filters // 10", 6),
    ("-7 // 2", -4),
    ("-7 % 3", 2),
    ("7 - 2 - 1", 4),
    ("2 ** 3 ** 2", 512),
    ("2 ** -1", 0.5),
    ("-2 ** 2", -4),
    ("2 ** 63", 2**63),
    ("(-2) ** 63", -(2**63)),
    ("1 ** 10000000000000000", 1),
    ("+i", 2),
    ("- - i", 2),
    ("(1 + 2)\n * 3", 9),
    ("0x10 + 1_000", 1016),
    ("1.001e-5", 1.001e-5),
    ("true", True),
    ("false", False),
    ("null", None),
    ("True", True),
    ("None", None),
    ("'a' + \"b\" 'c'", "abc"),
    (r"'\'' + '\n'", "'\n"),
    (r"'\d'", r"\d"),
    ("'''it's'''", "it's"),
    ("'}' + name", "}conv"),
    ("'${' + name + '# {'", "${conv# {"),
    ("[1, 'a', [true]] + []", [1, "a", [True]]),
    ("i == 2", True),
    ("i != 2", False),
    ("i == 2.0", True),
    ("true == true", True),
    ("name == null", False),
    ("1 < i <= 2 < 3", True),
    ("1 < i < 2 < 1 // 0", False),
    ("'a' < 'b'", True),
    ("[1, 2] == sizes[:2]", True),
    ("i in sizes", True),
    ("i not in [1, 3]", True),
    ("'on' in name", True),
    ("'units' in config", True),
    ("'unit' not in config", True),
    ("not project", False),
    ("not i == 1", True),
    ("project and i", 2),
    ("0 or name", "conv"),
    ("false and 1 / 0", False),
    ("true or 1 / 0", True),
    ("2 if i == 1 else 1", 1),
    ("1 / 0 if false else 3", 3),
    ("1 if i == 1 else 2 if i == 2 else 3", 2),
    ("sizes[0]", 1),
    ("sizes[-1]", 3),
    ("sizes[i - 1]", 2),
    ("sizes[1:]", [2, 3]),
    ("sizes[:-1]", [1, 2]),
    ("sizes[::-1]", [3, 2, 1]),
    ("name[0] + name[1:3]", "con"),
    ("config['layers'][1]", 32),
    ("min(3, 1, 2)", 1),
    ("max(sizes)", 3),
    ("max('a', 'b')", "b"),
    ("abs(-2.5)", 2.5),
    ("round(2.5)", 2),
    ("round(2.567, 1)", 2.6),
    ("round(1234, -2)", 1200),
    ("ceil(filters * 0.3)", 20),
    ("floor(-0.5)", -1),
    ("int(2.9)", 2),
    ("int('12') + int(project)", 13),
    ("float(2)", 2.0),
    ("float('1e3')", 1000.0),
    ("len(sizes) + len(name) + len(config)", 9),
    ("range(3)", [0, 1, 2]),
    ("range(5, 0, -2)", [5, 3, 1]),
    ("range(0, 4, 3)", [0, 3]),
    ("range(4, 0)", []),
    ("len(range(10000))", 10_000),
    ("sqrt(filters)", 8.0),
]


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_values(expression, value):
    found = evaluate(f"${{{expression}}}", NAMES)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("", ""),
        ("5$", "5$"),
        ("$$", "$$"),
        ("${i}", 2),
        ("${ i }", 2),
        ("${i} ", "2 "),
        ("a${i}_${name}", "a2_conv"),
        ("${i}${i}", "22"),
        ("x${project}${nothing}", "xtruenull"),
        ("x${rate}${1e-5}${2.0}", "x0.51e-052.0"),
        ("$${i}", "${i}"),
        ("$${", "${"),
        ("$$${i}", "$${i}"),
        ("$${${i}}", "${2}"),
        ("${i}$${i}", "2${i}"),
        ("${i}}", "2}"),
        ("${'$'}${i}", "$2"),
        ("é${'ü'}", "éü"),
    ],
)
def test_texts(text, value):
    found = evaluate(text, NAMES)
    assert found == value
    assert type(found) is type(value)


def test_a_value_alone_is_kept_as_it_is():
    assert evaluate("${config}", NAMES) is NAMES["config"]


def test_holds_expression():
    assert holds_expression("a ${b}")
    assert holds_expression("$${b}")
    assert not holds_expression("$b {c}")


def test_values_are_computed_anew():
    assert [evaluate("${2 * i}", {"i": i}) for i in (1, 2, 1.5)] == [2, 4, 3.0]


@pytest.mark.parametrize(
    "text",
    [
        "${unknown}",
        "${unknown + 1}",
        "${-unknown}",
        "${not unknown}",
        "${unknown + 'a'}",
        "${unknown == unknown}",
        "${1 < 2 < unknown}",
        "${1 if unknown else 2}",
        "${unknown if true else 2}",
        "${unknown and false}",
        "${true and unknown}",
        "${false or unknown}",
        "${[1, unknown]}",
        "${sizes[unknown]}",
        "${sizes[unknown:]}",
        "${unknown['a']}",
        "${sqrt(unknown)}",
        "${min(1, unknown)}",
        "${max(partly)}",
        "${partly == [1, 2]}",
        "${partly != [1, 2]}",
        "${2 in partly}",
        "${partly[1]}",
        "a${unknown}b",
    ],
)
def test_what_is_computed_from_the_unknown_is_unknown(text):
    assert evaluate(text, NAMES) is UNKNOWN


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${1 if true else unknown}", 1),
        ("${false and unknown}", False),
        ("${true or unknown}", True),
        ("${2 < 1 < unknown}", False),
        ("${len(partly)}", 2),
        ("${partly[0]}", 1),
    ],
)
def test_what_is_known_all_the_same(text, value):
    assert evaluate(text, NAMES) == value


BOOLS = "true and false are no numbers; `int(…)` makes 1 and 0 of them"
WHEN_IF = "write `a if condition else b`"
ALL_FUNCTIONS = (
    "the functions are `min`, `max`, `abs`, `round`, `ceil`, `floor`, `int`, `float`, `len`, "
    "`range`, `sqrt`"
)
INVALID = [
    ("${2 *}", "`2 *` is no complete expression", None),
    ("${not }", "`not` is no complete expression", None),
    ("${i if project}", "`i if project` is no complete expression", WHEN_IF),
    ("${2 3}", "`2 3` is no expression", None),
    ("${i 'x'}", "`i 'x'` is no expression", None),
    ("${* 2}", "`* 2` is no expression", None),
    ("${i = 1}", "`i = 1` is no expression", "write `==`"),
    ("${i === 1}", "`i === 1` is no expression", "write `==`"),
    ("${i <> 1}", "`i <> 1` is no expression", "write `!=`"),
    ("${i => 1}", "`i => 1` is no expression", "write `>=`"),
    ("${i =< 1}", "`i =< 1` is no expression", "write `<=`"),
    ("${i && 1}", "`i && 1` is no expression", "write `and`"),
    ("${i || 1}", "`i || 1` is no expression", "write `or`"),
    ("${!project}", "`!project` is no expression", "write `not`"),
    ("${project ? 1 : 2}", "`project ? 1 : 2` is no expression", WHEN_IF),
    ("${lambda + 1}", "`lambda + 1` is no expression",
     "`lambda` is a word of Python's own, which cannot be a name here"),
    ("${class}", "`class` is no expression",
     "`class` is a word of Python's own, which cannot be a name here"),
    ("${i # one}", "`i # one` is no expression", "an expression has no comments"),
    ("${i + \\\n1}", "`i + \\\n1` is no expression",
     "an expression has no backslashes but in strings"),
    ("${{'a': 1}}", "`{'a': 1}` is no expression", "an expression has no mappings and no sets"),
    ("${2 * ${i}}", "`2 * ${i}` is no expression",
     "write the name alone, as in `${2 * filters}`"),
    ("a ${i", "`${i` has no closing `}`", None),
    ("${", "`${` has no closing `}`", None),
    ("${}", "`${}` is empty", "write an expression in it, or `$${` for a plain `${`"),
    ("${ }", "`${}` is empty", "write an expression in it, or `$${` for a plain `${`"),
    ("${'a}", "`'a}` has no closing `'`", None),
    ("${'a\n'}", "`'a\n'}` has no closing `'`", None),
    ('${"""a"}', '`"""a"}` has no closing `"""`', None),
    ("${(i}", "`(i` has no closing `)`", None),
    ("${[i)}", "`[i` has no closing `]`", None),
    ("${i)}", "`i` is followed by a `)` that closes nothing", None),
    ("${i) + (i}", "`i` is followed by a `)` that closes nothing", None),
    ("${name.upper}", "an expression has no attributes",
     'write `x["key"]` for a value of a mapping'),
    ("${name.upper()}", "an expression has no attributes",
     'write `x["key"]` for a value of a mapping'),
    ("${().__class__}", "an expression has no attributes",
     'write `x["key"]` for a value of a mapping'),
    ("${lambda: 1}", "an expression has no `lambda`", None),
    ("${[x for x in sizes]}", "an expression has no comprehensions", None),
    ("${x for x in sizes}", "an expression has no comprehensions", None),
    ("${f'{i}'}", "an expression has no f-strings", "write more than one `${…}` in the text"),
    ("${i := 1}", "an expression has no `:=`", "write `==` to compare"),
    ("${yield}", "an expression has no `yield`", None),
    ("${i, 1}", "an expression has no tuples", "write a list, `[…]`"),
    ("${()}", "an expression has no tuples", "write a list, `[…]`"),
    ("${sizes[0, 1]}", "an expression has no tuples", "write a list, `[…]`"),
    ("${[*sizes]}", "an expression has no `*` before a list", None),
    ("${max(*sizes)}", "an expression has no `*` before a list", None),
    ("${i is 1}", "an expression has no `is`", "write `==`"),
    ("${i is not 1}", "an expression has no `is not`", "write `!=`"),
    ("${i & 1}", "an expression has no `&`", "write `and`"),
    ("${i | 1}", "an expression has no `|`", "write `or`"),
    ("${i ^ 2}", "an expression has no `^`", "write `**` for a power"),
    ("${1 << i}", "an expression has no `<<`", "write `* 2 **`"),
    ("${8 >> i}", "an expression has no `>>`", "write `// 2 **`"),
    ("${i @ i}", "an expression has no `@`", None),
    ("${~i}", "an expression has no `~`", "write `not`"),
    ("${b'a'}", "a constant is a number, a string, true, false or null", None),
    ("${2j}", "a constant is a number, a string, true, false or null", None),
    ("${...}", "a constant is a number, a string, true, false or null", None),
    ("${round(number=i)}", "`round` takes its arguments by place, not by name", None),
    ("${Max(1, 2)}", "`Max` is no function that an expression may call", "did you mean `max`?"),
    ("${open('x')}", "`open` is no function that an expression may call",
     ALL_FUNCTIONS),
    ("${min()}", "`min` takes 1 argument or more, and is given 0", None),
    ("${sqrt(1, 2)}", "`sqrt` takes 1 argument, and is given 2", None),
    ("${range(1, 2, 3, 4)}", "`range` takes 1 to 3 arguments, and is given 4", None),
    ("${2(3)}", "only the name of a function may stand before `(…)`", None),
    ("${filtres}", "`filtres` is no name that this expression may use", "did you mean `filters`?"),
    ("${tru}", "`tru` is no name that this expression may use", "did you mean `true`?"),
    ("${wxyz}", "`wxyz` is no name that this expression may use", None),
    ("${max}", "`max` is no name that this expression may use",
     "it is a function: write `max(…)`"),
    ("${1 if true else wxyz}", "`wxyz` is no name that this expression may use", None),
    ("${unknown + wxyz}", "`wxyz` is no name that this expression may use", None),
    ("${unknown +}", "`unknown +` is no complete expression", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "help"), INVALID)
def test_texts_that_are_wrong(text, message, help):
    assert error_of(text) == (message, help, True)


@pytest.mark.parametrize(
    ("names", "help"),
    [
        ({}, None),
        ({"filters": 1}, "the only name is `filters`"),
        ({"n": 1, "filters": 1, "i": 1}, "the names are `filters`, `i` and `n`"),
        ({f"param{n}": 1 for n in range(9)}, None),
    ],
)
def test_the_names_there_are(names, help):
    message = "`wxyz` is no name that this expression may use"
    assert error_of("${wxyz}", names) == (message, help, True)


@pytest.mark.parametrize("name", ["i", "item"])
def test_names_of_copies_where_there_are_none(name):
    error = error_of(f"${{{name}}}", {"filters": 1})
    assert f"`{name}`" in error[0]
    assert "give it to a block as a param" in error[1]


def test_a_name_is_unknown_beside_a_param_whose_name_is_none():
    assert evaluate("${kernel-size}", {"kernel-size": 3}) is UNKNOWN


TOO_LARGE = "the expression gives a whole number beyond 2**63"
NOT_FINITE = "the expression gives no finite number"
LONG_LIST = "the expression gives a list of more than 10,000 items"
LONG_STRING = "the expression gives a string of more than 10,000 characters"
MUCH_WORK = "the expression goes through more than 20,000 items"
RAISE_IT = "make less of it, or raise the limit with `--max-value-size`"
FAILING = [
    ("true + 1", "`+` cannot take true and 1", BOOLS),
    ("-project", "`-` cannot take true", BOOLS),
    ("true < 2", "`<` cannot take true and 2", BOOLS),
    ("'a' + 1", '`+` cannot take the string "a" and 1',
     "it takes two numbers, two strings or two lists"),
    ("'a' * 3", '`*` cannot take the string "a" and 3', "it takes two numbers"),
    ("sizes * 3", "`*` cannot take a list and 3", "it takes two numbers"),
    ("'%s' % 3", '`%` cannot take the string "%s" and 3', "it takes two numbers"),
    ("null - 1", "`-` cannot take null and 1", "it takes two numbers"),
    ("+name", '`+` cannot take the string "conv"', "it takes a number"),
    ("1 < 'a'", '`<` cannot take 1 and the string "a"', "it takes two numbers or two strings"),
    ("sizes < sizes", "`<` cannot take a list and a list", "it takes two numbers or two strings"),
    ("1 in name", '`in` cannot take 1 and the string "conv"',
     "it takes an item and a list, two strings, or a key and a mapping"),
    ("1 / 0", "the expression divides 1 by zero", None),
    ("1 // 0", "the expression divides 1 by zero", None),
    ("rate % 0.0", "the expression divides 0.5 by zero", None),
    ("0 ** -1", "`**` has no result for 0 and -1", None),
    ("(-8) ** 0.5", "`**` has no result for -8 and 0.5", None),
    ("sizes[3]", "`[3]` is beyond a list of 3 items", None),
    ("sizes[-4]", "`[-4]` is beyond a list of 3 items", None),
    ("[7][1]", "`[1]` is beyond a list of 1 item", None),
    ("name[4]", "`[4]` is beyond a string of 4 characters", None),
    ("config['unit']", "the mapping has no key `unit`", "did you mean `units`?"),
    ("sizes[true]", "`[…]` cannot take true from a list",
     "it takes a whole number for a list or string, and a string for a mapping"),
    ("i[0]", "`[…]` cannot take 0 from 2",
     "it takes a whole number for a list or string, and a string for a mapping"),
    ("i[1:]", "`[…:…]` cannot take a part of 2", None),
    ("sizes[0.5:]", "`[…:…]` takes whole numbers, and 0.5 is none", None),
    ("sizes[::0]", "the step of `[…:…:…]` is 0", None),
    ("min(1)", "`min` takes several values or a list, and 1 is none", None),
    ("max([])", "`max` has nothing to choose from in an empty list", None),
    ("min(1, 'a')",
     '`min` takes numbers alone or strings alone, and the string "a" is among the values', None),
    ("min('a', true)",
     "`min` takes numbers alone or strings alone, and true is among the values", None),
    ("abs('a')", '`abs` takes a number, and the string "a" is none', None),
    ("round(1.5, 0.5)", "`round` takes whole numbers, and 0.5 is none", None),
    ("round(1, -10 ** 18)", "`round` keeps at most 100 digits", None),
    ("sqrt(-1)", "`sqrt` has no result for -1", None),
    ("int('x')", '`int` makes no whole number of the string "x"', None),
    ("int(sizes)", "`int` takes a number or a string, and a list is none", None),
    ("float('x')", '`float` makes no number of the string "x"', None),
    ("float('nan')", NOT_FINITE, None),
    ("len(3)", "`len` takes a list, a string or a mapping, and 3 is none", None),
    ("range(0.5)", "`range` takes whole numbers, and 0.5 is none", None),
    ("range(1, 2, 0)", "the step of `range` is 0", None),
    ("1e308 * 10", NOT_FINITE, None),
    ("1e999", NOT_FINITE, None),
    ("10.0 ** 400", NOT_FINITE, None),
    ("2 ** 64", TOO_LARGE, None),
    ("2 ** 63 + 1", TOO_LARGE, None),
    ("9223372036854775809", TOO_LARGE, None),
    ("2 ** 62 * 4", TOO_LARGE, None),
    ("floor(1e300)", TOO_LARGE, None),
    ("int('" + "9" * 4000 + "')", TOO_LARGE, None),
    ("range(10001)", LONG_LIST, RAISE_IT),
    ("range(0, 20001, 2)", LONG_LIST, RAISE_IT),
    ("range(10000) + [1]", LONG_LIST, RAISE_IT),
    ("[range(9000), range(9000)]", MUCH_WORK, RAISE_IT),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "message", "help"), FAILING)
def test_evaluations_that_fail(expression, message, help):
    assert error_of(f"${{{expression}}}") == (message, help, False)


def test_strings_of_names_may_not_add_up():
    names = {"long": "a" * 6000, "list": [1]}
    assert error_of("${long + long}", names) == (LONG_STRING, RAISE_IT, False)
    assert error_of("${long}${long}", names) == (LONG_STRING, RAISE_IT, False)
    assert evaluate("${long}", {"long": "a" * 20_000}) == "a" * 20_000
    assert len(evaluate("${long + long}", names, largest=12_000)) == 12_000
    assert error_of("a ${list}", names) == (
        "a list cannot be part of a text",
        "write the `${…}` alone to keep it as it is",
        False,
    )


DEEP = "an expression has at most 50 operations inside one another"


def bombs():
    yield "9**9**9", TOO_LARGE
    yield "(-9)**9**9", TOO_LARGE
    yield "*".join(["9223372036854775807"] * 20), TOO_LARGE
    yield "huge * huge", TOO_LARGE
    yield "range(10**12)", LONG_LIST
    yield "range(-2**63, 2**63)", LONG_LIST
    yield "[0]*10**9", "`*` cannot take a list and 1000000000"
    yield "'a'*10**9", '`*` cannot take the string "a" and 1000000000'
    yield "(" * 4000, DEEP
    yield "(" * 2000 + ")" * 2000, DEEP
    yield "[" * 51 + "]" * 51, DEEP
    for prefix in ("-", "- ", "~", "not ", "+-"):
        yield prefix * (4000 // len(prefix)) + "1", DEEP
    for repeated in ("1+", "1**", "1if 1else ", "lambda:"):
        text = repeated * (4000 // len(repeated)) + "1"
        yield text, DEEP if repeated != "lambda:" else "an expression has no `lambda`"
    yield (
        "[" + "1," * 1500 + "]",
        "the expressions of a text have at most 1,000 operations and values",
    )
    yield "[" + "2 in big," * 300 + "]", MUCH_WORK
    yield "deep == deep2", MUCH_WORK


EVALUATE = """
import json
import resource
import sys
from layergraph.expand.expressions import ExpressionError, evaluate
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))  # seconds, of which all take less than one
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
deep, deep2 = [], []
for _ in range(60):
    deep, deep2 = [deep, deep], [deep2, deep2]
names = {
    "huge": (1 << 30_000_000) - 1,
    "big": list(range(3, 9000)),
    "deep": deep,
    "deep2": deep2,
}
for expression in json.loads(sys.argv[1]):
    try:
        evaluate(f"${{{expression}}}", names)
    except ExpressionError as error:
        print(json.dumps([expression, error.message]), flush=True)
"""


@pytest.fixture(scope="module")
def refusals():
    """What a process of its own says of each bomb before one goes off in it."""
    expressions = json.dumps([expression for expression, _ in bombs()])
    said = run([sys.executable, "-c", EVALUATE, expressions], cwd=None, check=False).stdout
    return dict(json.loads(line) for line in said.splitlines())


@pytest.mark.parametrize(("expression", "message"), [*bombs()], ids=lambda text: text[:12])
def test_bombs(refusals, expression, message):
    assert refusals.get(expression) == message


def test_long_texts():
    assert evaluate("a" * 10_000, {}) == "a" * 10_000
    assert error_of("${i}" + "a" * 4093) == (
        "a text with expressions has at most 4,096 characters, and this one has 4,097",
        None,
        False,
    )


def test_values_do_not_nest_without_end():
    value = []
    with pytest.raises(ExpressionError, match="the expression has values nested more than 64 deep"):
        for _ in range(100):
            value = evaluate("${[value]}", {"value": value})


def test_values_do_not_grow_without_end():
    value = [1]
    with pytest.raises(ExpressionError, match="goes through more than 20,000 items"):
        for _ in range(60):
            value = evaluate("${[value, value] + [value]}", {"value": value})


def error_of(text, names=NAMES):
    with pytest.raises(ExpressionError) as caught:
        evaluate(text, names)
    return caught.value.message, caught.value.help, caught.value.invalid
