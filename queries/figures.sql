-- The fast form of figures.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, a.value AS about, c.measure, c.value, c.unit, c.qualifier, c.start_date AS start,
       c.end_date AS "end", c.origin, c.place, s.value AS scope,
       s.language AS scope_language, c.printed, c.report
FROM figure AS c JOIN link AS a ON a.claim = c.id AND a.property = 'about'
LEFT JOIN text AS s ON s.claim = c.id AND s.property = 'scope'
WHERE TRUE
  AND c.id IN (SELECT claim FROM link WHERE property = 'about' AND value IN (SELECT value FROM json_each(:about))) -- if about
  AND c.measure IN (SELECT value FROM json_each(:measure)) -- if measure
  AND c.place IN (SELECT value FROM json_each(:place) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:place))) -- if place
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
