#include "product.hpp"

#include "narrow.hpp"

#include <dlfcn.h>

namespace {

// The interface of BLAS, whose matrices lie column by column.
using Sgemm = void(const char *, const char *, const int *, const int *, const int *,
                   const float *, const float *, const int *, const float *, const int *,
                   const float *, float *, const int *);

Sgemm *found() {
  static Sgemm *const sgemm = reinterpret_cast<Sgemm *>(dlsym(RTLD_DEFAULT, "sgemm_"));
  return sgemm;
}

}  // namespace

bool ct::has_products() { return found() != nullptr; }

void ct::product(const float *a, const float *b, float *c, int64_t rows, int64_t inner,
                 int64_t columns, float kept) {
  if (is_narrow(inner, columns) && (kept == 0 || kept == 1)) {
    return narrow_product(a, b, c, rows, inner, columns, kept == 1);
  }
  const int m = static_cast<int>(columns);
  const int n = static_cast<int>(rows);
  const int k = static_cast<int>(inner);
  const float one = 1;
  // Row by row, a · b is what bᵀ · aᵀ is column by column.
  found()("N", "N", &m, &n, &k, &one, b, &m, a, &k, &kept, c, &m);
}
