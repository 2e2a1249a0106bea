"""Stops that reach a running attempt before its next action.

The store holds the truth (websites' status, the operator's switch); this mirror in Redis makes asking cheap enough
to ask before every action. Whoever changes the store changes the mirror right after; ``reconcile`` at a service's
start repairs what a crash left between the two.
"""
