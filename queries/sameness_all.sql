-- sameness_all: records that are one, each with the one that stands for it.
--   -> entity, leader INTEGER
-- scans: sameness
SELECT entity, leader FROM sameness ORDER BY entity;
