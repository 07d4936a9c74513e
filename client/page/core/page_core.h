// The page's core: what WebAssembly gives to the reporter's page, function by function. The page
// keeps time, sends bytes and shows; all that is a secret, a seal or a decision is in here, in the
// same code that the native session runs (client/lib/beats.h).
//
// How to call. What a function reads is written to the memory that page_input(size) returned; the
// function is told that size, and wipes that memory before it returns. What it answers lies at
// page_output() until the next call. A result of 0 or more is the length of the output, or what the
// function's comment says; below zero it is an error:
//
//   -1 no start yet   -2 malformed   -3 too long   -4 bad checksum   -5 no memory   -6 no keys
//
// Any bytes may be handed in, in any order of calls; none traps and none leaves it half changed.
// The one import that must do something is random_get; the page lets every other one fail.
//
// Numbers are big-endian. "text" is: length 4, UTF-8. Times are seconds since 1970 (unix) or
// milliseconds of a clock that never runs backwards (steady), both as double.
//
// Three instances of one module, because memory that WebAssembly has grown is never given back:
// the visit's own, one for the keys of a code (page_derive, then dropped), one for puzzles
// (page_solve). The last two need no page_start.
//
// There is no function that wipes the instance: whoever holds it overwrites all of its memory with
// zeros and lets it go. What is freed before is wiped at once (page_linked.cpp).
#pragma once

#include <stdint.h>  // NOLINT(modernize-deprecated-headers)

#ifdef __cplusplus
extern "C" {
#endif

// At least `size` bytes to write to; null above 8 MiB.
uint8_t* page_input(uint32_t size);
const uint8_t* page_output();

// in: pin, text of any bytes | English words, text | Dutch words, text. Beat 0 is due at once.
int32_t page_start(uint32_t size, double unix_time, double steady, uint32_t beat_ms);

// Codes ------------------------------------------------------------------------------------------

// out: errand for page_derive 44 | English words, text | Dutch words, text | digits, text
int32_t page_new_code();
// in: what a person typed. out: errand for page_derive 44. malformed: no code; bad checksum.
int32_t page_parse_code(uint32_t size);
// in: a prefix. out: words that begin so, one a line. list: 0 English, 1 Dutch.
int32_t page_complete(uint32_t size, uint32_t list, uint32_t limit);
// in: code 12 | region 32. out: thread id 16 | address key 32 | up key 32 | down key 32 | reply
// secret 32. no memory where 64 MiB cannot be had.
int32_t page_derive(uint32_t size);
// in: what page_derive gave. From now on replies of this thread are read, of no other.
int32_t page_take_keys(uint32_t size);

// Sending ----------------------------------------------------------------------------------------

// in: kind 1 (1 report, 2 message, 3 advice) | language, text | count 1 | answers | text, text |
//     count 1 | images, texts of any bytes.  An answer: question, text | count 1 | codes, texts
// way_back 0: under a code that nobody keeps. Returns a number for page_sending.
int32_t page_send(uint32_t size, uint32_t way_back);
// in: consent id 16 | choice 1 | text, text. As page_send.
int32_t page_consent(uint32_t size);
// in: text. As page_send.
int32_t page_erase(uint32_t size);
// out: state 1 (0 waits, 1 goes, 2 solves a puzzle, 3 arrived, 4 refused, 5 cancelled) |
//      acknowledged 2 | total 2
int32_t page_sending(uint32_t number);
int32_t page_cancel(uint32_t number);

// Reading ----------------------------------------------------------------------------------------

// Replies are looked for, at the next beats and again with every notice.
int32_t page_read();
// out: looked 1 | unreadable 2 | count 2 | burned indices, 2 each | count 2 | replies, newest first
// A reply: index 2 | status 1 | text module, text | text, text | expires 8, unix | link 1 (0 first,
//   1 follows, 2 unknown, 3 broken) | consent 1 (0 none, 1) and then: id 16 | recipient, text |
//   purpose, text | count 1 | fields, texts.  What was burned is there, without text or consent.
int32_t page_thread();
// A reply that was read.
int32_t page_burn(uint32_t index);

// Beats ------------------------------------------------------------------------------------------

// Seals the frame of the next beat. out: frame 16,384. Asked again, another one for the same beat.
int32_t page_prepare();
// When that frame is to be sent, steady.
double page_due();
// What came of it. `draw`: 32 random bits for the jitter of the beat that follows.
// in: frame 16,384; anything else counts as not delivered.
int32_t page_take(uint32_t size, double unix_time, double steady, uint32_t draw);
int32_t page_not_delivered(double steady, uint32_t draw);
// No beat was kept for a while, or beats of another length begin now.
int32_t page_resume(double steady, uint32_t draw);
int32_t page_beat(uint32_t beat_ms, double steady, uint32_t draw);
// out: notice 1 (0 waits, 1 taken, 2 refused, 3 unreachable) | clock is off 1 | busy seconds 2 |
//      the daemon's time 8 (0: unknown) | alarm 1
int32_t page_line(double unix_time);

// Puzzles ----------------------------------------------------------------------------------------

// out: nothing, or number 4 | errand for page_solve 97. A new number means: forget the one before.
int32_t page_puzzle();
// in: effort 1 | challenge 32 | region 32 | envelope 32. Tries `tries` answers from `from` on.
// out: nothing, or answer 8.
int32_t page_solve(uint32_t size, double from, uint32_t tries);
// in: number 4 | answer 8.
int32_t page_solved(uint32_t size);

#ifdef __cplusplus
}
#endif
