#include "narrow.hpp"

#include "wide.hpp"

#include <algorithm>

using namespace ct;

#if defined(__x86_64__) && defined(__linux__)
#define CT_512 __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))

namespace {

// Measured: from 96 × 96 on the library is as fast.
constexpr int64_t most = 80;

// Numbers that are added up before they join the sum. Sums of sums round less: those of 48 numbers
// half as much, which is most of what `Tiles` rounds.
constexpr int64_t part = 12;

// `Rows` rows of `Vectors` vectors, whose sums and parts fill the registers.
template <int Rows, int Vectors>
CT_512 CT_INLINE void block(const float *a, const float *b, float *c, int64_t inner,
                            int64_t columns, bool adds) {
  Wide sums[Rows][Vectors] = {};
  for (int64_t from = 0; from < inner; from += part) {
    Wide parts[Rows][Vectors] = {};
    for (int64_t k = from; k < std::min(from + part, inner); k++) {
      Wide row[Vectors];
#pragma unroll
      for (int j = 0; j < Vectors; j++) {
        row[j] = *reinterpret_cast<const Wide *>(b + k * columns + wide * j);
        // Another matrix often follows, and comes from memory.
        __builtin_prefetch(b + (inner + k) * columns + wide * j);
      }
#pragma unroll
      for (int i = 0; i < Rows; i++) {
#pragma unroll
        for (int j = 0; j < Vectors; j++) parts[i][j] += a[i * inner + k] * row[j];
      }
    }
#pragma unroll
    for (int i = 0; i < Rows; i++) {
#pragma unroll
      for (int j = 0; j < Vectors; j++) sums[i][j] += parts[i][j];
    }
  }
#pragma unroll
  for (int i = 0; i < Rows; i++) {
#pragma unroll
    for (int j = 0; j < Vectors; j++) {
      Wide &to = *reinterpret_cast<Wide *>(c + i * columns + wide * j);
      to = adds ? to + sums[i][j] : sums[i][j];
    }
  }
}

template <int Vectors>
CT_512 void panel(const float *a, const float *b, float *c, int64_t rows, int64_t inner,
                  int64_t columns, bool adds) {
  constexpr int together = 12 / Vectors;
  int64_t i = 0;
  for (; i + together <= rows; i += together) {
    block<together, Vectors>(a + i * inner, b, c + i * columns, inner, columns, adds);
  }
  for (; i < rows; i++) {
    block<1, Vectors>(a + i * inner, b, c + i * columns, inner, columns, adds);
  }
}

}  // namespace

bool ct::is_narrow(int64_t inner, int64_t columns) {
  static const bool has_registers = __builtin_cpu_supports("x86-64-v4");
  return has_registers && columns % wide == 0 && std::max(inner, columns) <= most;
}

void ct::narrow_product(const float *a, const float *b, float *c, int64_t rows, int64_t inner,
                        int64_t columns, bool adds) {
  for (int64_t j = 0; j < columns;) {
    const int64_t left = (columns - j) / wide;
    const auto go = left == 1 ? panel<1> : left == 2 ? panel<2> : left == 4 ? panel<4> : panel<3>;
    go(a, b + j, c + j, rows, inner, columns, adds);
    j += left == 4 ? 4 * wide : std::min<int64_t>(left, 3) * wide;
  }
}

#else

bool ct::is_narrow(int64_t, int64_t) { return false; }

void ct::narrow_product(const float *, const float *, float *, int64_t, int64_t, int64_t, bool) {}

#endif
