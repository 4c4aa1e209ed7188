-- The fast form of statements-by-topic.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, t.value AS topic, c.speaker, c.text AS statement, c.text_language AS statement_language,
       c.mode, c.event, c.start_date AS start, c.end_date AS "end", c.report
FROM statement AS c JOIN link AS t ON t.claim = c.id AND t.property = 'topic'
WHERE TRUE
  AND t.value IN (SELECT value FROM json_each(:topic)) -- if topic
  AND c.speaker IN (SELECT value FROM json_each(:speaker)) -- if speaker
  AND c.event IN (SELECT value FROM json_each(:event)) -- if event
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
