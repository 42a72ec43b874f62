-- SPDX-License-Identifier: GPL-3.0-or-later
-- Balances of clients who pay in advance.

-- The ledger: a row is never changed. "amount" is signed: what a top-up brings is above zero, what a settlement takes below. A reference is
-- given once a client and kind, so that the same payment booked twice is refused.
CREATE TABLE balance_entry
(
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES client (id),
  kind INTEGER NOT NULL,
  time INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  reference TEXT,
  note TEXT,
  UNIQUE (client, kind, reference)
);

-- Charges that are on no approved invoice, summed by bucket: the ratings with ids from bucket << 31 on, which is one tenant's 65536 seconds.
-- A bucket that is stale is not what stands here but what its ratings say.
CREATE TABLE unbilled
(
  bucket INTEGER NOT NULL,
  service INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (bucket, service, currency)
);

CREATE TABLE unbilled_stale
(
  bucket INTEGER PRIMARY KEY
);

INSERT INTO unbilled_stale (bucket) SELECT DISTINCT id >> 31 FROM rated;

-- What of an invoice was paid from the balance, and the lines that are.
ALTER TABLE invoice ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;
ALTER TABLE invoice_line ADD COLUMN prepaid INTEGER NOT NULL DEFAULT 0;
