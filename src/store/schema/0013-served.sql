-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which tenants have calls of a service and its client, so that one client's month is read in its own ranges. Written by who writes "rated";
-- 0 = none. A row may outlive its last rating.

CREATE TABLE served
(
  service INTEGER NOT NULL,
  client INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  PRIMARY KEY (service, client, tenant)
);

INSERT INTO served (service, client, tenant)
SELECT DISTINCT coalesce(service, 0), coalesce(client, 0), id >> 47 FROM rated WHERE service IS NOT NULL OR client IS NOT NULL;
