-- The fast form of together.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
WITH present (claim, person, report) AS (
  SELECT id, speaker, report FROM statement UNION ALL SELECT id, person, report FROM position)
SELECT c.person, o.person AS other, c.report, c.claim, o.claim AS other_claim
FROM present AS c JOIN present AS o ON o.report = c.report AND o.person <> c.person
WHERE TRUE
  AND c.person IN (SELECT value FROM json_each(:person)) -- if person
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
