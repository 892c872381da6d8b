/* SPDX-License-Identifier: MIT */
/* confine.h: what kith-draw takes away from itself before it reads a byte. */
#ifndef KITH_CONFINE_H
#define KITH_CONFINE_H

#include "kith/error.h"

/**
 * From here on the process and its threads can open files for reading only, and of those only
 * system libraries, plugins and fonts; can start no program, have no child, and reach no
 * network. It cannot be undone.
 *
 * Where the kernel has no Landlock, any file that the user may read can be opened; the rest holds.
 * Returns KITH_INTERNAL when the kernel takes no filter of system calls.
 */
kith_status kith_confine(kith_error *err);

#endif
