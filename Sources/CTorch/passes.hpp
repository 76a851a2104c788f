// What networks that are computed in one pass have in common.
#pragma once

#include <ATen/Parallel.h>

#include "core.hpp"
#include "lanes.hpp"
#include "neighbourhood.hpp"
#include "pass.hpp"

namespace ct {

// The values of `x` in single precision, row by row.
std::vector<float> numbers(const at::Tensor &x);
// The bias of a convolution with `weight`, zeros when none is given.
std::vector<float> bias(CTInput given, const at::Tensor &weight);

// Weights `[out, in, 3, 3]` for the neighbours of a pixel, `[9 · in, out]`.
std::vector<float> seeing(const at::Tensor &weight);
// For what a pixel sends to its neighbours, `[in, 9 · out]`.
std::vector<float> sending(const at::Tensor &weight);
// For the way back through `seeing`, by sending: `[out, 9 · in]`.
std::vector<float> sending_back(const at::Tensor &weight);
// For the way back, by seeing: `[9 · out, in]`.
std::vector<float> seeing_back(const at::Tensor &weight);

// Rows through a rectifier, after the bias (none when it is null); `passed` remembers what it let pass.
void rectify(float *rows, const float *bias, float floor, int64_t count, int64_t width,
             uint8_t *passed);
// The same without a bias and into other memory: `into` becomes max(from, 0).
void rectified(const float *from, float *into, int64_t count, uint8_t *passed);
// Adds the bias to every row.
void shift(float *rows, const float *bias, int64_t count, int64_t width);
// Sets what a rectifier did not let pass to 0, whatever it is.
void block_out(float *rows, const uint8_t *passed, int64_t count);

// What the nine neighbours of every pixel have sent, as pictures: see `gathered`.
at::Tensor collected(const float *sent, const float *bias, int sign, const Picture &shape,
                     int64_t channels);
// Room for what a rectifier let pass, and where it begins; null where nothing is kept.
at::Tensor marks(int64_t pixels, int64_t width);
uint8_t *start(Passed *passed, size_t index);
inline uint8_t *at_pixel(uint8_t *marks, int64_t pixel, int64_t width) {
  return marks ? marks + pixel * width : nullptr;
}

// Pixels that go through together: `width` numbers of each fill about half of a second-level cache.
inline int64_t block_size(int64_t width) {
  return std::max<int64_t>(32, std::min<int64_t>(256, 131072 / width));
}

// Calls `body` with ranges of pixels, on all threads of the caller.
template <typename Body> void over_pixels(int64_t pixels, int64_t block, const Body &body) {
  const int64_t most = std::max<int64_t>(1, pixels / block);
  const int64_t lanes = std::min<int64_t>(at::get_num_threads(), most);
  if (lanes < 2) return body(0, pixels);
  in_lanes(lanes, [&](int64_t lane) {
    body(pixels * lane / lanes, pixels * (lane + 1) / lanes);
  });
}

// The same, block after block.
template <typename Body> void over_blocks(int64_t pixels, int64_t block, const Body &body) {
  over_pixels(pixels, block, [&](int64_t from, int64_t to) {
    for (int64_t begin = from; begin < to; begin += block) {
      body(begin, std::min(begin + block, to));
    }
  });
}

}  // namespace ct
