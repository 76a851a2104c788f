// The coupling network of a frozen Glow, three convolutions in one pass over the picture.
#include "pass.hpp"
#include "passes.hpp"
#include "product.hpp"
#include "scratch.hpp"

using namespace ct;

namespace {

// A convolution of 3×3, one of 1×1 and one of 3×3, with a rectifier before the second and the third.
//
// Blocks of pixels go through all three while they are in the cache. Nothing is kept for the way
// back but which numbers the rectifiers let pass.
struct Stack : Pass {
  int64_t hidden = 0, outputs = 0;
  float last_floor = 0;
  // Forth: `[9 · inputs, hidden]`, `[hidden, hidden]`, `[hidden, 9 · outputs]`.
  std::vector<float> first, second, last;
  std::vector<float> first_bias, second_bias, last_bias;
  // Back: `[9 · outputs, hidden]`, `[hidden, hidden]`, `[hidden, 9 · inputs]`.
  std::vector<float> last_back, second_back, first_back;

  at::Tensor forth(const at::Tensor &x, Passed *passed) const override;
  at::Tensor back(const at::Tensor &gradient, const Passed &passed) const override;
};

at::Tensor Stack::forth(const at::Tensor &x, Passed *passed) const {
  const Framed source(x);
  const Picture &shape = source.picture();
  const int64_t pixels = shape.pixels(), block = block_size(hidden);
  if (passed) *passed = {marks(pixels, hidden), marks(pixels, hidden)};
  uint8_t *past_first = start(passed, 0), *past_second = start(passed, 1);
  float *sent = scratch<Room::sent>(pixels * 9 * outputs);
  over_blocks(pixels, block, [&](int64_t begin, int64_t end) {
    const int64_t count = end - begin;
    float *seen = scratch<Room::seen>(block * 9 * inputs);
    float *one = scratch<Room::first>(block * hidden), *two = scratch<Room::second>(block * hidden);
    source.neighbours(begin, end, seen);
    product(seen, first.data(), one, count, 9 * inputs, hidden);
    rectify(one, first_bias.data(), 0, count, hidden,
            at_pixel(past_first, begin, hidden));
    product(one, second.data(), two, count, hidden, hidden);
    rectify(two, second_bias.data(), last_floor, count, hidden,
            at_pixel(past_second, begin, hidden));
    product(two, last.data(), sent + begin * 9 * outputs, count, hidden, 9 * outputs);
  });
  return collected(sent, last_bias.data(), 1, shape, outputs);
}

at::Tensor Stack::back(const at::Tensor &gradient, const Passed &passed) const {
  const Framed source(gradient);
  const Picture &shape = source.picture();
  const int64_t pixels = shape.pixels(), block = block_size(hidden);
  const uint8_t *past_first = passed[0].const_data_ptr<uint8_t>();
  const uint8_t *past_second = passed[1].const_data_ptr<uint8_t>();
  float *sent = scratch<Room::sent>(pixels * 9 * inputs);
  over_blocks(pixels, block, [&](int64_t begin, int64_t end) {
    const int64_t count = end - begin;
    float *seen = scratch<Room::seen>(block * 9 * outputs);
    float *one = scratch<Room::first>(block * hidden), *two = scratch<Room::second>(block * hidden);
    source.neighbours(begin, end, seen);
    product(seen, last_back.data(), two, count, 9 * outputs, hidden);
    block_out(two, past_second + begin * hidden, count * hidden);
    product(two, second_back.data(), one, count, hidden, hidden);
    block_out(one, past_first + begin * hidden, count * hidden);
    product(one, first_back.data(), sent + begin * 9 * inputs, count, hidden, 9 * inputs);
  });
  return collected(sent, nullptr, -1, shape, inputs);
}

}  // namespace

char *ct_stack_make(const CTInput *weights, const CTInput *biases, double last_floor,
                    CTPass **out) {
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
    stack->first = seeing(first);
    stack->second = numbers(flat.t());
    stack->last = sending(last);
    stack->last_back = seeing_back(last);
    stack->second_back = numbers(flat);
    stack->first_back = sending_back(first);
    stack->first_bias = bias(biases[0], first);
    stack->second_bias = bias(biases[1], second);
    stack->last_bias = bias(biases[2], last);
    *out = new CTPass{stack};
  });
}
