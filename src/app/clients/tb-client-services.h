/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-page.h"
#include "tb-party.h"

G_BEGIN_DECLS

/* Appends to the detail of a client his services, each of which opens, and a way to add one. */
void tb_client_services_add (GtkWidget *detail, TbPage *page, const TbClient *client);

G_END_DECLS
