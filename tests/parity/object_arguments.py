"""What the objects' arguments are tried with, and where we take less than Keras."""

# Few arguments are left out. Of some, only what a graph file can hold is taken: a number for `seed`
# (Keras: also a SeedGenerator), `Constant.value`, `alpha` (also tensors); a window's name for
# `STFT.window` (also tensors); a number or a schedule for `learning_rate` (also a function); an
# OptimizerMap for `MultiOptimizer.optimizer_map` (also a function).

LEFT_OUT = {
    (config, argument): reason
    for config in ("GPTQConfig", "AWQConfig")
    for argument, reason in {
        "dataset": "data, given when the model is quantized; Keras' own files hold none either",
        "tokenizer": "a function, given when the model is quantized",
        "quantization_layer_structure": "layers of a model that is not yet made",
    }.items()
}

STRICTER = {
    "alpha": "a share or a weight, where it is one",
    "axis": "an axis of a tensor, which has at most 64",
    "beta": "a weight",
    "beta_1": "at 1 the moment never moves, beyond it diverges",
    "beta_2": "at 1 the moment never moves, beyond it diverges",
    "adam_beta_1": "at 1 the moment never moves, beyond it diverges",
    "adam_beta_2": "at 1 the moment never moves, beyond it diverges",
    "adam_lr_ratio": "a negative learning rate climbs",
    "adam_weight_decay": "a negative one makes weights grow",
    "beta_2_decay": "an exponent below 0",
    "boundaries": "steps, which increase",
    "class_id": "a class number",
    "clip_threshold": "a norm",
    "clipnorm": "a norm; at 0 nothing is learnt",
    "clipvalue": "at 0 nothing is learnt",
    "decay_rate": "a negative one makes the learning rate negative",
    "decay_steps": "steps are whole",
    "delta": "a distance",
    "dtype": "a float: sums of whole numbers lose the means",
    "ema_momentum": "checked by Keras too, but only with use_ema",
    "ema_overwrite_frequency": "checked by Keras too, but only with use_ema",
    "end_learning_rate": "a negative learning rate climbs",
    "epsilon": "a negative one divides by 0",
    "epsilon_1": "a negative one divides by 0",
    "epsilon_2": "a negative one divides by 0",
    "first_decay_steps": "steps are whole",
    "gamma": "a negative one turns the loss around",
    "global_clipnorm": "a norm; at 0 nothing is learnt",
    "gradient_accumulation_steps": "Keras takes 0 for None",
    "group_size": "a whole number",
    "initial_accumulator_value": "the root is taken of it",
    "initial_learning_rate": "a negative learning rate climbs",
    "k": "a number of classes",
    "label_smoothing": "a share",
    "label_weights": "weights, which mean nothing without `multi_label`",
    "learning_rate": "a negative learning rate climbs, and NaN spoils everything",
    "loss_scale_factor": "at 0 nothing is learnt",
    "m_mul": "a negative learning rate climbs",
    "max_value": "a norm",
    "min_value": "a norm",
    "momentum": "a share",
    "name": "may not be empty or hold `/`: it becomes part of paths",
    "ns_steps": "whole, and without one the update is not orthogonal",
    "num_grid_points": "a whole number",
    "num_labels": "a number of labels; Keras takes 0 for None",
    "num_regressors": "a whole number",
    "num_samples": "a whole number",
    "num_thresholds": "a whole number",
    "output_dtype": "a dtype of whole numbers",
    "power": "a negative one makes the rate grow beyond bounds",
    "rate": "a share",
    "rho": "at 1 the moment never moves, beyond it diverges",
    "rms_rate": "a negative one climbs",
    "seed": "a number of 64 bits",
    "sequence_length": "a whole number",
    "stddev": "a standard deviation",
    "summation_method": "Keras takes it capitalized too",
    "t_mul": "lengths of steps",
    "target_class_ids": "class numbers",
    "thresholds": "shares, and at least one",
    "top_k": "a number of classes",
    "value_range": "two numbers, the lower one first",
    "values": "learning rates",
    "warmup_steps": "a number of steps",
    "warmup_target": "a learning rate",
    "weight_decay": "a negative one makes weights grow",
    "window": "SciPy has short names too, and they change",
}

NEEDED = {
    "initial_learning_rate": 0.1,
    "decay_steps": 10,
    "first_decay_steps": 10,
    "decay_rate": 0.5,
    "boundaries": [1, 2],
    "values": [0.1, 0.2, 0.3],
    "num_classes": 3,
    "target_class_ids": [0, 2],
    "recall": 0.5,
    "precision": 0.5,
    "specificity": 0.5,
    "sensitivity": 0.5,
}

NUMBERS = [-2.5, -1, -0.01, 0, 1e-3, 0.5, 1, 1.0, 1.5, 2, 7, 200]
COUNTS = [-3, -1, 0, 1, 2, 5, 100]
REDUCTIONS = ["sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none", None, "no"]
AVERAGES = [None, "micro", "macro", "weighted", "samples", "none"]
DTYPES = [None, "float32", "float16", "float64", "bfloat16", "mixed_float16", "int32", "half"]
LISTS_OF_RATES = [[0.5], [0.2, 0.9], [0, 1], [-0.1], [0.5, 1.5]]
CHOICES = {
    "mode": ["fan_in", "fan_out", "fan_avg", "fan", "rows", "columns"],
    "distribution": ["normal", "truncated_normal", "untruncated_normal", "uniform", "beta"],
    "side": ["real", "imag", "left"],
    "output_dtype": ["int8", "int16", "uint8", "float64", "nonsense"],
    "value_range": [(-127, 127), (-8, 7), (-128, 127), (5, -5), (-300, 3), (1, 2, 3), (0, 1)],
    "weight_bits": [2, 3, 4, 5, 8],
    "group_size": [-2, -1, 0, 1, 128, 0.5],
    "window": ["hann", "hamming", "blackman", "tukey", None, "kaiser", "nonsense", "ham"],
    "scaling": ["density", "spectrum", None, "none"],
    "reduction": REDUCTIONS,
    "dtype": DTYPES,
    "name": ["a", "a b", "ä", None, "", "a/b"],
    "average": AVERAGES,
    "class_aggregation": ["uniform_average", "variance_weighted_average", None, "mean"],
    "curve": ["ROC", "PR", "PRGAIN", "roc", "pr", "prgain", "Roc"],
    "summation_method": ["interpolation", "minoring", "majoring", "Majoring", "trapezoid"],
    "thresholds": [None, 0.3, *LISTS_OF_RATES],
    "label_weights": [None, [1, 2, 3], [0.5, 0.5], [-1]],
    "target_class_ids": [[0], [1], (0, 1), [0, 2], [3], [-1], []],
    "boundaries": [[1, 2], [1.5, 2.5], [2, 1], [1], [], [1, 2, 3]],
    "values": [[0.1, 0.2, 0.3], [1, 2, 3], [0.1], [], [0.1, -1, 0.1]],
    "exclude_layers": [None, ["dense"], ["a.*", "b"], []],
    "input_axes": [None, [0], [0, 1], [-1]],
    "output_axes": [None, [1], [-2, -1]],
    "seed": [None, 0, 1, -5, 2**40, 2**70],
    "axis": [None, -1, 0, 1, 65, [0, 1], [-1]],
    "ignore_class": [None, -1, 0, 255],
    "learning_rate": [0.1, 1.0, 0.0, -0.1, float("inf"), float("nan")],
    "ema_overwrite_frequency": [None, *COUNTS],
    "gradient_accumulation_steps": [None, *COUNTS],
    "num_labels": [None, *COUNTS],
    "top_k": [None, *COUNTS],
    "class_id": [None, *COUNTS],
    "num_classes": COUNTS,
}
