"""From families to papers."""
