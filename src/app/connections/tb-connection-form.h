/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tb-setup.h"

G_BEGIN_DECLS

/**
 * TbConnectionForm: the fields of one connection, only those of its kind, each checked by itself. Emits "changed", and "activate" when Enter is
 * pressed in one.
 */
#define TB_TYPE_CONNECTION_FORM (tb_connection_form_get_type ())
G_DECLARE_FINAL_TYPE (TbConnectionForm, tb_connection_form, TB, CONNECTION_FORM, AdwBin)

/* `connection` has a kind at least; one with a name is there already and keeps it. Providers and names that are taken come from `setup`. */
GtkWidget *tb_connection_form_new (const TbSetup *setup, const TbConnection *connection);
/* What was entered; NULL, with the error of the first field that is wrong (TB_ERROR_INVALID_INPUT), or that is missing (TB_ERROR_NOT_FOUND). */
TbConnection *tb_connection_form_read (TbConnectionForm *self, GError **error);
/* The secret that was typed, for tb_secret_free; NULL when there is none. */
char *tb_connection_form_dup_secret (TbConnectionForm *self);
/* Before the form goes away: nothing that was typed stays in it. */
void  tb_connection_form_wipe (TbConnectionForm *self);

G_END_DECLS
