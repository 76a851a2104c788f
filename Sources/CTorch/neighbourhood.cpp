#include "neighbourhood.hpp"

#include "scratch.hpp"
#include "vectorised.hpp"

#include <algorithm>
#include <cstring>

using namespace ct;

Framed::Framed(const Picture &shape, int64_t channels)
    : shape(shape),
      depth(channels),
      values(scratch<Room::frame>(shape.batch * (shape.height + 2) * (shape.width + 2) * depth)) {}

Framed::Framed(const at::Tensor &x) : Framed({x.size(0), x.size(2), x.size(3)}, x.size(1)) {
  const bool is_close = x.stride(1) == 1 || depth == 1;
  const at::Tensor source = is_close ? x : x.contiguous(at::MemoryFormat::ChannelsLast);
  fill(source.const_data_ptr<float>(), source.stride(0), source.stride(2), source.stride(3));
}

Framed::Framed(const Picture &shape, int64_t channels, const float *rows)
    : Framed(shape, channels) {
  const int64_t line = shape.width * depth;
  fill(rows, shape.height * line, line, depth);
}

void Framed::fill(const float *data, int64_t picture_stride, int64_t row_stride,
                  int64_t pixel_stride) {
  const int64_t frame = (shape.width + 2) * depth;
  const auto clear = [](float *from, int64_t count) { std::fill(from, from + count, 0.0f); };
  for (int64_t n = 0; n < shape.batch; n++) {
    float *first = values + n * (shape.height + 2) * frame;
    clear(first, frame);
    clear(first + (shape.height + 1) * frame, frame);
    for (int64_t row = 0; row < shape.height; row++) {
      float *to = first + (row + 1) * frame;
      const float *from = data + n * picture_stride + row * row_stride;
      clear(to, depth);
      clear(to + frame - depth, depth);
      to += depth;
      if (pixel_stride == depth) {
        std::memcpy(to, from, static_cast<size_t>(shape.width * depth) * sizeof(float));
        continue;
      }
      for (int64_t column = 0; column < shape.width; column++) {
        std::memcpy(to + column * depth, from + column * pixel_stride,
                    static_cast<size_t>(depth) * sizeof(float));
      }
    }
  }
}

void Framed::neighbours(int64_t begin, int64_t end, float *out) const {
  const int64_t frame = (shape.width + 2) * depth;
  const size_t bytes = static_cast<size_t>(3 * depth) * sizeof(float);
  int64_t column = begin % shape.width;
  int64_t row = begin / shape.width % shape.height;
  int64_t n = begin / (shape.width * shape.height);
  for (int64_t pixel = begin; pixel < end; pixel++, out += 9 * depth) {
    const float *corner =
        values + (n * (shape.height + 2) + row) * frame + column * depth;
    for (int64_t line = 0; line < 3; line++) {
      std::memcpy(out + 3 * line * depth, corner + line * frame, bytes);
    }
    if (++column < shape.width) continue;
    column = 0;
    if (++row < shape.height) continue;
    row = 0;
    n++;
  }
}

CT_VECTORISED void ct::gathered(const float *sent, const float *bias, int sign, const Picture &shape,
                  int64_t channels, int64_t begin, int64_t end, float *out) {
  const int64_t area = shape.width * shape.height;
  for (int64_t pixel = begin; pixel < end; pixel++) {
    const int64_t row = pixel % area / shape.width;
    const int64_t column = pixel % shape.width;
    float *sum = out + pixel * channels;
    for (int64_t j = 0; j < channels; j++) sum[j] = bias ? bias[j] : 0;
    for (int k = 0; k < 9; k++) {
      const int64_t down = sign * (k / 3 - 1);
      const int64_t right = sign * (k % 3 - 1);
      const bool is_inside = row + down >= 0 && row + down < shape.height && column + right >= 0 &&
                             column + right < shape.width;
      if (!is_inside) continue;
      const float *part = sent + ((pixel + down * shape.width + right) * 9 + k) * channels;
      for (int64_t j = 0; j < channels; j++) sum[j] += part[j];
    }
  }
}
