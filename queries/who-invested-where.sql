-- The fast form of who-invested-where.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, i.value AS investor, w.value AS what, w.language AS what_language, c.place, city.city AS within,
       c.stage, c.amount_value AS amount, c.amount_currency AS currency, c.amount_qualifier AS qualifier, c.event,
       c.start_date AS start, c.end_date AS "end", c.report, c.amount_minimum AS minimum,
       c.amount_maximum AS maximum, c.amount_printed AS printed
FROM investment AS c
JOIN link AS i ON i.claim = c.id AND i.property = 'investor'
LEFT JOIN text AS w ON w.claim = c.id AND w.property = 'what'
LEFT JOIN city ON city.place = c.place
WHERE TRUE
  AND i.value IN (SELECT value FROM json_each(:investor)) -- if investor
  AND c.place IN (SELECT value FROM json_each(:place) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:place))) -- if place
  AND c.id IN (SELECT claim FROM link WHERE property = 'industry' AND value IN (SELECT value FROM json_each(:industry))) -- if industry
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
