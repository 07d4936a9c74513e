// The files that figures are handed on as.
#pragma once

#include <array>
#include <string_view>

#include "client/trends/csv.h"
#include "client/trends/json_stat.h"

namespace meldpunt::trends {

struct FileForm {
  std::string_view name;
  std::string_view ending;
  std::string_view type;  // of media
  std::string (*written)(const Publication& publication);
};

inline constexpr std::array file_forms{
    FileForm{"json", ".json", "application/json", json_stat},
    FileForm{"sdmx", ".sdmx.csv", "text/csv;charset=utf-8", sdmx_csv},
    FileForm{"csv", ".csv", "text/csv;charset=utf-8", plain_csv},
};

}  // namespace meldpunt::trends
