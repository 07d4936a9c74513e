// The checks of a database file: the cheap ones before it is opened, and the full one.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "server/storage/data_directory.h"
#include "server/storage/log_file.h"
#include "server/storage/sqlite.h"

namespace meldpunt::server {

// Before SQLite opens the file: its header is ours, its first page is intact, and every page that
// should be there is, in the file or in the log. Throws StoreFailure. Reads one page.
//
// Nobody in this process may have the file open: closing it here would drop SQLite's locks.
void check_before_opening(const std::filesystem::path& database, const LogState& log);

// Takes the schema forward. Throws StoreFailure for a schema that is newer or not ours.
void bring_schema_up_to_date(Database& database, std::span<const char* const> steps);

// Reads every page of the file, the log up to its mark, every row, and the trees that join them.
// One sentence per finding. Works beside a daemon that writes.
std::vector<std::string> check_everything(const std::filesystem::path& database,
                                          const std::function<bool()>& keep_going);

}  // namespace meldpunt::server
