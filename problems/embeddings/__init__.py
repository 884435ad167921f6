"""Word vectors: how alike they are and how they are learned."""
