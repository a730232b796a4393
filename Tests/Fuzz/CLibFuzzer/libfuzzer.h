#ifndef LATCH_LIBFUZZER_H
#define LATCH_LIBFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's loop over `take`; returns what the program is to exit with. No compiler ships a header for it.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*take)(const uint8_t *start, size_t count));

#endif
