"""A store file: its tables, how a graph becomes rows, how it is changed, and how it is read."""
