-- The fast form of conversions.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, c.converts AS converted, c.amount_value AS amount, c.amount_currency AS currency,
       c.amount_qualifier AS qualifier, c.rate, c.rate_basis AS basis, c.start_date AS start, c.end_date AS "end",
       c.amount_printed AS printed, c.report
FROM conversion AS c
WHERE TRUE
  AND (c.end_date >= :since OR c.end_date IS NULL AND c.start_date IS NOT NULL) -- if since
  AND (c.start_date <= :until OR c.start_date IS NULL AND c.end_date IS NOT NULL) -- if until
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
