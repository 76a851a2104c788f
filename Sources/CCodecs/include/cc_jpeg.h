#ifndef CC_JPEG_H
#define CC_JPEG_H

#include <stddef.h>
#include <stdint.h>

/// What the pixels of a JPEG file will be once decoded, 8 bits a sample.
typedef struct {
  uint32_t width, height;
  /// 1 gray, 3 RGB, 4 CMYK.
  uint32_t channels;
  /// 1 where the file has Adobe's marker, which means that CMYK is stored inverted.
  uint32_t has_adobe_marker;
  /// 1 where reading the header failed because of something valid that is not read here.
  uint32_t is_unsupported;
} cc_jpeg_header;

/// Reads everything before the first scan; allocates nothing that depends on the size. A failure
/// for want of bytes that would come after the last one sets `*ends_early` to 1.
char *cc_jpeg_inspect(const uint8_t *bytes, size_t count, cc_jpeg_header *header,
                      int *ends_early);

/// Decodes into `pixels` (rows of interleaved samples), whose size must be what the header
/// says, every side divided by `reduction` (1, 2, 4 or 8) and rounded up. Data that ends early or cannot be decoded is an error, as are more than
/// `maximum_scans` scans, each of which may cost a pass over the whole picture.
char *cc_jpeg_decode(const uint8_t *bytes, size_t count, int maximum_scans, unsigned reduction,
                     uint8_t *pixels, size_t pixel_bytes, int *ends_early);

/// Encodes gray (1 channel) or RGB (3 channels) with `quality` from 1 to 100. The caller
/// frees `*bytes`.
char *cc_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height,
                     uint32_t channels, int quality, uint8_t **bytes, size_t *count);

#endif
