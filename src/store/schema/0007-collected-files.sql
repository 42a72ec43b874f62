-- SPDX-License-Identifier: GPL-3.0-or-later
-- Files that were collected: written in the transaction of their calls, so that a file is known exactly when its calls are stored. A file whose
-- version is another one today is read again.

CREATE TABLE collected_file
(
  connection INTEGER NOT NULL REFERENCES connection (id),
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  import INTEGER NOT NULL REFERENCES import (id),
  PRIMARY KEY (connection, name)
);
