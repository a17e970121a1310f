"""What all tests share: a quiet TensorFlow, and Hypothesis settled for CI."""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.pop("GITHUB_ACTIONS", None)  # which changes the form of reports

_calm = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
# The same draws in every run, so that a red run is the change's own doing; `long` draws anew.
settings.register_profile(
    "ci", max_examples=60, derandomize=True, deadline=None, suppress_health_check=_calm
)
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=_calm)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

pytest_plugins = ["tests.crashed_workers"]
