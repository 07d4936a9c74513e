// The paper with the recovery code: made with the root key, shown once, never written to a log.
#pragma once

#include "client/cli/command.h"
#include "client/lib/home.h"

namespace meldpunt::client {

inline constexpr std::array root_options{
    config::Option{"root-key", config::Type::path, "",
                   "The root key file of the ceremony (root.key), brought for this alone."},
    config::Option{"root-passphrase-file", config::Type::path, "",
                   "Read the root key's passphrase from this file; otherwise it is asked for."},
};
inline constexpr std::array paper_options{
    config::Option{"recovery-file", config::Type::path, "",
                   "The eleven words of the recovery code stand in this file, for a script; "
                   "otherwise they are shown, or asked for, on the screen."},
};

Outcome<crypto::SigningKey<crypto::role::Root>> unlock_root(const Path& file,
                                                            crypto::Bytes passphrase);
// --root-key, and its passphrase.
Outcome<crypto::SigningKey<crypto::role::Root>> root_of(Call& call);

// Makes a paper for the region and shows its words once: to --recovery-file, or on the screen. A
// script that names no file gets no paper, and is told so. True when one was made.
Outcome<bool> make_and_show_paper(Call& call, const Home& home,
                                  const crypto::SigningKey<crypto::role::Root>& root);

}  // namespace meldpunt::client
