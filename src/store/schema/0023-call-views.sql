-- SPDX-License-Identifier: GPL-3.0-or-later
-- Filters of calls under a name, shown in the side bar. "filter" is as it is typed (tb-call-where.h), "sorting" a word, NULL = by start.

CREATE TABLE call_view
(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  filter TEXT NOT NULL,
  sorting TEXT,
  descending INTEGER NOT NULL
);
