"""Pure functions on arrays: the plain definitions, and beside them the fast paths.

Images are (C, H, W, N) here: with the batch last, every slice a convolution or a pool takes is one
long run of memory. :mod:`partialcredit.engine.kernels.choose` decides which path runs.
"""
