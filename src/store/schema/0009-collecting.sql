-- SPDX-License-Identifier: GPL-3.0-or-later
-- How connections are collected: when, how it went, and which days were read.

-- Seconds between two runs, and for how long it may fail before somebody is told: NULL = not said, 0 = never.
ALTER TABLE connection_state ADD COLUMN every INTEGER;
ALTER TABLE connection_state ADD COLUMN alarm INTEGER;
-- Runs in a row that failed, since when, and when the next is due.
ALTER TABLE connection_state ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connection_state ADD COLUMN failing_since INTEGER;
ALTER TABLE connection_state ADD COLUMN next_due INTEGER NOT NULL DEFAULT 0;
-- Everything that started from here to the cursor was collected.
ALTER TABLE connection_state ADD COLUMN covered_from INTEGER;

-- A row is written when a run begins, so that one whose program died is known too.
CREATE TABLE sync_run
(
  id INTEGER PRIMARY KEY,
  connection INTEGER NOT NULL REFERENCES connection (id),
  began INTEGER NOT NULL,
  ended INTEGER,
  outcome INTEGER NOT NULL,
  window_from INTEGER NOT NULL,
  window_to INTEGER NOT NULL,
  windows INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0,
  read INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  conflict INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  error TEXT
);
CREATE INDEX sync_run_connection ON sync_run (connection, began);

-- Days since 1970 in UTC: how often a day was read to its end, and when last.
CREATE TABLE collected_day
(
  connection INTEGER NOT NULL REFERENCES connection (id),
  day INTEGER NOT NULL,
  times INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (connection, day)
);
