"""Many instances of one small graph in one pass: the instances lie on the last axis."""
