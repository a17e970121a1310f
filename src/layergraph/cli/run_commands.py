"""What the commands that take a run have in common."""

from __future__ import annotations

from layergraph.cli.own_modules import collect_garbage_again, here_on_the_path, modules_to_allow
from layergraph.targets.custom import check_allowed, declared_in, import_custom
from layergraph.targets.tensorflow_start import quiet_tensorflow
from layergraph.training.reading.python_source import (
    check_function,
    import_function,
    is_function_of,
)
from layergraph.training.run import Run


def opened(path: str, data: str, allow: tuple[str, ...]) -> tuple[Run, tuple[str, ...]]:
    """The run of a folder, and the modules that may be imported, with the user's own imported.

    Raises:
        GraphError: where it is none, or what is the user's own cannot be imported.
    """
    run = Run(path)
    run.check_model()
    has_function = is_function_of(data)
    needs_own = has_function or any(declared_in(run.graph))
    modules = modules_to_allow(allow, is_needed=needs_own)
    if needs_own:
        check_allowed(run.graph, modules)
        if has_function:
            check_function(data, modules)
        quiet_tensorflow()
        with here_on_the_path():
            import_custom(run.graph, modules)
            if has_function:
                import_function(data, modules)
    return run, modules


def start_tensorflow() -> None:
    """Import TensorFlow: what can be checked without it is right."""
    quiet_tensorflow()
    collect_garbage_again()
