#include <ATen/Parallel.h>
#include <ATen/core/PhiloxRNGEngine.h>

#include <cmath>

#include "core.hpp"

using namespace ct;

namespace {

// Philox 4x32-10 keyed by the seed; each 64-bit word has its own counter position, so that the
// k-th number of a stream is the same however the draws are grouped.
class Words {
 public:
  Words(uint64_t seed, uint64_t offset) : engine_(seed, 0, offset / 2) {
    if (offset % 2 == 1) next();
  }

  uint64_t next() {
    const uint64_t low = engine_();
    const uint64_t high = engine_();
    return high << 32 | low;
  }

  // In [0, 1), with 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  at::philox_engine engine_;
};

// Two words a number, by the cosine half of Box and Muller.
double normal(Words &words) {
  const double radius = std::sqrt(-2 * std::log1p(-words.uniform()));
  return radius * std::cos(2 * M_PI * words.uniform());
}

// Fills a new tensor with draws of `words` words each. Every number has its place in the stream, so
// that threads may share the work and the numbers stay the same.
template <typename Draw>
void fill(uint64_t seed, uint64_t offset, uint64_t words, int32_t type, const int64_t *shape,
          size_t rank, CTTensor **out, Draw draw) {
  auto result = at::empty(ints(shape, rank), options(type, -1));
  AT_DISPATCH_FLOATING_TYPES(result.scalar_type(), "random", [&] {
    auto *values = result.mutable_data_ptr<scalar_t>();
    at::parallel_for(0, result.numel(), 1 << 14, [&](int64_t begin, int64_t end) {
      Words stream(seed, offset + words * static_cast<uint64_t>(begin));
      for (int64_t i = begin; i < end; i++) values[i] = static_cast<scalar_t>(draw(stream));
    });
  });
  *out = boxed(result);
}

}  // namespace

char *ct_random_uniform(uint64_t seed, uint64_t offset, int32_t type, const int64_t *shape,
                        size_t rank, CTTensor **out) {
  return guarded([&] {
    // 24 bits survive in float32 without rounding up to 1.
    const double unit = 0x1.0p-24;
    if (static_cast<at::ScalarType>(type) == at::kFloat) {
      fill(seed, offset, 1, type, shape, rank, out,
           [unit](Words &words) { return std::floor(words.uniform() / unit) * unit; });
    } else {
      fill(seed, offset, 1, type, shape, rank, out, [](Words &words) { return words.uniform(); });
    }
  });
}

char *ct_random_normal(uint64_t seed, uint64_t offset, int32_t type, const int64_t *shape,
                       size_t rank, CTTensor **out) {
  return guarded([&] { fill(seed, offset, 2, type, shape, rank, out, normal); });
}

char *ct_random_words(uint64_t seed, uint64_t offset, uint64_t *out, size_t count) {
  return guarded([&] {
    Words words(seed, offset);
    for (size_t i = 0; i < count; i++) out[i] = words.next();
  });
}
