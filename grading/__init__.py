"""Reading answers, comparing them with keys, and naming slips."""
