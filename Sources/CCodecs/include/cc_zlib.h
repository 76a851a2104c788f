#ifndef CC_ZLIB_H
#define CC_ZLIB_H

#include <stddef.h>
#include <stdint.h>

// What wraps the deflated data.
enum { CC_WRAP_NONE = 0, CC_WRAP_GZIP = 1 };

// How much of its input a deflater hands out before it returns.
enum { CC_FLUSH_NONE = 0, CC_FLUSH_BYTE = 1, CC_FLUSH_END = 2 };

typedef struct CCInflater CCInflater;
typedef struct CCDeflater CCDeflater;

char *cc_inflater_create(int wrap, CCInflater **out);
// Makes `inflater` ready for another stream of the same kind.
char *cc_inflater_reset(CCInflater *inflater);
// Inflates as much of `in` as fits into `out`. `ended` is set to 1 at the end of the stream.
char *cc_inflater_run(CCInflater *inflater, const uint8_t *in, size_t in_count, size_t *consumed,
                      uint8_t *out, size_t out_count, size_t *produced, int *ended);
void cc_inflater_free(CCInflater *inflater);

char *cc_deflater_create(int wrap, int level, CCDeflater **out);
// Deflates as much of `in` as fits into `out`. With a flush mode other than none, it is called
// again until `done` is set to 1.
char *cc_deflater_run(CCDeflater *deflater, int flush, const uint8_t *in, size_t in_count,
                      size_t *consumed, uint8_t *out, size_t out_count, size_t *produced,
                      int *done);
void cc_deflater_free(CCDeflater *deflater);

// The CRC-32 of ISO 3309 of what `crc` stands for followed by `bytes`; `crc` begins with 0.
uint32_t cc_crc32(uint32_t crc, const uint8_t *bytes, size_t count);
// The CRC-32 of one text followed by another of `second_count` bytes.
uint32_t cc_crc32_combine(uint32_t first, uint32_t second, int64_t second_count);

#endif
