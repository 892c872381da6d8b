-- batch_records: how many records a load brought, once it is over; 0 once it is taken back.
--   :records  :row  INTEGER
UPDATE batch SET records = :records WHERE row = :row;
