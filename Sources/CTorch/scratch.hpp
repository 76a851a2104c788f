// Memory that a thread uses again and again for what it throws away at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ct {

// One piece for each `use`, which lives as long as its thread.
template <int use> struct Scratch {
  // Room for `count` numbers, whose values are arbitrary.
  static float *floats(int64_t count) {
    static thread_local std::vector<float> room;
    if (room.size() < static_cast<size_t>(count)) room.resize(static_cast<size_t>(count));
    return room.data();
  }
};

}  // namespace ct
