"""`kg serve`: the graph over HTTP, as SPARQL endpoint, graph store, canned queries and pages."""
