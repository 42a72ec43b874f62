/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-shape.h"

/* bench-generate fusionpbx|plain CALLS [PREFIXES]: the month's calls as CSV on standard output, the same ones in both shapes. "fusionpbx" is
 * the export of all domains of version 5.5, every value in quotes; "plain" is what a careful program would hand over. */

#define PLAIN_TITLES "id,start,tenant,extension,direction,src,dst,duration,billsec,hangup_cause\n"

static void
write_plain (const BenchCall *call)
{
  char start[32];

  bench_format_time (call->start, start);
  start[10] = 'T';
  printf ("%s,%sZ,%s,%s,%s,%s,%s,%d,%d,%s\n", call->uid, start, call->tenant, call->extension, tb_direction_to_string (call->direction), call->caller,
          call->callee, call->ring + call->seconds, call->seconds, call->cause);
}

int
main (int argc, char **argv)
{
  guint64 n = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;
  gboolean fusionpbx = argc > 2 && strcmp (argv[1], "fusionpbx") == 0;
  g_autoptr (GArray) deck = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  BenchCalls *calls;
  BenchCall call;

  if (n == 0)
    {
      fprintf (stderr, "usage: %s fusionpbx|plain CALLS [PREFIXES]\n", argv[0]);
      return 2;
    }
  deck = bench_deck_new (argc > 3 ? (guint) atoi (argv[3]) : 50000);
  calls = bench_calls_new (deck, n);
  setvbuf (stdout, NULL, _IOFBF, 1 << 20);
  fputs (fusionpbx ? bench_fusionpbx_titles : PLAIN_TITLES, stdout);
  for (guint64 i = 0; bench_calls_next (calls, &call); i++)
    if (fusionpbx)
      {
        g_string_truncate (line, 0);
        bench_write_fusionpbx (&call, i, line);
        fputs (line->str, stdout);
      }
    else
      write_plain (&call);
  bench_calls_free (calls);
  return fflush (stdout) == 0 && !ferror (stdout) ? 0 : 1;
}
