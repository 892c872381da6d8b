-- right_needed: whether a load of a source without a right is refused.
--   -> needed INTEGER (0 or 1)
-- one row
SELECT needed FROM right_needed WHERE row = 1;
