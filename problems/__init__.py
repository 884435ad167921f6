"""Problem families: one folder a topic, one file a family."""
