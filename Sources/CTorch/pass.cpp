#include "pass.hpp"

#include <torch/csrc/autograd/custom_function.h>

#include "product.hpp"

using namespace ct;

namespace {

// A pass as a step of the history that gradients are taken through.
struct PassStep : torch::autograd::Function<PassStep> {
  static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &x,
                            const c10::intrusive_ptr<Pass> &pass) {
    Passed passed;
    at::Tensor result = pass->forth(x, &passed);
    context->save_for_backward(passed);
    context->saved_data["pass"] = c10::IValue::make_capsule(pass);
    return result;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                 torch::autograd::variable_list gradients) {
    TORCH_CHECK(!at::GradMode::is_enabled(), "gradients can be taken through a pass once");
    const auto pass = c10::static_intrusive_pointer_cast<Pass>(
        context->saved_data["pass"].toCapsule());
    return {pass->back(gradients[0], context->get_saved_variables()), at::Tensor()};
  }
};

}  // namespace

bool ct_has_passes() { return has_products(); }

void ct_pass_release(CTPass *pass) { delete pass; }

char *ct_pass_apply(const CTPass *pass, CTInput x, CTTensor **out) {
  return guarded([&] {
    TORCH_CHECK(x->value.size(1) == pass->value->inputs, "needs ", pass->value->inputs,
                " channels");
    const bool is_recorded = at::GradMode::is_enabled() && x->value.requires_grad();
    *out = boxed(is_recorded ? PassStep::apply(x->value, pass->value)
                             : pass->value->forth(x->value, nullptr));
  });
}
