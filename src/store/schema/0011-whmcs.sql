-- SPDX-License-Identifier: GPL-3.0-or-later
-- What WHMCS had when it was last read.

-- One reading of it. One that has no end was broken off, and the next goes on with it. "url" is which WHMCS it was: ids of another one mean nothing.
CREATE TABLE whmcs_pull
(
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  whole INTEGER NOT NULL,
  began INTEGER NOT NULL,
  ended INTEGER,
  version TEXT,
  permissions TEXT,
  message TEXT
);

-- Rows of WHMCS under their ids there. "seen" is the pull that last saw the row, "read_at" when that was, "detailed_at" when all of it was read and not
-- its row in a list alone, "changed_at" when it was first seen as it is, "gone_at" when it was not there any more.
CREATE TABLE whmcs_currency
(
  id INTEGER PRIMARY KEY,
  code TEXT,
  currency INTEGER NOT NULL,
  prefix TEXT,
  suffix TEXT,
  rate INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  detailed_at INTEGER,
  gone_at INTEGER
);

CREATE TABLE whmcs_method
(
  id INTEGER PRIMARY KEY,
  module TEXT,
  name TEXT,
  seen INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  detailed_at INTEGER,
  gone_at INTEGER
);

CREATE TABLE whmcs_product
(
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL,
  name TEXT,
  type TEXT,
  module TEXT,
  pay_type TEXT,
  seen INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  detailed_at INTEGER,
  gone_at INTEGER
);

CREATE TABLE whmcs_client
(
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL,
  first_name TEXT,
  last_name TEXT,
  company TEXT,
  email TEXT,
  status TEXT,
  created INTEGER,
  currency_id INTEGER NOT NULL,
  currency TEXT,
  address1 TEXT,
  address2 TEXT,
  city TEXT,
  state TEXT,
  postcode TEXT,
  country TEXT,
  phone TEXT,
  tax_id TEXT,
  tax_exempt INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  detailed_at INTEGER,
  gone_at INTEGER
);

CREATE TABLE whmcs_service
(
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL,
  product INTEGER NOT NULL,
  name TEXT,
  domain TEXT,
  username TEXT,
  server TEXT,
  status TEXT,
  cycle TEXT,
  registered INTEGER,
  next_due INTEGER,
  recurring INTEGER NOT NULL,
  payment_method TEXT,
  seen INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  detailed_at INTEGER,
  gone_at INTEGER
);
CREATE INDEX whmcs_service_client ON whmcs_service (client);

CREATE TABLE whmcs_invoice
(
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL,
  number TEXT,
  status TEXT,
  date INTEGER,
  due INTEGER,
  paid INTEGER,
  refunded INTEGER,
  cancelled INTEGER,
  subtotal INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  tax2 INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  total INTEGER NOT NULL,
  currency TEXT,
  payment_method TEXT,
  notes TEXT,
  updated TEXT,
  seen INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  detailed_at INTEGER,
  gone_at INTEGER
);
CREATE INDEX whmcs_invoice_client ON whmcs_invoice (client);

CREATE TABLE whmcs_payment
(
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL,
  invoice INTEGER NOT NULL,
  refund_of INTEGER NOT NULL,
  gateway TEXT,
  reference TEXT,
  description TEXT,
  date INTEGER,
  amount_in INTEGER NOT NULL,
  amount_out INTEGER NOT NULL,
  fees INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  detailed_at INTEGER,
  gone_at INTEGER
);
CREATE INDEX whmcs_payment_client ON whmcs_payment (client);

CREATE TABLE whmcs_credit
(
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL,
  related INTEGER NOT NULL,
  date INTEGER,
  description TEXT,
  amount INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  detailed_at INTEGER,
  gone_at INTEGER
);
CREATE INDEX whmcs_credit_client ON whmcs_credit (client);

-- Custom fields of clients and services, prices of products.
CREATE TABLE whmcs_pair
(
  id INTEGER PRIMARY KEY,
  noun TEXT NOT NULL,
  owner INTEGER NOT NULL,
  field INTEGER NOT NULL,
  name TEXT,
  value TEXT
);
CREATE INDEX whmcs_pair_owner ON whmcs_pair (noun, owner);

-- What a field of a client of ours was when both sides last said the same, by which it is known who changed it since.
CREATE TABLE whmcs_agreed
(
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES client (id),
  field INTEGER NOT NULL,
  value TEXT,
  UNIQUE (client, field)
);

-- Where both sides differ and ours is to stand, as long as neither says something else.
CREATE TABLE whmcs_choice
(
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES client (id),
  field INTEGER NOT NULL,
  ours TEXT,
  theirs TEXT,
  chosen_at INTEGER NOT NULL,
  UNIQUE (client, field)
);

-- Clients (kind 0) and services (kind 1) of WHMCS that are no business of these books.
CREATE TABLE whmcs_ignored
(
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  remote INTEGER NOT NULL,
  UNIQUE (kind, remote)
);

-- Which service of ours a service of WHMCS is.
CREATE TABLE whmcs_service_link
(
  id INTEGER PRIMARY KEY,
  remote INTEGER NOT NULL UNIQUE,
  service INTEGER NOT NULL REFERENCES service (id)
);

-- What became of an invoice of ours at WHMCS, all its parts together.
CREATE TABLE invoice_payment
(
  id INTEGER PRIMARY KEY,
  invoice INTEGER NOT NULL UNIQUE REFERENCES invoice (id),
  state INTEGER NOT NULL,
  total INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  since INTEGER NOT NULL,
  read_at INTEGER NOT NULL
);
