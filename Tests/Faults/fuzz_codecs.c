// Feeds arbitrary bytes to the readers of pictures and of deflated data, as the Swift code does.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "CCodecs.h"

// Larger pictures take time and find nothing.
static const uint64_t most_bytes = 1 << 22;

// A twin has one byte less than it says, which the sanitizer must notice.
#ifndef TOO_SMALL
#define TOO_SMALL 0
#endif

static void decode_png(const uint8_t *bytes, size_t count) {
  cc_png_header header = {0};
  char *error = cc_png_inspect(bytes, count, &header);
  uint64_t size = (uint64_t)header.width * header.height * header.channels *
                  header.bytes_per_sample;
  if (error == NULL && header.width < 65536 && header.height < 65536 && size > 0 && size <= most_bytes) {
    uint8_t *pixels = malloc(size - TOO_SMALL);
    error = cc_png_decode(bytes, count, pixels, size);
    free(pixels);
  }
  free(error);
}

static void decode_jpeg(const uint8_t *bytes, size_t count) {
  cc_jpeg_header header = {0};
  char *error = cc_jpeg_inspect(bytes, count, &header);
  uint64_t size = (uint64_t)header.width * header.height * header.channels;
  if (error == NULL && size > 0 && size <= most_bytes) {
    uint8_t *pixels = malloc(size - TOO_SMALL);
    error = cc_jpeg_decode(bytes, count, 20, pixels, size);
    free(pixels);
  }
  free(error);
}

static void inflate_all(const uint8_t *bytes, size_t count, int wrap) {
  CCInflater *inflater = NULL;
  char *error = cc_inflater_create(wrap, &inflater);
  uint8_t out[4096];
  int ended = 0;
  for (size_t turns = 0; error == NULL && !ended && turns < 1024; turns++) {
    size_t consumed = 0, produced = 0;
    error = cc_inflater_run(inflater, bytes, count, &consumed, out, sizeof out, &produced, &ended);
    if (consumed == 0 && produced == 0) break;
    bytes += consumed;
    count -= consumed;
  }
  free(error);
  cc_inflater_free(inflater);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  if (count >= 2 && bytes[0] == 0xFF && bytes[1] == 0xD8) {
    decode_jpeg(bytes, count);
  } else if (count >= 4 && memcmp(bytes, "\x89PNG", 4) == 0) {
    decode_png(bytes, count);
  } else {
    inflate_all(bytes, count, CC_WRAP_NONE);
    inflate_all(bytes, count, CC_WRAP_GZIP);
  }
  return 0;
}
