"""The commands: what each does, in one line, and examples for its help."""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, list[str]]] = {
    "ask": (
        "answer a canned query, each row with the sentence that says so",
        [
            "kg ask",
            "kg ask who-said-what",
            "kg ask who-invested-where --place Beijing --format json",
        ],
    ),
    "sparql": (
        "run any SPARQL 1.1 query",
        [
            "kg sparql 'SELECT ?p WHERE { ?p a kg:Person }'",
            "kg sparql query.rq --format csv",
            "echo 'ASK { ?s ?p ?o }' | kg sparql -",
        ],
    ),
    "show": (
        "everything known about an entity, each line with its source",
        [
            "kg show SmartMore",
            "kg show 'Carrie Lam' --lang zh",
        ],
    ),
    "explain": (
        "why an inferred fact holds: rule, premises, their sentences",
        [
            "kg explain Pharmaron kg:investedIn Beijing",
            "kg explain 'Li Zhijie'",
        ],
    ),
    "read": (
        "read reports by rules, and print who said what, who invests where, sums, dates and names",
        [
            "kg read report.txt",
            "kg read report.txt --explain",
            "kg read report.pdf --format text",
            "kg read news/ > readings.jsonl",
            "kg read report.txt --format trig > claims.trig",
            "kg read - --language id --date 2021-12-07 < report.txt",
            "kg read report.txt --model qwen3 --endpoint http://127.0.0.1:8080/v1",
        ],
    ),
    "add": (
        "add reports or RDF to a store, all or nothing",
        [
            "kg add --store news.kg report.txt --publisher 'Example Gazette'",
            "kg add --store news.kg report.yaml",
            "kg add --store news.kg news/",
            "kg add --store news.kg --from-shipped",
            "kg add --store news.kg claims.ttl more.nq",
        ],
    ),
    "remove": (
        "withdraw a report and all that rested on it alone",
        [
            "kg remove --store news.kg report/2021-12-07-hong-kong-beijing",
        ],
    ),
    "same": (
        "record that two or more names or claims mean one thing, or take it back",
        [
            "kg same --store news.kg 'Carrie Lam' 'Lam Cheng' --because 'same post on the same day'",
            "kg same --store news.kg 'Carrie Lam' 'Lam Cheng' --undo",
        ],
    ),
    "different": (
        "record that two names or claims do not mean one thing, or take it back",
        [
            "kg different --store news.kg 'Li Zhijie' 'Wang Wenjie' --because 'a city has several deputies'",
            "kg different --store news.kg 'Li Zhijie' 'Wang Wenjie' --undo",
        ],
    ),
    "candidates": (
        "propose pairs of things that may be one, each with the reasons",
        [
            "kg candidates",
            "kg candidates 'Carrie Lam' --least 60",
            "kg candidates --store news.kg --class organization --format json",
        ],
    ),
    "diff": (
        "what changed between two states of a graph, in words",
        [
            "kg diff shipped news.kg",
            "kg diff monday.kg tuesday.kg --format json",
            "kg diff news.kg graph.ttl",
        ],
    ),
    "check": (
        "check shapes, receipts, hashes, arithmetic and the ontology",
        [
            "kg check",
            "kg check report.yaml",
            "kg check --store news.kg",
        ],
    ),
    "export": (
        "write the graph as Turtle, N-Triples, N-Quads, TriG, JSON-LD, RDF/XML or CSV",
        [
            "kg export graph.ttl",
            "kg export graph.nq --inferred",
            "kg export --format ntriples > graph.nt",
        ],
    ),
    "serve": (
        "serve the graph over HTTP: SPARQL, canned queries, pages",
        [
            "kg serve",
            "kg serve --store news.kg --port 8080",
            "KG_TOKEN=… kg serve --store news.kg --write",
        ],
    ),
    "push": (
        "load the graph into a triple store and verify what arrived",
        [
            "kg push http://localhost:7878 --dry-run",
            "kg push http://localhost:3030/news --store news.kg",
            "KG_USER=dba KG_PASSWORD=… kg push http://localhost:8890 --verify values",
        ],
    ),
    "mcp": (
        "offer the canned queries as tools to an assistant",
        [
            "kg mcp",
            "kg mcp --store news.kg --queries my-queries",
            "kg mcp --http --port 7879",
        ],
    ),
    "completion": (
        "print a script that completes commands in your shell",
        [
            "kg completion bash > ~/.local/share/bash-completion/completions/kg",
            "kg completion zsh > ~/.zfunc/_kg",
        ],
    ),
}
"""In the order of the help."""
