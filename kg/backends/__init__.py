"""Where a graph may live: a store file, the embedded engine, an rdflib graph, a remote endpoint; one face for all."""
