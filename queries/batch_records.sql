-- batch_records: how many records a load brought, once it is over.
--   :records  :row  INTEGER
UPDATE batch SET records = :records WHERE row = :row;
