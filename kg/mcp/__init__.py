"""`kg mcp`: the canned queries as tools for an assistant (Model Context Protocol)."""
