"""The tiny model's parts: tokenizer, processor, weights; saved as any model on Hugging Face is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from agent.learner.vlm.shapes import SHAPES, configuration
from agent.learner.vlm.tiny.lessons import lesson

SHAPE = SHAPES["tiny"]
PAD, BEGIN, END, PICTURE = "<pad>", "<s>", "</s>", "<image>"
_TEXTS = 400
_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{{ message['role'] }}: "
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>{{ '\\n' }}{% else %}{{ part['text'] }}{% endif %}"
    "{% endfor %}{% endif %}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{{ '\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}assistant:{{ '\\n' }}{% endif %}"
)


def _corpus(seed: int) -> Iterator[str]:
    generator = random.Random(seed)  # noqa: S311 - not for secrets
    for _ in range(_TEXTS):
        one = lesson(generator)
        yield one.prompt.text
        yield one.reply


def tokenizer(seed: int = 0) -> Any:
    """Train a byte-level BPE tokenizer on rendered turns; it can spell any text. Deterministic by seed."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    bare = Tokenizer(models.BPE())
    # Digits one by one, so that a mark in a list and the same mark in a reply are the same tokens.
    split = [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    bare.pre_tokenizer = pre_tokenizers.Sequence(split)
    bare.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=SHAPE.text["vocab_size"],
        special_tokens=[PAD, BEGIN, END, PICTURE],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bare.train_from_iterator(_corpus(seed), trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=bare,
        bos_token=BEGIN,
        eos_token=END,
        pad_token=PAD,
        additional_special_tokens=[PICTURE],
        padding_side="left",
        clean_up_tokenization_spaces=False,
    )


def processor(seed: int = 0) -> Any:
    """Return LLaVA's processor: a page is squeezed into a square, whatever its shape."""
    from transformers import LlavaProcessor
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    side = SHAPE.vision["image_size"]
    pictures = CLIPImageProcessorPil(size={"height": side, "width": side}, do_center_crop=False)
    return LlavaProcessor(
        image_processor=pictures,
        tokenizer=tokenizer(seed),
        patch_size=SHAPE.vision["patch_size"],
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,  # CLIP's class token, which the model then drops
        chat_template=_TEMPLATE,
        image_token=PICTURE,
    )


def untaught(vocabulary: int, seed: int = 0) -> Any:
    """Return a model of random weights that knows so many tokens.

    Deterministic by seed, and leaves torch's global state as it was.
    """
    from transformers import LlavaForConditionalGeneration

    config = configuration(SHAPE)
    config.text_config.vocab_size = vocabulary
    config.text_config.bos_token_id, config.text_config.eos_token_id, config.text_config.pad_token_id = 1, 2, 0
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return LlavaForConditionalGeneration(config)


def save(model: Any, parts: Any, folder: Path) -> None:
    """Save model and processor so that ``from_pretrained`` finds both."""
    folder.mkdir(parents=True, exist_ok=True)
    model.generation_config.bos_token_id, model.generation_config.eos_token_id = 1, 2
    model.generation_config.pad_token_id = 0
    model.save_pretrained(folder)
    _as_published(folder / "model.safetensors")
    parts.save_pretrained(folder)


def _as_published(weights: Path) -> None:
    """Call the vision tower's weights what published LLaVAs do: transformers reads either, vLLM these alone."""
    from safetensors.torch import load_file, save_file

    short, whole = "vision_tower.", "vision_tower.vision_model."
    named = {
        whole + name.removeprefix(short) if name.startswith(short) and not name.startswith(whole) else name: weight
        for name, weight in load_file(weights).items()
    }
    save_file(named, weights, metadata={"format": "pt"})
