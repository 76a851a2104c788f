#include "cc_png.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One use of libpng. It lives outside the function that calls setjmp, so that its fields are
// well defined after a longjmp.
typedef struct {
  png_structp png;
  png_infop info;
  char message[256];
  int ends_early;

  const uint8_t *source;
  size_t source_count, source_position;
  cc_png_header header;

  uint8_t *pixels;
  size_t pixel_bytes;

  const uint8_t *rows;
  uint8_t *sink;
  size_t sink_count, sink_capacity;
} session;

static void fail(png_structp png, png_const_charp text) {
  session *s = png_get_error_ptr(png);
  snprintf(s->message, sizeof s->message, "%s", text);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

// A copy of the message for the caller. Without memory for it there is no way to report.
static char *reported(const session *s) {
  char *copy = strdup(s->message);
  if (copy == NULL) abort();
  return copy;
}

static void set_limits(session *s) {
  png_set_user_limits(s->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
}

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  session *s = png_get_io_ptr(png);
  if (count > s->source_count - s->source_position) {
    s->ends_early = 1;
    png_error(png, "the file is truncated");
  }
  memcpy(target, s->source + s->source_position, count);
  s->source_position += count;
}

// Runs `body`, turning libpng's longjmp into a message.
static char *reading(session *s, void (*body)(session *)) {
  s->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, s, fail, ignore);
  if (s->png == NULL) {
    snprintf(s->message, sizeof s->message, "libpng could not start");
    return reported(s);
  }
  if (setjmp(png_jmpbuf(s->png))) {
    png_destroy_read_struct(&s->png, &s->info, NULL);
    return reported(s);
  }
  body(s);
  png_destroy_read_struct(&s->png, &s->info, NULL);
  return NULL;
}

static void read_header(session *s) {
  s->info = png_create_info_struct(s->png);
  if (s->info == NULL) png_error(s->png, "out of memory");
  set_limits(s);
  png_set_read_fn(s->png, s, read_bytes);
  // -1: every chunk but IHDR, PLTE, tRNS, IDAT and IEND is skipped.
  png_set_keep_unknown_chunks(s->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(s->png, s->info);

  s->header.width = png_get_image_width(s->png, s->info);
  s->header.height = png_get_image_height(s->png, s->info);
  s->header.packed_row_bytes = png_get_rowbytes(s->png, s->info);
  s->header.bytes_per_sample = png_get_bit_depth(s->png, s->info) == 16 ? 2 : 1;
  int color = png_get_color_type(s->png, s->info);
  int transparent =
      (color & PNG_COLOR_MASK_ALPHA) || png_get_valid(s->png, s->info, PNG_INFO_tRNS);
  s->header.channels = (color & PNG_COLOR_MASK_COLOR ? 3 : 1) + (transparent ? 1 : 0);
}

static void read_pixels(session *s) {
  read_header(s);
  png_set_expand(s->png);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  png_set_swap(s->png);
#endif
  int passes = png_set_interlace_handling(s->png);
  png_read_update_info(s->png, s->info);

  size_t stride = png_get_rowbytes(s->png, s->info);
  uint64_t samples = (uint64_t)s->header.width * s->header.channels;
  if (stride != samples * s->header.bytes_per_sample ||
      s->pixel_bytes / s->header.height != stride || s->pixel_bytes % s->header.height != 0)
    png_error(s->png, "the decoded size is not what the header says");
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t row = 0; row < s->header.height; row++)
      png_read_row(s->png, s->pixels + row * stride, NULL);
  png_read_end(s->png, NULL);
}

char *cc_png_inspect(const uint8_t *bytes, size_t count, cc_png_header *header, int *ends_early) {
  session s = {.source = bytes, .source_count = count};
  char *message = reading(&s, read_header);
  *header = s.header;
  *ends_early = s.ends_early;
  return message;
}

char *cc_png_decode(const uint8_t *bytes, size_t count, uint8_t *pixels, size_t pixel_bytes,
                    int *ends_early) {
  session s = {
      .source = bytes, .source_count = count, .pixels = pixels, .pixel_bytes = pixel_bytes};
  char *message = reading(&s, read_pixels);
  *ends_early = s.ends_early;
  return message;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  session *s = png_get_io_ptr(png);
  if (count > s->sink_capacity - s->sink_count) {
    size_t capacity = 2 * s->sink_capacity + count + 4096;
    uint8_t *grown = realloc(s->sink, capacity);
    if (grown == NULL) png_error(png, "out of memory");
    s->sink = grown;
    s->sink_capacity = capacity;
  }
  memcpy(s->sink + s->sink_count, bytes, count);
  s->sink_count += count;
}

static void flush(png_structp png) { (void)png; }

static void write_picture(session *s) {
  s->info = png_create_info_struct(s->png);
  if (s->info == NULL) png_error(s->png, "out of memory");
  set_limits(s);
  png_set_write_fn(s->png, s, write_bytes, flush);
  int color = s->header.channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY;
  png_set_IHDR(s->png, s->info, s->header.width, s->header.height,
               8 * (int)s->header.bytes_per_sample, color, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(s->png, s->info);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (s->header.bytes_per_sample == 2) png_set_swap(s->png);
#endif
  size_t stride =
      (size_t)s->header.width * s->header.channels * s->header.bytes_per_sample;
  for (uint32_t row = 0; row < s->header.height; row++)
    png_write_row(s->png, s->rows + row * stride);
  png_write_end(s->png, s->info);
}

static char *writing(session *s, void (*body)(session *)) {
  s->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, s, fail, ignore);
  if (s->png == NULL) {
    snprintf(s->message, sizeof s->message, "libpng could not start");
    return reported(s);
  }
  if (setjmp(png_jmpbuf(s->png))) {
    png_destroy_write_struct(&s->png, &s->info);
    return reported(s);
  }
  body(s);
  png_destroy_write_struct(&s->png, &s->info);
  return NULL;
}

char *cc_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels,
                    uint32_t bytes_per_sample, uint8_t **bytes, size_t *count) {
  session s = {.rows = pixels,
               .header = {.width = width,
                          .height = height,
                          .channels = channels,
                          .bytes_per_sample = bytes_per_sample}};
  char *message = writing(&s, write_picture);
  if (message != NULL) {
    free(s.sink);
    return message;
  }
  *bytes = s.sink;
  *count = s.sink_count;
  return NULL;
}
