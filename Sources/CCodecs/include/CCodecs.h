// Decoding and encoding in memory over libpng, libjpeg and zlib.
//
// Every function returns NULL on success or a malloc'ed message that the caller frees.
#ifndef CCODECS_H
#define CCODECS_H

#include "cc_jpeg.h"
#include "cc_png.h"
#include "cc_sha256.h"
#include "cc_zlib.h"

#endif
