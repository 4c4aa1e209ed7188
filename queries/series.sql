-- The fast form of series.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, c.series, c.first_year, c.frequency, w.value AS what, w.language AS what_language,
       a.value AS about, c.report
FROM series_description AS c
LEFT JOIN text AS w ON w.claim = c.id AND w.property = 'what'
LEFT JOIN link AS a ON a.claim = c.id AND a.property = 'about'
WHERE TRUE
  AND c.series IN (SELECT value FROM json_each(:series)) -- if series
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
