#ifndef CC_SHA256_H
#define CC_SHA256_H

#include <stddef.h>
#include <stdint.h>

// Works `count` blocks of 64 bytes into `state` with the processor's own instructions.
// Returns 0, having done nothing, where it has none.
int cc_sha256_blocks(uint32_t state[8], const uint8_t *blocks, size_t count);

#endif
