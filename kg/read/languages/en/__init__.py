"""What is particular to English."""
