-- kept_add: one keeping of the letters of peer groups, of the hub as it is. Letters are not given
-- again: the next one is at least that of every earlier keeping by the same rules.
--   :rules  :audience  :as_of  TEXT  by which rules, for whom, of which day (YYYY-MM-DD)
--   :next_letter  INTEGER  the first letter that none of the groups has
--   :user  :purpose  :kept_at  TEXT
INSERT INTO kept (rules, audience, as_of, next_letter, load, user, purpose, kept_at)
VALUES (:rules, :audience, :as_of,
        max(:next_letter, (SELECT coalesce(max(next_letter), 0) FROM kept
                            WHERE rules = :rules AND audience = :audience)),
        (SELECT coalesce(max(row), 0) FROM batch), :user, :purpose, :kept_at);
