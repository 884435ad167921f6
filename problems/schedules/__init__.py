"""What changes in the course of training: learning rates, and what lies in memory."""
