"""How a vision-language policy sees a turn and says what it does: observation → prompt, reply ↔ action.

Whoever samples from the policy and whoever trains it use this one rendering, so the tokens that are learnt are those
that were seen. Needs no torch.
"""
