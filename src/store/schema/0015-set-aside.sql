-- SPDX-License-Identifier: GPL-3.0-or-later
-- What becomes of records that could not be read, and of invoiced calls that came again otherwise.

-- Of the record as it came, to know it again: one that is bad comes with each run that reads its time. NULL = it came before there was one.
ALTER TABLE reject ADD COLUMN digest INTEGER;
-- When a person said that it needs no more attention; it stays so when it comes again.
ALTER TABLE reject ADD COLUMN dismissed INTEGER;
-- The run that read all of its time again: what is still bad came again with that.
ALTER TABLE reject ADD COLUMN reread INTEGER;
CREATE INDEX reject_open ON reject (import) WHERE dismissed IS NULL AND reread IS NULL;
CREATE INDEX reject_dismissed ON reject (digest) WHERE dismissed IS NOT NULL;

-- As of a record; the same conflict is never stored twice.
ALTER TABLE cdr_conflict ADD COLUMN dismissed INTEGER;
