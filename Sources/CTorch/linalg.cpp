#include "core.hpp"

using namespace ct;

char *ct_slogdet(CTInput x, CTTensor **sign, CTTensor **log_absolute) {
  return guarded([&] {
    const auto [s, logarithm] = at::linalg_slogdet(x->value);
    *sign = boxed(s);
    *log_absolute = boxed(logarithm);
  });
}

char *ct_inverse(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(at::linalg_inv(x->value)); });
}

char *ct_qr(CTInput x, CTTensor **q, CTTensor **r) {
  return guarded([&] {
    const auto [orthogonal, triangular] = at::linalg_qr(x->value);
    *q = boxed(orthogonal);
    *r = boxed(triangular);
  });
}

char *ct_lu(CTInput x, CTTensor **permutation, CTTensor **packed) {
  return guarded([&] {
    const auto [p, lower, upper] = at::linalg_lu(x->value);
    *permutation = boxed(p);
    *packed = boxed(at::tril(lower, -1) + upper);
  });
}

char *ct_solve(CTInput a, CTInput b, CTTensor **out) {
  return guarded([&] { *out = boxed(at::linalg_solve(a->value, b->value)); });
}

char *ct_cholesky(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(at::linalg_cholesky(x->value)); });
}

char *ct_fft2(CTInput x, bool inverse, CTTensor **out) {
  return guarded(
      [&] { *out = boxed(inverse ? at::fft_ifft2(x->value) : at::fft_fft2(x->value)); });
}

char *ct_rfft2(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(at::fft_rfft2(x->value)); });
}

char *ct_irfft2(CTInput x, int64_t height, int64_t width, CTTensor **out) {
  return guarded([&] {
    const std::vector<int64_t> size = {height, width};
    *out = boxed(at::fft_irfft2(x->value, size));
  });
}

char *ct_complex(CTInput real, CTInput imaginary, CTTensor **out) {
  return guarded([&] { *out = boxed(at::complex(real->value, imaginary->value)); });
}
