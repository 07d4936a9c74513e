// Figures as comma-separated values, for whoever does not read JSON.
#pragma once

#include "client/trends/publication.h"

namespace meldpunt::trends {

// SDMX-CSV 2.0: one row a cell, one column for every dimension of the series ("_T": over all of its
// codes), OBS_VALUE with LOWER and UPPER, OBS_STATUS (A; E where it is too uncertain to read; P
// where it is provisional), and what protects it. CRLF, RFC 4180.
[[nodiscard]] std::string sdmx_csv(const Publication& publication);

// For a spreadsheet: table, period, status, labels of the codes, estimate, lower, upper, and
// whether it is too uncertain to read. CRLF, UTF-8.
[[nodiscard]] std::string plain_csv(const Publication& publication);

}  // namespace meldpunt::trends
