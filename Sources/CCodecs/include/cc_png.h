#ifndef CC_PNG_H
#define CC_PNG_H

#include <stddef.h>
#include <stdint.h>

/// What the pixels of a PNG file will be once decoded.
typedef struct {
  uint32_t width, height;
  /// 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha.
  uint32_t channels;
  /// 1 or 2; samples of 1, 2 and 4 bits are widened to 8.
  uint32_t bytes_per_sample;
  /// The bytes of one row as the file packs them.
  uint64_t packed_row_bytes;
} cc_png_header;

/// Reads everything before the pixels; allocates nothing that depends on the size. A failure for
/// want of bytes that would come after the last one sets `*ends_early` to 1.
char *cc_png_inspect(const uint8_t *bytes, size_t count, cc_png_header *header, int *ends_early);

/// Decodes into `pixels` (rows of interleaved native-endian samples), whose size must be
/// what the header says. Gamma and colour profiles are ignored.
char *cc_png_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, size_t pixel_bytes,
                    int *ends_early);

/// Encodes gray (1 channel) or RGB (3 channels). The caller frees `*bytes`.
char *cc_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels,
                    uint32_t bytes_per_sample, uint8_t **bytes, size_t *count);

#endif
