-- Books as schema 1 kept them. From the first release on never edited: they must open in every later version.
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
INSERT INTO company VALUES (1, 'Example Voice', 'CA', 'America/Winnipeg', 4407620, NULL, NULL, NULL, 'INV-{year}-{number:5}', 14);
INSERT INTO exchange_rate VALUES (5591876, 20454, 1400000000000);
INSERT INTO tax VALUES (1, 'HST', 13000000000000, 'S');
INSERT INTO provider VALUES (1, 'Carrier', 'deck');
INSERT INTO connection VALUES (1, 'pbx1', 'csv', NULL, 'UTC', 'Carrier', NULL, NULL, NULL, NULL);
INSERT INTO rate_list VALUES (1, 0, 'deck');
INSERT INTO tariff VALUES (1, 'deck', 5591876, 'UTC', 0, 0, 6, 1, 1, 3);
INSERT INTO tariff_version VALUES (1, 1, 1793872800, NULL, 3);
INSERT INTO rate VALUES (1, 1, 1, NULL, '1', 'North America', NULL, 10000000000, 6, 6, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, 10, NULL, NULL, NULL, NULL, NULL);
INSERT INTO rate VALUES (2, 1, 1, NULL, '1204', 'Canada - Winnipeg', NULL, 20000000000, 6, 6, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, 10, NULL, NULL, NULL, NULL, NULL);
INSERT INTO rate VALUES (3, 1, 1, NULL, '44', 'United Kingdom', NULL, 50000000000, 30, 6, NULL, NULL, 10000000000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL, 10, NULL, NULL, NULL, NULL, NULL);
INSERT INTO package VALUES (1, 'Metered', 'deck', 25000000000000, 1, 0, 0, 4, 0, 29950000000000, 0, NULL, NULL, NULL, NULL, 0, NULL, 0, 0, -1, -1, NULL, 0, 0, 0, 0, 0);
INSERT INTO package VALUES (2, 'Pool', 'deck', 0, 1, 0, 0, 4, 0, 10000000000000, 0, NULL, NULL, NULL, NULL, 0, NULL, 0, 0, -1, -1, NULL, 0, 0, 0, 0, 0);
INSERT INTO allowance VALUES (2, 0, 'all', 600, NULL, 1, 0, 0, 1, 10, NULL, NULL, NULL);
INSERT INTO client VALUES (1, 'C1', 'Client C1 Ltd', NULL, 4407620, NULL, NULL, NULL, 'HST', 0, NULL);
INSERT INTO client VALUES (2, 'C2', 'Client C2 Ltd', NULL, 4407620, NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO client VALUES (3, 'C3', 'Client C3 Ltd', NULL, 5591876, NULL, NULL, NULL, NULL, 0, NULL);
INSERT INTO service VALUES (1, 'S1', 'C1', 'Metered', 'pbx1', 'acme', NULL, NULL, 20727, NULL, NULL);
INSERT INTO service VALUES (2, 'S2', 'C2', 'Pool', 'pbx1', 'beta', NULL, NULL, 20727, NULL, NULL);
INSERT INTO service VALUES (3, 'S3', 'C3', 'Metered', 'pbx1', 'gamma', NULL, NULL, 20727, NULL, NULL);
INSERT INTO service VALUES (4, 'S4', 'C2', 'Pool', 'pbx1', 'delta', NULL, NULL, 20727, NULL, NULL);
CREATE INDEX rate_list_prefix ON rate (list, prefix);
