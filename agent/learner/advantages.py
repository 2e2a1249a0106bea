"""Advantages: how much better an attempt did than the others of its group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: Added to the standard deviation; far below the least that rewards of 0 and 1 can have in a group.
EPSILON = 1e-4


def group_relative(rewards: Sequence[float]) -> tuple[float, ...] | None:
    """Return one advantage per attempt of a group: 2 (1 - mean) (r - mean) / (standard deviation + EPSILON).

    But for the first factor this is Shao et al. 2024 (GRPO, arXiv 2402.03300, section 4.1.2), with the deviation of the
    whole population. None where all rewards are equal: such a group says nothing about which of its actions were
    better. The advantage is the same for all decisions of an attempt, however many there are; dividing it by their
    number would make long failures cheap (Liu et al. 2025, arXiv 2503.20783, section 3.1).

    The factor, for rewards from 0 to 1, has groups count for more in which success was rare (cf. Zhang and Zuo 2025,
    arXiv 2504.09696): where most attempts succeeded, a failure is mostly an action that was drawn though the policy
    gave it little probability, and says little that is new.
    """
    values = np.array(rewards, dtype=np.float64)
    if len(values) < 2 or np.ptp(values) == 0:
        return None
    rarity = 2.0 * (1.0 - values.mean())
    return tuple(float(value) for value in rarity * (values - values.mean()) / (values.std() + EPSILON))
