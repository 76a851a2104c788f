#include "core.hpp"

using namespace ct;

namespace {

std::optional<at::Tensor> optional(CTInput x) {
  return x ? std::optional<at::Tensor>(x->value) : std::nullopt;
}

std::vector<int64_t> both(int64_t value) { return {value, value}; }

}  // namespace

char *ct_conv2d(CTInput x, CTInput weight, CTInput bias, int64_t stride, int64_t padding,
                int64_t dilation, int64_t groups, CTTensor **out) {
  return guarded([&] {
    *out = boxed(at::conv2d(x->value, weight->value, optional(bias), both(stride), both(padding),
                            both(dilation), groups));
  });
}

char *ct_conv_transpose2d(CTInput x, CTInput weight, CTInput bias, int64_t stride, int64_t padding,
                          CTTensor **out) {
  return guarded([&] {
    *out = boxed(at::conv_transpose2d(x->value, weight->value, optional(bias), both(stride),
                                      both(padding)));
  });
}

char *ct_avg_pool2d(CTInput x, int64_t size, CTTensor **out) {
  return guarded([&] { *out = boxed(at::avg_pool2d(x->value, both(size))); });
}

char *ct_weight_norm(CTInput direction, CTInput magnitude, CTTensor **out) {
  return guarded([&] { *out = boxed(at::_weight_norm(direction->value, magnitude->value, 0)); });
}

char *ct_batch_norm(CTInput x, CTInput scale, CTInput shift, CTInput mean, CTInput variance,
                    double epsilon, CTTensor **out) {
  return guarded([&] {
    *out = boxed(at::batch_norm(x->value, optional(scale), optional(shift), optional(mean),
                                optional(variance), !mean, 0, epsilon, true));
  });
}

char *ct_leaky_relu(CTInput x, double slope, CTTensor **out) {
  return guarded([&] { *out = boxed(at::leaky_relu(x->value, slope)); });
}
