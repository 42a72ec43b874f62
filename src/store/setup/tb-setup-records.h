/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tb-record.h"
#include "tb-setup.h"

G_BEGIN_DECLS

/* The nouns of the set-up, field by field. What a package or client holds in lists of its own is in tb-package-lists and tb-rate-list. */
extern const TbRecord tb_company_record;
extern const TbRecord tb_tax_record;
extern const TbRecord tb_provider_record;
extern const TbRecord tb_connection_record;
extern const TbRecord tb_package_record;
extern const TbRecord tb_client_record;
extern const TbRecord tb_service_record;
extern const TbRecord tb_whmcs_record;
extern const TbRecord tb_mail_record;
extern const TbRecord tb_reminder_record;

G_END_DECLS
