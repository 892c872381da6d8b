-- history_fields: what a change did, field by field, in the order in which it was done. Rows of
-- other tables, and when and by whom, stand in the change itself; what somebody remembers is theirs alone.
--   :deed  INTEGER
--   -> what, about, field, before, after TEXT (NULL: there was none, or is none any more)
SELECT r.table_name AS what,
       trim(coalesce((SELECT id FROM entity WHERE row = r.entity), '') || ' '
            || coalesce((SELECT id FROM entity WHERE row = r.other), '') || ' '
            || coalesce((SELECT id FROM event WHERE row = r.event), '') || ' ' || r.about) AS about,
       f.key AS field, CAST(json_extract(r.before, f.fullkey) AS TEXT) AS before,
       CAST(json_extract(r.after, f.fullkey) AS TEXT) AS after
  FROM deed_row AS r
  JOIN json_each(coalesce(r.after, r.before)) AS f
 WHERE r.deed = :deed AND r.table_name <> 'remembered'
   AND f.key NOT IN ('row', 'rowid', 'one', 'other', 'subject', 'entity', 'event', 'action', 'account',
                     'casework', 'picture', 'user', 'purpose', 'recorded_at', 'decided_at', 'undone_by',
                     'added_at', 'added_by', 'revoked_by', 'opened_at', 'opened_by', 'kept_at', 'kept_by')
   AND ifnull(json_extract(r.before, f.fullkey), '') IS NOT ifnull(json_extract(r.after, f.fullkey), '')
 ORDER BY r.row, f.id;
