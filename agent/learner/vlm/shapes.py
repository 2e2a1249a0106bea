"""Shapes of published vision-language models, and how big a screenshot is to them.

The numbers are those of the models' published configuration files on Hugging Face (``config.json`` of
llava-hf/llava-v1.6-mistral-7b-hf, llava-hf/llava-v1.6-34b-hf, Qwen/Qwen2.5-VL-{3B,7B,32B,72B}-Instruct). Nothing is
downloaded: a model of random weights costs as much time and memory to train as the real one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

#: A screenshot, in pixels: (height, width).
SCREENSHOT = (800, 1280)
_PINPOINTS = [[336, 672], [672, 336], [672, 672], [1008, 336], [336, 1008]]  # (height, width) that LLaVA-NeXT tiles to

Family = Literal["llava", "llava_next", "qwen2_5_vl"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What :func:`configuration` needs to build a transformers configuration."""

    name: str
    family: Family
    text: dict[str, Any]
    vision: dict[str, Any]
    image_token: int
    tied: bool = False  # input and output embeddings are one


_CLIP = {
    "model_type": "clip_vision_model",
    "hidden_size": 1024,
    "intermediate_size": 4096,
    "num_hidden_layers": 24,
    "num_attention_heads": 16,
    "image_size": 336,
    "patch_size": 14,
    "projection_dim": 768,
}


def _llama(kind: str, hidden: int, inner: int, layers: int, heads: int, keys: int, vocabulary: int) -> dict[str, Any]:
    return {
        "model_type": kind,
        "hidden_size": hidden,
        "intermediate_size": inner,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": keys,
        "vocab_size": vocabulary,
        "max_position_embeddings": 32768,
        "rms_norm_eps": 1e-5,
    }


def _qwen(hidden: int, inner: int, layers: int, heads: int, keys: int, vocabulary: int = 152064) -> dict[str, Any]:
    text = _llama("qwen2_5_vl_text", hidden, inner, layers, heads, keys, vocabulary)
    rope = {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [16, 24, 24]}
    return text | {"rope_parameters": rope, "bos_token_id": None, "eos_token_id": None, "pad_token_id": None}


def _qwen_vision(out: int, inner: int = 3420) -> dict[str, Any]:
    return {
        "depth": 32,
        "hidden_size": 1280,
        "intermediate_size": inner,
        "num_heads": 16,
        "out_hidden_size": out,
        "fullatt_block_indexes": [7, 15, 23, 31],
        "window_size": 112,
        "patch_size": 14,
        "spatial_merge_size": 2,
        "temporal_patch_size": 2,
    }


_SMALL_CLIP = _CLIP | {"hidden_size": 64, "intermediate_size": 256, "num_hidden_layers": 2, "num_attention_heads": 4}
_SMALL_QWEN = _qwen(256, 512, 2, 2, 1, 2048)
_SMALL_QWEN_VISION = _qwen_vision(256, 256) | {"depth": 2, "hidden_size": 64, "num_heads": 2}
_SMALL_QWEN_VISION |= {"fullatt_block_indexes": [1]}

SHAPES: dict[str, Shape] = {
    shape.name: shape
    for shape in (
        Shape(
            "tiny",
            "llava",
            _llama("llama", 128, 352, 4, 4, 2, 1536),
            _SMALL_CLIP | {"image_size": 160, "patch_size": 20},
            3,
        ),
        Shape("tiny-llava-1.6", "llava_next", _llama("llama", 128, 256, 2, 4, 2, 2048), _SMALL_CLIP, 3),
        Shape("tiny-qwen2.5-vl", "qwen2_5_vl", _SMALL_QWEN, _SMALL_QWEN_VISION, 3),
        Shape("llava-1.6-7b", "llava_next", _llama("mistral", 4096, 14336, 32, 32, 8, 32064), _CLIP, 32000),
        Shape("llava-1.6-34b", "llava_next", _llama("llama", 7168, 20480, 60, 56, 8, 64064), _CLIP, 64000),
        Shape(
            "qwen2.5-vl-3b",
            "qwen2_5_vl",
            _qwen(2048, 11008, 36, 16, 2, 151936),
            _qwen_vision(2048),
            151655,
            tied=True,
        ),
        Shape("qwen2.5-vl-7b", "qwen2_5_vl", _qwen(3584, 18944, 28, 28, 4), _qwen_vision(3584), 151655),
        Shape("qwen2.5-vl-32b", "qwen2_5_vl", _qwen(5120, 27648, 64, 40, 8), _qwen_vision(5120, 3456), 151655),
        Shape("qwen2.5-vl-72b", "qwen2_5_vl", _qwen(8192, 29568, 80, 64, 8), _qwen_vision(8192, 3456), 151655),
    )
}


def configuration(shape: Shape, layers: int | None = None) -> Any:
    """Return the transformers configuration; ``layers`` truncates language model and vision tower alike."""
    from transformers import LlavaConfig, LlavaNextConfig, Qwen2_5_VLConfig

    text, vision = dict(shape.text), dict(shape.vision)
    if layers is not None:
        text["num_hidden_layers"] = min(layers, text["num_hidden_layers"])
        deep = "depth" if shape.family == "qwen2_5_vl" else "num_hidden_layers"
        vision[deep] = min(max(2, layers), vision[deep])  # features are taken before CLIP's last layer
        if shape.family == "qwen2_5_vl":
            vision["fullatt_block_indexes"] = [vision[deep] - 1]
    if shape.family == "qwen2_5_vl":
        text.pop("model_type")
        ids = {"image_token_id": shape.image_token, "video_token_id": shape.image_token + 1}
        return Qwen2_5_VLConfig(
            text_config=text, vision_config=vision, tie_word_embeddings=shape.tied, **ids, vision_start_token_id=4
        )
    common = {"image_token_index": shape.image_token, "tie_word_embeddings": shape.tied}
    if shape.family == "llava":
        patches = (vision["image_size"] // vision["patch_size"]) ** 2
        return LlavaConfig(vision_config=vision, text_config=text, image_seq_length=patches, **common)
    return LlavaNextConfig(vision_config=vision, text_config=text, image_grid_pinpoints=_PINPOINTS, **common)


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot as a model of some shape takes it in."""

    sizes: dict[str, tuple[int, ...]]  # shape of each floating-point input, by name
    numbers: dict[str, list[list[int]]]  # whole-number inputs, by name
    tokens: int  # placeholders of it in the prompt


def picture(shape: Shape, screenshot: tuple[int, int] = SCREENSHOT) -> Picture:
    """Return what the model's own processor would make of a screenshot of (height, width) pixels."""
    side, patch = shape.vision.get("image_size", 0), shape.vision["patch_size"]
    if shape.family == "llava":
        return Picture({"pixel_values": (1, 3, side, side)}, {}, (side // patch) ** 2)
    if shape.family == "llava_next":
        tiles, tokens = _tiled(screenshot, side, patch)
        return Picture({"pixel_values": (1, tiles, 3, side, side)}, {"image_sizes": [list(screenshot)]}, tokens)
    merge = shape.vision["spatial_merge_size"]
    height, width = (merge * round(pixels / (patch * merge)) for pixels in screenshot)
    flat = 3 * shape.vision["temporal_patch_size"] * patch * patch
    return Picture(
        {"pixel_values": (height * width, flat)},
        {"image_grid_thw": [[1, height, width]]},
        height * width // merge**2,
    )


def _tiled(screenshot: tuple[int, int], side: int, patch: int) -> tuple[int, int]:
    """Return tiles (with the overview) and tokens of a picture that LLaVA-NeXT cuts up (Liu et al. 2024, anyres)."""
    height, width = screenshot

    def fit(size: list[int]) -> tuple[int, int]:
        scale = min(size[0] / height, size[1] / width)
        used = min(int(height * scale) * int(width * scale), height * width)
        return used, -(size[0] * size[1] - used)

    best = max(_PINPOINTS, key=fit)
    down, across = best[0] // patch, best[1] // patch
    if width / height > across / down:  # bars above and below are cut off again
        bar = (down - math.floor(round(height * (across / width), 7))) // 2
        down -= 2 * bar
    else:
        bar = (across - math.floor(round(width * (down / height), 7))) // 2
        across -= 2 * bar
    base = (side // patch) ** 2
    return 1 + (best[0] // side) * (best[1] // side), base + down * (across + 1)
