-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who changed what of the set-up, and when. Records are JSON as in the set-up file, which holds no secrets; "old_record" NULL: it was added,
-- "new_record" NULL: it was removed. "name" is the record's afterwards (of one removed: before); "client" is whose it is, for its time line.

CREATE TABLE setup_change
(
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  who TEXT,
  noun TEXT NOT NULL,
  name TEXT,
  client TEXT,
  old_record TEXT,
  new_record TEXT
);
CREATE INDEX setup_change_client ON setup_change (client, time);
