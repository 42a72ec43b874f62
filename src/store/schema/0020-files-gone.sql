-- SPDX-License-Identifier: GPL-3.0-or-later
-- Since when a collected file is no more where it was: seconds since 1970, NULL = it is there. So that what is gone for good need not be known for ever.

ALTER TABLE collected_file ADD COLUMN gone INTEGER;
