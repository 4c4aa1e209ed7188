-- The fast form of officials.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, c.person, c.role AS position, c.role_language AS position_language, c.organization,
       c.start_date AS start, c.end_date AS "end", c.place, c.report
FROM position AS c
WHERE TRUE
  AND c.person IN (SELECT value FROM json_each(:person)) -- if person
  AND c.organization IN (SELECT value FROM json_each(:organization)) -- if organization
  AND c.place IN (SELECT value FROM json_each(:place) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:place))) -- if place
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
