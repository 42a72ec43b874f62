-- SPDX-License-Identifier: GPL-3.0-or-later
-- Clients who pay in advance at WHMCS.

-- Ids of custom fields of clients there, by which their services are suspended and resumed; 0 = there is none.
ALTER TABLE whmcs_settings ADD COLUMN has_voip_field INTEGER NOT NULL DEFAULT 0;
ALTER TABLE whmcs_settings ADD COLUMN manual_suspend_field INTEGER NOT NULL DEFAULT 0;
ALTER TABLE whmcs_settings ADD COLUMN suspended_field INTEGER NOT NULL DEFAULT 0;
ALTER TABLE whmcs_settings ADD COLUMN low_balance_field INTEGER NOT NULL DEFAULT 0;

-- To which state of a balance its client was last told that it fell: 1 low, 2 empty. None once it is neither, so that the next fall is told again.
CREATE TABLE balance_alert
(
  client INTEGER PRIMARY KEY REFERENCES client (id),
  state INTEGER NOT NULL
);
