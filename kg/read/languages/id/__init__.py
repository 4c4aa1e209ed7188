"""What is particular to Indonesian."""
