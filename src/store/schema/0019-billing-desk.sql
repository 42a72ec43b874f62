-- SPDX-License-Identifier: GPL-3.0-or-later
-- Runs of the billing desk: how far the billing of a month is, so that it can be left and gone on with, here or at another workstation.

-- "step" is the one that is at hand (tb-desk-run.h); "ended" is set once the last one was passed.
CREATE TABLE desk_run
(
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  month INTEGER NOT NULL,
  step INTEGER NOT NULL,
  began INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  ended INTEGER,
  UNIQUE (year, month)
);

-- When somebody went on from a step, and what was still open then, in a sentence.
CREATE TABLE desk_pass
(
  run INTEGER NOT NULL REFERENCES desk_run (id),
  step INTEGER NOT NULL,
  time INTEGER NOT NULL,
  remark TEXT,
  PRIMARY KEY (run, step)
);
