/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"
#include "tb-filter.h"
#include "tb-invoice.h"
#include "tb-pin.h"
#include "tb-setup-file-private.h"
#include "tb-trade-codes.h"
#include "tb-words.h"
#include "tb-url.h"

static gboolean
refuse (GError **error, const char *format, const char *text)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, format, text);
#pragma GCC diagnostic pop
  return FALSE;
}

/* `n` to `max` capital letters and nothing else. */
static gboolean
is_code (const char *text, gsize n, gsize max)
{
  gsize len = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  return len >= n && len <= max && text[len] == '\0';
}

gboolean
tb_check_country (const char *text, GError **error)
{
  return is_code (text, 2, 2) || refuse (error, _("“%s” is not a country code of two capital letters, such as CA"), text);
}

gboolean
tb_check_category (const char *text, GError **error)
{
  return is_code (text, 1, 3)
         || refuse (error, _("“%s” is not a tax category such as S (standard), Z (zero), E (exempt) or AE (reverse charge)"), text);
}

gboolean
tb_check_zone (const char *text, GError **error)
{
  g_autoptr (TbZone) zone = tb_zone_new (text, error);

  return zone != NULL;
}

gboolean
tb_check_email (const char *text, GError **error)
{
  const char *at = strchr (text, '@');

  if (at != NULL && at != text && at[1] != '\0' && strpbrk (text, " \t,;") == NULL)
    return TRUE;
  return refuse (error, _("“%s” is not an e-mail address"), text);
}

gboolean
tb_check_endpoint (const char *text, GError **error)
{
  g_autofree char *scheme = NULL, *id = NULL;

  return tb_endpoint_split (text, &scheme, &id, error);
}

gboolean
tb_check_iban (const char *text, GError **error)
{
  return tb_iban_is_valid (text) || refuse (error, _("“%s” is not an IBAN: its length or check digits are wrong"), text);
}

gboolean
tb_check_language (const char *text, GError **error)
{
  return tb_words_is_tag (text) || refuse (error, _("“%s” is not a language: de and fr-CA are"), text);
}

gboolean
tb_check_series (const char *text, GError **error)
{
  g_autofree char *number = tb_numbering_format (text, 2026, 1, error);

  return number != NULL;
}

gboolean
tb_check_digits (const char *text, GError **error)
{
  return text[strspn (text, "0123456789")] == '\0' || refuse (error, _("“%s” holds something else than digits"), text);
}

gboolean
tb_check_pattern (const char *text, GError **error)
{
  g_autoptr (TbPattern) pattern = tb_pattern_new (text, error);

  return pattern != NULL;
}

/* ---- addresses ---- */

/* A folder, or a host without scheme, is taken as it is. What has a scheme never carries a password, and http is for this computer only. */
gboolean
tb_check_url (const char *text, GError **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);
  g_autoptr (GUri) uri = NULL;

  if (scheme != NULL && (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0))
    {
      uri = tb_http_parse_url (text, error);
      return uri != NULL;
    }
  if (scheme == NULL || strstr (text, "://") == NULL)
    return TRUE;
  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL)
    return refuse (error, _("“%s” is not an address"), text);
  return g_uri_get_password (uri) == NULL
         || refuse (error, _("the address of %s holds a password; passwords are never in this file"), g_uri_get_host (uri));
}

gboolean
tb_check_mail_server (const char *text, GError **error)
{
  if (!g_str_has_prefix (text, "smtp://") && !g_str_has_prefix (text, "smtps://"))
    return refuse (error, _("“%s” does not begin with smtps:// or smtp://"), text);
  return tb_check_url (text, error);
}

gboolean
tb_check_certificate (const char *text, GError **error)
{
  g_autofree char *fingerprint = tb_pin_parse (text, error);

  return fingerprint != NULL;
}

/* ---- WHMCS ---- */

static gboolean
check_either (const char *text, const char *one, const char *other, GError **error)
{
  if (g_str_equal (text, one) || g_str_equal (text, other))
    return TRUE;
  g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("“%s” is neither “%s” nor “%s”"), text, one, other);
  return FALSE;
}

gboolean
tb_check_whmcs_post (const char *text, GError **error)
{
  return check_either (text, "invoices", "drafts", error);
}

gboolean
tb_check_whmcs_per (const char *text, GError **error)
{
  return check_either (text, "client", "service", error);
}

gboolean
tb_check_whmcs_prepaid (const char *text, GError **error)
{
  return check_either (text, "invoices", "credit", error);
}
