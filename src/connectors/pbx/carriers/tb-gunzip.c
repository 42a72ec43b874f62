/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-gunzip.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "tb-error.h"

/* GZlibDecompressor, with a limit, and beyond the end of its first part. */
#define TB_TYPE_GUNZIP (tb_gunzip_get_type ())
G_DECLARE_FINAL_TYPE (TbGunzip, tb_gunzip, TB, GUNZIP, GObject)

struct _TbGunzip
{
  GObject parent_instance;

  GConverter *part;
  gint64 limit, unpacked;
  gboolean between; /* after a part, before a byte of the next */
};

static GConverterResult
tb_gunzip_convert (GConverter *converter, const void *in, gsize in_size, void *out, gsize out_size, GConverterFlags flags, gsize *ret_read, gsize *ret_written,
                   GError **error)
{
  TbGunzip *self = TB_GUNZIP (converter);
  GConverterResult result;

  *ret_read = *ret_written = 0;
  if (self->between && in_size == 0 && (flags & G_CONVERTER_INPUT_AT_END) != 0)
    return G_CONVERTER_FINISHED;
  result = g_converter_convert (self->part, in, in_size, out, out_size, flags, ret_read, ret_written, error);
  if (result == G_CONVERTER_ERROR)
    return result;
  self->unpacked += (gint64) *ret_written;
  if (self->unpacked > self->limit)
    {
      g_set_error (error, TB_ERROR, TB_ERROR_INVALID_INPUT, _("Unpacked, the file is larger than %" PRId64 " MiB."), self->limit / 1024 / 1024);
      return G_CONVERTER_ERROR;
    }
  self->between = result == G_CONVERTER_FINISHED;
  if (self->between)
    g_converter_reset (self->part);
  return self->between && *ret_read == in_size && (flags & G_CONVERTER_INPUT_AT_END) != 0 ? G_CONVERTER_FINISHED : G_CONVERTER_CONVERTED;
}

static void
tb_gunzip_reset (GConverter *converter)
{
  TbGunzip *self = TB_GUNZIP (converter);

  g_converter_reset (self->part);
  self->unpacked = 0;
  self->between = FALSE;
}

static void
converter_init (GConverterIface *iface)
{
  iface->convert = tb_gunzip_convert;
  iface->reset = tb_gunzip_reset;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TbGunzip, tb_gunzip, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, converter_init))

static void
tb_gunzip_finalize (GObject *object)
{
  g_clear_object (&TB_GUNZIP (object)->part);
  G_OBJECT_CLASS (tb_gunzip_parent_class)->finalize (object);
}

static void
tb_gunzip_class_init (TbGunzipClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tb_gunzip_finalize;
}

static void
tb_gunzip_init (TbGunzip *self)
{
  self->part = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
}

GInputStream *
tb_gunzip_stream_new (GBytes *bytes, gint64 limit)
{
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (TbGunzip) converter = NULL;
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  if (len < 2 || data[0] != 0x1f || data[1] != 0x8b)
    return g_steal_pointer (&packed);
  converter = g_object_new (TB_TYPE_GUNZIP, NULL);
  converter->limit = limit;
  return g_converter_input_stream_new (packed, G_CONVERTER (converter));
}
