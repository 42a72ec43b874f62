-- SPDX-License-Identifier: GPL-3.0-or-later
-- The set-up of a company, its tariffs and its invoices. Money at 10^-9 (amounts) or 10^-12 (rates, fees, percents), days since 1970-01-01,
-- times in seconds since then. Lists of texts are one text with a line each. NULL is "not given".

CREATE TABLE company
(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  country TEXT,
  time_zone TEXT,
  currency INTEGER NOT NULL,
  address TEXT,
  tax_id TEXT,
  email TEXT,
  invoice_series TEXT,
  due_days INTEGER NOT NULL
);

CREATE TABLE exchange_rate
(
  currency INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  rate INTEGER NOT NULL,
  PRIMARY KEY (currency, valid_from)
);

CREATE TABLE tax
(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  percent INTEGER NOT NULL,
  category TEXT
);

CREATE TABLE provider
(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  tariff TEXT
);

CREATE TABLE connection
(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT,
  url TEXT,
  time_zone TEXT,
  provider TEXT,
  login TEXT,
  format TEXT,
  since INTEGER,
  columns TEXT
);

-- Who owns rates: a tariff (kind 0), a package's custom (1), flat (2) or inbound (3) rates, a client's own (4). "name" is the owner's.
CREATE TABLE rate_list
(
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (kind, name)
);

CREATE TABLE tariff
(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  currency INTEGER NOT NULL,
  time_zone TEXT,
  band INTEGER NOT NULL,
  rounding INTEGER NOT NULL,
  decimals INTEGER NOT NULL,
  list INTEGER NOT NULL REFERENCES rate_list (id),
  version INTEGER NOT NULL,
  n_rates INTEGER NOT NULL
);

CREATE TABLE tariff_version
(
  tariff INTEGER NOT NULL REFERENCES tariff (id),
  version INTEGER NOT NULL,
  time INTEGER NOT NULL,
  source TEXT,
  n_rates INTEGER NOT NULL,
  PRIMARY KEY (tariff, version)
);

-- Never changed once written, because rated calls point to it: a new price is a new row, and the old one is no longer in force from version
-- "until" of its list on.
CREATE TABLE rate
(
  id INTEGER PRIMARY KEY,
  list INTEGER NOT NULL REFERENCES rate_list (id),
  since INTEGER NOT NULL,
  until INTEGER,
  prefix TEXT NOT NULL,
  description TEXT,
  short_description TEXT,
  rate INTEGER NOT NULL,
  initial INTEGER,
  next INTEGER,
  style INTEGER,
  steps TEXT,
  connect_fee INTEGER,
  minimum INTEGER,
  grace INTEGER,
  included_seconds INTEGER,
  min_charge INTEGER,
  max_charge INTEGER,
  effective_from INTEGER,
  effective_to INTEGER,
  enabled INTEGER NOT NULL,
  band TEXT,
  priority INTEGER NOT NULL,
  rate2 INTEGER,
  premium_rate INTEGER,
  old_rate INTEGER,
  changed TEXT,
  line INTEGER
);
CREATE INDEX rate_list_prefix ON rate (list, prefix);

CREATE TABLE package
(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  tariff TEXT,
  markup INTEGER NOT NULL,
  markup_connect_fee INTEGER NOT NULL,
  surcharge INTEGER NOT NULL,
  rounding INTEGER NOT NULL,
  decimals INTEGER NOT NULL,
  mode INTEGER NOT NULL,
  fee INTEGER NOT NULL,
  cycle INTEGER NOT NULL,
  country TEXT,
  country_code TEXT,
  exit_codes TEXT,
  trunk_prefix TEXT,
  nanp INTEGER NOT NULL,
  area_code TEXT,
  initial INTEGER NOT NULL,
  next INTEGER NOT NULL,
  minimum INTEGER NOT NULL,
  grace INTEGER NOT NULL,
  connect_fee INTEGER,
  custom_match INTEGER NOT NULL,
  tier_kind INTEGER NOT NULL,
  tier_basis INTEGER NOT NULL,
  bill_inbound INTEGER NOT NULL,
  bill_internal INTEGER NOT NULL
);

CREATE TABLE allowance
(
  package INTEGER NOT NULL REFERENCES package (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  scope TEXT,
  shared INTEGER NOT NULL,
  carry_over INTEGER NOT NULL,
  consume INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  valid_from INTEGER,
  valid_to INTEGER,
  connect_fee INTEGER,
  PRIMARY KEY (package, position)
);

CREATE TABLE tier
(
  package INTEGER NOT NULL REFERENCES package (id),
  position INTEGER NOT NULL,
  threshold INTEGER NOT NULL,
  rate INTEGER NOT NULL,
  PRIMARY KEY (package, position)
);

-- Package 0 holds the rules of all packages.
CREATE TABLE filter
(
  package INTEGER NOT NULL,
  position INTEGER NOT NULL,
  connection TEXT,
  field INTEGER NOT NULL,
  pattern TEXT NOT NULL,
  action INTEGER NOT NULL,
  PRIMARY KEY (package, position)
);

CREATE TABLE client
(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT,
  email TEXT,
  currency INTEGER NOT NULL,
  country TEXT,
  address TEXT,
  tax_id TEXT,
  tax TEXT,
  whmcs_id INTEGER NOT NULL,
  low_balance INTEGER
);

CREATE TABLE service
(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  client TEXT NOT NULL,
  package TEXT NOT NULL,
  connection TEXT,
  tenant TEXT,
  dids TEXT,
  extensions TEXT,
  starts INTEGER,
  ends INTEGER,
  next_due INTEGER
);

CREATE TABLE whmcs_settings
(
  id INTEGER PRIMARY KEY,
  url TEXT,
  identifier TEXT,
  post TEXT
);

CREATE TABLE mail_settings
(
  id INTEGER PRIMARY KEY,
  server TEXT,
  sender TEXT,
  login TEXT
);

CREATE TABLE reminder_stage
(
  id INTEGER PRIMARY KEY,
  stage TEXT NOT NULL UNIQUE,
  days_after_due INTEGER NOT NULL,
  subject TEXT,
  body TEXT
);

CREATE TABLE invoice
(
  id INTEGER PRIMARY KEY,
  number TEXT UNIQUE,
  state INTEGER NOT NULL,
  client INTEGER NOT NULL REFERENCES client (id),
  currency INTEGER NOT NULL,
  period_start INTEGER NOT NULL,
  period_end INTEGER NOT NULL,
  year INTEGER NOT NULL,
  month INTEGER NOT NULL,
  issued INTEGER,
  due INTEGER,
  due_days INTEGER NOT NULL,
  net INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  total INTEGER NOT NULL,
  frozen TEXT NOT NULL
);

CREATE TABLE invoice_line
(
  invoice INTEGER NOT NULL REFERENCES invoice (id),
  position INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  service INTEGER,
  service_key TEXT,
  description TEXT NOT NULL,
  period_start INTEGER NOT NULL,
  period_end INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  seconds INTEGER NOT NULL,
  free INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  tax TEXT,
  tax_percent INTEGER NOT NULL,
  tax_category TEXT,
  PRIMARY KEY (invoice, position)
);

CREATE TABLE invoice_tax
(
  invoice INTEGER NOT NULL REFERENCES invoice (id),
  position INTEGER NOT NULL,
  tax TEXT NOT NULL,
  category TEXT NOT NULL,
  percent INTEGER NOT NULL,
  base INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (invoice, position)
);

CREATE TABLE invoice_series
(
  series TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (series, year)
);
