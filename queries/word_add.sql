-- word_add: keeps a word (a kind or a role); nothing when it is there already.
--   :text  TEXT  the word as written, not empty
INSERT INTO word (text) VALUES (:text) ON CONFLICT (text) DO NOTHING;
