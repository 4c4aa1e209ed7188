-- The fast form of companies.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS claim, c.company, c.base, f.value AS industry, w.value AS what, w.language AS what_language, c.report
FROM company_description AS c
LEFT JOIN link AS f ON f.claim = c.id AND f.property = 'industry'
LEFT JOIN text AS w ON w.claim = c.id AND w.property = 'what'
WHERE TRUE
  AND c.company IN (SELECT value FROM json_each(:company)) -- if company
  AND c.base IN (SELECT value FROM json_each(:place) UNION SELECT place FROM within WHERE ancestor IN (SELECT value FROM json_each(:place))) -- if place
  AND c.id IN (SELECT claim FROM link WHERE property = 'industry' AND value IN (SELECT value FROM json_each(:industry))) -- if industry
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
