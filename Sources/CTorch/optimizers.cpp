#include <c10/core/GradMode.h>

#include <cmath>

#include "core.hpp"

using namespace ct;

char *ct_adam_step(const CTInput *parameters, const CTInput *gradients, const CTInput *means,
                   const CTInput *squares, size_t count, int64_t step, double learning_rate,
                   double beta1, double beta2, double epsilon) {
  return guarded([&] {
    c10::NoGradGuard guard;
    const auto targets = tensors(parameters, count);
    const auto device = targets.empty() ? at::Device(at::kCPU) : targets.front().device();
    // libtorch wants the number of this step, counted from 1.
    std::vector<at::Tensor> steps(count, at::Tensor());
    for (auto &counter : steps) {
      counter = at::full({}, static_cast<double>(step + 1), at::TensorOptions(at::kFloat).device(device));
    }
    at::_fused_adam_(targets, tensors(gradients, count), tensors(means, count),
                     tensors(squares, count), {}, steps, learning_rate, beta1, beta2, 0, epsilon,
                     false, false);
  });
}

char *ct_lerp_in_place(const CTInput *targets, const CTInput *sources, size_t count,
                       double weight) {
  return guarded([&] {
    c10::NoGradGuard guard;
    for (size_t i = 0; i < count; i++) {
      at::Tensor(targets[i]->value).lerp_(sources[i]->value, weight);
    }
  });
}

char *ct_copy_in_place(CTInput target, CTInput source) {
  return guarded([&] {
    c10::NoGradGuard guard;
    TORCH_CHECK(target->value.sizes() == source->value.sizes(), "copying ", source->value.sizes(),
                " onto ", target->value.sizes());
    at::Tensor(target->value).copy_(source->value);
  });
}

char *ct_add_in_place(CTInput target, CTInput source, double factor) {
  return guarded([&] {
    c10::NoGradGuard guard;
    at::Tensor(target->value).add_(source->value, factor);
  });
}

char *ct_total_norm(const CTInput *inputs, size_t count, double *out) {
  return guarded([&] {
    c10::NoGradGuard guard;
    double total = 0;
    for (size_t i = 0; i < count; i++) {
      const double norm = inputs[i]->value.norm().item<double>();
      total += norm * norm;
    }
    *out = std::sqrt(total);
  });
}

char *ct_scale_in_place(const CTInput *inputs, size_t count, double factor) {
  return guarded([&] {
    c10::NoGradGuard guard;
    for (size_t i = 0; i < count; i++) at::Tensor(inputs[i]->value).mul_(factor);
  });
}
