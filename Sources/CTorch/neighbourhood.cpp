#include "neighbourhood.hpp"

#include "scratch.hpp"
#include "wide.hpp"

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

namespace {

// Where the numbers lie that the nine neighbours of a pixel have sent, from those of the pixel on.
struct Senders {
  int64_t down[9], right[9], offset[9];

  Senders(int sign, int64_t width, int64_t channels) {
    for (int k = 0; k < 9; k++) {
      down[k] = sign * (k / 3 - 1);
      right[k] = sign * (k % 3 - 1);
      offset[k] = ((down[k] * width + right[k]) * 9 + k) * channels;
    }
  }
};

// With `fixed` channels, which the compiler knows: there are few, and their sums stay in registers.
template <int64_t fixed>
CT_INLINE void gather(const float *sent, const float *bias, int sign, const Picture &shape,
                      int64_t channels, int64_t begin, int64_t end, float *out) {
  const int64_t count = fixed > 0 ? fixed : channels;
  const Senders senders(sign, shape.width, count);
  int64_t row = begin / shape.width % shape.height, column = begin % shape.width;
  for (int64_t pixel = begin; pixel < end; pixel++) {
    float *sum = out + pixel * count;
    const float *own = sent + pixel * 9 * count;
    for (int64_t j = 0; j < count; j++) sum[j] = bias ? bias[j] : 0;
    const bool is_inner =
        row > 0 && row + 1 < shape.height && column > 0 && column + 1 < shape.width;
    for (int k = 0; k < 9; k++) {
      const int64_t y = row + senders.down[k], x = column + senders.right[k];
      if (!is_inner && (y < 0 || y >= shape.height || x < 0 || x >= shape.width)) continue;
      for (int64_t j = 0; j < count; j++) sum[j] += own[senders.offset[k] + j];
    }
    if (++column < shape.width) continue;
    column = 0;
    if (++row == shape.height) row = 0;
  }
}

}  // namespace

CT_VECTORISED void ct::gathered(const float *sent, const float *bias, int sign,
                                const Picture &shape, int64_t channels, int64_t begin, int64_t end,
                                float *out) {
  switch (channels) {
    case 2: return gather<2>(sent, bias, sign, shape, channels, begin, end, out);
    case 3: return gather<3>(sent, bias, sign, shape, channels, begin, end, out);
    case 4: return gather<4>(sent, bias, sign, shape, channels, begin, end, out);
    case 8: return gather<8>(sent, bias, sign, shape, channels, begin, end, out);
    default: return gather<0>(sent, bias, sign, shape, channels, begin, end, out);
  }
}
