#include <c10/core/GradMode.h>

#include <cmath>

#include "core.hpp"

using namespace ct;

namespace {

// Tensors in row-major order, themselves where they are and copies where not: the fused kernels
// pair elements by their place in memory, whatever the strides say. Gradients of convolutions
// come with the channels fastest, orthogonal factors with the columns.
struct RowMajor {
  std::vector<at::Tensor> originals;
  std::vector<at::Tensor> rows;

  explicit RowMajor(std::vector<at::Tensor> values) : originals(std::move(values)) {
    for (const auto &value : originals) rows.push_back(value.contiguous());
  }

  void write_back() const {
    for (size_t i = 0; i < rows.size(); i++) {
      if (!rows[i].is_same(originals[i])) at::Tensor(originals[i]).copy_(rows[i]);
    }
  }
};

}  // namespace

char *ct_adam_step(const CTInput *parameters, const CTInput *gradients, const CTInput *means,
                   const CTInput *squares, size_t count, int64_t step, double learning_rate,
                   double beta1, double beta2, double epsilon) {
  return guarded([&] {
    c10::NoGradGuard guard;
    const RowMajor targets(tensors(parameters, count));
    const RowMajor slopes(tensors(gradients, count));
    const RowMajor first(tensors(means, count));
    const RowMajor second(tensors(squares, count));
    // The fused kernel reads beyond the end of a gradient that is too small.
    for (size_t i = 0; i < count; i++) {
      TORCH_CHECK(slopes.rows[i].sizes() == targets.rows[i].sizes(), "gradient ", i,
                  " has shape ", slopes.rows[i].sizes(), ", its parameter ",
                  targets.rows[i].sizes());
    }
    const auto device = count == 0 ? at::Device(at::kCPU) : targets.rows.front().device();
    // The kernel wants the number of this step, counted from 1.
    const auto counter = at::full({}, static_cast<double>(step + 1),
                                  at::TensorOptions(at::kFloat).device(device));
    at::_fused_adam_(targets.rows, slopes.rows, first.rows, second.rows, {},
                     std::vector<at::Tensor>(count, counter), learning_rate, beta1, beta2, 0,
                     epsilon, false, false);
    targets.write_back();
    first.write_back();
    second.write_back();
  });
}

char *ct_lerp_in_place(const CTInput *targets, const CTInput *sources, size_t count,
                       double weight) {
  return guarded([&] {
    c10::NoGradGuard guard;
    if (count == 0) return;
    at::_foreach_lerp_(tensors(targets, count), tensors(sources, count), weight);
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
    *out = 0;
    if (count == 0) return;
    // One number comes from the device, not one for every tensor.
    const auto norms = at::stack(at::_foreach_norm(tensors(inputs, count)));
    *out = norms.to(at::kDouble).norm().item<double>();
  });
}

char *ct_scale_in_place(const CTInput *inputs, size_t count, double factor) {
  return guarded([&] {
    c10::NoGradGuard guard;
    if (count > 0) at::_foreach_mul_(tensors(inputs, count), factor);
  });
}
