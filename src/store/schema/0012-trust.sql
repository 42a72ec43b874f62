-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whom a connection trusts, and what was odd about a run that went well.

-- "sha256:…" of the only certificate that is accepted; NULL = those that the system trusts.
ALTER TABLE connection ADD COLUMN certificate TEXT;
-- For people: a clock that is off. NULL = nothing was.
ALTER TABLE sync_run ADD COLUMN warning TEXT;
