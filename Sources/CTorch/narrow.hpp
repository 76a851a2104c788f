// Products with matrices so small that they stay in the first-level cache.
#pragma once

#include <cstdint>

namespace ct {

// Whether this processor computes such products faster, and more exactly, than a library for large
// ones does.
bool is_narrow(int64_t inner, int64_t columns);

// As `product` does, but c is either set or, if `adds`, added to. The sums of a row are the same
// whatever rows there are beside it.
void narrow_product(const float *a, const float *b, float *c, int64_t rows, int64_t inner,
                    int64_t columns, bool adds);

}  // namespace ct
