"""MiniLM's vectors of many short texts, laid end to end and read as one sequence in which no text sees another.

A batch of texts of unlike length is mostly padding: an instruction and its clauses take twice the time that their
tokens do. Packed (Krell et al. 2021, arXiv 2107.02027), every token that is read is a text's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

#: Tokens of one sequence, about: attention costs their square, and a call costs what a hundred tokens do.
PACK = 256
#: Tokens of a text that are read: all-MiniLM-L6-v2 was trained on so many.
LONGEST = 128

Ids = list[int]


class Packed:
    """A BERT encoder whose vector of a text is the mean of its tokens' (Reimers and Gurevych 2019), at length 1."""

    def __init__(self, tokenizer: Any, bert: Any) -> None:
        self._tokenizer = tokenizer
        self._bert = bert

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one vector per text. Shape [len(texts), hidden size]."""
        read = self._tokenizer(list(texts), truncation=True, max_length=LONGEST, return_attention_mask=False)
        with torch.inference_mode():
            found = [self._read(pack) for pack in packs(read["input_ids"])]
        return np.concatenate(found)

    def _read(self, pack: Sequence[Ids]) -> npt.NDArray[np.float32]:
        lengths = torch.tensor([len(ids) for ids in pack])
        text = torch.repeat_interleave(torch.arange(len(pack)), lengths)
        states = self._bert(
            input_ids=torch.tensor([[token for ids in pack for token in ids]]),
            position_ids=torch.tensor([[place for ids in pack for place in range(len(ids))]]),
            attention_mask=(text.unsqueeze(0) == text.unsqueeze(1)).unsqueeze(0).unsqueeze(0),
        ).last_hidden_state[0]
        sums = torch.zeros(len(pack), states.shape[1]).index_add_(0, text, states.float())
        vectors: npt.NDArray[np.float32] = torch.nn.functional.normalize(sums, dim=1).numpy()
        return vectors


def packs(texts: Sequence[Ids]) -> Iterable[list[Ids]]:
    """Yield the texts in order, as many at once as there are tokens of in a sequence, and at least one."""
    pack: list[Ids] = []
    size = 0
    for ids in texts:
        if pack and size + len(ids) > PACK:
            yield pack
            pack, size = [], 0
        pack.append(ids)
        size += len(ids)
    if pack:
        yield pack
