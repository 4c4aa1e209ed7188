-- The fast form of timeline.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.claim, c.kind, s.label AS summary, s.language AS summary_language, c.start_date AS start,
       c.end_date AS "end", c.report
FROM claim AS c JOIN label AS s ON s.entity = c.claim
WHERE c.kind <> 'Mention'
  AND c.claim IN (SELECT claim FROM involves WHERE entity IN (SELECT value FROM json_each(:about) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:about)))) -- if about
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
