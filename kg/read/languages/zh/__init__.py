"""What is particular to Chinese."""
