"""Linear algebra and matrix calculus."""
