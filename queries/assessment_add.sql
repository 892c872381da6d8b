-- assessment_add: keeps an assessment.
INSERT OR FAIL INTO assessment
    (id, person, tool, assessed_on, assessor_role, level, extra, origin, batch)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9
  FROM waiting;
