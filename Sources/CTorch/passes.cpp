#include "passes.hpp"

#include "wide.hpp"

using namespace ct;

std::vector<float> ct::numbers(const at::Tensor &x) {
  const auto flat = x.detach().to(at::kFloat).contiguous();
  return {flat.const_data_ptr<float>(), flat.const_data_ptr<float>() + flat.numel()};
}

std::vector<float> ct::bias(CTInput given, const at::Tensor &weight) {
  return given ? numbers(given->value)
               : std::vector<float>(static_cast<size_t>(weight.size(0)), 0);
}

std::vector<float> ct::seeing(const at::Tensor &weight) {
  return numbers(weight.permute({2, 3, 1, 0}));
}

std::vector<float> ct::sending(const at::Tensor &weight) {
  return numbers(weight.permute({1, 2, 3, 0}));
}

std::vector<float> ct::sending_back(const at::Tensor &weight) {
  return numbers(weight.permute({0, 2, 3, 1}));
}

std::vector<float> ct::seeing_back(const at::Tensor &weight) {
  return numbers(weight.flip({2, 3}).permute({2, 3, 0, 1}));
}

namespace {

typedef uint8_t WideMarks __attribute__((vector_size(wide), aligned(1), may_alias));

}  // namespace

CT_WIDE void ct::rectify(float *rows, const float *bias, float floor, int64_t count,
                         int64_t width, uint8_t *passed) {
  const Wide floors = Wide{} + floor;
  for (int64_t i = 0; i < count; i++, rows += width) {
    int64_t j = 0;
    for (; j + wide <= width; j += wide) {
      Wide &row = *reinterpret_cast<Wide *>(rows + j);
      if (bias) row += *reinterpret_cast<const Wide *>(bias + j);
      // What is not a number passes, and is seen.
      row = row <= floors ? floors : row;
      if (!passed) continue;
      const auto marks = __builtin_convertvector((row != floors) & 1, WideMarks);
      *reinterpret_cast<WideMarks *>(passed + j) = marks;
    }
    for (; j < width; j++) {
      const float value = rows[j] + (bias ? bias[j] : 0);
      rows[j] = value <= floor ? floor : value;
      if (passed) passed[j] = rows[j] != floor;
    }
    if (passed) passed += width;
  }
}

CT_VECTORISED void ct::rectified(const float *from, float *into, int64_t count, uint8_t *passed) {
  for (int64_t i = 0; i < count; i++) into[i] = from[i] <= 0 ? 0 : from[i];
  if (!passed) return;
  for (int64_t i = 0; i < count; i++) passed[i] = into[i] != 0;
}

CT_VECTORISED void ct::shift(float *rows, const float *bias, int64_t count, int64_t width) {
  for (int64_t i = 0; i < count; i++) {
    for (int64_t j = 0; j < width; j++) rows[i * width + j] += bias[j];
  }
}

CT_VECTORISED void ct::block_out(float *rows, const uint8_t *passed, int64_t count) {
  auto *bits = reinterpret_cast<uint32_t *>(rows);
  for (int64_t i = 0; i < count; i++) bits[i] &= 0u - passed[i];
}

at::Tensor ct::collected(const float *sent, const float *bias, int sign, const Picture &shape,
                         int64_t channels) {
  at::Tensor result =
      at::empty({shape.batch, channels, shape.height, shape.width},
                at::TensorOptions().dtype(at::kFloat), at::MemoryFormat::ChannelsLast);
  float *out = result.mutable_data_ptr<float>();
  over_pixels(shape.pixels(), block_size(9 * channels), [&](int64_t begin, int64_t end) {
    gathered(sent, bias, sign, shape, channels, begin, end, out);
  });
  return result;
}

at::Tensor ct::marks(int64_t pixels, int64_t width) {
  return at::empty({pixels, width}, at::kByte);
}

uint8_t *ct::start(Passed *passed, size_t index) {
  return passed ? (*passed)[index].mutable_data_ptr<uint8_t>() : nullptr;
}
