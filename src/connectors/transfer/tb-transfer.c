/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-transfer.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tb-error.h"
#include "tb-secret.h"
#include "tb-transfer-ssh.h"

#define CONNECT_TIMEOUT 30L
#define SILENCE 60L  /* seconds without a byte */
#define TIMEOUT 1800L
#define LIMIT ((curl_off_t) 512 * 1024 * 1024)
#define ATTEMPTS 3
/* Milliseconds between two looks of curl at its sockets, at most. Its own second is too long: of FTPS it misses one time in five that the connection for
 * the data is there (7.88), and a thousand files then take minutes more. */
#define LOOK 50

struct _TbTransfer
{
  CURL *easy;
  CURLM *multi; /* that drives it, and keeps its connections from one transfer to the next */
  char *host, *user;
  char *secret;
  guint patience;
  TbTransferHost ssh; /* what the host showed */

  /* The transfer under way. */
  int fd;
  curl_off_t got;
  GCancellable *cancellable;
  char *known, *etag, *modified;
  long status; /* of HTTP; else 0 */
};

/* ---- what curl calls ---- */

static size_t
on_data (char *data, size_t size, size_t n, void *user)
{
  TbTransfer *self = user;
  gsize left = size * n;

  self->got += (curl_off_t) left;
  if (self->got > LIMIT)
    return 0;
  while (left > 0)
    {
      gssize done = write (self->fd, data, left);

      if (done <= 0)
        return 0;
      data += done;
      left -= (gsize) done;
    }
  return size * n;
}

static size_t
on_header (char *data, size_t size, size_t n, void *user)
{
  TbTransfer *self = user;
  g_autofree char *line = g_strchomp (g_strndup (data, size * n));
  struct { const char *name; char **value; } wanted[] = { { "ETag:", &self->etag }, { "Last-Modified:", &self->modified } };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (g_ascii_strncasecmp (line, wanted[i].name, strlen (wanted[i].name)) == 0)
      {
        g_free (*wanted[i].value);
        *wanted[i].value = g_strdup (g_strchug (line + strlen (wanted[i].name)));
        break;
      }
  return size * n;
}

static int
on_progress (void *user, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up_now)
{
  return g_cancellable_is_cancelled (((TbTransfer *) user)->cancellable);
}

/* ---- what came of it ---- */

static GError *
diagnose_status (TbTransfer *self)
{
  const char *host = self->host;
  long status = self->status;

  if (status == 401 || status == 403)
    return g_error_new (TB_ERROR, TB_ERROR_AUTH, _("%s refused the user or the password (HTTP %ld)."), host, status);
  if (status == 404 || status == 410)
    return g_error_new (TB_ERROR, TB_ERROR_NOT_FOUND, _("%s has no such file (HTTP %ld). Is the address right?"), host, status);
  if (status >= 300 && status < 400)
    return g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT, _("%s sends the request on to another address (HTTP %ld), which is not followed. Enter that address if it is right."),
                        host, status);
  return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("%s answered HTTP %ld. Try again later."), host, status);
}

static GError *
diagnose (TbTransfer *self, CURLcode code)
{
  static const struct { CURLcode code; TbError error; const char *text; } reasons[] = {
    { CURLE_COULDNT_RESOLVE_HOST, TB_ERROR_NETWORK, N_("The name %s was not found. Is it right, and is there a network?") },
    { CURLE_COULDNT_CONNECT, TB_ERROR_NETWORK, N_("%s refuses the connection, or no such server listens at that port.") },
    { CURLE_OPERATION_TIMEDOUT, TB_ERROR_TIMEOUT, N_("%s did not answer in time.") },
    { CURLE_LOGIN_DENIED, TB_ERROR_AUTH, N_("%s refused the login: check the user, and the password or the key.") },
    { CURLE_USE_SSL_FAILED, TB_ERROR_NETWORK, N_("%s offers no secure connection. Nothing was sent.") },
    { CURLE_PEER_FAILED_VERIFICATION, TB_ERROR_NETWORK, N_("%s cannot be trusted: its certificate is not valid for this name, has expired, or is signed by nobody whom this computer trusts. "
                                                          "Nothing was sent.") },
    { CURLE_SSL_CONNECT_ERROR, TB_ERROR_NETWORK, N_("No secure connection could be made to %s. Nothing was sent.") },
    { CURLE_REMOTE_FILE_NOT_FOUND, TB_ERROR_NOT_FOUND, N_("%s has no such file or folder. Is the address right?") },
    { CURLE_REMOTE_ACCESS_DENIED, TB_ERROR_AUTH, N_("%s does not let this user read there.") },
    { CURLE_FTP_COULDNT_RETR_FILE, TB_ERROR_NOT_FOUND, N_("%s has no such file. Is the address right?") },
    { CURLE_UNSUPPORTED_PROTOCOL, TB_ERROR_UNSUPPORTED, N_("The libcurl of this computer cannot speak this protocol with %s.") },
  };

  if (g_cancellable_is_cancelled (self->cancellable))
    return g_error_new_literal (TB_ERROR, TB_ERROR_CANCELLED, _("Cancelled."));
  if (code == CURLE_PEER_FAILED_VERIFICATION && self->ssh.state != TB_TRANSFER_HOST_FINE)
    return tb_transfer_host_diagnose (&self->ssh, self->host);
  if (self->got > LIMIT || code == CURLE_FILESIZE_EXCEEDED)
    return g_error_new (TB_ERROR, TB_ERROR_INVALID_INPUT, _("What %s sends is larger than a file of calls is (%d MiB)."), self->host, (int) (LIMIT >> 20));
  if (code == CURLE_WRITE_ERROR)
    return g_error_new_literal (TB_ERROR, TB_ERROR_STORAGE, _("The temporary file cannot be written. Is the disk full?"));
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].code == code)
      {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        return g_error_new (TB_ERROR, reasons[i].error, _(reasons[i].text), self->host);
#pragma GCC diagnostic pop
      }
  return g_error_new (TB_ERROR, TB_ERROR_NETWORK, _("The transfer from %s broke off: %s."), self->host, curl_easy_strerror (code));
}

static gboolean
passes (TbTransfer *self, CURLcode code)
{
  switch ((int) code)
    {
    case CURLE_OK:
      return self->status == 408 || self->status == 429 || self->status >= 500;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_OPERATION_TIMEDOUT:
      return TRUE;
    default:
      return FALSE;
    }
}

/* ---- one transfer ---- */

/* As curl_easy_perform; whoever cancels wakes it. */
static CURLcode
drive (TbTransfer *self)
{
  GPollFD cancelled;
  gboolean has_fd = self->cancellable != NULL && g_cancellable_make_pollfd (self->cancellable, &cancelled);
  struct curl_waitfd extra = { .fd = has_fd ? cancelled.fd : -1, .events = CURL_WAIT_POLLIN };
  CURLcode code = CURLE_FAILED_INIT;
  CURLMcode fine = curl_multi_add_handle (self->multi, self->easy);
  CURLMsg *message;
  int running = 1, left;

  while (fine == CURLM_OK && running > 0)
    {
      fine = curl_multi_perform (self->multi, &running);
      if (fine == CURLM_OK && running > 0 && g_cancellable_is_cancelled (self->cancellable))
        break;
      if (fine == CURLM_OK && running > 0)
        fine = curl_multi_poll (self->multi, &extra, has_fd ? 1 : 0, LOOK, NULL);
    }
  while ((message = curl_multi_info_read (self->multi, &left)) != NULL)
    if (message->msg == CURLMSG_DONE)
      code = message->data.result;
  curl_multi_remove_handle (self->multi, self->easy);
  if (has_fd)
    g_cancellable_release_fd (self->cancellable);
  return code;
}

static CURLcode
perform (TbTransfer *self)
{
  struct curl_slist *headers = NULL;
  CURLcode code;

  if (ftruncate (self->fd, 0) != 0 || lseek (self->fd, 0, SEEK_SET) != 0)
    return CURLE_WRITE_ERROR;
  self->got = 0;
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->modified, g_free);
  if (self->known != NULL)
    {
      g_autofree char *header = g_strdup_printf ("%s: %s", strchr (self->known, '"') != NULL ? "If-None-Match" : "If-Modified-Since", self->known);

      headers = curl_slist_append (NULL, header);
    }
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, headers);
  code = drive (self);
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, NULL);
  curl_slist_free_all (headers);
  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &self->status);
  return code;
}

static void
wait_before (TbTransfer *self, guint attempt)
{
  GPollFD poll;
  gboolean has_fd = self->cancellable != NULL && g_cancellable_make_pollfd (self->cancellable, &poll);

  g_poll (&poll, has_fd ? 1 : 0, (gint) (self->patience << attempt));
  if (has_fd)
    g_cancellable_release_fd (self->cancellable);
}

gboolean
tb_transfer_get (TbTransfer *self, const char *url, TbTransferWhat what, int fd, GCancellable *cancellable, GError **error)
{
  gboolean is_http = g_str_has_prefix (url, "http");
  CURLcode code;

  self->fd = fd;
  self->cancellable = cancellable;
  self->ssh.state = TB_TRANSFER_HOST_FINE;
  curl_easy_setopt (self->easy, CURLOPT_URL, url);
  curl_easy_setopt (self->easy, CURLOPT_DIRLISTONLY, what == TB_TRANSFER_NAMES ? 1L : 0L);
  for (guint attempt = 0;; attempt++)
    {
      if (tb_error_if_cancelled (cancellable, error))
        return FALSE;
      code = perform (self);
      if (!is_http)
        self->status = 0; /* the last reply of FTP */
      if (!passes (self, code) || attempt + 1 == ATTEMPTS)
        break;
      wait_before (self, attempt);
    }
  if (code == CURLE_OK && (self->status == 0 || (self->status >= 200 && self->status < 300) || tb_transfer_is_unchanged (self)))
    return TRUE;
  g_propagate_error (error, code == CURLE_OK ? diagnose_status (self) : diagnose (self, code));
  return FALSE;
}

void
tb_transfer_set_known_version (TbTransfer *self, const char *version)
{
  g_free (self->known);
  self->known = version != NULL && strpbrk (version, "\r\n") == NULL ? g_strdup (version) : NULL;
}

const char *
tb_transfer_get_version (TbTransfer *self)
{
  return self->etag != NULL ? self->etag : self->modified;
}

gboolean
tb_transfer_is_unchanged (TbTransfer *self)
{
  return self->status == 304 && self->known != NULL;
}

/* ---- set-up ---- */

/* With a user the secret is a password, else a token. A key file without a passphrase takes none. */
static void
set_login (TbTransfer *self)
{
  if (self->user != NULL)
    {
      curl_easy_setopt (self->easy, CURLOPT_USERNAME, self->user);
      curl_easy_setopt (self->easy, CURLOPT_PASSWORD, self->secret != NULL ? self->secret : "");
      curl_easy_setopt (self->easy, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
    }
  else if (self->secret != NULL)
    {
      curl_easy_setopt (self->easy, CURLOPT_XOAUTH2_BEARER, self->secret);
      curl_easy_setopt (self->easy, CURLOPT_HTTPAUTH, (long) CURLAUTH_BEARER);
    }
  tb_transfer_ssh_set_up (self->easy, &self->ssh, self->secret);
}

static void
set_limits (TbTransfer *self)
{
  curl_easy_setopt (self->easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->easy, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT);
  curl_easy_setopt (self->easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt (self->easy, CURLOPT_LOW_SPEED_TIME, SILENCE);
  curl_easy_setopt (self->easy, CURLOPT_TIMEOUT, TIMEOUT);
  curl_easy_setopt (self->easy, CURLOPT_MAXFILESIZE_LARGE, LIMIT);
  curl_easy_setopt (self->easy, CURLOPT_FOLLOWLOCATION, 0L);
}

/* http and its kin are only given here for this computer: the address is checked before. */
static void
set_security (TbTransfer *self)
{
  const char *authorities = g_getenv ("SSL_CERT_FILE");

  curl_easy_setopt (self->easy, CURLOPT_PROTOCOLS_STR, "sftp,ftp,ftps,http,https");
  curl_easy_setopt (self->easy, CURLOPT_USE_SSL, (long) CURLUSESSL_ALL);
  curl_easy_setopt (self->easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (self->easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (self->easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  if (authorities != NULL && *authorities != '\0')
    curl_easy_setopt (self->easy, CURLOPT_CAINFO, authorities);
}

TbTransfer *
tb_transfer_new (const TbTransferLogin *login)
{
  static gsize once;
  TbTransfer *self = g_new0 (TbTransfer, 1);

  if (g_once_init_enter (&once))
    {
      signal (SIGPIPE, SIG_IGN); /* as GSocket has it; OpenSSL writes to connections that are gone */
      g_once_init_leave (&once, curl_global_init (CURL_GLOBAL_DEFAULT) == CURLE_OK ? 1 : 2);
    }
  self->easy = curl_easy_init ();
  self->multi = curl_multi_init ();
  self->host = g_strdup (login->host);
  self->user = g_strdup (login->user);
  self->secret = g_strdup (login->secret);
  self->patience = login->patience;
  set_limits (self);
  set_security (self);
  set_login (self);
  curl_easy_setopt (self->easy, CURLOPT_USERAGENT, "Tollbook/" TB_VERSION);
  curl_easy_setopt (self->easy, CURLOPT_FTP_FILEMETHOD, (long) CURLFTPMETHOD_SINGLECWD);
  curl_easy_setopt (self->easy, CURLOPT_WRITEFUNCTION, on_data);
  curl_easy_setopt (self->easy, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (self->easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (self->easy, CURLOPT_HEADERDATA, self);
  curl_easy_setopt (self->easy, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (self->easy, CURLOPT_XFERINFODATA, self);
  curl_easy_setopt (self->easy, CURLOPT_NOPROGRESS, 0L);
  return self;
}

void
tb_transfer_free (TbTransfer *self)
{
  if (self == NULL)
    return;
  curl_easy_cleanup (self->easy);
  curl_multi_cleanup (self->multi);
  tb_transfer_host_clear (&self->ssh);
  tb_secret_free (self->secret);
  g_free (self->host);
  g_free (self->user);
  g_free (self->known);
  g_free (self->etag);
  g_free (self->modified);
  g_free (self);
}
