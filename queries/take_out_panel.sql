-- take_out_panel: takes away a panel's weighting, where it is as it was left.
--   :image  TEXT  the row, as deed_row has it
DELETE FROM panel
 WHERE row = json_extract(:image, '$.row')
   AND json_object('row', row, 'subject', subject, 'decided_on', decided_on, 'lead', lead,
                   'home', CASE WHEN home IS NOT NULL THEN quote(home) END,
                   'peer', CASE WHEN peer IS NOT NULL THEN quote(peer) END,
                   'school', CASE WHEN school IS NOT NULL THEN quote(school) END,
                   'neighbourhood', CASE WHEN neighbourhood IS NOT NULL THEN quote(neighbourhood) END,
                   'online', CASE WHEN online IS NOT NULL THEN quote(online) END, 'reason', reason,
                   'user', user, 'purpose', purpose, 'recorded_at', recorded_at) = :image;
