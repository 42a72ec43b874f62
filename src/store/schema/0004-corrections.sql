-- SPDX-License-Identifier: GPL-3.0-or-later
-- Differences of invoiced calls that would have another price today, and credit notes.

-- 0 = a bill, 1 = a credit note
ALTER TABLE invoice ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
-- The invoice that a credit note refers to, when it was made for that alone.
ALTER TABLE invoice ADD COLUMN corrects INTEGER REFERENCES invoice (id);

-- One row for each service on the corrected invoice, each time a difference was booked. "taken" is the document that has it.
CREATE TABLE correction
(
  id INTEGER PRIMARY KEY,
  invoice INTEGER NOT NULL REFERENCES invoice (id),
  client INTEGER NOT NULL REFERENCES client (id),
  service INTEGER NOT NULL,
  service_key TEXT NOT NULL,
  period_start INTEGER NOT NULL,
  period_end INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  billed INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  tariff TEXT,
  tariff_version INTEGER,
  time INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  taken INTEGER REFERENCES invoice (id)
);
CREATE INDEX correction_invoice ON correction (invoice);
CREATE INDEX correction_taken ON correction (taken);

-- By how much each call differs from what it was before. What a client pays for a call is its charge as invoiced and all of these.
CREATE TABLE correction_call
(
  call INTEGER NOT NULL,
  correction INTEGER NOT NULL REFERENCES correction (id),
  billed INTEGER NOT NULL,
  free INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (call, correction)
);
CREATE INDEX correction_call_correction ON correction_call (correction);
