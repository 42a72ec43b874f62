/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-setup.h"

G_BEGIN_DECLS

/* One record of a set-up by itself, as the JSON that stands for it in the set-up file, and what the file's tables say about its keys, so that a
 * form can be made from them. Nouns are the keys of the file: "company" "currencies" "taxes" "providers" "packages" "filters" "clients"
 * "services". "company" and "filters" (the rules of all packages, a list) are one record each, without a name. */

/* Of the record called `name` (a currency: its code); a new string. NULL when there is none. */
char  *tb_setup_record_write (const TbSetup *setup, const char *noun, const char *name);
/* A set-up that holds nothing but this record, which takes zone and currency from the books' `company` (or NULL). References are not looked at.
 * Messages begin with the path ("clients[0].email: "). */
TbSetup *tb_setup_record_read (const TbCompany *company, const char *noun, const char *record, GError **error);
/* Its own name, from the JSON; NULL for those that have none. */
char  *tb_setup_record_get_name (const char *noun, const char *record);
/* Splits a message of the above: *ret_path is the key inside the record ("email", "included[1].minutes"; "" = the record) and *ret_reason what is
 * the matter, in `message`. FALSE when it is about something else. */
gboolean tb_setup_record_split_message (const char *noun, const char *message, char **ret_path, const char **ret_reason);

/* `path` is a noun, or keys inside one that hold records: "packages.included". Keys of such a record, NULL-ended; NULL = there is no such path. */
char **tb_setup_record_list_keys (const char *path);
/* The words that a key takes ("packages.mode"), NULL-ended and static; NULL when it takes anything. */
const char *const *tb_setup_record_get_words (const char *path);
/* What a new record has in each key, as a JSON object; NULL for what is a part of another. */
char  *tb_setup_record_write_new (const char *path);

G_END_DECLS
