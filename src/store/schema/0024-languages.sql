-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of a client's documents, as a language tag: "de", "fr-CA". Frozen with the buyer.

ALTER TABLE company ADD COLUMN language TEXT;
ALTER TABLE client ADD COLUMN language TEXT;
