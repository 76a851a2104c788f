// The coupling network of a frozen Glow, three convolutions in one pass over the picture.
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/custom_class.h>

#include <memory>

#include "core.hpp"
#include "lanes.hpp"
#include "neighbourhood.hpp"
#include "product.hpp"
#include "scratch.hpp"
#include "vectorised.hpp"

using namespace ct;

namespace {

// A convolution of 3×3, one of 1×1 and one of 3×3, with a rectifier before the second and the third.
//
// Blocks of pixels go through all three while they are in the cache. Nothing is kept for the way
// back but which numbers the rectifiers let pass.
struct Stack : torch::CustomClassHolder {
  int64_t inputs, hidden, outputs;
  float last_floor;
  // Forth: `[9 · inputs, hidden]`, `[hidden, hidden]`, `[hidden, 9 · outputs]`.
  std::vector<float> first, second, last;
  std::vector<float> first_bias, second_bias, last_bias;
  // Back: `[9 · outputs, hidden]`, `[hidden, hidden]`, `[hidden, 9 · inputs]`.
  std::vector<float> last_back, second_back, first_back;

  // Pixels that go through together: their numbers fill about half of a second-level cache.
  int64_t block() const { return std::max<int64_t>(32, std::min<int64_t>(256, 131072 / hidden)); }
};

std::vector<float> numbers(const at::Tensor &x) {
  const auto flat = x.detach().to(at::kFloat).contiguous();
  return {flat.const_data_ptr<float>(), flat.const_data_ptr<float>() + flat.numel()};
}

// Rows of a block through the rectifier, after the bias; `passed` remembers what it let pass.
CT_VECTORISED void rectify(float *rows, const float *bias, float floor, int64_t count,
                           int64_t width, uint8_t *passed) {
  for (int64_t i = 0; i < count; i++) {
    float *row = rows + i * width;
    for (int64_t j = 0; j < width; j++) {
      const float value = row[j] + bias[j];
      // What is not a number passes, and is seen.
      row[j] = value <= floor ? floor : value;
    }
    if (!passed) continue;
    uint8_t *mark = passed + i * width;
    for (int64_t j = 0; j < width; j++) mark[j] = row[j] != floor;
  }
}

// Sets what a rectifier did not let pass to 0, whatever it is.
CT_VECTORISED void block_out(float *rows, const uint8_t *passed, int64_t count) {
  auto *bits = reinterpret_cast<uint32_t *>(rows);
  for (int64_t i = 0; i < count; i++) bits[i] &= 0u - passed[i];
}

// Calls `body` with ranges of pixels, on all threads of the caller.
template <typename Body> void over_pixels(int64_t pixels, int64_t block, const Body &body) {
  const int64_t most = std::max<int64_t>(1, pixels / block);
  const int64_t lanes = std::min<int64_t>(at::get_num_threads(), most);
  if (lanes < 2) return body(0, pixels);
  in_lanes(lanes, [&](int64_t lane) {
    body(pixels * lane / lanes, pixels * (lane + 1) / lanes);
  });
}

at::Tensor pictures(const Picture &shape, int64_t channels) {
  return at::empty({shape.batch, channels, shape.height, shape.width},
                   at::TensorOptions().dtype(at::kFloat), at::MemoryFormat::ChannelsLast);
}

struct Passed {
  at::Tensor first, second;
};

at::Tensor forth(const Stack &stack, const at::Tensor &x, Passed *passed) {
  const Framed source(x);
  const Picture &shape = source.picture();
  const int64_t pixels = shape.pixels(), hidden = stack.hidden, block = stack.block();
  if (passed) {
    passed->first = at::empty({pixels, hidden}, at::kByte);
    passed->second = at::empty({pixels, hidden}, at::kByte);
  }
  uint8_t *first = passed ? passed->first.mutable_data_ptr<uint8_t>() : nullptr;
  uint8_t *second = passed ? passed->second.mutable_data_ptr<uint8_t>() : nullptr;
  float *sending = Scratch<0>::floats(pixels * 9 * stack.outputs);
  over_pixels(pixels, block, [&](int64_t from, int64_t to) {
    float *seen = Scratch<1>::floats(block * 9 * stack.inputs);
    float *one = Scratch<2>::floats(block * hidden), *two = Scratch<3>::floats(block * hidden);
    for (int64_t begin = from; begin < to; begin += block) {
      const int64_t end = std::min(begin + block, to), count = end - begin;
      source.neighbours(begin, end, seen);
      product(seen, stack.first.data(), one, count, 9 * stack.inputs, hidden);
      rectify(one, stack.first_bias.data(), 0, count, hidden,
              first ? first + begin * hidden : nullptr);
      product(one, stack.second.data(), two, count, hidden, hidden);
      rectify(two, stack.second_bias.data(), stack.last_floor, count, hidden,
              second ? second + begin * hidden : nullptr);
      product(two, stack.last.data(), sending + begin * 9 * stack.outputs, count, hidden,
              9 * stack.outputs);
    }
  });
  at::Tensor result = pictures(shape, stack.outputs);
  float *out = result.mutable_data_ptr<float>();
  over_pixels(pixels, block, [&](int64_t from, int64_t to) {
    gathered(sending, stack.last_bias.data(), 1, shape, stack.outputs, from, to, out);
  });
  return result;
}

at::Tensor back(const Stack &stack, const at::Tensor &gradient, const Passed &passed) {
  const Framed source(gradient);
  const Picture &shape = source.picture();
  const int64_t pixels = shape.pixels(), hidden = stack.hidden, block = stack.block();
  const uint8_t *first = passed.first.const_data_ptr<uint8_t>();
  const uint8_t *second = passed.second.const_data_ptr<uint8_t>();
  float *sending = Scratch<0>::floats(pixels * 9 * stack.inputs);
  over_pixels(pixels, block, [&](int64_t from, int64_t to) {
    float *seen = Scratch<1>::floats(block * 9 * stack.outputs);
    float *one = Scratch<2>::floats(block * hidden), *two = Scratch<3>::floats(block * hidden);
    for (int64_t begin = from; begin < to; begin += block) {
      const int64_t end = std::min(begin + block, to), count = end - begin;
      source.neighbours(begin, end, seen);
      product(seen, stack.last_back.data(), two, count, 9 * stack.outputs, hidden);
      block_out(two, second + begin * hidden, count * hidden);
      product(two, stack.second_back.data(), one, count, hidden, hidden);
      block_out(one, first + begin * hidden, count * hidden);
      product(one, stack.first_back.data(), sending + begin * 9 * stack.inputs, count,
              hidden, 9 * stack.inputs);
    }
  });
  at::Tensor result = pictures(shape, stack.inputs);
  float *out = result.mutable_data_ptr<float>();
  over_pixels(pixels, block, [&](int64_t from, int64_t to) {
    gathered(sending, nullptr, -1, shape, stack.inputs, from, to, out);
  });
  return result;
}

// The stack as a step of the history that gradients are taken through.
struct StackStep : torch::autograd::Function<StackStep> {
  static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &x,
                            const c10::intrusive_ptr<Stack> &stack) {
    Passed passed;
    at::Tensor result = forth(*stack, x, &passed);
    context->save_for_backward({passed.first, passed.second});
    context->saved_data["stack"] = c10::IValue::make_capsule(stack);
    return result;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto stack = c10::static_intrusive_pointer_cast<Stack>(
        context->saved_data["stack"].toCapsule());
    return {back(*stack, gradients[0], Passed{saved[0], saved[1]}), at::Tensor()};
  }
};

}  // namespace

struct CTStack {
  c10::intrusive_ptr<Stack> value;
};

bool ct_has_products() { return has_products(); }

char *ct_stack_make(const CTInput *weights, const CTInput *biases, double last_floor,
                    CTStack **out) {
  return guarded([&] {
    TORCH_CHECK(has_products(), "there is no library for products of matrices");
    auto stack = c10::make_intrusive<Stack>();
    const at::Tensor first = weights[0]->value, second = weights[1]->value,
                     last = weights[2]->value;
    stack->inputs = first.size(1);
    stack->hidden = first.size(0);
    stack->outputs = last.size(0);
    stack->last_floor = static_cast<float>(last_floor);
    const at::Tensor flat = second.flatten(1);
    stack->first = numbers(first.permute({2, 3, 1, 0}));
    stack->second = numbers(flat.t());
    stack->last = numbers(last.permute({1, 2, 3, 0}));
    stack->last_back = numbers(last.flip({2, 3}).permute({2, 3, 0, 1}));
    stack->second_back = numbers(flat);
    stack->first_back = numbers(first.permute({0, 2, 3, 1}));
    std::vector<float> *const to[] = {&stack->first_bias, &stack->second_bias, &stack->last_bias};
    for (int i = 0; i < 3; i++) {
      const auto size = static_cast<size_t>(weights[i]->value.size(0));
      *to[i] = biases[i] ? numbers(biases[i]->value) : std::vector<float>(size, 0);
    }
    *out = new CTStack{stack};
  });
}

void ct_stack_release(CTStack *stack) { delete stack; }

char *ct_stack_apply(const CTStack *stack, CTInput x, CTTensor **out) {
  return guarded([&] {
    TORCH_CHECK(x->value.size(1) == stack->value->inputs, "needs ", stack->value->inputs,
                " channels");
    const bool is_recorded = at::GradMode::is_enabled() && x->value.requires_grad();
    *out = boxed(is_recorded ? StackStep::apply(x->value, stack->value)
                             : forth(*stack->value, x->value, nullptr));
  });
}
