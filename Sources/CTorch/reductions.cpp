#include <numeric>

#include "core.hpp"

using namespace ct;

namespace {

// The given axes, or all of them when none is given.
std::vector<int64_t> reduced(CTInput x, const int64_t *axes, size_t count) {
  if (count > 0) return {axes, axes + count};
  std::vector<int64_t> all(x->value.dim());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace

char *ct_sum(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out) {
  return guarded([&] { *out = boxed(at::sum(x->value, reduced(x, axes, count), keep)); });
}

char *ct_mean(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out) {
  return guarded([&] { *out = boxed(at::mean(x->value, reduced(x, axes, count), keep)); });
}

char *ct_amax(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out) {
  return guarded([&] { *out = boxed(at::amax(x->value, reduced(x, axes, count), keep)); });
}

char *ct_amin(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out) {
  return guarded([&] { *out = boxed(at::amin(x->value, reduced(x, axes, count), keep)); });
}

char *ct_logsumexp(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out) {
  return guarded([&] { *out = boxed(at::logsumexp(x->value, reduced(x, axes, count), keep)); });
}

char *ct_norm(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out) {
  return guarded([&] { *out = boxed(at::norm(x->value, 2, reduced(x, axes, count), keep)); });
}

char *ct_argmax(CTInput x, int64_t axis, CTTensor **out) {
  return guarded([&] { *out = boxed(at::argmax(x->value, axis)); });
}

char *ct_cumsum(CTInput x, int64_t axis, CTTensor **out) {
  return guarded([&] { *out = boxed(at::cumsum(x->value, axis)); });
}

char *ct_dot(CTInput a, CTInput b, double *out) {
  return guarded([&] {
    TORCH_CHECK(a->value.sizes() == b->value.sizes(), "the shapes differ");
    *out = at::dot(a->value.reshape(-1), b->value.reshape(-1)).item<double>();
  });
}
