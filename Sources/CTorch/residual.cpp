// The coupling network of a frozen RealNVP: every stage in one pass over the picture.
#include "pass.hpp"
#include "passes.hpp"
#include "product.hpp"
#include "scratch.hpp"
#include "winograd.hpp"

#include <functional>

using namespace ct;

namespace {

// Numbers of one stage that stay in a second-level cache beside those of the stages around it.
constexpr int64_t group_numbers = 131072;

// A convolution of 3×3 into `width` channels, blocks that add to them, and one of 3×3 out of them.
struct Residual : Pass {
  // A convolution of 3×3 between the blocks' channels: as `seeing`, and by tiles where that can pay.
  struct Inner {
    std::vector<float> seen, tiled;
  };
  // h + second(max(first(max(h, 0)), 0)), with a first of 3×3 and a second of 1×1.
  struct Block {
    Inner first, first_back;
    std::vector<float> second, first_bias, second_bias, second_back;
  };

  int64_t width = 0, outputs = 0;
  std::vector<float> input, input_bias, input_back, output, output_bias, output_back;
  std::vector<Block> blocks;

  at::Tensor forth(const at::Tensor &x, Passed *passed) const override;
  at::Tensor back(const at::Tensor &gradient, const Passed &passed) const override;

 private:
  // Where a stage remembers what its rectifier let pass: null when nothing is kept.
  using Marks = std::vector<uint8_t *>;

  // Pictures one after the other, as many at a time as stay in the cache through all stages.
  at::Tensor in_groups(
      const at::Tensor &x, const std::function<at::Tensor(const at::Tensor &, int64_t)> &go) const;
  at::Tensor group_forth(const at::Tensor &x, const Marks &passed) const;
  at::Tensor group_back(const at::Tensor &gradient, const std::vector<const uint8_t *> &passed) const;
  // Calls `body` with ranges of pixels and what the convolution makes of `rows` there.
  template <typename Body>
  void convolve(const float *rows, const Inner &inner, const Picture &shape, const Body &body) const;
  void add(const Block &block, const Picture &shape, float *rows, uint8_t *first,
           uint8_t *second) const;
  void take_back(const Block &block, const Picture &shape, float *rows, const uint8_t *first,
                 const uint8_t *second) const;
};

at::Tensor Residual::in_groups(
    const at::Tensor &x, const std::function<at::Tensor(const at::Tensor &, int64_t)> &go) const {
  const int64_t batch = x.size(0), pixels = x.size(2) * x.size(3);
  const int64_t size = std::max<int64_t>(1, group_numbers / std::max<int64_t>(1, pixels * width));
  const int64_t groups = (batch + size - 1) / size;
  const int64_t lanes = std::min<int64_t>(at::get_num_threads(), groups);
  // A few large pictures are shared among the threads pixel by pixel.
  if (groups < 2) return go(x, 0);
  std::vector<at::Tensor> results(static_cast<size_t>(groups));
  in_lanes(lanes, [&](int64_t lane) {
    for (int64_t i = groups * lane / lanes; i < groups * (lane + 1) / lanes; i++) {
      const int64_t first = i * size, count = std::min(size, batch - first);
      results[static_cast<size_t>(i)] = go(x.narrow(0, first, count), first * pixels * width);
    }
  });
  return at::cat(results);
}

at::Tensor Residual::forth(const at::Tensor &x, Passed *passed) const {
  const size_t stages = 2 * blocks.size() + 1;
  const int64_t pixels = x.size(0) * x.size(2) * x.size(3);
  if (passed) {
    for (size_t i = 0; i < stages; i++) passed->push_back(marks(pixels, width));
  }
  Marks all;
  for (size_t i = 0; i < stages; i++) all.push_back(start(passed, i));
  return in_groups(x, [&](const at::Tensor &group, int64_t offset) {
    Marks own;
    for (uint8_t *marks : all) own.push_back(marks ? marks + offset : nullptr);
    return group_forth(group, own);
  });
}

at::Tensor Residual::group_forth(const at::Tensor &x, const Marks &passed) const {
  const Framed source(x);
  const Picture shape = source.picture();
  const int64_t pixels = shape.pixels(), size = block_size(9 * width);
  float *rows = scratch<Room::rows>(pixels * width);
  over_blocks(pixels, size, [&](int64_t begin, int64_t end) {
    float *seen = scratch<Room::seen>(size * 9 * inputs);
    source.neighbours(begin, end, seen);
    product(seen, input.data(), rows + begin * width, end - begin, 9 * inputs, width);
    shift(rows + begin * width, input_bias.data(), end - begin, width);
  });
  for (size_t i = 0; i < blocks.size(); i++) {
    add(blocks[i], shape, rows, passed[2 * i], passed[2 * i + 1]);
  }
  uint8_t *last = passed.back();
  float *sent = scratch<Room::sent>(pixels * 9 * outputs);
  over_blocks(pixels, size, [&](int64_t begin, int64_t end) {
    rectify(rows + begin * width, nullptr, 0, end - begin, width, at_pixel(last, begin, width));
    product(rows + begin * width, output.data(), sent + begin * 9 * outputs, end - begin, width,
            9 * outputs);
  });
  return collected(sent, output_bias.data(), 1, shape, outputs);
}

template <typename Body>
void Residual::convolve(const float *rows, const Inner &inner, const Picture &shape,
                        const Body &body) const {
  if (Tiles::pay(shape, width)) {
    const Tiles tiles(shape, width, rows);
    over_blocks(tiles.lines(), tiles.block(), [&](int64_t from, int64_t to) {
      const int64_t begin = tiles.pixel(from), end = tiles.pixel(to);
      float *one = scratch<Room::first>((end - begin) * width);
      tiles.convolve(inner.tiled.data(), from, to, one);
      body(begin, end, one);
    });
    return;
  }
  const Framed source(shape, width, rows);
  const int64_t size = block_size(9 * width);
  over_blocks(shape.pixels(), size, [&](int64_t begin, int64_t end) {
    float *seen = scratch<Room::seen>(size * 9 * width), *one = scratch<Room::first>(size * width);
    source.neighbours(begin, end, seen);
    product(seen, inner.seen.data(), one, end - begin, 9 * width, width);
    body(begin, end, one);
  });
}

void Residual::add(const Block &block, const Picture &shape, float *rows, uint8_t *first,
                   uint8_t *second) const {
  const int64_t pixels = shape.pixels(), size = block_size(9 * width);
  float *passing = scratch<Room::passing>(pixels * width);
  over_blocks(pixels, size, [&](int64_t begin, int64_t end) {
    rectified(rows + begin * width, passing + begin * width, (end - begin) * width,
              at_pixel(first, begin, width));
  });
  convolve(passing, block.first, shape, [&](int64_t begin, int64_t end, float *one) {
    const int64_t count = end - begin;
    rectify(one, block.first_bias.data(), 0, count, width, at_pixel(second, begin, width));
    product(one, block.second.data(), rows + begin * width, count, width, width, 1);
    shift(rows + begin * width, block.second_bias.data(), count, width);
  });
}

at::Tensor Residual::back(const at::Tensor &gradient, const Passed &passed) const {
  return in_groups(gradient, [&](const at::Tensor &group, int64_t offset) {
    std::vector<const uint8_t *> own;
    for (const at::Tensor &marks : passed) {
      own.push_back(marks.const_data_ptr<uint8_t>() + offset);
    }
    return group_back(group, own);
  });
}

at::Tensor Residual::group_back(
    const at::Tensor &gradient, const std::vector<const uint8_t *> &passed) const {
  const Framed source(gradient);
  const Picture shape = source.picture();
  const int64_t pixels = shape.pixels(), size = block_size(9 * width);
  float *rows = scratch<Room::rows>(pixels * width);
  const uint8_t *last = passed.back();
  over_blocks(pixels, size, [&](int64_t begin, int64_t end) {
    float *seen = scratch<Room::seen>(size * 9 * outputs);
    source.neighbours(begin, end, seen);
    product(seen, output_back.data(), rows + begin * width, end - begin, 9 * outputs, width);
    block_out(rows + begin * width, last + begin * width, (end - begin) * width);
  });
  for (size_t i = blocks.size(); i-- > 0;) {
    take_back(blocks[i], shape, rows, passed[2 * i], passed[2 * i + 1]);
  }
  float *sent = scratch<Room::sent>(pixels * 9 * inputs);
  over_blocks(pixels, size, [&](int64_t begin, int64_t end) {
    product(rows + begin * width, input_back.data(), sent + begin * 9 * inputs, end - begin,
            width, 9 * inputs);
  });
  return collected(sent, nullptr, -1, shape, inputs);
}

void Residual::take_back(const Block &block, const Picture &shape, float *rows,
                         const uint8_t *first, const uint8_t *second) const {
  const int64_t pixels = shape.pixels(), size = block_size(9 * width);
  float *passing = scratch<Room::passing>(pixels * width);
  over_blocks(pixels, size, [&](int64_t begin, int64_t end) {
    product(rows + begin * width, block.second_back.data(), passing + begin * width, end - begin,
            width, width);
    block_out(passing + begin * width, second + begin * width, (end - begin) * width);
  });
  convolve(passing, block.first_back, shape, [&](int64_t begin, int64_t end, float *one) {
    const int64_t count = (end - begin) * width;
    block_out(one, first + begin * width, count);
    float *sum = rows + begin * width;
    for (int64_t i = 0; i < count; i++) sum[i] += one[i];
  });
}

Residual::Inner inner(std::vector<float> seen, int64_t width) {
  std::vector<float> tiled;
  if (Tiles::can_pay(width)) tiled = Tiles::weights(seen);
  return {std::move(seen), std::move(tiled)};
}

}  // namespace

char *ct_residual_make(const CTInput *weights, const CTInput *biases, int64_t blocks,
                       CTPass **out) {
  return guarded([&] {
    TORCH_CHECK(has_products(), "there is no library for products of matrices");
    auto pass = c10::make_intrusive<Residual>();
    const at::Tensor input = weights[0]->value, output = weights[2 * blocks + 1]->value;
    pass->inputs = input.size(1);
    pass->width = input.size(0);
    pass->outputs = output.size(0);
    pass->input = seeing(input);
    pass->input_back = sending_back(input);
    pass->input_bias = bias(biases[0], input);
    for (int64_t i = 0; i < blocks; i++) {
      const at::Tensor first = weights[2 * i + 1]->value, second = weights[2 * i + 2]->value;
      const at::Tensor flat = second.flatten(1);
      pass->blocks.push_back({inner(seeing(first), pass->width),
                              inner(seeing_back(first), pass->width), numbers(flat.t()),
                              bias(biases[2 * i + 1], first), bias(biases[2 * i + 2], second),
                              numbers(flat)});
    }
    pass->output = sending(output);
    pass->output_back = seeing_back(output);
    pass->output_bias = bias(biases[2 * blocks + 1], output);
    *out = new CTPass{pass};
  });
}
