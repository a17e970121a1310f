"""Sound calls of functions of networks, matrices, signals and images, as in `op_samples`."""


def filled(*shape, value=1.0):
    """Nested lists of one number."""
    return [filled(*shape[1:], value=value) for _ in range(shape[0])] if shape else value


CORNERS = [[0.0, 0.0], [0.0, 3.0], [3.0, 0.0], [3.0, 3.0]]

NETWORK_SAMPLES = {
    "max_pool": ({"pool_size": 2}, {"inputs": (4, 4, 3)}),
    "average_pool": ({"pool_size": [2, 1], "strides": 1}, {"inputs": (4, 4, 3)}),
    "conv": ({"kernel": filled(2, 2, 3, 5), "strides": 2}, {"inputs": (4, 4, 3)}),
    "depthwise_conv": ({"kernel": filled(2, 2, 3, 2)}, {"inputs": (4, 4, 3)}),
    "separable_conv": (
        {"depthwise_kernel": filled(2, 2, 3, 2), "pointwise_kernel": filled(1, 1, 6, 4)},
        {"inputs": (4, 4, 3)},
    ),
    "depth_to_space": ({"block_size": 2}, {"x": (2, 2, 8)}),
    "space_to_depth": ({"block_size": 2}, {"x": (4, 4, 2)}),
    "fold": ({"output_size": 4, "kernel_size": 2, "stride": 2}, {"x": (12, 4)}),
    "batch_normalization": (
        {
            "axis": -1,
            "mean": filled(3, value=0.5),
            "variance": filled(3),
            "offset": filled(3),
            "scale": filled(3),
        },
        {"x": (4, 3)},
    ),
    "layer_normalization": ({"gamma": filled(4), "beta": filled(4), "axis": 1}, {"x": (4, 3)}),
    "rms_normalization": ({"scale": filled(3)}, {"x": (4, 3)}),
    "dot_product_attention": (
        {"is_causal": True, "scale": 0.5},
        {
            "query": (4, 2, 3),
            "key": (5, 2, 3),
            "value": (5, 2, 3),
            "bias": (1, 4, 5),
            "mask": (2, 1, 5),
        },
    ),
    "binary_crossentropy": ({}, {"target": (4,), "output": (4,)}),
    "categorical_crossentropy": ({}, {"target": (4,), "output": (4,)}),
    "sparse_categorical_crossentropy": ({}, {"target": (1,), "output": (4,)}),
    "psnr": ({"max_val": 1}, {"x1": (4,), "x2": (4,)}),
    "ctc_loss": (
        {},
        {"target": (3,), "output": (6, 5), "target_length": (), "output_length": ()},
    ),
    "ctc_decode": (
        {"strategy": "beam_search", "top_paths": 2},
        {"inputs": (6, 5), "sequence_lengths": ()},
    ),
    "cholesky": ({"upper": True}, {"x": (3, 3)}),
    "cholesky_inverse": ({}, {"x": (3, 3)}),
    "inv": ({}, {"x": (3, 3)}),
    "det": ({}, {"x": (3, 3)}),
    "logdet": ({}, {"x": (3, 3)}),
    "eigh": ({}, {"x": (3, 3)}),
    "matrix_rank": ({"tol": 0.1}, {"x": (3, 2)}),
    "pinv": ({}, {"x": (3, 2)}),
    "qr": ({"mode": "complete"}, {"x": (3, 2)}),
    "svd": ({"full_matrices": False}, {"x": (3, 2)}),
    "solve": ({}, {"a": (3, 3), "b": (3, 2)}),
    "solve_triangular": ({"lower": True}, {"a": (3, 3), "b": (3,)}),
    "cdist": ({}, {"x": (4, 3), "y": (5, 3)}),
    "searchsorted": ({"sorted_sequence": [1.0, 2.0, 3.0]}, {"values": ()}),
    "in_top_k": ({"k": 2}, {"targets": (), "predictions": (4,)}),
    "multi_hot": ({"num_classes": 3}, {"inputs": (4,)}),
    "select": ({"default": 1}, {"condlist": (4,), "choicelist": (4,)}),
    "segment_sum": ({"num_segments": 3}, {"data": (4,), "segment_ids": ()}),
    "segment_prod": ({"num_segments": 3}, {"data": (4,), "segment_ids": ()}),
    "segment_max": ({"sorted": True}, {"data": (4,), "segment_ids": ()}),
    "segment_min": ({"num_segments": 3}, {"data": (4,), "segment_ids": ()}),
    "scatter": ({"shape": [5, 4]}, {"indices": (1,), "values": (4,)}),
    "scatter_update": ({}, {"inputs": (4,), "indices": (1,), "updates": (4,)}),
    "slice_update": ({"start_indices": [0, 1]}, {"inputs": (4,), "updates": (2,)}),
    "extract_sequences": ({"sequence_length": 4, "sequence_stride": 2}, {"x": (10,)}),
    "fft": ({}, {"x": (4,)}),
    "fft2": ({}, {"x": (4, 3)}),
    "ifft2": ({}, {"x": (4, 3)}),
    "rfft": ({}, {"x": (5,)}),
    "irfft": ({}, {"x": (5,)}),
    "stft": ({"sequence_length": 6, "sequence_stride": 3, "fft_length": 8}, {"x": (20,)}),
    "istft": ({"sequence_length": 6, "sequence_stride": 3, "fft_length": 8}, {"x": (7, 5)}),
    "image.rgb_to_hsv": ({}, {"images": (3, 3, 3)}),
    "image.hsv_to_rgb": ({}, {"images": (3, 3, 3)}),
    "image.affine_transform": (
        {"transform": [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0], "fill_mode": "wrap"},
        {"images": (4, 4, 3)},
    ),
    "image.perspective_transform": (
        {"start_points": CORNERS, "end_points": CORNERS},
        {"images": (4, 4, 3)},
    ),
    "image.pad_images": (
        {"top_padding": 1, "target_height": 7, "left_padding": 2, "right_padding": 1},
        {"images": (4, 4, 3)},
    ),
    "image.crop_images": (
        {"top_cropping": 1, "target_height": 2, "left_cropping": 2, "right_cropping": 1},
        {"images": (4, 4, 3)},
    ),
    "image.extract_patches": ({"size": 2}, {"images": (4, 4, 3)}),
    "image.extract_patches_3d": ({"size": 2, "strides": 1}, {"volumes": (4, 4, 4, 2)}),
    "image.gaussian_blur": ({"kernel_size": [3, 5], "sigma": [1.0, 2.0]}, {"images": (4, 4, 3)}),
    "image.sobel_edges": ({}, {"images": (4, 4, 3)}),
    "image.ssim": ({"filter_size": 3}, {"image1": (4, 4, 3), "image2": (4, 4, 3)}),
}
