-- participation_first: keeps people's parts in events, of a hub's first load; stops at one that is there.
-- Its rows are those of participation_add, in `waiting`.
INSERT OR FAIL INTO participation (event, person, role, conviction_ref, extra, nth, origin, batch)
SELECT c1, c2, c3, c4, c5, c6, c7, c8 FROM waiting;
