/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-posting.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

typedef struct
{
  const char *word, *title;
} Word;

static const Word kinds[] = {
  [TB_POSTING_CLIENT_NEW] = { "client", N_ ("New client") },
  [TB_POSTING_CLIENT_CHANGE] = { "client-change", N_ ("Change of a client") },
  [TB_POSTING_INVOICE] = { "invoice", N_ ("Invoice") },
  [TB_POSTING_CANCEL] = { "cancel", N_ ("Cancellation") },
  [TB_POSTING_CREDIT] = { "credit", N_ ("Credit") },
  [TB_POSTING_SUSPEND] = { "suspend", N_ ("Suspension") },
  [TB_POSTING_RESUME] = { "resume", N_ ("Resumption") },
  [TB_POSTING_FIELD] = { "field", N_ ("Custom field") },
  [TB_POSTING_ALERT] = { "alert", N_ ("Balance alert") },
  [TB_POSTING_PAYMENT] = { "payment", N_ ("Payment") },
  [TB_POSTING_APPLY] = { "apply", N_ ("Credit for an invoice") },
};

static const Word states[] = {
  [TB_POSTING_READY] = { "ready", N_ ("Ready") },       [TB_POSTING_SENDING] = { "sending", N_ ("Being sent") },
  [TB_POSTING_UNKNOWN] = { "unknown", N_ ("Unknown") }, [TB_POSTING_DONE] = { "done", N_ ("Done") },
  [TB_POSTING_FAILED] = { "failed", N_ ("Refused") },   [TB_POSTING_PARKED] = { "parked", N_ ("Put aside") },
};

static const char *const steps[] = { "look", "send", "check", "fill", "trim", "publish", "apply", "log" };

/* ---- values ---- */

TbPosting *
tb_posting_new (TbPostingKind kind)
{
  TbPosting *self = g_new0 (TbPosting, 1);

  self->kind = kind;
  self->part = g_strdup ("");
  self->place = tb_posting_place_first (kind);
  self->above = -1;
  return self;
}

TbPosting *
tb_posting_copy (const TbPosting *self)
{
  TbPosting *copy = g_memdup2 (self, sizeof *self);

  copy->client = g_strdup (self->client);
  copy->number = g_strdup (self->number);
  copy->part = g_strdup (self->part);
  copy->marker = g_strdup (self->marker);
  copy->message = g_strdup (self->message);
  return copy;
}

void
tb_posting_free (TbPosting *self)
{
  if (self == NULL)
    return;
  g_free (self->client);
  g_free (self->number);
  g_free (self->part);
  g_free (self->marker);
  g_free (self->message);
  g_free (self);
}

char *
tb_posting_describe (const TbPosting *self)
{
  const char *kind = tb_posting_kind_to_string (self->kind), *client = self->client != NULL ? self->client : "";

  if (self->number == NULL)
    return g_strdup_printf ("%s %s", kind, client);
  return *self->part != '\0' ? g_strdup_printf (_("%s %s (%s) of client %s"), kind, self->number, self->part, client)
                             : g_strdup_printf (_("%s %s of client %s"), kind, self->number, client);
}

/* ---- words ---- */

const char *
tb_posting_kind_to_string (TbPostingKind self)
{
  return kinds[self].word;
}

const char *
tb_posting_kind_to_display (TbPostingKind self)
{
  return _(kinds[self].title);
}

const char *
tb_posting_state_to_string (TbPostingState self)
{
  return states[self].word;
}

const char *
tb_posting_state_to_display (TbPostingState self)
{
  return _(states[self].title);
}

gboolean
tb_posting_state_parse (const char *text, TbPostingState *ret, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (text, states[i].word) == 0)
      {
        *ret = (TbPostingState) i;
        return TRUE;
      }
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is no state; there are ready, sending, unknown, done, failed and parked."), text);
  return FALSE;
}

const char *
tb_posting_step_to_string (TbPostingStep self)
{
  return steps[self];
}

/* ---- markers ---- */

/* Letters and digits that are not taken for one another. */
#define SITE_ALPHABET "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
#define SITE_LENGTH 6
/* So much of a number or key is for people to read. */
#define NAME_LENGTH 24
#define HASH_LENGTH 8

char *
tb_posting_site_new (void)
{
  g_autofree char *random = g_uuid_string_random (); /* from the system's source, where it has one */
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, random, -1);
  char *site = g_new0 (char, SITE_LENGTH + 1);

  for (guint i = 0; i < SITE_LENGTH; i++)
    site[i] = SITE_ALPHABET[(g_ascii_xdigit_value (sum[2 * i]) * 16 + g_ascii_xdigit_value (sum[2 * i + 1])) % strlen (SITE_ALPHABET)];
  return site;
}

char *
tb_posting_make_marker (const char *site, const char *name, const char *content)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autofree char *upper = NULL;

  for (; *name != '\0' && plain->len < NAME_LENGTH; name++)
    if (g_ascii_isalnum (*name))
      g_string_append_c (plain, g_ascii_toupper (*name));
  sum[HASH_LENGTH] = '\0';
  upper = g_ascii_strup (sum, -1);
  return g_strdup_printf (TB_POSTING_MARKER_HEAD "%s-%s-%s", site, plain->str, upper);
}

static gboolean
is_of_marker (char c)
{
  return g_ascii_isupper (c) || g_ascii_isdigit (c) || c == '-';
}

gboolean
tb_posting_marker_is_in (const char *marker, const char *text)
{
  gsize len = strlen (marker);

  for (const char *at = text != NULL ? strstr (text, marker) : NULL; at != NULL; at = strstr (at + 1, marker))
    if ((at == text || !is_of_marker (at[-1])) && !is_of_marker (at[len]))
      return TRUE;
  return FALSE;
}
