-- SPDX-License-Identifier: GPL-3.0-or-later
-- Included minutes that begin or end at an instant and not with a day: seconds since 1970; then valid_from or valid_to is NULL.

ALTER TABLE allowance ADD COLUMN from_time INTEGER;
ALTER TABLE allowance ADD COLUMN to_time INTEGER;
