#include "cc_jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// jpeglib.h needs size_t and FILE from the headers above.
#include <jpeglib.h>

#include <jerror.h>

// One use of libjpeg. It lives outside the function that calls setjmp, so that its fields are
// well defined after a longjmp.
typedef struct {
  struct jpeg_error_mgr errors;
  jmp_buf jump;
  char message[JMSG_LENGTH_MAX];
  int ends_early;

  struct jpeg_decompress_struct decoder;
  struct jpeg_progress_mgr progress;
  const uint8_t *source;
  size_t source_count;
  int maximum_scans;
  unsigned reduction;
  cc_jpeg_header header;
  uint8_t *pixels;
  size_t pixel_bytes;

  struct jpeg_compress_struct encoder;
  struct jpeg_destination_mgr destination;
  const uint8_t *rows;
  int quality;
  uint8_t *sink;
  size_t sink_capacity;
} session;

static void fail(j_common_ptr info) {
  session *s = info->client_data;
  info->err->format_message(info, s->message);
  switch (info->err->msg_code) {
  case JERR_BAD_PRECISION:
  case JERR_SOF_UNSUPPORTED:
  case JERR_ARITH_NOTIMPL:
    s->header.is_unsupported = 1;
    break;
  case JWRN_JPEG_EOF:
  case JERR_INPUT_EMPTY:
    s->ends_early = 1;
    break;
  default:
    break;
  }
  longjmp(s->jump, 1);
}

static void fail_with(session *s, const char *text) {
  snprintf(s->message, sizeof s->message, "%s", text);
  longjmp(s->jump, 1);
}

// libjpeg goes on after damage and fills what is missing with gray; here damage is an error.
static void judge(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
  case JWRN_JPEG_EOF:
  case JWRN_HIT_MARKER:
  case JWRN_HUFF_BAD_CODE:
  case JWRN_ARITH_BAD_CODE:
  case JWRN_MUST_RESYNC:
    fail(info);
    break;
  default:
    info->err->num_warnings++;
  }
}

static void stay_silent(j_common_ptr info) { (void)info; }

// A copy of the message for the caller. Without memory for it there is no way to report.
static char *reported(const session *s) {
  char *copy = strdup(s->message);
  if (copy == NULL) abort();
  return copy;
}

static struct jpeg_error_mgr *error_handler(session *s) {
  jpeg_std_error(&s->errors);
  s->errors.error_exit = fail;
  s->errors.emit_message = judge;
  s->errors.output_message = stay_silent;
  return &s->errors;
}

static void count_scans(j_common_ptr info) {
  session *s = info->client_data;
  if (((j_decompress_ptr)info)->input_scan_number > s->maximum_scans)
    fail_with(s, "the file has more scans than are allowed");
}

// Runs `body`, turning libjpeg's errors into a message.
static char *reading(session *s, void (*body)(session *)) {
  s->decoder.err = error_handler(s);
  s->decoder.client_data = s;
  if (setjmp(s->jump)) {
    jpeg_destroy_decompress(&s->decoder);
    return reported(s);
  }
  jpeg_create_decompress(&s->decoder);
  body(s);
  jpeg_destroy_decompress(&s->decoder);
  return NULL;
}

static void choose_colors(session *s) {
  switch (s->decoder.jpeg_color_space) {
  case JCS_GRAYSCALE:
    s->decoder.out_color_space = JCS_GRAYSCALE;
    s->header.channels = 1;
    break;
  case JCS_RGB:
  case JCS_YCbCr:
    s->decoder.out_color_space = JCS_RGB;
    s->header.channels = 3;
    break;
  case JCS_CMYK:
  case JCS_YCCK:
    s->decoder.out_color_space = JCS_CMYK;
    s->header.channels = 4;
    break;
  default:
    s->header.is_unsupported = 1;
    fail_with(s, "the colour space is unknown");
  }
}

static void read_header(session *s) {
  jpeg_mem_src(&s->decoder, s->source, s->source_count);
  jpeg_read_header(&s->decoder, TRUE);
  s->header.width = s->decoder.image_width;
  s->header.height = s->decoder.image_height;
  s->header.has_adobe_marker = s->decoder.saw_Adobe_marker ? 1 : 0;
  choose_colors(s);
}

static void read_pixels(session *s) {
  read_header(s);
  s->progress.progress_monitor = count_scans;
  s->decoder.progress = &s->progress;
  s->decoder.scale_num = 1;
  s->decoder.scale_denom = s->reduction;
  jpeg_calc_output_dimensions(&s->decoder);
  size_t height = s->decoder.output_height;
  size_t stride = (size_t)s->decoder.output_width * s->header.channels;
  if (s->pixel_bytes / height != stride || s->pixel_bytes % height != 0)
    fail_with(s, "the decoded size is not what the header says");
  jpeg_start_decompress(&s->decoder);
  while (s->decoder.output_scanline < s->decoder.output_height) {
    JSAMPROW row = s->pixels + s->decoder.output_scanline * stride;
    jpeg_read_scanlines(&s->decoder, &row, 1);
  }
  jpeg_finish_decompress(&s->decoder);
}

char *cc_jpeg_inspect(const uint8_t *bytes, size_t count, cc_jpeg_header *header,
                      int *ends_early) {
  session s = {.source = bytes, .source_count = count};
  char *message = reading(&s, read_header);
  *header = s.header;
  *ends_early = s.ends_early;
  return message;
}

char *cc_jpeg_decode(const uint8_t *bytes, size_t count, int maximum_scans, unsigned reduction,
                     uint8_t *pixels, size_t pixel_bytes, int *ends_early) {
  session s = {.source = bytes,
               .source_count = count,
               .maximum_scans = maximum_scans,
               .reduction = reduction,
               .pixels = pixels,
               .pixel_bytes = pixel_bytes};
  char *message = reading(&s, read_pixels);
  *ends_early = s.ends_early;
  return message;
}

// libjpeg's own jpeg_mem_dest loses its buffer when an error strikes after it has grown.
static void grow(j_compress_ptr encoder) {
  session *s = encoder->client_data;
  size_t capacity = 2 * s->sink_capacity + 16384;
  uint8_t *grown = realloc(s->sink, capacity);
  if (grown == NULL) fail_with(s, "out of memory");
  s->destination.next_output_byte = grown + s->sink_capacity;
  s->destination.free_in_buffer = capacity - s->sink_capacity;
  s->sink = grown;
  s->sink_capacity = capacity;
}

static boolean grow_full(j_compress_ptr encoder) {
  grow(encoder);
  return TRUE;
}

static void keep(j_compress_ptr encoder) { (void)encoder; }

static void write_picture(session *s) {
  s->destination.init_destination = grow;
  s->destination.empty_output_buffer = grow_full;
  s->destination.term_destination = keep;
  s->encoder.dest = &s->destination;
  s->encoder.image_width = s->header.width;
  s->encoder.image_height = s->header.height;
  s->encoder.input_components = (int)s->header.channels;
  s->encoder.in_color_space = s->header.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(&s->encoder);
  jpeg_set_quality(&s->encoder, s->quality, TRUE);
  s->encoder.optimize_coding = TRUE;
  jpeg_start_compress(&s->encoder, TRUE);
  size_t stride = (size_t)s->header.width * s->header.channels;
  while (s->encoder.next_scanline < s->encoder.image_height) {
    JSAMPROW row = (JSAMPROW)(s->rows + s->encoder.next_scanline * stride);
    jpeg_write_scanlines(&s->encoder, &row, 1);
  }
  jpeg_finish_compress(&s->encoder);
}

static char *writing(session *s, void (*body)(session *)) {
  s->encoder.err = error_handler(s);
  s->encoder.client_data = s;
  if (setjmp(s->jump)) {
    jpeg_destroy_compress(&s->encoder);
    return reported(s);
  }
  jpeg_create_compress(&s->encoder);
  body(s);
  jpeg_destroy_compress(&s->encoder);
  return NULL;
}

char *cc_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height,
                     uint32_t channels, int quality, uint8_t **bytes, size_t *count) {
  session s = {
      .rows = pixels,
      .quality = quality,
      .header = {.width = width, .height = height, .channels = channels}};
  char *message = writing(&s, write_picture);
  if (message != NULL) {
    free(s.sink);
    return message;
  }
  *bytes = s.sink;
  *count = s.sink_capacity - s.destination.free_in_buffer;
  return NULL;
}
