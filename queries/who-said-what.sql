-- The fast form of who-said-what.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, c.speaker, p.role, p.role_language, c.text AS statement, c.text_language AS statement_language,
       c.mode, c.event, c.start_date AS start, c.end_date AS "end", c.report
FROM statement AS c LEFT JOIN position AS p ON p.id = c.position
WHERE TRUE
  AND c.speaker IN (SELECT value FROM json_each(:speaker)) -- if speaker
  AND c.event IN (SELECT value FROM json_each(:event)) -- if event
  AND c.id IN (SELECT claim FROM link WHERE property = 'topic' AND value IN (SELECT value FROM json_each(:topic))) -- if topic
  AND (c.id IN (SELECT claim FROM link WHERE property IN ('place', 'about') AND value IN (SELECT value FROM json_each(:place) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:place)))) OR c.event IN (SELECT event FROM event_description AS d JOIN link ON link.claim = d.id AND link.property = 'place' WHERE link.value IN (SELECT value FROM json_each(:place) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:place))))) -- if place
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
  AND c.id IN (SELECT rowid FROM statement_words WHERE folded GLOB :text) -- if text
