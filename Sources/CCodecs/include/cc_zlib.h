#ifndef CC_ZLIB_H
#define CC_ZLIB_H

#include <stddef.h>
#include <stdint.h>

#endif
