-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who made a version of a tariff (the login name; NULL = not written down), and which older version's rates it took again (NULL = none).

ALTER TABLE tariff_version ADD COLUMN author TEXT;
ALTER TABLE tariff_version ADD COLUMN restores INTEGER;
