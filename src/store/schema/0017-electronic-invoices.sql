-- SPDX-License-Identifier: GPL-3.0-or-later
-- By what companies are known on electronic invoices. Frozen with an invoice's seller and buyer.

ALTER TABLE company ADD COLUMN contact TEXT;
ALTER TABLE company ADD COLUMN phone TEXT;
ALTER TABLE company ADD COLUMN registration TEXT;
-- "scheme:id", scheme of the list EAS.
ALTER TABLE company ADD COLUMN endpoint TEXT;
ALTER TABLE company ADD COLUMN iban TEXT;
ALTER TABLE client ADD COLUMN registration TEXT;
ALTER TABLE client ADD COLUMN endpoint TEXT;
ALTER TABLE client ADD COLUMN reference TEXT;
