#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include "core.hpp"

using namespace ct;

char *ct_gradient_mode(bool enabled, bool *previous) {
  return guarded([&] {
    *previous = c10::GradMode::is_enabled();
    c10::GradMode::set_enabled(enabled);
  });
}

char *ct_leaf(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.detach().clone().requires_grad_(true)); });
}

char *ct_detach(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.detach()); });
}

char *ct_gradients(CTInput loss, const CTInput *leaves, size_t count, bool create_graph,
                   CTTensor **out) {
  return guarded([&] {
    const auto inputs = tensors(leaves, count);
    const auto gradients =
        torch::autograd::grad({loss->value}, inputs, {}, create_graph, create_graph, true);
    std::vector<at::Tensor> filled;
    for (size_t i = 0; i < count; i++) {
      filled.push_back(gradients[i].defined() ? gradients[i] : at::zeros_like(inputs[i]));
    }
    for (size_t i = 0; i < count; i++) out[i] = boxed(filled[i]);
  });
}

char *ct_push_gradients(const CTInput *values, const CTInput *gradients, size_t count) {
  return guarded([&] {
    torch::autograd::backward(tensors(values, count), tensors(gradients, count));
  });
}

char *ct_take_gradient(CTInput leaf, CTTensor **out) {
  return guarded([&] {
    at::Tensor owner(leaf->value);
    at::Tensor gradient = owner.grad();
    owner.mutable_grad() = at::Tensor();
    *out = boxed(gradient.defined() ? gradient : at::zeros_like(owner));
  });
}
