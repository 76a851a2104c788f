// 3×3 convolutions over tiles of 4×4 pixels, with a quarter of the multiplications.
#pragma once

#include <algorithm>
#include <vector>

#include "neighbourhood.hpp"

namespace ct {

// Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A for every tile: d are its 6×6 pixels and neighbours, g the weights.
//
// The 36 products of a pixel's channels are products of matrices, `[tiles, width]` times
// `[width, width]`. With the points 0, ±3/4, ±3/2 and ∞ the largest error is 10⁻⁶ of the largest
// number, a quarter of what it is with the usual ±1 and ±2.
//
// Lavin, Gray 2016. <https://arxiv.org/abs/1509.09308>
class Tiles {
 public:
  // The numbers in `rows`, `[pixels, width]`, which stay the caller's.
  Tiles(const Picture &shape, int64_t width, const float *rows);

  // Whether this is faster than gathering the neighbours. Few tiles do not pay for reading four times
  // the weights, nor do tiles that lie outside of the picture for the most part.
  static bool pay(const Picture &shape, int64_t width);
  // Whether it can be with some picture.
  static bool can_pay(int64_t width);
  // G g Gᵀ of weights as `seeing` gives them, `[9, width · width]`: `[36, width · width]`.
  static std::vector<float> weights(const std::vector<float> &seeing);

  // Rows of tiles, those of all pictures, and how many of them go through together.
  int64_t lines() const { return shape.batch * down; }
  int64_t block() const { return std::max<int64_t>(1, together / across); }
  // The first pixel of a line, which has those up to the next line's first.
  int64_t pixel(int64_t line) const;
  // The convolution at the pixels of the lines `begin ..< end`.
  void convolve(const float *weights, int64_t begin, int64_t end, float *out) const;

 private:
  // Tiles whose 36 matrices stay in the cache, beside the weights.
  static constexpr int64_t together = 24;

  Picture shape;
  int64_t width, down, across;
  const float *rows;

  struct Tile;
  Tile tile(int64_t index) const;
  void spread(int64_t begin, int64_t end, float *out) const;
  void gather(const float *products, int64_t begin, int64_t end, float *out) const;
};

}  // namespace ct
