"""Learning before networks: neighbours, lines, model selection, simple classifiers."""
