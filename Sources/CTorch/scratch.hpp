// Memory that a thread uses again and again for what it throws away at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ct {

// What a thread keeps room for; no two of them are the same memory.
enum class Room {
  // Of all pixels: what they send to their neighbours, a framed picture, the numbers of a stage.
  sent,
  frame,
  rows,
  passing,
  // Of one block: the neighbours of its pixels, and the layers that it goes through.
  seen,
  first,
  second,
  // Of some tiles: what `Tiles` makes of their pixels, and its products with the weights.
  spreads,
  products,
};

// Room for `count` numbers, whose values are arbitrary, as long as the thread lives.
template <Room room> float *scratch(int64_t count) {
  static thread_local std::vector<float> numbers;
  if (numbers.size() < static_cast<size_t>(count)) numbers.resize(static_cast<size_t>(count));
  return numbers.data();
}

}  // namespace ct
