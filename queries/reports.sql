-- The fast form of reports.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT r.id AS report, coalesce(r.date, r.start_date) AS start, coalesce(r.date, r.end_date) AS "end", r.language,
       r.publisher, r.agency, r.copy_of, r.url, r.hosting, r.translation, n.value AS note, n.language AS note_language
FROM report AS r LEFT JOIN text AS n ON n.claim = r.id AND n.property = 'note'
WHERE TRUE
  AND (coalesce(r.date, r.end_date) >= :since OR coalesce(r.date, r.end_date) IS NULL AND r.start_date IS NOT NULL) -- if since
  AND (coalesce(r.date, r.start_date) <= :until OR coalesce(r.date, r.start_date) IS NULL AND r.end_date IS NOT NULL) -- if until
  AND r.publisher IN (SELECT value FROM json_each(:publisher)) -- if publisher
  AND r.id IN (SELECT value FROM json_each(:report)) -- if report
