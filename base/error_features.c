/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/error.h"
#include "base/error_list.h"

const struct error_list error_features = ERROR_LIST(ERROR_CODES_FEATURES);
