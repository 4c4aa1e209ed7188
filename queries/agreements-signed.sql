-- The fast form of agreements-signed.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, p.value AS party, c.count, c.event, l.value AS place, c.amount_value AS amount,
       c.amount_currency AS currency, c.amount_qualifier AS qualifier, c.start_date AS start, c.end_date AS "end",
       c.kind, w.value AS what, w.language AS what_language, s.value AS scope, s.language AS scope_language,
       c.count_qualifier, c.part_of, c.report, c.amount_minimum AS minimum,
       c.amount_maximum AS maximum, c.amount_printed AS printed
FROM agreement AS c
LEFT JOIN link AS p ON p.claim = c.id AND p.property = 'party'
LEFT JOIN link AS l ON l.claim = c.id AND l.property = 'place'
LEFT JOIN text AS w ON w.claim = c.id AND w.property = 'what'
LEFT JOIN text AS s ON s.claim = c.id AND s.property = 'scope'
WHERE TRUE
  AND c.event IN (SELECT value FROM json_each(:event)) -- if event
  AND c.id IN (SELECT claim FROM link WHERE property = 'party' AND value IN (SELECT value FROM json_each(:party))) -- if party
  AND (c.id IN (SELECT claim FROM link WHERE property = 'place' AND value IN (SELECT value FROM json_each(:place) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:place)))) OR c.event IN (SELECT event FROM event_description AS d JOIN link ON link.claim = d.id AND link.property = 'place' WHERE link.value IN (SELECT value FROM json_each(:place) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:place))))) -- if place
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
