#ifndef CC_PNG_H
#define CC_PNG_H

#include <stddef.h>
#include <stdint.h>

#endif
