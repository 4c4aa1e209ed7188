-- The fast form of assertions.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, s.label AS assertion, s.language AS assertion_language, a.value AS about, w.speaker, c.event,
       c.start_date AS start, c.end_date AS "end", c.report
FROM assertion AS c
JOIN label AS s ON s.entity = c.id
LEFT JOIN link AS a ON a.claim = c.id AND a.property = 'about'
LEFT JOIN statement AS w ON w.id = c.statement
WHERE TRUE
  AND c.id IN (SELECT claim FROM link WHERE property = 'about' AND value IN (SELECT value FROM json_each(:about))) -- if about
  AND w.speaker IN (SELECT value FROM json_each(:speaker)) -- if speaker
  AND c.id IN (SELECT claim FROM link WHERE property = 'topic' AND value IN (SELECT value FROM json_each(:topic))) -- if topic
  AND c.id IN (SELECT claim FROM link WHERE property = 'industry' AND value IN (SELECT value FROM json_each(:industry))) -- if industry
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
