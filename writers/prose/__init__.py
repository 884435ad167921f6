"""The Markdown of statements, prompts and solutions: one strict reader, a printer per format."""
