/* SPDX-License-Identifier: GPL-3.0-or-later */
/* worker.h: this program as a worker of `kith serve`. */
#ifndef KITH_CLI_WORKER_H
#define KITH_CLI_WORKER_H

#include "kith/error.h"

/** Runs the command whose words and key lie in the inherited descriptors (kith/serve.h). */
kith_status worker_run(kith_status (*dispatch)(int argc, char **argv, kith_error *err), kith_error *err);

#endif
