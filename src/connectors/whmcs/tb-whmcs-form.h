/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-money.h"
#include "tb-time.h"

G_BEGIN_DECLS

/**
 * TbWhmcsForm: what an action is told, as PHP reads it: percent-encoded, arrays by brackets, dates YYYY-MM-DD, flags 1 and 0.
 *
 * What is not set is not sent, for WHMCS takes an empty text for a change.
 */
typedef struct _TbWhmcsForm TbWhmcsForm;

/* PHP drops what comes after its max_input_vars (1,000 by default) without a word: three a line. */
#define TB_WHMCS_MAX_LINES 250

TbWhmcsForm *tb_whmcs_form_new (const char *action);
TbWhmcsForm *tb_whmcs_form_copy (const TbWhmcsForm *self);
void         tb_whmcs_form_free (TbWhmcsForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbWhmcsForm, tb_whmcs_form_free)

const char *tb_whmcs_form_get_action (const TbWhmcsForm *self);
guint       tb_whmcs_form_count (const TbWhmcsForm *self); /* fields beside the action */

/* A NULL text, an id of 0, a day or decimal that is none and a currency's amount of TB_DECIMAL_NONE are left out. */
void tb_whmcs_form_add_text (TbWhmcsForm *self, const char *name, const char *value);
void tb_whmcs_form_add_id (TbWhmcsForm *self, const char *name, gint64 value);
void tb_whmcs_form_add_int (TbWhmcsForm *self, const char *name, gint64 value);
void tb_whmcs_form_add_flag (TbWhmcsForm *self, const char *name, gboolean value);
void tb_whmcs_form_add_day (TbWhmcsForm *self, const char *name, TbDay value);
void tb_whmcs_form_add_amount (TbWhmcsForm *self, const char *name, TbAmount value);    /* at least two decimals */
void tb_whmcs_form_add_decimal (TbWhmcsForm *self, const char *name, TbDecimal value);
/* name[key]; `key` is digits or a word. */
void tb_whmcs_form_add_in (TbWhmcsForm *self, const char *name, const char *key, const char *value);
void tb_whmcs_form_add_at (TbWhmcsForm *self, const char *name, gint64 key, const char *value);
void tb_whmcs_form_add_amount_at (TbWhmcsForm *self, const char *name, gint64 key, TbAmount value);
void tb_whmcs_form_add_flag_at (TbWhmcsForm *self, const char *name, gint64 key, gboolean value);
/* base64 (serialize (array)) of `n` pairs of texts, key and value; nothing for n 0. */
void tb_whmcs_form_add_array (TbWhmcsForm *self, const char *name, const char *const *pairs, guint n);

/* PHP's serialize () of an array: lengths in bytes, keys that look like integers as such. */
char *tb_php_serialize (const char *const *pairs, guint n);

/* The body: the action, then `credentials` (which is a form of its own), then everything else, for what comes last may be dropped. */
GBytes *tb_whmcs_form_to_bytes (const TbWhmcsForm *self, const TbWhmcsForm *credentials);

G_END_DECLS
