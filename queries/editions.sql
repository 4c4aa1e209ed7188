-- The fast form of editions.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
WITH signed AS (
  SELECT * FROM agreement WHERE part_of IS NULL
    AND (count IS NOT NULL OR amount_currency IS NOT NULL)
), numbered AS (
  SELECT series, event, min(CAST(edition AS INTEGER)) AS told FROM event_description
  WHERE series IS NOT NULL AND edition IS NOT NULL GROUP BY series, event
), told AS (
  SELECT event, report FROM event_description UNION SELECT event, report FROM signed
)
SELECT DISTINCT n.series, coalesce(d.edition, n.told) AS edition, n.event, t.report, d.id AS described, d.start_date AS start, d.end_date AS "end",
       p.value AS host, d.attendance, s.id AS signed, s.count, s.count_qualifier, s.amount_value AS amount,
       s.amount_minimum AS minimum, s.amount_maximum AS maximum, s.amount_currency AS currency,
       s.amount_qualifier AS qualifier, s.kind
FROM numbered AS n
JOIN told AS t ON t.event = n.event
LEFT JOIN event_description AS d ON d.event = n.event AND d.report = t.report
LEFT JOIN link AS p ON p.claim = d.id AND p.property = 'place'
LEFT JOIN signed AS s ON s.event = n.event AND s.report = t.report
WHERE TRUE
  AND n.series IN (SELECT value FROM json_each(:series)) -- if series
  AND n.event IN (SELECT value FROM json_each(:event)) -- if event
  AND t.report IN (SELECT value FROM json_each(:report)) -- if report
