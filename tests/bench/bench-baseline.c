/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench-clock.h"

/* bench-baseline FILE DATABASE: the yardstick "B". The plain CSV's rows into SQLite with one prepared statement in one transaction, as bare as C
 * can be: no quotes, no checks, no lists of rejects, values packed as tightly as the product packs them, a unique id, an index on (tenant,
 * start) and one on start. */

#define COLUMNS 10

static sqlite3 *db;
static sqlite3_stmt *insert;

static void
must (int result)
{
  if (result == SQLITE_OK || result == SQLITE_DONE)
    return;
  fprintf (stderr, "bench-baseline: %s\n", sqlite3_errmsg (db));
  exit (1);
}

static void
run (const char *sql)
{
  must (sqlite3_exec (db, sql, NULL, NULL, NULL));
}

static int
number (const char *at, int n)
{
  int value = 0;

  for (; n > 0; n--)
    value = value * 10 + *at++ - '0';
  return value;
}

/* 2026-10-31T12:34:56Z; days as in Howard Hinnant's days_from_civil. */
static sqlite3_int64
seconds_of (const char *at)
{
  int year = number (at, 4), month = number (at + 5, 2), day = number (at + 8, 2), era, yoe, doy;

  year -= month <= 2;
  era = year / 400;
  yoe = year - era * 400;
  doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return (sqlite3_int64) (era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468) * 86400 + number (at + 11, 2) * 3600 + number (at + 14, 2) * 60
         + number (at + 17, 2);
}

static int
hex (char c)
{
  return c <= '9' ? c - '0' : c - 'a' + 10;
}

static void
pack_uuid (const char *text, unsigned char to[16])
{
  for (int i = 0; i < 16; i++, text += 2)
    {
      text += *text == '-';
      to[i] = (unsigned char) (hex (text[0]) << 4 | hex (text[1]));
    }
}

/* Digits are integers; a number with a leading zero would lose it, and is text. */
static void
bind_number (int parameter, const char *text, int len)
{
  sqlite3_int64 value = 0;

  if (*text == '0')
    {
      sqlite3_bind_text (insert, parameter, text, len, SQLITE_STATIC);
      return;
    }
  for (int i = 0; i < len; i++)
    value = value * 10 + text[i] - '0';
  sqlite3_bind_int64 (insert, parameter, value);
}

static int
word (const char *text, int len)
{
  static char words[64][32];
  static int n;

  for (int i = 0; i < n; i++)
    if (strncmp (words[i], text, (size_t) len) == 0 && words[i][len] == '\0')
      return i;
  memcpy (words[n], text, (size_t) len);
  return n++;
}

static void
insert_row (const char *const field[COLUMNS], const int len[COLUMNS])
{
  unsigned char uid[16];

  pack_uuid (field[0], uid);
  sqlite3_bind_blob (insert, 1, uid, 16, SQLITE_STATIC);
  sqlite3_bind_int64 (insert, 2, seconds_of (field[1]));
  sqlite3_bind_int (insert, 3, number (field[2] + 1, 3));
  sqlite3_bind_int (insert, 4, number (field[3], len[3]));
  sqlite3_bind_int (insert, 5, field[4][0]);
  bind_number (6, field[5], len[5]);
  bind_number (7, field[6], len[6]);
  sqlite3_bind_int (insert, 8, number (field[7], len[7]));
  sqlite3_bind_int (insert, 9, number (field[8], len[8]));
  sqlite3_bind_int (insert, 10, word (field[9], len[9]));
  must (sqlite3_step (insert));
  sqlite3_reset (insert);
}

static unsigned long long
insert_all (const char *at, const char *end)
{
  unsigned long long n = 0;

  for (at = (const char *) memchr (at, '\n', (size_t) (end - at)) + 1; at < end; n++)
    {
      const char *field[COLUMNS];
      int len[COLUMNS];

      for (int i = 0; i < COLUMNS; i++)
        {
          const char *stop = memchr (at, i + 1 < COLUMNS ? ',' : '\n', (size_t) (end - at));

          field[i] = at;
          len[i] = (int) (stop - at);
          at = stop + 1;
        }
      insert_row (field, len);
    }
  return n;
}

int
main (int argc, char **argv)
{
  double since = bench_wall ();
  unsigned long long n;
  struct stat info;
  const char *map;
  int fd;

  if (argc != 3 || (fd = open (argv[1], O_RDONLY)) < 0 || fstat (fd, &info) != 0)
    {
      fprintf (stderr, "usage: %s FILE DATABASE\n", argv[0]);
      return 2;
    }
  map = mmap (NULL, (size_t) info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (map == MAP_FAILED)
    return 1;
  must (sqlite3_open (argv[2], &db));
  run ("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-262144;"
       "CREATE TABLE cdr (id BLOB NOT NULL UNIQUE, start INTEGER, tenant INTEGER, extension INTEGER, direction INTEGER, src, dst, duration INTEGER,"
       " billsec INTEGER, cause INTEGER);"
       "CREATE INDEX cdr_tenant ON cdr (tenant, start); CREATE INDEX cdr_start ON cdr (start); BEGIN");
  must (sqlite3_prepare_v2 (db, "INSERT INTO cdr VALUES (?,?,?,?,?,?,?,?,?,?)", -1, &insert, NULL));
  n = insert_all (map, map + info.st_size);
  must (sqlite3_finalize (insert));
  run ("COMMIT");
  must (sqlite3_close (db));
  bench_report ("baseline", since, n);
  return 0;
}
