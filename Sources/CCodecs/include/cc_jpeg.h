#ifndef CC_JPEG_H
#define CC_JPEG_H

#include <stddef.h>
#include <stdint.h>

#endif
