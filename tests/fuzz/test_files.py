"""Files of every kind, drawn: from the grammar, and of bytes that are no graph at all."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.grammar import WRECKAGE, graphs, libraries, texts
from tests.fuzz.harmless import COMMANDS, check, check_command

VALID = Path(__file__).parents[1] / "corpus" / "valid"
WHOLE = [file.read_bytes() for file in sorted(VALID.glob("*.yaml"))]

BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode(errors="surrogatepass")),
    st.lists(st.sampled_from(WRECKAGE), max_size=40).map(lambda parts: "".join(parts).encode()),
)


@settings(max_examples=settings().max_examples // 3)  # to draw one takes longer than to check it
@given(texts(graphs), texts(libraries))
def test_graph_files_do_no_harm(graph, library):
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), {"graph.yaml": graph, "library.yaml": library})


@given(BYTES)
def test_bytes_do_no_harm(data):
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), {"graph.yaml": data})


@given(texts(graphs) | BYTES | st.sampled_from(WHOLE), st.sampled_from(COMMANDS))
def test_commands_end_with_0_or_1(data, command):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.yaml"
        file.write_bytes(data)
        check_command(file, command)
