-- The fast form of events.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, c.event, c.series, c.edition, c.start_date AS start, c.end_date AS "end", p.value AS place,
       c.attendance, r.value AS reason, r.language AS reason_language, c.report
FROM event_description AS c
LEFT JOIN link AS p ON p.claim = c.id AND p.property = 'place'
LEFT JOIN text AS r ON r.claim = c.id AND r.property = 'reason'
WHERE TRUE
  AND c.series IN (SELECT value FROM json_each(:series)) -- if series
  AND c.event IN (SELECT value FROM json_each(:event)) -- if event
  AND c.id IN (SELECT claim FROM link WHERE property = 'place' AND value IN (SELECT value FROM json_each(:place) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:place)))) -- if place
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
