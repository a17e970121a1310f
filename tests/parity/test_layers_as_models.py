"""Models of some layers: what is declared is what is computed, and what a file of Keras keeps."""

import keras
import numpy as np
import pytest

import layergraph as lg

EINSUM = """
layergraph: 1
inputs: {x: {shape: [6, 8]}, image: {shape: [4, 5, 8]}}
layers:
  projected: {type: EinsumDense, from: x, equation: "abc,cd->abd", output_shape: [6, 4],
              bias_axes: bd, activation: relu}
  heads: {type: EinsumDense, from: x, equation: "abc,cde->abde", output_shape: [6, 2, 4],
          bias_axes: de, lora_rank: 2, dtype: {type: DTypePolicy, name: mixed_float16}}
  any: {type: EinsumDense, from: x, equation: "...c,cd->...d", output_shape: 3}
  pixels: {type: EinsumDense, from: image, equation: "abcd,de->abce", output_shape: [4, 5, 3]}
  channels: {type: EinsumDense, from: image, equation: "ab...,bc->ac...", output_shape: 7}
outputs: {a: {from: projected}, b: {from: heads}, c: {from: any}, d: {from: pixels},
          e: {from: channels}}
"""
ATTENTION = """
layergraph: 1
inputs: {x: {shape: [6, 8]}, y: {shape: [5, 8]}}
layers:
  seen: {type: GroupQueryAttention, from: {query: x, value: y}, head_dim: 4, num_query_heads: 4,
         num_key_value_heads: 2, use_gate: true, call: {return_attention_scores: true}}
outputs: {a: {from: "seen:0"}, scores: {from: "seen:1"}}
"""
LANGUAGE_MODEL = """
layergraph: 1
inputs: {words: {shape: [7], dtype: int32}}
layers:
  table: {type: ReversibleEmbedding, from: words, input_dim: 11, output_dim: 4,
          tie_weights: false, logit_soft_cap: 30}
  state: {type: Dense, from: table, units: 4}
  scores: {use: table, from: state, call: {reverse: true}}
outputs: {scores: {from: scores}}
"""
POOLING = """
layergraph: 1
inputs: {steps: {shape: [6, 3]}, image: {shape: [3, 9, 7]}, volume: {shape: [5, 6, 7, 2]}}
layers:
  of_steps: {type: AdaptiveAveragePooling1D, from: steps, output_size: 4}
  of_image: {type: AdaptiveMaxPooling2D, from: image, output_size: [4, 9],
             data_format: channels_first}
  of_volume: {type: AdaptiveAveragePooling3D, from: volume, output_size: [2, 3, 1]}
outputs: {a: {from: of_steps}, b: {from: of_image}, c: {from: of_volume}}
"""
SOUND = """
layergraph: 1
inputs: {sound: {shape: [1000]}, stereo: {shape: [1000, 2]}}
layers:
  mel: {type: MelSpectrogram, from: sound, fft_length: 128, sequence_stride: 50,
        sequence_length: 100, num_mel_bins: 20}
  frames: {type: STFTSpectrogram, from: stereo, frame_length: 100, mode: stft}
  picture: {type: STFTSpectrogram, from: stereo, frame_length: 64, frame_step: 30,
            padding: same, expand_dims: true, window: null}
outputs: {a: {from: mel}, b: {from: frames}, c: {from: picture}}
"""
FEATURES = """
layergraph: 1
blocks:
  narrow: {inputs: [x], layers: {y: {type: Dense, from: x, units: 2}}, outputs: y}
inputs: {day: {shape: [1], dtype: int32}, hour: {shape: [1], dtype: int64}, x: {shape: [4]}}
layers:
  crossed: {type: HashedCrossing, from: [day, hour], num_bins: 9}
  places: {type: HashedCrossing, from: [day, hour], num_bins: 9, output_mode: one_hot}
  prepared:
    type: Pipeline
    from: x
    layers:
      - {type: Rescaling, scale: 0.5}
      - {type: Dense, units: 3}
      - {type: Dense, units: 2, trainable: false}
      - {block: narrow}
      - {block: narrow}
outputs: {a: {from: crossed}, b: {from: places}, c: {from: prepared}}
"""
QUANTIZED = """
layergraph: 1
inputs: {x: {shape: [8]}}
layers:
  small: {type: Dense, from: x, units: 4, quantization_config: {type: Int8QuantizationConfig,
          weight_quantizer: {type: AbsMaxQuantizer, value_range: [-100, 100], axis: 0}}}
  later: {type: EinsumDense, from: small, equation: "ab,bc->ac", output_shape: 3,
          quantization_config: {type: GPTQConfig, weight_bits: 8}}
outputs: {y: {from: later}}
"""
MODELS = {
    "einsum": EINSUM,
    "attention": ATTENTION,
    "language model": LANGUAGE_MODEL,
    "pooling": POOLING,
    "sound": SOUND,
    "features": FEATURES,
    "quantized": QUANTIZED,
}


def loaded(text, tmp_path):
    path = tmp_path / "graph.yaml"
    path.write_text(text)
    return lg.load(path)


@pytest.mark.parametrize("name", MODELS)
def test_what_is_declared_is_computed(name, tmp_path):
    graph = loaded(MODELS[name], tmp_path)
    model = lg.compile(graph, seed=1)
    data = {
        name: np.ones([2, *[size or 6 for size in spec.shape[1:]]], spec.dtype)
        for name, spec in graph.inputs.items()
    }
    computed = model(data)
    for output, spec in graph.outputs.items():
        assert computed[output].dtype.name == spec.dtype
        sizes = zip(spec.shape, computed[output].shape, strict=True)
        assert all(declared in (None, size) for declared, size in sizes), output
        assert np.isfinite(computed[output]).all()
    assert graph.count_params() == model.count_params()
    assert graph.count_params(trainable=True) == sum(
        int(np.prod(weight.shape)) for weight in model.trainable_weights
    )
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")(data)
    for output in graph.outputs:
        np.testing.assert_allclose(again[output], computed[output], rtol=1e-4, atol=1e-5)


def test_layers_keep_how_they_are_to_be_quantized(tmp_path):
    model = lg.compile(loaded(QUANTIZED, tmp_path))
    config = model.get_layer("small").quantization_config
    assert isinstance(config, keras.quantizers.Int8QuantizationConfig)
    assert config.weight_quantizer.value_range == (-100, 100)
    model.get_layer("small").quantize("int8")
    assert model.get_layer("small").kernel.dtype == "int8"
    assert isinstance(model.get_layer("later").quantization_config, keras.quantizers.GPTQConfig)


def test_a_pipeline_gives_no_mask(tmp_path):
    """Its layers hand masks on among themselves."""
    text = """
layergraph: 1
inputs: {words: {shape: [5], dtype: int32}}
layers:
  read:
    type: Pipeline
    from: words
    layers: [{type: Embedding, input_dim: 9, output_dim: 4, mask_zero: true},
             {type: LSTM, units: 3}]
outputs: {y: {from: read}}
"""
    model = lg.compile(loaded(text, tmp_path), seed=1)
    padded, plain = np.array([[3, 4, 0, 0, 0]]), np.array([[3, 4]])
    embedding, lstm = model.get_layer("read").layers
    expected = lstm(embedding(plain))
    np.testing.assert_allclose(model({"words": padded})["y"], expected, rtol=1e-5)
