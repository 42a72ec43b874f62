-- SPDX-License-Identifier: GPL-3.0-or-later
-- Invoices that were issued before WHMCS was connected are not posted; NULL = all are.

ALTER TABLE whmcs_settings ADD COLUMN since INTEGER;
