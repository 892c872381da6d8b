-- undo_origin: takes away the origins that nothing has any more.
-- scans: origin entity event participation link context flag restriction assessment indicator scale action
DELETE FROM origin
 WHERE row NOT IN (SELECT origin FROM entity
       UNION SELECT origin FROM event
       UNION SELECT origin FROM participation
       UNION SELECT origin FROM link
       UNION SELECT origin FROM context
       UNION SELECT origin FROM flag
       UNION SELECT origin FROM restriction
       UNION SELECT origin FROM assessment
       UNION SELECT origin FROM indicator
       UNION SELECT origin FROM scale
       UNION SELECT origin FROM action);
