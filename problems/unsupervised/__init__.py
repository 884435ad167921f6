"""Learning without labels: clusters, mixtures, principal components."""
