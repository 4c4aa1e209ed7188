-- The fast form of speakers.rq and of those that name it by x-fast, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.claim, c.kind, c.report, s.property, s.value, s.language AS value_language
FROM claim AS c JOIN said AS s ON s.claim = c.claim
WHERE c.kind IN ('Statement')
UNION ALL
SELECT r.id, NULL, NULL, s.property, s.value, s.language
FROM report AS r JOIN said AS s ON s.claim = r.id
WHERE s.property IN ('publisher', 'agency', 'relays', 'copyOf', 'date', 'start', 'end')
UNION ALL
SELECT s.claim, NULL, NULL, s.property, s.value, s.language
FROM said AS s
WHERE s.property IN ('containedInPlace', 'separates')
