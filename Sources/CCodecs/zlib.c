#include "cc_zlib.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct CCInflater {
  z_stream stream;
};

struct CCDeflater {
  z_stream stream;
};

// The message of zlib, or one for the code alone, as a string that the caller frees.
static char *message(const z_stream *stream, int code) {
  if (stream && stream->msg) return strdup(stream->msg);
  switch (code) {
  case Z_NEED_DICT: return strdup("the data need a preset dictionary");
  case Z_DATA_ERROR: return strdup("invalid deflated data");
  case Z_MEM_ERROR: return strdup("out of memory");
  case Z_VERSION_ERROR: return strdup("the zlib library has another version than its header");
  default: return strdup("zlib failed");
  }
}

// zlib counts in 32 bits; what does not fit now is handed over by the next call.
static uInt clamped(size_t count) { return count > UINT_MAX ? UINT_MAX : (uInt)count; }

static int window_bits(int wrap) { return wrap == CC_WRAP_GZIP ? 15 + 16 : -15; }

char *cc_inflater_create(int wrap, CCInflater **out) {
  *out = NULL;
  CCInflater *inflater = calloc(1, sizeof *inflater);
  if (!inflater) return strdup("out of memory");
  int code = inflateInit2(&inflater->stream, window_bits(wrap));
  if (code != Z_OK) {
    char *text = message(&inflater->stream, code);
    free(inflater);
    return text;
  }
  *out = inflater;
  return NULL;
}

char *cc_inflater_reset(CCInflater *inflater) {
  int code = inflateReset(&inflater->stream);
  return code == Z_OK ? NULL : message(&inflater->stream, code);
}

char *cc_inflater_run(CCInflater *inflater, const uint8_t *in, size_t in_count, size_t *consumed,
                      uint8_t *out, size_t out_count, size_t *produced, int *ended) {
  z_stream *stream = &inflater->stream;
  uInt in_now = clamped(in_count), out_now = clamped(out_count);
  stream->next_in = (Bytef *)in;
  stream->avail_in = in_now;
  stream->next_out = out;
  stream->avail_out = out_now;
  int code = inflate(stream, Z_NO_FLUSH);
  *consumed = in_now - stream->avail_in;
  *produced = out_now - stream->avail_out;
  *ended = code == Z_STREAM_END;
  // Z_BUF_ERROR only says that nothing could be done with these buffers.
  if (code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR) return NULL;
  return message(stream, code);
}

void cc_inflater_free(CCInflater *inflater) {
  if (!inflater) return;
  inflateEnd(&inflater->stream);
  free(inflater);
}

char *cc_deflater_create(int wrap, int level, CCDeflater **out) {
  *out = NULL;
  CCDeflater *deflater = calloc(1, sizeof *deflater);
  if (!deflater) return strdup("out of memory");
  int code = deflateInit2(&deflater->stream, level, Z_DEFLATED, window_bits(wrap), 8,
                          Z_DEFAULT_STRATEGY);
  if (code != Z_OK) {
    char *text = message(&deflater->stream, code);
    free(deflater);
    return text;
  }
  *out = deflater;
  return NULL;
}

char *cc_deflater_run(CCDeflater *deflater, int flush, const uint8_t *in, size_t in_count,
                      size_t *consumed, uint8_t *out, size_t out_count, size_t *produced,
                      int *done) {
  z_stream *stream = &deflater->stream;
  uInt in_now = clamped(in_count), out_now = clamped(out_count);
  int mode = Z_NO_FLUSH;
  if (in_now == in_count && flush == CC_FLUSH_BYTE) mode = Z_SYNC_FLUSH;
  if (in_now == in_count && flush == CC_FLUSH_END) mode = Z_FINISH;
  stream->next_in = (Bytef *)in;
  stream->avail_in = in_now;
  stream->next_out = out;
  stream->avail_out = out_now;
  int code = deflate(stream, mode);
  *consumed = in_now - stream->avail_in;
  *produced = out_now - stream->avail_out;
  if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return message(stream, code);
  if (mode == Z_FINISH) {
    *done = code == Z_STREAM_END;
  } else {
    *done = *consumed == in_count && stream->avail_out > 0;
  }
  return NULL;
}

void cc_deflater_free(CCDeflater *deflater) {
  if (!deflater) return;
  deflateEnd(&deflater->stream);
  free(deflater);
}

uint32_t cc_crc32(uint32_t crc, const uint8_t *bytes, size_t count) {
  return (uint32_t)crc32_z(crc, bytes, count);
}

uint32_t cc_crc32_combine(uint32_t first, uint32_t second, int64_t second_count) {
  return (uint32_t)crc32_combine(first, second, (z_off_t)second_count);
}
