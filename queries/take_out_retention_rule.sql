-- take_out_retention_rule: takes away a rule of retention, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM retention_rule
 WHERE place = json_extract(:image, '$.place')
   AND json_object('place', place, 'review_group', review_group, 'years', years, 'until_age', until_age,
                   'kind', kind, 'word', word, 'role', role, 'source', source, 'label', label) = :image;
