#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/version.h>

#include <cstdio>

#include <ATen/autocast_mode.h>

#include "core.hpp"

using namespace ct;

char *ct_set_threads(int32_t count) {
  return guarded([&] {
    TORCH_CHECK(count > 0, "the number of threads must be positive, not ", count);
    at::set_num_threads(count);
  });
}

char *ct_threads(int32_t *out) {
  return guarded([&] { *out = at::get_num_threads(); });
}

char *ct_cuda_device_count(int32_t *out) {
  return guarded([&] {
    *out = at::hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().deviceCount()) : 0;
  });
}

char *ct_version(char *buffer, size_t capacity) {
  return guarded([&] { std::snprintf(buffer, capacity, "%s", TORCH_VERSION); });
}

char *ct_set_deterministic(bool enabled) {
  return guarded([&] { at::globalContext().setDeterministicAlgorithms(enabled, false); });
}

char *ct_set_flush_denormal(bool enabled) {
  return guarded([&] { at::globalContext().setFlushDenormal(enabled); });
}

char *ct_half_precision(bool enabled, int32_t device_index, bool *previous) {
  return guarded([&] {
    const auto type = device(device_index).type();
    *previous = at::autocast::is_autocast_enabled(type);
    at::autocast::set_autocast_dtype(type, at::kBFloat16);
    at::autocast::set_autocast_enabled(type, enabled);
    // Weights change between steps: what was cast for one must not be used in the next.
    if (*previous && !enabled) at::autocast::clear_cache();
  });
}
