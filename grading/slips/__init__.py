"""Common slips, named once an answer is known to be wrong."""
