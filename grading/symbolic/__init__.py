"""Trees and SymPy: translation both ways, and proofs in a process of its own."""
