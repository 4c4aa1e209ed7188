-- The fast form of claims.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.claim, c.kind, s.label AS summary, s.language AS summary_language, c.start_date AS start,
       c.end_date AS "end", c.report
FROM claim AS c JOIN label AS s ON s.entity = c.claim
WHERE TRUE
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
  AND c.kind IN (SELECT value FROM json_each(:kind)) -- if kind
