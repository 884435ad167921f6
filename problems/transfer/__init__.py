"""Pre-trained networks: what is trained anew, and what stays."""
