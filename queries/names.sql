-- The fast form of names.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, c.entity, c.name, c.name_language, c.report
FROM mention AS c
WHERE TRUE
  AND c.entity IN (SELECT value FROM json_each(:entity)) -- if entity
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
