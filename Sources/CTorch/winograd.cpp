#include "winograd.hpp"

#include "product.hpp"
#include "scratch.hpp"
#include "wide.hpp"

#include <algorithm>

using namespace ct;

namespace {

constexpr int64_t side = 4, seen = side + 2, places = seen * seen;

// The points ±a and ±b; their squares are exact in single precision.
constexpr float a = 0.75f, b = 1.5f, aa = a * a, bb = b * b;

// Tiles beside each other, the last of which may reach beyond the picture.
int64_t lines_of(int64_t length) { return (length + side - 1) / side; }

// Channels up to which there was a gain to measure.
constexpr int64_t widest = 512;

// What pixels outside of a picture have.
alignas(64) const float nothing[widest] = {};

// Bᵀ d.
CT_INLINE void spread_line(const Wide *d, Wide *out) {
  const Wide even_a = d[4] - bb * d[2], odd_a = d[3] - bb * d[1];
  const Wide even_b = d[4] - aa * d[2], odd_b = d[3] - aa * d[1];
  out[0] = d[4] - (aa + bb) * d[2] + aa * bb * d[0];
  out[1] = even_a + a * odd_a;
  out[2] = even_a - a * odd_a;
  out[3] = even_b + b * odd_b;
  out[4] = even_b - b * odd_b;
  out[5] = d[5] - (aa + bb) * d[3] + aa * bb * d[1];
}

// Aᵀ m.
CT_INLINE void gather_line(const Wide *m, Wide *out) {
  const Wide even_a = m[1] + m[2], odd_a = m[1] - m[2];
  const Wide even_b = m[3] + m[4], odd_b = m[3] - m[4];
  out[0] = m[0] + even_a + even_b;
  out[1] = a * odd_a + b * odd_b;
  out[2] = aa * even_a + bb * even_b;
  out[3] = m[5] + a * aa * odd_a + b * bb * odd_b;
}

// Bᵀ d B of one tile into 36 matrices, which begin `step` numbers after each other.
CT_INLINE void spread_tile(const float *const *pixels, int64_t channel, float *out, int64_t step) {
  Wide turned[seen][seen];
#pragma unroll
  for (int i = 0; i < seen; i++) {
    Wide d[seen], line[seen];
#pragma unroll
    for (int j = 0; j < seen; j++) {
      d[j] = *reinterpret_cast<const Wide *>(pixels[i * seen + j] + channel);
    }
    spread_line(d, line);
#pragma unroll
    for (int j = 0; j < seen; j++) turned[j][i] = line[j];
  }
#pragma unroll
  for (int j = 0; j < seen; j++) {
    Wide line[seen];
    spread_line(turned[j], line);
#pragma unroll
    for (int i = 0; i < seen; i++) {
      *reinterpret_cast<Wide *>(out + (i * seen + j) * step + channel) = line[i];
    }
  }
}

// G g Gᵀ in double precision: (1, p, p²) ÷ Π (p − q) for a point p, over the other points q, and
// the last weight for ∞.
CT_VECTORISED void spread_weights(const float *seeing, int64_t count, float *out) {
  constexpr double na = 2 * aa * (aa - bb), nb = 2 * bb * (bb - aa);
  constexpr double g[seen][3] = {{1 / (aa * bb), 0, 0},    {1 / na, a / na, aa / na},
                                 {1 / na, -a / na, aa / na}, {1 / nb, b / nb, bb / nb},
                                 {1 / nb, -b / nb, bb / nb}, {0, 0, 1}};
  for (int64_t first = 0; first < count; first += wide) {
    double turned[3][seen][wide];
    for (int j = 0; j < 3; j++) {
      const float *from = seeing + j * count + first;
      for (int i = 0; i < seen; i++) {
        for (int64_t k = 0; k < wide; k++) {
          turned[j][i][k] = g[i][0] * from[k] + g[i][1] * from[3 * count + k] +
                            g[i][2] * from[6 * count + k];
        }
      }
    }
    for (int i = 0; i < seen; i++) {
      for (int j = 0; j < seen; j++) {
        float *to = out + (i * seen + j) * count + first;
        for (int64_t k = 0; k < wide; k++) {
          to[k] = static_cast<float>(g[j][0] * turned[0][i][k] + g[j][1] * turned[1][i][k] +
                                     g[j][2] * turned[2][i][k]);
        }
      }
    }
  }
}

// Aᵀ m A of one tile.
CT_INLINE void gather_tile(const float *products, int64_t step, Wide values[side][side]) {
  Wide turned[side][seen];
#pragma unroll
  for (int j = 0; j < seen; j++) {
    Wide m[seen], line[side];
#pragma unroll
    for (int i = 0; i < seen; i++) {
      m[i] = *reinterpret_cast<const Wide *>(products + (i * seen + j) * step);
    }
    gather_line(m, line);
#pragma unroll
    for (int i = 0; i < side; i++) turned[i][j] = line[i];
  }
#pragma unroll
  for (int i = 0; i < side; i++) gather_line(turned[i], values[i]);
}

}  // namespace

// Where a tile is: its picture, its first row and its first column.
struct Tiles::Tile {
  int64_t picture, row, column;
};

Tiles::Tiles(const Picture &shape, int64_t width, const float *rows)
    : shape(shape),
      width(width),
      down(lines_of(shape.height)),
      across(lines_of(shape.width)),
      rows(rows) {}

bool Tiles::can_pay(int64_t width) { return width % wide == 0 && width <= widest; }

// Time of a residual network both ways ÷ the time with neighbours gathered, one and eight pictures:
//
//   width   2×2        3×3        4×4        5×5        7×7        14×14      28×28
//      16   1.39 1.44  1.13 0.95  0.95 0.73  1.13 0.80  0.81 0.58  0.59 0.53  0.57 0.55
//      48   2.67 1.42  2.10 0.83  1.58 0.58  1.38 0.89  0.95 0.65  0.66 0.59  0.55 0.53
//      96   2.94 1.97  2.20 1.07  1.90 0.87  1.70 1.17  1.20 0.74  0.84 0.62  0.57 0.56
//     256   3.49 2.75  2.38 1.34  2.27 0.91  2.28 1.36  1.63 0.80  0.79 0.69  0.59
bool Tiles::pay(const Picture &shape, int64_t width) {
  const int64_t tiles = shape.batch * lines_of(shape.height) * lines_of(shape.width);
  return can_pay(width) && shape.pixels() >= std::max(width, 7 * tiles);
}

std::vector<float> Tiles::weights(const std::vector<float> &seeing) {
  const size_t count = seeing.size() / 9;
  std::vector<float> result(places * count);
  spread_weights(seeing.data(), static_cast<int64_t>(count), result.data());
  return result;
}

int64_t Tiles::pixel(int64_t line) const {
  return (line / down * shape.height + line % down * side) * shape.width;
}

Tiles::Tile Tiles::tile(int64_t index) const {
  return {index / (down * across), index / across % down * side, index % across * side};
}

CT_WIDE void Tiles::spread(int64_t begin, int64_t end, float *out) const {
  for (int64_t index = begin; index < end; index++, out += width) {
    const Tile place = tile(index);
    const float *pixels[places];
    for (int64_t i = 0; i < places; i++) {
      const int64_t row = place.row + i / seen - 1, column = place.column + i % seen - 1;
      const bool is_inside =
          row >= 0 && row < shape.height && column >= 0 && column < shape.width;
      const int64_t pixel = (place.picture * shape.height + row) * shape.width + column;
      pixels[i] = is_inside ? rows + pixel * width : nothing;
    }
    for (int64_t j = 0; j < width; j += wide) spread_tile(pixels, j, out, together * width);
  }
}

CT_WIDE void Tiles::gather(const float *products, int64_t begin, int64_t end, float *out) const {
  for (int64_t index = begin; index < end; index++, products += width) {
    const Tile place = tile(index);
    const int64_t height = std::min(side, shape.height - place.row);
    const int64_t length = std::min(side, shape.width - place.column);
    float *corner =
        out + ((place.picture * shape.height + place.row) * shape.width + place.column) * width;
    for (int64_t channel = 0; channel < width; channel += wide) {
      Wide values[side][side];
      gather_tile(products + channel, together * width, values);
      for (int64_t i = 0; i < height; i++) {
        float *to = corner + i * shape.width * width + channel;
        for (int64_t j = 0; j < length; j++) {
          *reinterpret_cast<Wide *>(to + j * width) = values[i][j];
        }
      }
    }
  }
}

void Tiles::convolve(const float *weights, int64_t begin, int64_t end, float *out) const {
  float *spreads = scratch<Room::spreads>(places * together * width);
  float *products = scratch<Room::products>(places * together * width);
  float *first = out - pixel(begin) * width;
  for (int64_t from = begin * across; from < end * across; from += together) {
    const int64_t to = std::min(from + together, end * across), step = together * width;
    spread(from, to, spreads);
    for (int64_t i = 0; i < places; i++) {
      product(spreads + i * step, weights + i * width * width, products + i * step, to - from,
              width, width);
    }
    gather(products, from, to, first);
  }
}
