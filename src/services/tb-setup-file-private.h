/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "tb-setup.h"

G_BEGIN_DECLS

/**
 * The set-up file as tables: a noun is a list of keys, a key is a name, a place in the noun's struct and a kind, and a kind is a pair of
 * functions that turn JSON into that place and back. Reading, writing, the list of known keys and what is left out of a written file
 * (whatever a new item has anyway) all follow from the same rows.
 */
typedef struct _TbSetupKey TbSetupKey;
typedef struct _TbSetupNoun TbSetupNoun;

/* Where in the file we are, and what an item takes over from what was read before it. */
typedef struct _TbSetupContext
{
  GArray *path;        /* of TbSetupStep */
  const char *base_dir;
  TbZone *zone;        /* the company's: days of rates outside tariffs begin in it */
  TbZone *rate_zone;   /* of the rates at hand; borrowed */
  TbCurrency currency; /* the company's */
  char *columns;       /* of the deck that this tariff names */
  GPtrArray *notes;    /* of char *: rows of decks that were not taken; or NULL */
} TbSetupContext;

typedef struct
{
  const char *key; /* NULL = an item of a list */
  guint index;
} TbSetupStep;

typedef struct
{
  gboolean (*read) (TbSetupContext *context, const TbSetupKey *key, JsonNode *node, gpointer place, GError **error);
  /* NULL = not given. */
  JsonNode *(*write) (TbSetupContext *context, const TbSetupKey *key, gconstpointer place);
} TbSetupKind;

/* Says with a reason that a text cannot be meant. */
typedef gboolean (*TbSetupCheck) (const char *text, GError **error);

struct _TbSetupKey
{
  const char *name;
  const TbSetupKind *kind;
  gsize offset;
  gboolean required;
  gboolean always; /* written even when it is what a new item has */
  gint64 min, max; /* of numbers; of texts, max is the length in bytes, 0 = the usual */
  const char *const *words;
  TbSetupCheck check;
  const TbSetupNoun *noun;
};

struct _TbSetupNoun
{
  const TbSetupKey *keys;
  guint n_keys;
  gpointer (*create) (void); /* NULL = a part of another's struct */
  void (*free) (gpointer item);
  /* What must hold of the whole, and what follows from it; or NULL. */
  gboolean (*finish) (TbSetupContext *context, gpointer item, GError **error);
};

/* ---- whole set-ups (tb-setup-file-read.c) ---- */

/* `company` (of the books, or NULL) gives zone and currency to a file that has no company. */
gboolean tb_setup_context_init (TbSetupContext *self, const char *base_dir, const TbCompany *company, GError **error);
void     tb_setup_context_clear (TbSetupContext *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TbSetupContext, tb_setup_context_clear)
/* References are not looked at. */
TbSetup *tb_setup_read_root (TbSetupContext *self, JsonNode *root, GError **error);

/* ---- messages (tb-setup-file-read.c) ---- */

void     tb_setup_enter (TbSetupContext *self, const char *key, guint index);
void     tb_setup_leave (TbSetupContext *self);
/* Sets an error that begins with the path; always FALSE. */
gboolean tb_setup_refuse (TbSetupContext *self, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* Puts the path before a message that is there; always FALSE. */
gboolean tb_setup_refuse_prefixed (TbSetupContext *self, GError **error);
/* "expects …, not a list" */
gboolean tb_setup_refuse_type (TbSetupContext *self, JsonNode *node, const char *expected, GError **error);

/* ---- objects and lists (tb-setup-file-read.c, tb-setup-file-write.c) ---- */

gboolean  tb_setup_read_object (TbSetupContext *self, const TbSetupNoun *noun, JsonNode *node, gpointer item, GError **error);
gboolean  tb_setup_read_list (TbSetupContext *self, const TbSetupNoun *noun, JsonNode *node, GPtrArray *items, GError **error);
JsonNode *tb_setup_write_object (TbSetupContext *self, const TbSetupNoun *noun, gconstpointer item);
JsonNode *tb_setup_write_list (TbSetupContext *self, const TbSetupNoun *noun, GPtrArray *items);
JsonNode *tb_setup_write_text (const char *text);
JsonNode *tb_setup_write_int (gint64 value);
/* A node of it, which takes it over: json_node_init_object would take one reference more. */
JsonNode *tb_setup_take_object (JsonObject *object);
JsonNode *tb_setup_take_array (JsonArray *array);

/* ---- kinds ---- */

extern const TbSetupKind tb_setup_text;     /* char *; "" is NULL */
extern const TbSetupKind tb_setup_lines;    /* char ** */
extern const TbSetupKind tb_setup_int;      /* gint32 */
extern const TbSetupKind tb_setup_count;    /* gint32, -1 = not given */
extern const TbSetupKind tb_setup_byte;     /* guint8 */
extern const TbSetupKind tb_setup_long;     /* gint64 */
extern const TbSetupKind tb_setup_bool;     /* gboolean */
extern const TbSetupKind tb_setup_word;     /* an enum, by `words` */
extern const TbSetupKind tb_setup_choice;   /* char *, one of `words` */
extern const TbSetupKind tb_setup_digits;   /* char *; a "+" before them is left out */
extern const TbSetupKind tb_setup_day;      /* TbDay */
extern const TbSetupKind tb_setup_decimal;  /* TbDecimal */
extern const TbSetupKind tb_setup_currency; /* TbCurrency */
extern const TbSetupKind tb_setup_part;     /* a struct inside the struct */
extern const TbSetupKind tb_setup_object;   /* a pointer to a struct; NULL = not given */
extern const TbSetupKind tb_setup_list;     /* GPtrArray * */

/* Of rates and tariffs (tb-setup-file-rates.c). */
extern const TbSetupKind tb_setup_increment; /* two gint32: initial, next */
extern const TbSetupKind tb_setup_time;      /* gint64; a day means 00:00 in the zone at hand */
extern const TbSetupKind tb_setup_moment;    /* TbMoment */
extern const TbSetupKind tb_setup_band;      /* TbRateBand */
extern const TbSetupKind tb_setup_steps;     /* TbRate, its steps */
extern const TbSetupKind tb_setup_rates;     /* GPtrArray * of TbRate, no two with one key */
extern const TbSetupKind tb_setup_tariff_rates; /* TbTariff, over those of its deck */

/* Of files that have columns (tb-setup-file-columns.c). */
extern const TbSetupKind tb_setup_columns;      /* char *, "uid=id,caller=src" */
extern const TbSetupKind tb_setup_deck_columns; /* the same for the deck that is read next */
extern const TbSetupKind tb_setup_deck;         /* TbTariff, rates from a file (tb-setup-file-deck.c) */

/* Of packages (tb-setup-file-packages.c). */
extern const TbSetupKind tb_setup_minutes; /* gint64 seconds, in minutes or "unlimited" */
extern const TbSetupKind tb_setup_seconds; /* gint64 seconds; the other name of the same */
extern const TbSetupKind tb_setup_scope;   /* char ** */
extern const TbSetupKind tb_setup_tiers;   /* TbPackage */
extern const TbSetupKind tb_setup_inbound; /* TbPackage */

extern const TbSetupKind tb_setup_currencies; /* TbSetup (tb-setup-file-currencies.c) */

/* ---- tables ---- */

extern const TbSetupNoun tb_setup_noun; /* the whole file */
extern const TbSetupNoun tb_currency_noun; /* of a struct of the reader's own */
extern const TbSetupNoun tb_rate_noun;
extern const TbSetupNoun tb_band_noun;
extern const TbSetupNoun tb_step_noun;
extern const TbSetupNoun tb_price_noun; /* a rate without prefix: flat and inbound rates */
extern const TbSetupNoun tb_tariff_noun;
extern const TbSetupNoun tb_package_noun;
extern const TbSetupNoun tb_tiers_noun; /* of a package */
extern const TbSetupNoun tb_filter_noun;
extern const TbSetupNoun tb_company_noun;
extern const TbSetupNoun tb_tax_noun;
extern const TbSetupNoun tb_provider_noun;
extern const TbSetupNoun tb_connection_noun;
extern const TbSetupNoun tb_client_noun;
extern const TbSetupNoun tb_service_noun;
extern const TbSetupNoun tb_whmcs_noun;
extern const TbSetupNoun tb_mail_noun;
extern const TbSetupNoun tb_reminder_noun;

/* A row of a table; what a kind needs besides follows as designated initialisers. */
#define TB_KEY(key_name, type, member, key_kind, ...) \
  { .name = key_name, .kind = &tb_setup_##key_kind, .offset = G_STRUCT_OFFSET (type, member), __VA_ARGS__ }
/* Of a kind that takes the whole item. */
#define TB_KEY_OF_ITEM(key_name, key_kind, ...) { .name = key_name, .kind = &tb_setup_##key_kind, __VA_ARGS__ }
#define TB_NOUN(keys, create, free, finish) { keys, G_N_ELEMENTS (keys), (gpointer (*) (void)) create, (void (*) (gpointer)) free, finish }
#define TB_PART(keys) { keys, G_N_ELEMENTS (keys), NULL, NULL, NULL }

/* ---- checks of texts (tb-setup-file-checks.c) ---- */

gboolean tb_check_country (const char *text, GError **error);
gboolean tb_check_zone (const char *text, GError **error);
gboolean tb_check_email (const char *text, GError **error);
gboolean tb_check_endpoint (const char *text, GError **error);
gboolean tb_check_iban (const char *text, GError **error);
gboolean tb_check_language (const char *text, GError **error);
gboolean tb_check_series (const char *text, GError **error);
gboolean tb_check_category (const char *text, GError **error);
gboolean tb_check_url (const char *text, GError **error);
gboolean tb_check_certificate (const char *text, GError **error);
gboolean tb_check_mail_server (const char *text, GError **error);
gboolean tb_check_digits (const char *text, GError **error);
gboolean tb_check_whmcs_post (const char *text, GError **error);
gboolean tb_check_whmcs_per (const char *text, GError **error);
gboolean tb_check_whmcs_prepaid (const char *text, GError **error);
gboolean tb_check_pattern (const char *text, GError **error);

/* FALSE with a message that lists `words` (NULL-ended) when `text` is none of them. */
gboolean tb_setup_find_word (const char *const *words, const char *text, guint *ret, GError **error);

G_END_DECLS
