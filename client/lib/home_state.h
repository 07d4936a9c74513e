// What a device has last seen and done, kept in its home so that a restart cannot be used to show
// it an older server, nor makes it write a second address in one tick. Nothing here is secret.
//
//   daemon generation 4 | time 8 | day 4 | bundle generation 4 | tick written 4
#pragma once

#include "client/lib/home.h"
#include "client/lib/notice_source.h"

namespace meldpunt::client {

struct HomeState {
  NoticeMark mark;
  std::uint32_t tick_written = 0;  // the newest tick in which this device wrote an address
  friend bool operator==(const HomeState&, const HomeState&) = default;
};

// All zeros when nothing was kept yet.
Outcome<HomeState> read_state(const Home& home);
// Reads, changes and writes under a lock: other processes of the home remember things too.
Outcome<void> update_state(const Home& home, const std::function<void(HomeState&)>& change);

}  // namespace meldpunt::client
