/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Codes by which companies are known on electronic invoices. */

/* An electronic address is "scheme:id", its scheme out of the list EAS of the European Commission: "0208:0123456749". Fails with
 * TB_ERROR_INVALID_INPUT when the scheme is in no list, the id is empty, or its check digits are wrong where they are known. */
gboolean tb_endpoint_split (const char *text, char **ret_scheme, char **ret_id, GError **error);
/* That of a VAT number in its country's own scheme; NULL where there is none. */
char    *tb_endpoint_from_vat (const char *vat_id);

/* "[scheme:]number" of a register of companies; *ret_scheme is NULL without one. */
void     tb_registration_split (const char *text, char **ret_scheme, char **ret_number);

/* The tax number in capitals and without blanks, if it is a VAT number: led by the code of a country, as EN 16931 (BR-CO-09) wants it.
 * NULL when it is something else, such as a GST number. */
char    *tb_vat_id_normalise (const char *tax_id, const char *country);

/* By its length and check digits (ISO 13616); blanks do not matter. */
gboolean tb_iban_is_valid (const char *text);

G_END_DECLS
