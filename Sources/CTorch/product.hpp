// Products of matrices, row by row in memory, on the calling thread as far as that has one thread.
#pragma once

#include <cstdint>

namespace ct {

// Whether the library that libtorch comes with can be called for products of single precision.
bool has_products();

// c = a · b + kept · c, with a `[rows, inner]`, b `[inner, columns]` and c `[rows, columns]`.
void product(const float *a, const float *b, float *c, int64_t rows, int64_t inner,
             int64_t columns, float kept = 0);

}  // namespace ct
