"""From tree to text, TeX and back."""
