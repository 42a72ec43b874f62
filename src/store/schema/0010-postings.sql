-- SPDX-License-Identifier: GPL-3.0-or-later
-- What goes to WHMCS, each thing exactly once.

-- Committed before a byte of it is sent. "part" is what of the document: a service's key, the fields that changed, the occasion of a credit, or '' for
-- all of it. "version" counts the moves, so that whoever moves a row has seen the last one.
CREATE TABLE posting
(
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  client INTEGER NOT NULL REFERENCES client (id),
  document INTEGER REFERENCES invoice (id),
  part TEXT NOT NULL,
  marker TEXT NOT NULL UNIQUE,
  amount INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  options INTEGER NOT NULL,
  state INTEGER NOT NULL,
  step INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  since INTEGER NOT NULL,
  looks INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  sends INTEGER NOT NULL,
  present INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  version INTEGER NOT NULL,
  remote_id INTEGER,
  above INTEGER NOT NULL,
  message TEXT,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  UNIQUE (kind, document, part)
);
CREATE INDEX posting_state ON posting (state);
CREATE INDEX posting_document ON posting (document);

-- Its story: a row for each move, never changed.
CREATE TABLE posting_event
(
  id INTEGER PRIMARY KEY,
  posting INTEGER NOT NULL REFERENCES posting (id),
  time INTEGER NOT NULL,
  state INTEGER NOT NULL,
  step INTEGER NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX posting_event_posting ON posting_event (posting);

-- Who may post now: one row at most.
CREATE TABLE posting_lease
(
  id INTEGER PRIMARY KEY,
  holder TEXT NOT NULL,
  host TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL
);

ALTER TABLE whmcs_settings ADD COLUMN login TEXT;
ALTER TABLE whmcs_settings ADD COLUMN per TEXT;
ALTER TABLE whmcs_settings ADD COLUMN prepaid TEXT;
ALTER TABLE whmcs_settings ADD COLUMN payment_method TEXT;
