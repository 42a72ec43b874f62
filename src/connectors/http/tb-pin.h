/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TbPin: a database of trust with one certificate in it, known by its SHA-256 fingerprint: exactly that one is accepted, whatever it says
 * of its name, its time and its issuer, and no other is, whoever vouches for it. For what ships with a certificate of its own (Grandstream UCM).
 */
#define TB_TYPE_PIN (tb_pin_get_type ())
G_DECLARE_FINAL_TYPE (TbPin, tb_pin, TB, PIN, GTlsDatabase)

/* As tb_pin_parse gives it; NULL = none is accepted. */
TbPin      *tb_pin_new (const char *fingerprint);
const char *tb_pin_get_fingerprint (TbPin *self);

/* "sha256:" and 64 hexadecimal digits, in any case, with or without colons between two of them, in its one form. TB_ERROR_INVALID_INPUT. */
char *tb_pin_parse (const char *text, GError **error);
char *tb_pin_of (GTlsCertificate *certificate); /* likewise */

/* ---- what is shown at an address ---- */

typedef struct
{
  char *fingerprint;
  char *subject, *issuer;       /* NULL = it does not say */
  GDateTime *not_before, *not_after;
  GTlsCertificateFlags distrust; /* what the system has against it; 0 = nothing */
} TbShownCertificate;
void tb_shown_certificate_free (TbShownCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TbShownCertificate, tb_shown_certificate_free)

/* Says hello to an https:// address and hangs up when it has shown its certificate: not a byte of a request is sent. It blocks. */
TbShownCertificate *tb_pin_look (const char *url, GCancellable *cancellable, GError **error);

G_END_DECLS
