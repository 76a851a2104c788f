// Threads of our own, for work side by side.
#pragma once

#include <cstdint>
#include <functional>

namespace ct {

// Calls `body` with 0 ..< count at the same time, on threads that use no further threads.
void in_lanes(int64_t count, const std::function<void(int64_t)> &body);

}  // namespace ct
