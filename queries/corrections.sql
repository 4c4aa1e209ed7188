-- The fast form of corrections.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT c.id AS correction, c.printed, c.corrected, r.value AS reason, r.language AS reason_language,
       c.was_attributed_to AS "by", m.value AS corrects, c.report
FROM correction AS c
JOIN text AS r ON r.claim = c.id AND r.property = 'reason'
JOIN link AS m ON m.claim = c.id AND m.property = 'corrects'
WHERE TRUE
  AND (c.id IN (SELECT claim FROM link WHERE property = 'about' AND value IN (SELECT value FROM json_each(:about))) OR c.id IN (SELECT x.claim FROM link AS x JOIN involves ON involves.claim = x.value WHERE x.property = 'corrects' AND involves.entity IN (SELECT value FROM json_each(:about)))) -- if about
  AND c.report IN (SELECT value FROM json_each(:report)) -- if report
