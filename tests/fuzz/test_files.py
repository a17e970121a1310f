"""Files of every kind, drawn: from the grammar, and of bytes that are no graph at all."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from layergraph.diagnostics.render import FORMATS
from tests.fuzz.grammar import WRECKAGE, graphs, libraries, texts
from tests.fuzz.harmless import check, check_command

BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode(errors="surrogatepass")),
    st.lists(st.sampled_from(WRECKAGE), max_size=40).map(lambda parts: "".join(parts).encode()),
)


@given(texts(graphs), texts(libraries))
def test_graph_files_do_no_harm(graph, library):
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), {"graph.yaml": graph, "library.yaml": library})


@given(BYTES)
def test_bytes_do_no_harm(data):
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), {"graph.yaml": data})


@given(texts(graphs) | BYTES, st.sampled_from(FORMATS))
def test_the_command_ends_with_0_or_1(data, form):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.yaml"
        file.write_bytes(data)
        check_command(file, form)
