-- SPDX-License-Identifier: GPL-3.0-or-later
-- Money that clients paid, and what it is for.

-- A row is never changed but for "remote", and never deleted. "amount" is signed: what came in is above zero (kind 0), what was given or taken back below
-- (1, 2), and "reverses" says of which payment. "origin" names an entry of a bank's file, "remote" the transaction at WHMCS, so that neither comes in twice.
CREATE TABLE payment
(
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES client (id),
  kind INTEGER NOT NULL,
  source INTEGER NOT NULL,
  day INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  method TEXT,
  reference TEXT,
  note TEXT,
  origin TEXT UNIQUE,
  reverses INTEGER REFERENCES payment (id),
  remote INTEGER UNIQUE,
  recorded INTEGER NOT NULL
);
CREATE INDEX payment_client ON payment (client);
CREATE INDEX payment_reverses ON payment (reverses);

-- What of a payment is for an invoice: a ledger, of which the sums count. What is for an invoice that was voided is free again.
CREATE TABLE payment_allocation
(
  id INTEGER PRIMARY KEY,
  payment INTEGER NOT NULL REFERENCES payment (id),
  invoice INTEGER NOT NULL REFERENCES invoice (id),
  amount INTEGER NOT NULL,
  time INTEGER NOT NULL
);
CREATE INDEX payment_allocation_payment ON payment_allocation (payment);
CREATE INDEX payment_allocation_invoice ON payment_allocation (invoice);

-- What of "paid" WHMCS applied from credit: no payment, for that came in before.
ALTER TABLE invoice_payment ADD COLUMN credit INTEGER NOT NULL DEFAULT 0;
UPDATE invoice_payment SET credit = coalesce((SELECT sum(w.credit) FROM posting p JOIN whmcs_invoice w ON w.id = p.remote_id
  WHERE p.kind = 2 AND p.document = invoice_payment.invoice), 0);
