// 3×3 neighbourhoods of pictures whose channels lie together, `[batch, height, width, channel]`.
#pragma once

#include <ATen/ATen.h>

namespace ct {

struct Picture {
  int64_t batch, height, width;
  int64_t pixels() const { return batch * height * width; }
};

// Pictures with a frame of zeros, so that every pixel has nine neighbours.
class Framed {
 public:
  // The values of `x`, `[batch, channel, height, width]` in single precision.
  explicit Framed(const at::Tensor &x);

  // The numbers in `rows`, `[pixels, channels]`.
  Framed(const Picture &shape, int64_t channels, const float *rows);

  // Writes the neighbours of the pixels `begin ..< end`, 9 · channels numbers for each.
  void neighbours(int64_t begin, int64_t end, float *out) const;

  const Picture &picture() const { return shape; }
  int64_t channels() const { return depth; }

 private:
  Picture shape;
  int64_t depth;
  // The thread's own memory: one at a time.
  float *values;

  Framed(const Picture &shape, int64_t channels);
  void fill(const float *data, int64_t picture_stride, int64_t row_stride, int64_t pixel_stride);
};

// Adds up what nine neighbours send to each of the pixels `begin ..< end` of one channels-last
// picture: out[p] = bias + Σ_k sent[p + sign · offset_k][k], with `sent` `[pixels, 9, channels]`.
void gathered(const float *sent, const float *bias, int sign, const Picture &shape,
              int64_t channels, int64_t begin, int64_t end, float *out);

}  // namespace ct
