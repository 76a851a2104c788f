// What every file of this target shares: the opaque tensor and the exception barrier.
#pragma once

#include <ATen/ATen.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <vector>

#include "CTorch.h"

struct CTTensor {
  at::Tensor value;
};

namespace ct {

// Runs `body`, turning every C++ exception into a message for the caller.
template <typename Body> char *guarded(Body &&body) noexcept {
  try {
    body();
    return nullptr;
  } catch (const c10::Error &error) {
    return strdup(error.what_without_backtrace());
  } catch (const std::exception &error) {
    return strdup(error.what());
  } catch (...) {
    return strdup("unknown C++ exception");
  }
}

inline CTTensor *boxed(at::Tensor value) { return new CTTensor{std::move(value)}; }

inline at::IntArrayRef ints(const int64_t *values, size_t count) {
  return at::IntArrayRef(values, count);
}

inline std::vector<at::Tensor> tensors(const CTInput *inputs, size_t count) {
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (size_t i = 0; i < count; i++) result.push_back(inputs[i]->value);
  return result;
}

// -1 is the CPU, 0 and up are CUDA devices.
inline at::Device device(int32_t index) {
  return index < 0 ? at::Device(at::kCPU) : at::Device(at::kCUDA, static_cast<int8_t>(index));
}

inline at::TensorOptions options(int32_t type, int32_t device_index) {
  return at::TensorOptions().dtype(static_cast<at::ScalarType>(type)).device(device(device_index));
}

}  // namespace ct
