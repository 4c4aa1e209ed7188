-- The fast form of search.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT DISTINCT n.entity, t.type AS kind, n.name, n.language AS name_language, n.source AS claim
FROM name AS n
CROSS JOIN type AS t ON t.entity = n.entity
CROSS JOIN term AS k ON k.id = t.type AND k.iri IN (
  'https://w3id.org/kabar/ontology#Person', 'https://w3id.org/kabar/ontology#Organization',
  'https://w3id.org/kabar/ontology#Company', 'https://w3id.org/kabar/ontology#Place',
  'https://w3id.org/kabar/ontology#Event', 'https://w3id.org/kabar/ontology#EventSeries',
  'https://w3id.org/kabar/ontology#Deal', 'https://w3id.org/kabar/ontology#Report',
  'http://www.w3.org/2004/02/skos/core#Concept')
WHERE EXISTS (SELECT 1 FROM label WHERE label.entity = n.entity)
  AND (k.iri <> 'https://w3id.org/kabar/ontology#Organization' OR NOT EXISTS (
    SELECT 1 FROM type AS other JOIN term ON term.id = other.type
    WHERE other.entity = n.entity AND term.iri = 'https://w3id.org/kabar/ontology#Company'))
  AND n.id IN (SELECT rowid FROM name_words WHERE folded GLOB :text) -- if text
