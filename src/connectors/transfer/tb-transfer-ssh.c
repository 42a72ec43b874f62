/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-transfer-ssh.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tb-error.h"

void
tb_transfer_host_clear (TbTransferHost *self)
{
  g_clear_pointer (&self->key, g_free);
}

/* SHA-256 in base64 without padding. */
static char *
describe_key (const struct curl_khkey *key)
{
  static const char *const types[] = {
    [CURLKHTYPE_RSA] = "RSA", [CURLKHTYPE_DSS] = "DSA", [CURLKHTYPE_ECDSA] = "ECDSA", [CURLKHTYPE_ED25519] = "ED25519",
  };
  const char *type = (guint) key->keytype < G_N_ELEMENTS (types) && types[key->keytype] != NULL ? types[key->keytype] : "SSH";
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize len = sizeof digest;
  g_autofree char *text = NULL;

  if (key->len > 0)
    g_checksum_update (sum, (const guchar *) key->key, (gssize) key->len);
  else
    {
      g_autofree guchar *raw = g_base64_decode (key->key, &len);

      g_checksum_update (sum, raw, (gssize) len);
      len = sizeof digest;
    }
  g_checksum_get_digest (sum, digest, &len);
  text = g_base64_encode (digest, len);
  text[strcspn (text, "=")] = '\0';
  return g_strdup_printf ("%s SHA256:%s", type, text);
}

/* Nobody is asked while calls are collected, so an unknown host is refused here and accepted elsewhere. */
static int
on_host_key (CURL *easy, const struct curl_khkey *known, const struct curl_khkey *found, enum curl_khmatch match, void *data)
{
  TbTransferHost *self = data;

  if (match == CURLKHMATCH_OK)
    return CURLKHSTAT_FINE;
  self->state = match == CURLKHMATCH_MISMATCH ? TB_TRANSFER_HOST_CHANGED : TB_TRANSFER_HOST_UNKNOWN;
  g_free (self->key);
  self->key = describe_key (found);
  return CURLKHSTAT_REJECT;
}

void
tb_transfer_ssh_set_up (CURL *easy, TbTransferHost *host, const char *secret)
{
  static const char *const keys[] = { "tollbook", "id_ed25519", "id_ecdsa", "id_rsa" };
  g_autofree char *known_hosts = g_build_filename (g_get_home_dir (), ".ssh", "known_hosts", NULL);

  curl_easy_setopt (easy, CURLOPT_SSH_KNOWNHOSTS, known_hosts);
  curl_easy_setopt (easy, CURLOPT_SSH_KEYFUNCTION, on_host_key);
  curl_easy_setopt (easy, CURLOPT_SSH_KEYDATA, host);
  curl_easy_setopt (easy, CURLOPT_SSH_AUTH_TYPES, (long) (CURLSSH_AUTH_AGENT | CURLSSH_AUTH_PUBLICKEY | CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *path = g_build_filename (g_get_home_dir (), ".ssh", keys[i], NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      curl_easy_setopt (easy, CURLOPT_SSH_PRIVATE_KEYFILE, path);
      curl_easy_setopt (easy, CURLOPT_SSH_PUBLIC_KEYFILE, ""); /* it is made from the private one */
      curl_easy_setopt (easy, CURLOPT_KEYPASSWD, secret != NULL ? secret : "");
      return;
    }
}

GError *
tb_transfer_host_diagnose (const TbTransferHost *self, const char *host)
{
  if (self->state == TB_TRANSFER_HOST_CHANGED)
    return g_error_new (TB_ERROR, TB_ERROR_AUTH,
                        _("%s shows another key than the one that is known: %s. Somebody may stand in between; nothing was sent. If its administrator says that the key has changed, "
                          "take the old one out (ssh-keygen -R) and accept the new one (ssh, once)."),
                        host, self->key);
  return g_error_new (TB_ERROR, TB_ERROR_AUTH,
                      _("%s is not known yet; nothing was sent. Its key is %s. If its administrator says the same (ssh-keygen -lf of the host's key), accept it by connecting once "
                        "with ssh or sftp, which adds it to ~/.ssh/known_hosts."),
                      host, self->key);
}
