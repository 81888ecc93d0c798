// SPDX-License-Identifier: MIT
// Loaded before the client: after ALLOCATIONS of them no memory is given out any more.
// Source: glibc manual, "Replacing malloc"; ld.so(8), LD_PRELOAD.
// Data flow: cli_endings_test.py builds it.
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* old, size_t size);

static atomic_long left = -1;

__attribute__((constructor)) static void begin(void) {
    char const* const allocations = getenv("ALLOCATIONS");
    if (allocations != NULL) left = atol(allocations);
}

static int given(void) {
    if (left < 0 || atomic_fetch_sub(&left, 1) > 0) return 1;
    left = 0; // for ever
    errno = ENOMEM;
    return 0;
}

void* malloc(size_t size) { return given() ? __libc_malloc(size) : NULL; }
void* calloc(size_t count, size_t size) { return given() ? __libc_calloc(count, size) : NULL; }
void* realloc(void* old, size_t size) { return given() ? __libc_realloc(old, size) : NULL; }
