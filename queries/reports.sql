-- The fast form of reports.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS report, c.date, c.language, c.publisher, c.url, c.hosting, c.translation, n.value AS note,
       n.language AS note_language
FROM report AS c LEFT JOIN text AS n ON n.claim = c.id AND n.property = 'note'
WHERE TRUE
  AND c.date >= :since -- if since
  AND c.date <= :until -- if until
  AND c.id IN (SELECT value FROM json_each(:report)) -- if report
