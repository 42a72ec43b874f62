/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the first digits of an E.164 number lead, as far as the world's numbering plan says it (ITU-T E.164, list of assigned country
 * codes; NANPA's area codes outside of the United States and Canada). */

/* How many first digits name what is sold as one destination: the country code, in North America with its area code, of satellites and
 * international networks with the network. 0 = no code in use; at most the length of `number`. */
guint       tb_destination_get_length (const char *number);
/* "Nigeria", "Iridium satellite"; translated; NULL = none known. */
const char *tb_destination_get_name (const char *number);

G_END_DECLS
