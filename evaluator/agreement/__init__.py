"""How far verdicts on recorded attempts can be trusted: against what people said of them, and against hidden state."""
