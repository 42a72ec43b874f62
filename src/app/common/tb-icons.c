/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tb-icons.h"

static GThread *main_thread;
static void (*inherited_dispose) (GObject *icon);

static gboolean
done_cb (gpointer icon)
{
  return G_SOURCE_REMOVE; /* and so its reference goes */
}

/* There is still one reference when an object is disposed of: a further one, let go on the main thread, keeps it whole until then. */
static void
dispose (GObject *icon)
{
  g_autoptr (GSource) source = NULL;

  if (g_thread_self () == main_thread)
    {
      inherited_dispose (icon);
      return;
    }

  source = g_idle_source_new ();
  g_source_set_callback (source, done_cb, g_object_ref (icon), g_object_unref);
  g_source_attach (source, NULL);
}

void
tb_icons_keep_to_main_thread (void)
{
  GObjectClass *klass = g_type_class_ref (GTK_TYPE_ICON_PAINTABLE); /* for good */

  g_return_if_fail (main_thread == NULL);

  main_thread = g_thread_self ();
  inherited_dispose = klass->dispose;
  klass->dispose = dispose;
}
