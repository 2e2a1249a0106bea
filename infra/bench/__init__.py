"""``make bench``: how fast a step, whole attempts and the queue are on this machine, each against its yardstick.

One step is compared with a bare Playwright loop, the queue with bare redis-py, both in the same run; attempts are
counted on the real stack with the sandbox shop. Figures of different machines cannot be compared, their ratios can.
"""
