"""What a measured error says about an unseen one: splits, folds, intervals, baselines."""
