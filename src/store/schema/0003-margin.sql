-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a client's month must bring at least (percent of its charges at 10^-12) and may use at most (company's currency at 10^-9). Client 0 holds
-- what is meant for all that have no value of their own; NULL is "no limit".

CREATE TABLE margin_limit
(
  client INTEGER PRIMARY KEY,
  minimum_percent INTEGER,
  maximum_usage INTEGER
);
