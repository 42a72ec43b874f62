-- SPDX-License-Identifier: GPL-3.0-or-later
-- Calls, their ratings and their imports. How they are laid out and why: README.md here.
-- No foreign key on a column of cdr and rated: it would be looked up once a row, ten million times. "check" looks at them all.

CREATE TABLE setting
(
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE tenant
(
  id INTEGER PRIMARY KEY,
  connection INTEGER NOT NULL REFERENCES connection (id),
  name TEXT NOT NULL,
  UNIQUE (connection, name)
);

-- Texts that many calls share, and numbers that are no numbers.
CREATE TABLE word
(
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

CREATE TABLE import
(
  id INTEGER PRIMARY KEY,
  connection INTEGER NOT NULL REFERENCES connection (id),
  source TEXT NOT NULL,
  format TEXT NOT NULL,
  time INTEGER NOT NULL,
  read INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  conflict INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0
);

-- Records that could not be read, as they came.
CREATE TABLE reject
(
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id),
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw BLOB NOT NULL
);
CREATE INDEX reject_import ON reject (import, line);

-- id = tenant << 47 | start << 15 | n
CREATE TABLE cdr
(
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL,
  extension INTEGER,
  caller INTEGER,
  callee INTEGER,
  direction INTEGER NOT NULL,
  ring INTEGER,
  seconds INTEGER NOT NULL,
  import INTEGER NOT NULL,
  cause INTEGER,
  tail INTEGER,
  did INTEGER,
  account INTEGER,
  caller_name TEXT
);

-- Calls that came again with other values after they were invoiced: kept aside, for a person to look at.
CREATE TABLE cdr_conflict
(
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id),
  cdr INTEGER NOT NULL,
  uid TEXT NOT NULL,
  tenant TEXT NOT NULL,
  start INTEGER NOT NULL,
  extension TEXT NOT NULL,
  caller TEXT NOT NULL,
  caller_name TEXT NOT NULL,
  callee TEXT NOT NULL,
  did TEXT NOT NULL,
  account TEXT NOT NULL,
  cause TEXT NOT NULL,
  direction INTEGER NOT NULL,
  ring INTEGER,
  duration INTEGER NOT NULL,
  seconds INTEGER NOT NULL
);

-- Sorted 64-bit hashes of (connection, uid), eight bytes each; a run may take several rows, in order of part.
CREATE TABLE seen
(
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  part INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  UNIQUE (run, part)
);

CREATE TABLE connection_state
(
  connection INTEGER PRIMARY KEY REFERENCES connection (id),
  cursor INTEGER NOT NULL DEFAULT 0,
  last_run INTEGER NOT NULL DEFAULT 0,
  last_success INTEGER NOT NULL DEFAULT 0,
  last_error TEXT
);

-- What a charge rests on besides its rate row: TbRatingTerms, one row for equal ones. "content" is the whole as text.
CREATE TABLE terms
(
  id INTEGER PRIMARY KEY,
  content TEXT NOT NULL UNIQUE,
  package INTEGER NOT NULL,
  tariff_currency INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  cost_currency INTEGER NOT NULL,
  markup INTEGER NOT NULL,
  markup_connect_fee INTEGER NOT NULL,
  surcharge INTEGER NOT NULL,
  rounding INTEGER NOT NULL,
  decimals INTEGER NOT NULL,
  cost_rounding INTEGER NOT NULL,
  cost_decimals INTEGER NOT NULL,
  initial INTEGER NOT NULL,
  next INTEGER NOT NULL,
  minimum INTEGER NOT NULL,
  grace INTEGER NOT NULL,
  connect_fee INTEGER,
  exchange_from INTEGER NOT NULL,
  exchange_to INTEGER NOT NULL,
  tier_rate INTEGER,
  pool_fee INTEGER,
  pieces TEXT
);

-- id = that of the call. NULL stands for 0, and number for "the digits of the callee".
CREATE TABLE rated
(
  id INTEGER PRIMARY KEY,
  status INTEGER NOT NULL,
  service INTEGER,
  rate INTEGER,
  cost_rate INTEGER,
  terms INTEGER,
  rule INTEGER,
  source INTEGER,
  billed INTEGER,
  charge INTEGER,
  cost INTEGER,
  invoice INTEGER,
  free INTEGER,
  client INTEGER,
  number INTEGER
);

-- Where the calls of an invoice lie: rows of "rated" between two ids of one tenant that carry its id. Keeps an invoice's calls together
-- without an index on ten million rows.
CREATE TABLE invoice_range
(
  id INTEGER PRIMARY KEY,
  invoice INTEGER NOT NULL REFERENCES invoice (id),
  service INTEGER NOT NULL,
  period_from INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL
);
CREATE INDEX invoice_range_invoice ON invoice_range (invoice);
