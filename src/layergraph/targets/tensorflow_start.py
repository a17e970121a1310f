"""TensorFlow's start without its chatter."""

from __future__ import annotations

import os
import sys
import tempfile


def quiet_tensorflow() -> None:
    """Import TensorFlow and hold back what its C++ libraries write to stderr meanwhile.

    Their log levels do not cover what is logged before the logs are set up, nor the search for
    devices, which is therefore made here. Where the import fails, all of it is shown.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as chatter:
        os.dup2(chatter.fileno(), 2)
        try:
            import keras  # noqa: F401
            import tensorflow as tf

            tf.config.list_logical_devices()
        except BaseException:
            os.dup2(kept, 2)
            chatter.seek(0)
            os.write(2, chatter.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def compute_alike() -> None:
    """Let TensorFlow give the same results again in this process, on GPUs too, which costs time."""
    import tensorflow as tf

    tf.config.experimental.enable_op_determinism()
