// Sixteen numbers that are computed with at once, whatever the processor's own vectors are.
#pragma once

#include <cstdint>

#include "vectorised.hpp"

namespace ct {

typedef float Wide __attribute__((vector_size(64), aligned(4), may_alias));
constexpr int64_t wide = 16;

}  // namespace ct

// Part of the loop that it is called from, and compiled for the same processor.
#define CT_INLINE __attribute__((always_inline)) inline
// A vectorised loop over `Wide`, with vectors of 512 bits where the processor has them.
#define CT_WIDE CT_VECTORISED __attribute__((min_vector_width(512)))
