-- The fast form of judgements.rq, over the claim tables. A line that ends in `-- if NAME` stands only where NAME is given.
SELECT j.judgement, CASE j.joins WHEN 1 THEN 'joins' ELSE 'separates' END AS verdict, j.member, r.reason,
       r.language AS reason_language, b.agent AS "by", c.claim AS evidence
FROM judged AS j
JOIN decision AS r ON r.judgement = j.judgement
JOIN decider AS b ON b.judgement = j.judgement
LEFT JOIN claim AS c ON c.claim = j.member
WHERE TRUE
  AND j.judgement IN (SELECT judgement FROM judged WHERE member IN (SELECT value FROM json_each(:about))) -- if about
