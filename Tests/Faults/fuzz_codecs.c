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
  int ends_early = 0;
  char *error = cc_png_inspect(bytes, count, &header, &ends_early);
  uint64_t size = (uint64_t)header.width * header.height * header.channels *
                  header.bytes_per_sample;
  if (error == NULL && header.width < 65536 && header.height < 65536 && size > 0 && size <= most_bytes) {
    uint8_t *pixels = malloc(size - TOO_SMALL);
    error = cc_png_decode(bytes, count, pixels, size, &ends_early);
    free(pixels);
  }
  free(error);
}

static void decode_jpeg(const uint8_t *bytes, size_t count) {
  cc_jpeg_header header = {0};
  int ends_early = 0;
  char *error = cc_jpeg_inspect(bytes, count, &header, &ends_early);
  unsigned reduction = 1u << (count % 4);
  uint64_t width = (header.width + reduction - 1) / reduction;
  uint64_t size = width * ((header.height + reduction - 1) / reduction) * header.channels;
  if (error == NULL && size > 0 && size <= most_bytes) {
    uint8_t *pixels = malloc(size - TOO_SMALL);
    error = cc_jpeg_decode(bytes, count, 20, reduction, pixels, size, &ends_early);
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

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

// The checksums of the chunks are put right, or hardly any change gets past them.
static void decode_repaired_png(const uint8_t *bytes, size_t count) {
  uint8_t *repaired = malloc(count);
  memcpy(repaired, bytes, count);
  for (size_t start = 8; start + 12 <= count;) {
    size_t length = big_endian(repaired + start);
    if (length > count - start - 12) break;
    uint32_t checksum = cc_crc32(0, repaired + start + 4, length + 4);
    for (int i = 0; i < 4; i++) repaired[start + 8 + length + i] = checksum >> (24 - 8 * i);
    start += 12 + length;
  }
  decode_png(repaired, count);
  free(repaired);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  const char *only = getenv("SLUICE_FUZZED_READER");
  int is_jpeg = count >= 2 && bytes[0] == 0xFF && bytes[1] == 0xD8;
  int is_png = count >= 8 && memcmp(bytes, "\x89PNG", 4) == 0;
  const char *kind = is_jpeg ? "jpeg" : is_png ? "png" : "deflate";
  // What another run looks into is not kept.
  if (only != NULL && strcmp(only, kind) != 0) return -1;
  if (is_jpeg) {
    decode_jpeg(bytes, count);
  } else if (is_png) {
    decode_png(bytes, count);
    decode_repaired_png(bytes, count);
  } else {
    inflate_all(bytes, count, CC_WRAP_NONE);
    inflate_all(bytes, count, CC_WRAP_GZIP);
  }
  return 0;
}
