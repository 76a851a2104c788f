// A network that is computed in one pass over the picture, each way.
#pragma once

#include <torch/custom_class.h>

#include "core.hpp"

namespace ct {

// What the rectifiers of a pass let through.
using Passed = std::vector<at::Tensor>;

struct Pass : torch::CustomClassHolder {
  int64_t inputs = 0;

  // What the network makes of `x`; `passed` receives what the way back needs, unless it is null.
  virtual at::Tensor forth(const at::Tensor &x, Passed *passed) const = 0;
  // The gradient with respect to the input, from that with respect to the output.
  virtual at::Tensor back(const at::Tensor &gradient, const Passed &passed) const = 0;
};

}  // namespace ct

struct CTPass {
  c10::intrusive_ptr<ct::Pass> value;
};
