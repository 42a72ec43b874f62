/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup.h"
#include "tb-store.h"

G_BEGIN_DECLS

/* The set-up file of design/setup-format: JSON, "tollbook": 1. Errors name the path ("packages[2].tariff: …"). */

/* Decks named by "file" are read relative to `base_dir` into their tariff's rates. Checks references only inside the file. */
TbSetup *tb_setup_file_parse (const char *json, gssize len, const char *base_dir, GError **error);
TbSetup *tb_setup_file_read (const char *path, GError **error);
/* The same file back: reading it gives an equal set-up. */
char    *tb_setup_file_write (const TbSetup *setup);
/* Reads, validates against what the books hold, applies. *ret_changes of char *. */
gboolean tb_setup_file_apply (TbStore *store, const char *path, gboolean dry_run, GPtrArray **ret_changes, TbJob *job, GError **error);

G_END_DECLS
