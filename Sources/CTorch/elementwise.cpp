#include <limits>

#include "core.hpp"

using namespace ct;

#define CT_DEFINE_UNARY(name)                                                                     \
  char *ct_##name(CTInput x, CTTensor **out) {                                                    \
    return guarded([&] { *out = boxed(at::name(x->value)); });                                    \
  }
#define CT_DEFINE_BINARY(name)                                                                    \
  char *ct_##name(CTInput a, CTInput b, CTTensor **out) {                                         \
    return guarded([&] { *out = boxed(at::name(a->value, b->value)); });                          \
  }
#define CT_DEFINE_SCALAR(name)                                                                    \
  char *ct_##name##_scalar(CTInput x, double value, CTTensor **out) {                             \
    return guarded([&] { *out = boxed(at::name(x->value, at::Scalar(value))); });                 \
  }

CT_UNARY_OPERATIONS(CT_DEFINE_UNARY)
CT_BINARY_OPERATIONS(CT_DEFINE_BINARY)
CT_SCALAR_OPERATIONS(CT_DEFINE_SCALAR)

char *ct_clamp(CTInput x, double lower, double upper, CTTensor **out) {
  return guarded([&] { *out = boxed(at::clamp(x->value, lower, upper)); });
}

char *ct_where(CTInput condition, CTInput a, CTInput b, CTTensor **out) {
  return guarded([&] { *out = boxed(at::where(condition->value, a->value, b->value)); });
}
