-- SPDX-License-Identifier: GPL-3.0-or-later
-- How the decks of a tariff are read, as far as somebody said it: a provider sends the next one in the shape of the last. NULL = found out.

CREATE TABLE deck_habit
(
  tariff INTEGER PRIMARY KEY REFERENCES tariff (id),
  columns TEXT,
  encoding INTEGER,
  separator INTEGER,
  decimal_comma INTEGER,
  dates INTEGER,
  header_line INTEGER
);
